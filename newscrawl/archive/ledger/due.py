"""Which pages to ask for now: what is known of a link, and what follows from it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from newscrawl.archive.ledger.revisit_schedule import LONGEST
from newscrawl.discovery.source import Link
from newscrawl.items import VIETNAM, Kind
from newscrawl.timestamps import moment_of

Reason = Literal["new", "again", "due"]
State = Literal["discovered", "archived", "gone", "refused", "failed", "given_up"]
STATES: Final[tuple[State, ...]] = (
    "discovered", "archived", "gone", "refused", "failed", "given_up",
)  # fmt: skip
# A robots.txt may change, and asking it anew costs no request for the link.
REFUSED_FOR: Final[Mapping[str, timedelta]] = {"robots": timedelta(days=7)}
# A due time further away than any schedule sets was written by a clock that ran ahead.
NONSENSE_S: Final = int((LONGEST + timedelta(days=20)).total_seconds())


@dataclass(frozen=True, slots=True)
class Ask:
    """A page to ask for now, with what makes the request conditional."""

    link: Link
    etag: str | None
    last_modified: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a list of links holds: the pages to ask for, and how many were never seen before."""

    ask: tuple[Ask, ...]
    new: int
    known: int
    seen_at: datetime | None = None
    """When the last of them was first seen; None = there are none"""
    first_seen_at: datetime | None = None
    """When the first of them was first seen"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A link of the ledger, as a person is told of it."""

    key: str
    url: str
    state: State
    reason: str
    """Why it is no article in the archive; "" = no reason was noted"""
    tries: int
    next_due: datetime | None
    """When it is next asked for; None = never by itself"""


TROUBLES: Final = (
    "SELECT key, url, state, ifnull(reason, ''), tries, next_due FROM links "
    "WHERE state IN (SELECT value FROM json_each(?)) ORDER BY key"
)
"""A row for `trouble_of` for each link in one of a JSON array of states"""


def trouble_of(row: tuple[str, str, State, str, int, int | None]) -> Trouble:
    """A row of `TROUBLES` as it is told."""
    *_, due = row
    return Trouble(*row[:-1], next_due=None if due is None else moment_of(due))


class Known(NamedTuple):
    """A row of the table, in the order of `_COLUMNS`."""

    key: str
    url: str
    title: str | None
    published_at: int | None
    kind: Kind | None
    state: State
    etag: str | None
    last_modified: str | None
    next_due: int | None
    settled: int
    checked_at: int | None
    revision: int
    tries: int
    changes: int
    streak: int
    seen_at: int

    def is_due(self, now_s: int) -> bool:
        due = self.next_due
        return due is not None and (due <= now_s or due > now_s + NONSENSE_S)

    def is_stale(self, now_s: int, refetch: timedelta | None) -> bool:
        """Whether it was last looked at longer ago than `refetch`."""
        return refetch is not None and (self.checked_at or 0) + refetch.total_seconds() <= now_s

    @property
    def link(self) -> Link:
        at = None if self.published_at is None else moment_of(self.published_at)
        return Link(
            url=self.url,
            key=self.key,
            title=self.title,
            published_at=at and at.astimezone(VIETNAM),
            kind=self.kind,
        )

    def ask(self, reason: Reason) -> Ask:
        """The request for it; conditional only where there is an article to fall back on."""
        if self.revision and self.state == "archived":
            return Ask(self.link, self.etag, self.last_modified, reason)
        return Ask(self.link, None, None, reason)


def reason_to_ask(
    found: Known, now_s: int, refetch: timedelta | None, *, moved: bool
) -> Reason | None:
    """Why a link seen before is asked for now; None = it is not. `moved` = under a new address."""
    due = found.is_due(now_s) or moved
    match found.state:
        case "discovered":
            return "again"
        case "failed" | "given_up":
            return "again" if due else None
        case "refused":
            return "again" if found.is_due(now_s) else None
        case "archived":
            return "due" if found.is_due(now_s) or found.is_stale(now_s, refetch) else None
        case "gone":
            return ("due" if found.revision else "again") if due else None
