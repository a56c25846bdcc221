"""How far a list is walked: pure rules over one page at a time.

A list is walked from its newest page until a page proves that everything behind it is known. What
proves it is time: a link that had been seen when the whole list was last known stood in that list,
and so did all that lies behind it. That a link is known at all proves nothing: another list may
have named it, or a run that was cut off on its way.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from newscrawl.article.article_page import Site
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.discovery.source import Link, ListPage, Source
from newscrawl.items import VIETNAM

TO_THE_END = date.min
"""`since` of a walk that goes to the end of its list"""
_FRUITLESS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A place in a list."""

    source: Source
    address: str
    number: int = 0
    """Which of the source's walks this is, the newest first: 0 is the run's own, the others are
    those that earlier runs left open"""
    page: int = 1
    """How many pages this walk has asked for, this one included; not counted is the one at which
    an earlier run stood"""
    began_at: datetime | None = None
    """When its newest page was read; None = it has not been yet"""
    known_at: datetime | None = None
    """When all that lies behind was last known: links seen by then end the walk"""
    since: date | None = None
    """Day a backfill goes back to, through what is known; None = a refresh"""
    resumes: bool = False
    """Its first page is one that an earlier run read last"""
    before: frozenset[str] = frozenset()
    """Keys of the list page before this one"""
    fruitless: int = 0
    """How many pages before this one, in a row, were empty or repeated"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows a page that was read."""

    next: Walk | None
    """The next older page; None = the walk ends here"""
    reached: date | None
    """First day from which on the list is read whole, down to this page; None = not dated"""
    bound_reached: bool = False
    """It ends for the bound alone, with pages left"""


def days_of(page: ListPage, before: Sequence[date]) -> Sequence[date]:
    """The days of the page's articles, as far as known, Vietnam's; an upper bound is enough.

    Where the list states none: `before`, those read on the articles of the page before, which are
    no older than any of this one.
    """
    stated = [day for link in page.links if (day := _day(link)) is not None]
    return stated or (before if page.is_whole_list else ())


def _day(link: Link) -> date | None:
    return link.published_at.astimezone(VIETNAM).date() if link.published_at else None


def links_wanted(
    page: ListPage, walk: Walk, days: Sequence[date], arguments: CrawlArguments
) -> tuple[Link, ...]:
    """The page's links within what the walk goes back to and `until=`.

    A front page's are not dated; those of a window are named again, dated, by the list behind.
    """
    if arguments.until and page.older and not page.is_whole_list:
        return ()
    window = replace(arguments, since=walk.since or arguments.since)
    latest = max(days, default=None)
    is_behind = latest is not None and window.since is not None and latest < window.since
    return tuple(
        link
        for link in page.links
        if window.covers(_day(link)) and not (is_behind and link.published_at is None)
    )


def next_step(
    walk: Walk, page: ListPage, days: Sequence[date], seen_at: datetime | None, bound: int
) -> Step:
    """The walk's next step.

    `days` are those of `days_of`; `seen_at` is when the last of the page's links was first seen,
    None where it holds none that is asked for. Every walk ends with the list, where the pager shows
    the page before again and again or nothing but empty ones, and after `bound` pages; a backfill
    with the first page wholly older than its `since`; a refresh with the first whole page that is
    known.

    Once is no end: when as many articles appear as a page holds, the next one repeats it, and a
    page may hold nothing but films.
    """
    keys = frozenset(link.key for link in page.links)
    # A page may hold a day's beginning only. What is chosen by hand, as on a front page, has no
    # order; one old article pinned to the top says nothing of those below it.
    reached = max(days) + timedelta(days=1) if days and page.is_whole_list else None
    fruitless = walk.fruitless + 1 if page.is_whole_list and keys <= walk.before else 0
    if page.older is None or fruitless == _FRUITLESS:
        return Step(next=None, reached=TO_THE_END if page.is_whole_list else None)
    if walk.since is not None:
        ends = bool(days) and max(days) < walk.since
    else:
        ends = page.is_whole_list and bool(keys) and _is_known(walk, seen_at)
    if ends:
        return Step(next=None, reached=reached)
    if walk.page >= bound:
        return Step(next=None, reached=reached, bound_reached=True)
    older = replace(
        walk,
        address=page.older,
        page=walk.page + 1,
        resumes=False,
        before=(keys or walk.before) if page.is_whole_list else frozenset(),
        fruitless=fruitless,
    )
    return Step(next=older, reached=reached)


def _is_known(walk: Walk, seen_at: datetime | None) -> bool:
    return walk.known_at is not None and (seen_at is None or seen_at <= walk.known_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a walk stands that has not come to its end.

    It is the address of the page read last, not of the next one: should an item ahead of it vanish
    before the walk goes on, the next page would begin one item too late.
    """

    address: str
    began_at: datetime
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgress:
    """How far a source has been walked."""

    places: Mapping[int, Place]
    """The walks that have not come to their end, the newest first, by their number"""
    known_at: datetime | None
    """When the list was last known whole, down to `reached`; None = it never was"""
    reached: date | None
    """First day from which on all is listed, but for what `places` leave open"""

    @classmethod
    def from_cursor(
        cls, cursor: str | None, known_at: datetime | None, reached: date | None
    ) -> "ListProgress":
        """As the ledger keeps it; the walks are numbered anew from 1, 0 is the run's own."""
        places = {
            number: Place(
                address=address,
                began_at=datetime.fromtimestamp(began, UTC),
                since=date.fromisoformat(since) if since else None,
            )
            for number, (address, began, since) in enumerate(json.loads(cursor or "[]"), 1)
        }
        return cls(places=places, known_at=known_at, reached=reached)

    @property
    def cursor(self) -> str | None:
        """As the ledger keeps it: None when every walk has come to its end."""
        kept = [
            (place.address, int(place.began_at.timestamp()), place.since and str(place.since))
            for place in self.places.values()
        ]
        return json.dumps(kept) if kept else None

    def believed(self, now: datetime) -> "ListProgress":
        """What of it can be: nothing, where some of it was noted later than now.

        Then a clock was wrong, and that a link had been seen by then proves nothing.
        """
        noted = [place.began_at for place in self.places.values()]
        if max([*noted, self.known_at or now], default=now) <= now:
            return self
        return ListProgress(places={}, known_at=None, reached=None)

    def after(self, walk: Walk, step: Step, *, stopped: bool) -> "ListProgress":
        """With the page that `walk` has just read; `stopped` leaves its next page for later.

        A walk that ends has come to where the next older one began: that one now reaches as far up
        as this did. Where there is none, the whole list is known as of its beginning.
        """
        assert walk.began_at is not None
        places, known_at, began_at = dict(self.places), self.known_at, walk.began_at
        if walk.number in places:
            began_at = max(began_at, places[walk.number].began_at)
        if step.next is not None or step.bound_reached or stopped:
            here = Place(address=walk.address, began_at=began_at, since=walk.since)
            places = dict(sorted({**places, walk.number: here}.items()))
        else:
            places.pop(walk.number, None)
            older = min((number for number in places if number > walk.number), default=None)
            if older is None:
                known_at = max(known_at or began_at, began_at)
            else:
                met = max(places[older].began_at, began_at)
                places[older] = replace(places[older], began_at=met)
        days = [day for day in (self.reached, step.reached) if day is not None]
        return ListProgress(places=places, known_at=known_at, reached=min(days, default=None))


def walks(
    source: Source, paper: Site, progress: ListProgress, arguments: CrawlArguments
) -> Iterator[Walk]:
    """The walk from the newest page, then those that earlier runs left open.

    Each ends where the next older one began, the oldest where the list was last known whole or, if
    it never was so far back, with `since=` or the list. None where a closed list is known, or ended
    before the day asked for.
    """
    since = TO_THE_END if arguments.until and not arguments.since else arguments.since
    if source.closed and since and source.closed < since:
        return
    is_known = progress.known_at is not None or bool(progress.places)
    if since is not None and progress.reached is not None and progress.reached <= since:
        since = None
    if not is_known:
        since = since or TO_THE_END
    if source.closed and since is None and not progress.places:
        return
    newest = Walk(source=source, address=source.start(paper))
    left = [
        Walk(
            source=source,
            address=place.address,
            number=number,
            page=0,
            began_at=place.began_at,
            since=place.since,
            resumes=True,
        )
        for number, place in progress.places.items()
    ]
    for walk, older in pairwise([newest, *left]):
        yield replace(walk, known_at=older.began_at)
    oldest = [newest, *left][-1]
    days = [day for day in (oldest.since, since) if day is not None]
    yield replace(oldest, known_at=progress.known_at, since=min(days, default=None))


def has_gap(
    walk: Walk, page: ListPage, first_seen_at: datetime | None, run_began_at: datetime
) -> bool:
    """Whether articles may stand between the page at which an earlier run stood and this one.

    That run had seen its page's articles. Where none of those now shown, the first of which was
    seen at `first_seen_at`, was seen before this run, so many were taken from the list that what
    followed has moved up past this address; an empty page is where it ends by now.
    """
    if not walk.resumes or not page.is_whole_list:
        return False
    if first_seen_at is None:
        return not page.links
    return first_seen_at >= run_began_at.replace(microsecond=0)  # as the ledger keeps them


def again(walk: Walk, paper: Site) -> Walk:
    """The walk begun again from the newest page: the one it stood at is no more.

    It passes through what it had walked, which was seen later than what ends it.
    """
    return replace(walk, address=walk.source.start(paper), page=1, resumes=False)


def name_of(source: Source, arguments: CrawlArguments) -> str:
    """The key under which the ledger keeps the progress of such a run.

    A run up to `until=` leaves out what is newer: what it knows whole is its window, not the list.
    """
    if arguments.until is None:
        return source.name
    return f"{source.name} {arguments.since or ''}..{arguments.until}"
