"""Whether a person must be told of a newspaper's trouble: as it begins, changes, ends. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

REMINDER_EVERY: Final = timedelta(days=7)
Occasion = Literal["begins", "changes", "goes on", "ends"]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told last, and when."""

    trouble: str
    """What tells one trouble from another (`RunReport.trouble`); "" = all was well"""
    at: datetime


def occasion(before: Told | None, trouble: str, now: datetime) -> Occasion | None:
    """Return why a person must be told of the state of things now; None where they need not be.

    Args:
        before: What was told last; None for nothing so far.
        trouble: What tells the trouble from others; "" for none.
        now: The moment.
    """
    known = before.trouble if before is not None else ""
    if not trouble:
        return "ends" if known else None
    if not known:
        return "begins"
    if known != trouble:
        return "changes"
    assert before is not None
    return "goes on" if now - before.at >= REMINDER_EVERY else None
