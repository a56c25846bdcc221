"""Which pages to ask for now: what is known of a link, and what follows from it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from newscrawl.archive.ledger.revisit_schedule import (
    ABSENCE_MIN,
    BACK_AFTER_FAILURES,
    BACK_AFTER_REFUSALS,
    REVISIT_MAX,
)
from newscrawl.discovery.source import Link
from newscrawl.items import VIETNAM, Kind
from newscrawl.timestamps import moment_of

Reason = Literal["new", "again", "due"]
State = Literal["discovered", "archived", "gone", "refused", "failed", "given_up"]
STATES: Final[tuple[State, ...]] = (
    "discovered", "archived", "gone", "refused", "failed", "given_up",
)  # fmt: skip
# A robots.txt may change, and checking the link against it again costs no request.
REFUSED_FOR: Final[Mapping[str, timedelta]] = {"robots": timedelta(days=7)}
# The declaration refuses these without a request: only another declaration may change that.
DECLARED: Final = frozenset(["skipped section"])
# A due time further away than any schedule sets was written by a clock that ran ahead.
DUE_MAX_S: Final = int((REVISIT_MAX + timedelta(days=20)).total_seconds())


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


class Known(NamedTuple):
    """A row of the table of links; its fields are the columns that are read."""

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
    reason: str | None
    absent_at: int | None
    runs_410: int

    def is_due(self, now_s: int) -> bool:
        """Return whether the schedule asks for the link at `now_s`, seconds since 1970."""
        due = self.next_due
        return due is not None and (due <= now_s or due > now_s + DUE_MAX_S)

    def is_stale(self, now_s: int, refetch: timedelta | None) -> bool:
        """Return whether the link was last looked at longer ago than `refetch`."""
        return refetch is not None and (self.checked_at or 0) + refetch.total_seconds() <= now_s

    def is_back_by_list(self, now_s: int) -> bool:
        """Return whether a list that names the link brings it back at `now_s`.

        The answers alone had ended it: too many failures, refusals or absences.
        """
        if self.next_due is not None or self.reason in DECLARED:
            return False
        wait = BACK_AFTER_FAILURES if self.state == "given_up" else BACK_AFTER_REFUSALS
        return (self.checked_at or 0) + wait.total_seconds() <= now_s

    @property
    def link(self) -> Link:
        """Return the link as a list would name it."""
        at = None if self.published_at is None else moment_of(self.published_at)
        return Link(
            url=self.url,
            key=self.key,
            title=self.title,
            published_at=at and at.astimezone(VIETNAM),
            kind=self.kind,
        )

    def ask(self, reason: Reason) -> Ask:
        """Return the request for the link; conditional only where its page was there last time."""
        if self.revision and self.state == "archived" and self.absent_at is None:
            return Ask(self.link, self.etag, self.last_modified, reason)
        return Ask(self.link, None, None, reason)


def is_gone(missed: Known, now_s: int) -> bool:
    """Return whether an archived page that is missed again at `now_s` is gone.

    404 or 410 in two runs at least `ABSENCE_MIN` apart, or 410 in two runs.
    """
    since = now_s - (now_s if missed.absent_at is None else missed.absent_at)
    return since >= ABSENCE_MIN.total_seconds() or missed.runs_410 >= 2


def reason_to_ask(
    found: Known, now_s: int, refetch: timedelta | None, *, moved: bool
) -> Reason | None:
    """Return why a link that a list names again is asked for now; None where it is not.

    Args:
        found: the link's row.
        now_s: seconds since 1970.
        refetch: archived pages last looked at so long ago are asked for in any case.
        moved: the list names the link under a new address.
    """
    due = found.is_due(now_s)
    match found.state:
        case "discovered":
            return "again"
        case "failed" | "given_up" | "refused":
            return "again" if due or moved or found.is_back_by_list(now_s) else None
        case "archived":
            is_missed = found.absent_at is not None
            return "due" if due or is_missed or found.is_stale(now_s, refetch) else None
        case "gone" if found.revision:
            return "due"  # a list says that the page is there
        case "gone":
            return "again" if due or moved or found.is_back_by_list(now_s) else None
