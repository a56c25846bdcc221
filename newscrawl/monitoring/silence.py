"""Whether a newspaper has stopped publishing, or stopped showing us what it publishes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from newscrawl.items import VIETNAM

SILENCE_MIN: Final = timedelta(days=7)
"""No silence is told before it has lasted so long: papers close for the lunar new year"""
USUAL_GAPS_MAX: Final = 3
"""Times its own usual gap that a newspaper may be silent"""
_USUAL_SHARE: Final = 0.9  # of the gaps between two articles are no longer than the usual one
_GAPS_MIN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How long a newspaper has given nothing new."""

    lasted: timedelta
    newest: datetime | None
    """When its newest article was published"""
    usual: timedelta
    """The gap between two articles that it seldom exceeds"""

    def __str__(self) -> str:
        newest = f"{self.newest.astimezone(VIETNAM):%Y-%m-%d}" if self.newest else "of no date"
        usual = f"at most {_days(self.usual)} between two articles are usual"
        return f"nothing new for {_days(self.lasted)}; the newest article is of {newest}, {usual}"


def silence(
    last_new_at: datetime | None, published: Sequence[datetime], now: datetime
) -> Silence | None:
    """Return the newspaper's silence where it is longer than usual, else None.

    Args:
        last_new_at: When a run last brought a new article; None where none ever did.
        published: When the newest articles were published, in any order.
        now: The moment of this run, which brought nothing new.
    """
    if last_new_at is None:
        return None
    lasted, usual = now - last_new_at, usual_gap(published)
    if lasted <= max(SILENCE_MIN, USUAL_GAPS_MAX * usual):
        return None
    return Silence(lasted=lasted, newest=max(published, default=None), usual=usual)


def usual_gap(published: Sequence[datetime]) -> timedelta:
    """Return the gap between two articles that nine in ten do not exceed; nil for a few articles.

    >>> from datetime import UTC
    >>> days = [datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 4, 6, 8, 10, 12)]
    >>> usual_gap(days).days, usual_gap(days[:3]).days
    (2, 0)
    """
    times = sorted(published)
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    if len(gaps) < _GAPS_MIN:
        return timedelta(0)
    return gaps[int(_USUAL_SHARE * (len(gaps) - 1))]


def _days(span: timedelta) -> str:
    """Return a span as a person says it.

    >>> _days(timedelta(days=254)), _days(timedelta(days=1)), _days(timedelta(hours=5))
    ('254 days', '1 day', '5 hours')
    """
    if span < timedelta(days=1):
        hours = span // timedelta(hours=1)
        return "1 hour" if hours == 1 else f"{hours} hours"
    return "1 day" if span.days == 1 else f"{span.days} days"
