"""When an item appears and what its numbers are: arithmetic both ways, nothing stored.

An A1 or A2 id is 32 hex digits: 16 fixed ones, 12 of Unix milliseconds, 4 of a counter; its last 7
stand in the address. A K id is a running number.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from newscrawl.replica.dice import digest
from newscrawl.replica.site import (
    FIRST_DAY,
    LAST_DAY,
    NEW_CMS_DAY,
    Options,
    ReplicaSite,
    size_of,
)

FIRST_NUMBER: Final = 99_001
PORTAL_NUMBER: Final = 2_003
_STEP: Final = 3
_COUNTER: Final = 40_503  # odd, so that it turns 0..65535 into 0..65535
_MINUTES: Final = ((0.0, 300), (0.15, 480), (0.45, 720), (0.55, 840), (0.85, 1080), (1.0, 1350))
_GENERATOR: Final = ("8a10c0e2", "fb9e3a03", "adf923dc")


def minute_of_day(share: float) -> int:
    """Return the minute by which that share of a day's news is out; no news comes at night.

    >>> minute_of_day(0.0), minute_of_day(0.5), minute_of_day(0.99)
    (300, 780, 1332)
    """
    for (low, first), (high, last) in pairwise(_MINUTES):
        if share < high:
            return int(first + (share - low) / (high - low) * (last - first))
    return _MINUTES[-1][1]


@dataclass(frozen=True, slots=True)
class Era:
    """Items first to first + count - 1, spread evenly over the days from `start`."""

    first: int
    count: int
    start: datetime
    days: float


class Timeline:
    """The items of one site up to an edition, numbered from 0 in order of time."""

    def __init__(self, site: ReplicaSite, options: Options, edition: int) -> None:
        size = size_of(site, options)
        self.added = max(8, size // 50)
        self.size = size + (edition - 1) * self.added
        self._first_size = size
        self._seed = (options.seed, site.host)
        self.published = lru_cache(maxsize=16_384)(self._published)
        self._numbers_from = PORTAL_NUMBER if site.cms == "K" else FIRST_NUMBER
        days = (LAST_DAY - FIRST_DAY).days
        if site.cms == "K":
            old, self.turn = Era(0, size, FIRST_DAY, days), self.size
        elif site.old_sections:
            old_days = (NEW_CMS_DAY - FIRST_DAY).days
            old = Era(0, round(size * old_days / days), FIRST_DAY, old_days)
            self.turn = old.count
            """The first item of today's CMS; all before it are of family K"""
        else:
            old, self.turn = Era(0, 0, FIRST_DAY, 0), 0
        start = NEW_CMS_DAY if old.count else FIRST_DAY
        self._old = old
        self._new = Era(old.count, size - old.count, start, (LAST_DAY - start).days)

    def born(self, item: int) -> int:
        """Return the edition in which the item appeared."""
        return 1 if item < self._first_size else 2 + (item - self._first_size) // self.added

    def items_of(self, edition: int) -> range:
        """Return the items that appeared in an edition."""
        last = self._first_size + (edition - 1) * self.added
        return range(last - self.added if edition > 1 else 0, last)

    def _era(self, item: int) -> Era:
        if (edition := self.born(item)) > 1:
            first = self.items_of(edition).start
            return Era(first, self.added, LAST_DAY + timedelta(days=edition - 2), 1)
        return self._old if item < self._old.count else self._new

    def _published(self, item: int) -> datetime:
        """Return the minute of publication, Vietnam time; never earlier than the item before."""
        era = self._era(item)
        shift = (digest(*self._seed, item, "time") >> 11) / (1 << 53)
        days = (item - era.first + shift) / era.count * era.days
        whole = int(days)
        return era.start + timedelta(days=whole, minutes=minute_of_day(days - whole))

    def number(self, item: int) -> int:
        """Return the item's number in family K."""
        return self._numbers_from + item * _STEP + digest(*self._seed, item, "number") % _STEP

    def item_of_number(self, number: int) -> int | None:
        """Return the item that has this number, or None."""
        item = (number - self._numbers_from) // _STEP
        known = 0 <= item < min(self.turn, self.size) and self.number(item) == number
        return item if known else None

    def article_id(self, item: int) -> str:
        """Return the item's 32-digit id in families A1 and A2."""
        thrown = digest(*self._seed, item, "id")
        created = self.published(item) - timedelta(
            seconds=thrown % (180 if thrown & 7 else 172_800)
        )
        clock = int(created.timestamp()) * 1000 + (thrown >> 20) % 1000
        head = _GENERATOR[thrown % 3] + f"{(thrown >> 8) & 0xFFFFFFFF:08x}"
        return f"{head}{clock:012x}{item * _COUNTER % 65_536:04x}"

    def items_of_tail(self, tail: str) -> list[int]:
        """Return the items whose id may end in these 7 hex digits; callers compare whole ids."""
        counter = int(tail[-4:], 16)
        first = counter * pow(_COUNTER, -1, 65_536) % 65_536
        return [
            item
            for item in range(first, self.size, 65_536)
            if item >= self.turn and self.article_id(item).endswith(tail)
        ]
