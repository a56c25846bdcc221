"""Lists that seem to be at their end, or to be gone: what an absence proves, and when. Pure."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newscrawl.discovery.list_walk import Place

_BELIEVED_AFTER: Final = timedelta(days=1)


def list_page_of(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what tells one list page from another: path and query, in one spelling.

    >>> list_page_of("http://m.bao.vn/Kinh-te?p=2") == list_page_of("https://bao.vn/kinh-te/?p=2")
    True
    """
    parts = urlsplit(address)
    path = parts.path.casefold().strip("/")
    return path, tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


@dataclass(frozen=True, slots=True)
class Absence:
    """A former list that answers 404 or 410, over all runs.

    It is believed once a run finds the same at least a day after the first one. Later runs look
    again, more and more rarely, so that no list stays closed that has come back.
    """

    first_at: datetime
    last_at: datetime
    runs: int = 1
    """In how many runs the absence was believed, and one"""

    @classmethod
    def read(cls, text: str | None) -> "Absence | None":
        """Return the absence that the ledger keeps; None where there is none."""
        if not text:
            return None
        first, last, runs = json.loads(text)
        return cls(datetime.fromtimestamp(first, UTC), datetime.fromtimestamp(last, UTC), runs)

    def text(self) -> str:
        """Return the absence as the ledger keeps it."""
        return json.dumps(
            [int(self.first_at.timestamp()), int(self.last_at.timestamp()), self.runs]
        )

    @property
    def is_believed(self) -> bool:
        return self.runs > 1

    def is_due(self, now: datetime) -> bool:
        """Return whether the list is to be asked for again."""
        at = self.last_at
        return Place(address="", began_at=at, since=None, ended_at=at, checks=self.runs).is_due(now)

    def found_again(self, now: datetime) -> "Absence":
        """Return the absence once a run has found it again.

        >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
        >>> first = Absence(noon, noon)
        >>> first.found_again(noon).is_believed
        False
        >>> first.found_again(noon + timedelta(days=1)).is_believed
        True
        """
        if now < self.first_at + _BELIEVED_AFTER:
            return self
        return replace(self, last_at=now, runs=self.runs + 1)
