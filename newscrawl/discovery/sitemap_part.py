"""When a part of a sitemap index is read again. Pure."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

_QUIET_WAITS: Final = tuple(timedelta(days=days) for days in (1, 7, 30, 90, 180))


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """The last reading of a part."""

    read_at: datetime
    quiet: int = 0
    """How many readings in a row brought no new link"""
    stated_at: datetime | None = None
    """When the part had changed last, as the index stated then; None = it stated nothing"""
    since: date | None = None
    """The day down to which its links were taken; None = all were"""

    @classmethod
    def parse(cls, text: str | None) -> "PartReading | None":
        """Return the reading that the ledger keeps; None where there is none."""
        if not text:
            return None
        read_at, quiet, stated, *since = json.loads(text)
        return cls(
            read_at=datetime.fromtimestamp(read_at, UTC),
            quiet=quiet,
            stated_at=None if stated is None else datetime.fromtimestamp(stated, UTC),
            since=date.fromisoformat(since[0]) if since else None,
        )

    def text(self) -> str:
        """Return the reading as the ledger keeps it."""
        stated = None if self.stated_at is None else int(self.stated_at.timestamp())
        since = [] if self.since is None else [self.since.isoformat()]
        return json.dumps([int(self.read_at.timestamp()), self.quiet, stated, *since])

    def reaches(self, since: date | None) -> bool:
        """Return whether the part's links were taken down to the day that `since=` names.

        >>> march = PartReading(read_at=datetime(2026, 4, 1, tzinfo=UTC), since=date(2026, 3, 16))
        >>> march.reaches(date(2026, 3, 20)), march.reaches(date(2026, 3, 9)), march.reaches(None)
        (True, False, True)
        """
        return since is None or self.since is None or since >= self.since

    def is_due(self, changed_at: datetime | None, now: datetime) -> bool:
        """Return whether the part is to be read again.

        A part is read where the index states another change than at the last reading, whenever
        that change was: an article may appear hours after the moment it states. Any other part is
        read by every run while it states no change and brings news, else after 1, 7, 30, 90 and
        180 days.

        >>> noon = datetime(2026, 11, 30, 12, tzinfo=UTC)
        >>> reading = PartReading(read_at=noon, quiet=2, stated_at=noon)
        >>> reading.is_due(noon, noon + timedelta(days=6)), reading.is_due(None, noon)
        (False, True)
        """
        stated = None if changed_at is None else changed_at.replace(microsecond=0)
        if now < self.read_at or stated != self.stated_at:  # or a clock was wrong
            return True
        if not self.quiet and stated is None:
            return True
        wait = _QUIET_WAITS[min(max(self.quiet, 1), len(_QUIET_WAITS)) - 1]
        return now >= self.read_at + wait

    def is_enough(self, since: date | None, changed_at: datetime | None, now: datetime) -> bool:
        """Return whether the part need not be read again for what `since=` asks for."""
        return self.reaches(since) and not self.is_due(changed_at, now)

    def after(
        self, read_at: datetime, new: int, stated_at: datetime | None, since: date | None = None
    ) -> "PartReading":
        """Return the reading that follows, with so many new links, down to a day."""
        quiet = 0 if new else self.quiet + 1
        depth = None if self.since is None or since is None else min(self.since, since)
        return PartReading(read_at=read_at, quiet=quiet, stated_at=stated_at, since=depth)
