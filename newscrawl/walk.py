"""How far a list is walked: pure rules over one page at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from newscrawl.arguments import Arguments
from newscrawl.items import VIETNAM
from newscrawl.pages import Paper
from newscrawl.sources import ListPage, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A place in a list."""

    source: Source
    address: str
    number: int = 0
    """Which of the source's walks this is: several where earlier runs were cut short"""
    page: int = 1
    """How many pages this walk has asked for, this one included"""
    is_deep: bool = False
    """Passes through pages that bring nothing new: a backfill"""
    resumes: bool = False
    """Goes on where an earlier run stopped: its first page may hold nothing new"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows a page that was read."""

    next: Walk | None
    """The next older page; None = the walk ends here"""
    reached: date | None
    """Day of the page's oldest dated article"""
    bound_reached: bool = False


def next_step(walk: Walk, page: ListPage, new: int, since: date | None, bound: int) -> Step:
    """The walk's next step.

    `new` counts the page's links that this run has found. A refresh ends with the first whole page
    that brings nothing new; a backfill walks through what is known. Both end with the first page
    that is wholly older than `since`, with the end of the list, and after `bound` pages.
    """
    days = [
        link.published_at.astimezone(VIETNAM).date() for link in page.links if link.published_at
    ]
    reached = min(days, default=None)
    is_past = bool(days) and since is not None and max(days) < since
    brings_nothing = page.is_whole_list and new == 0 and not (walk.is_deep or walk.resumes)
    if page.older is None or is_past or brings_nothing:
        return Step(next=None, reached=reached)
    if walk.page >= bound:
        return Step(next=None, reached=reached, bound_reached=True)
    older = replace(walk, address=page.older, page=walk.page + 1, resumes=False)
    return Step(next=older, reached=reached)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the walks of a source stand that have not come to their end.

    A cursor is the address of the page a walk has read last, not of the next one: should an item
    ahead of it vanish before the walk goes on, the next page would begin one item too late.
    """

    open: dict[int, str]
    reached: date | None

    @classmethod
    def from_cursor(cls, cursor: str | None, reached: date | None) -> "Progress":
        """As the ledger keeps it; the walks are numbered anew from 1, 0 is the run's own."""
        addresses = json.loads(cursor) if cursor else []
        return cls(open=dict(enumerate(addresses, 1)), reached=reached)

    @property
    def cursor(self) -> str | None:
        """As the ledger keeps it: None when every walk has come to its end."""
        return json.dumps(list(dict.fromkeys(self.open.values()))) if self.open else None

    def after(self, walk: Walk, step: Step, *, stopped: bool) -> "Progress":
        """With the page that `walk` has just read; `stopped` leaves its next page for later."""
        others = {number: address for number, address in self.open.items() if number != walk.number}
        here = {walk.number: walk.address} if step.next is not None or stopped else {}
        days = [day for day in (self.reached, step.reached) if day is not None]
        return Progress(open=others | here, reached=min(days, default=None))


def walks(source: Source, paper: Paper, progress: Progress, arguments: Arguments) -> Iterator[Walk]:
    """The walk from the newest page, then those that earlier runs did not finish.

    The new one is a backfill only where `since=` is asked for and no earlier backfill has reached
    that day or is still to be gone on with.
    """
    since = arguments.since
    was_reached = since is not None and progress.reached is not None and progress.reached <= since
    is_deep = since is not None and not progress.open and not was_reached
    yield Walk(source=source, address=source.start(paper), is_deep=is_deep)
    for number, address in progress.open.items():
        deep = since is not None
        yield Walk(source=source, address=address, number=number, is_deep=deep, resumes=True)
