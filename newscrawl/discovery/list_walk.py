"""How far a list is walked: pure rules over one page at a time.

A list is walked from its newest page until a page proves that everything behind it is known. The
proof is a time: a link that had been seen when the whole list was last known stood in that list,
and so did everything behind the link. A link that is merely known proves nothing: another list, or
a run that was cut off, may have named it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.discovery.source import Link, ListPage, Source
from newscrawl.items import VIETNAM

TO_THE_END = date.min
"""`since` of a walk that goes to the end of its list"""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_FRUITLESS_PAGES_MAX: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A place in a list."""

    source: Source
    address: str
    number: int = 0
    """Number among the source's walks, the newest first: 0 is the run's own walk, the others were
    left open by earlier runs"""
    page: int = 1
    """How many pages this walk has asked for, this one included, but without the page at which an
    earlier run stood"""
    began_at: datetime | None = None
    """When its newest page was read; None = it was not read yet"""
    known_at: datetime | None = None
    """When everything behind was last known: links seen by then end the walk"""
    since: date | None = None
    """Day that a backfill goes back to, also through known pages; None = a refresh"""
    resumes: bool = False
    """The first page is the one that an earlier run read last"""
    before: frozenset[str] = frozenset()
    """Keys of the list page before this one"""
    stands_at: str | None = None
    """Address of its last page that was not fruitless; None = it had none yet"""
    is_check: bool = False
    """It asks once more behind a page at which an earlier run found the list to end"""
    had_news: bool = False
    """A page behind its newest one had links that no run before had seen (`has_news`)"""
    fruitless: int = 0
    """How many pages before this one, in a row, were empty or repeated"""
    is_kept: bool = True
    """Whether the ledger keeps how far it has come; not for a walk down to a moment only"""

    @property
    def begins_behind_front(self) -> bool:
        """Return whether it stands at the list's first page, which a front page has led to."""
        is_second = self.page == 2 and not (self.is_check or self.resumes)
        return is_second and self.stands_at is not None and not self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What follows once a page was read."""

    next: Walk | None
    """The next older page; None = the walk ends here"""
    reached: date | None
    """First day from which on the list is whole, down to this page; None = undated"""
    bound_reached: bool = False
    """The walk ends for the bound alone, with pages left"""
    is_proven: bool = True
    """Whether the end of the walk is proven; an absence (an empty page, a 404, pages that repeat)
    proves nothing by itself"""


def days_of(page: ListPage, before: Sequence[date]) -> Sequence[date]:
    """Return the days of the page's articles in Vietnam, or days no older than those.

    Where the list states no days, the result is `before`: the days of the articles of the page
    before, none of which is older than an article of this page.
    """
    stated = [day for link in page.links if (day := _day(link)) is not None]
    return stated or (before if page.is_whole_list else ())


def _day(link: Link) -> date | None:
    return _day_of(link.published_at) if link.published_at else None


def _day_of(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def is_before(moment: datetime | None, since: date | None) -> bool:
    """Return whether a moment lies before the day that a walk goes back to; None is not before."""
    return moment is not None and since is not None and _day_of(moment) < since


def links_wanted(
    page: ListPage, walk: Walk, days: Sequence[date], arguments: CrawlArguments
) -> tuple[Link, ...]:
    """Return the page's links between the day that the walk goes back to and `until=`.

    A front page's links have no dates; the list behind the front page names them again with dates.
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
        if not is_before(link.not_after, window.since)
    )


def next_step(
    walk: Walk,
    page: ListPage,
    days: Sequence[date],
    seen_at: datetime | None,
    bound: int,
    *,
    repeats: bool = False,
) -> Step:
    """Return the walk's next step.

    Every walk ends with the list, with several empty or repeated pages in a row, and after `bound`
    pages; a backfill ends with the first page wholly older than its `since`; a refresh ends with
    the first whole page that is known. One empty or repeated page is not the end of the list: new
    articles can shift a full page down, and a page can hold only videos.

    Args:
        walk: The walk that has read `page`.
        days: The result of `days_of`.
        seen_at: When the last of the page's links was first seen; None where no link is wanted.
        bound: The most pages of one walk (the setting LIST_PAGES).
        repeats: Whether this walk has seen all of the page's links before or, in a check, whether
            none of them is new.
    """
    keys = frozenset(link.key for link in page.links)
    # The next day is whole, because a page may hold the beginning of a day only. A front page has
    # no order: one old article pinned to its top dates none of the others.
    reached = max(days) + timedelta(days=1) if days and page.is_whole_list else None
    is_fruitless = page.is_whole_list and (keys <= walk.before or repeats)
    if page.older is None and (page.is_window or (page.is_whole_list and keys)):
        return Step(next=None, reached=None if page.is_window else TO_THE_END)
    if page.older is None or (is_fruitless and walk.fruitless + 1 == _FRUITLESS_PAGES_MAX):
        return Step(next=None, reached=None, is_proven=False)
    is_known = page.is_whole_list and bool(keys) and _is_known(walk, seen_at)
    if is_known if walk.since is None else bool(days) and max(days) < walk.since:
        return Step(next=None, reached=reached)
    if walk.page >= bound:
        return Step(next=None, reached=reached, bound_reached=True)
    return Step(next=_older(walk, page, page.older, is_fruitless=is_fruitless), reached=reached)


def _older(walk: Walk, page: ListPage, address: str, *, is_fruitless: bool) -> Walk:
    """Return the walk at the next older page, whose address it is."""
    keys = frozenset(link.key for link in page.links)
    return replace(
        walk,
        address=address,
        page=walk.page + 1,
        resumes=False,
        before=(keys or walk.before) if page.is_whole_list else frozenset(),
        fruitless=walk.fruitless + 1 if is_fruitless else 0,
        stands_at=walk.stands_at if is_fruitless else walk.address,
    )


def _is_known(walk: Walk, seen_at: datetime | None) -> bool:
    return walk.known_at is not None and (seen_at is None or seen_at <= walk.known_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The place of a walk that has not come to its end.

    The place is the address of the page read last, not of the next one: the next page would begin
    one item too late if an item before it vanished meanwhile.
    """

    address: str
    began_at: datetime
    since: date | None
    ended_at: datetime | None = None
    """When the list was last found to end behind this page, without a proof; None = it was not"""
    checks: int = 0
    """In how many runs the list was found to end here"""

    def is_due(self, now: datetime) -> bool:
        """Return whether the walk goes on now: at once, or once the end is to be looked at again.

        >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
        >>> place = Place(address="", began_at=noon, since=None, ended_at=noon, checks=2)
        >>> place.is_due(noon), place.is_due(noon + timedelta(days=1))
        (False, True)
        """
        if self.ended_at is None:
            return True
        wait = _END_CHECKED_AFTER[min(self.checks, len(_END_CHECKED_AFTER)) - 1]
        return not self.ended_at <= now < self.ended_at + wait


# The next run looks again behind an end that only an absence shows, later ones ever more rarely.
_END_CHECKED_AFTER: Final = (
    timedelta(0), timedelta(days=1), timedelta(days=7), timedelta(days=30), timedelta(days=90),
    timedelta(days=180),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgress:
    """The progress of a source's walks."""

    places: Mapping[int, Place]
    """The walks that have not come to their end, the newest first, by their number"""
    known_at: datetime | None
    """When the list was last known whole, down to `reached`; None = it never was"""
    reached: date | None
    """First day from which on all is listed, but for what `places` leave open"""
    pending_at: datetime | None = None
    """When the last refresh began that found news behind the newest page. An article taken from the
    list meanwhile has moved another one to a page that was read already; the next refresh passes
    through these pages once more, and only then is the list known as of this moment"""

    @classmethod
    def from_cursor(
        cls, cursor: str | None, known_at: datetime | None, reached: date | None
    ) -> "ListProgress":
        """Return the progress that the ledger keeps; its walks are numbered anew from 1."""
        kept = json.loads(cursor or "[]")
        pending = [began for address, began, *_ in kept if not address]
        places = {
            number: Place(
                address=address,
                began_at=datetime.fromtimestamp(began, UTC),
                since=date.fromisoformat(since) if since else None,
                ended_at=datetime.fromtimestamp(end[0], UTC) if end else None,
                checks=end[1] if end else 0,
            )
            for number, (address, began, since, *end) in enumerate(
                (entry for entry in kept if entry[0]), 1
            )
        }
        pending_at = datetime.fromtimestamp(pending[0], UTC) if pending else None
        return cls(places=places, known_at=known_at, reached=reached, pending_at=pending_at)

    @property
    def cursor(self) -> str | None:
        """Return the progress as the ledger keeps it; None when every walk has come to its end."""
        kept = [
            (
                place.address,
                int(place.began_at.timestamp()),
                place.since and str(place.since),
                *((int(place.ended_at.timestamp()), place.checks) if place.ended_at else ()),
            )
            for place in self.places.values()
        ]
        if self.pending_at is not None:
            kept.append(("", int(self.pending_at.timestamp()), None))
        return json.dumps(kept) if kept else None

    def believed(self, now: datetime) -> "ListProgress":
        """Return the progress, or none at all where a part of it was noted later than now.

        A clock was wrong then, and the times at which links were seen prove nothing.
        """
        noted = [place.began_at for place in self.places.values()]
        noted += [self.pending_at] if self.pending_at else []
        if max([*noted, self.known_at or now], default=now) <= now:
            return self
        return ListProgress(places={}, known_at=None, reached=None)

    def after(self, walk: Walk, step: Step, *, stopped: bool) -> "ListProgress":
        """Return the progress once `walk` has read a page; `stopped` leaves the next for later.

        A walk that ends has come to where the next older walk began, which now reaches as far up
        as the ended one did. Without an older walk, the whole list is known as of the beginning of
        the ended one.
        """
        assert walk.began_at is not None
        places, known_at, began_at = dict(self.places), self.known_at, walk.began_at
        pending = self.pending_at
        if walk.number in places:
            began_at = max(began_at, places[walk.number].began_at)
        if not step.is_proven:
            return self
        if step.next is not None or step.bound_reached or stopped:
            here = self._place(walk, step, began_at)
            places = dict(sorted({**places, walk.number: here}.items()))
        else:
            places.pop(walk.number, None)
            older = min((number for number in places if number > walk.number), default=None)
            met = began_at
            if not walk.number:
                pending = began_at if walk.had_news and walk.since is None else None
                met = (self.pending_at or _NEVER) if pending else began_at
            if older is not None:
                met = max(places[older].began_at, met)
                places[older] = replace(places[older], began_at=met)
            else:
                known_at = max(known_at, met) if known_at else began_at
        days = [day for day in (self.reached, step.reached) if day is not None]
        return ListProgress(
            places=places, known_at=known_at, reached=min(days, default=None), pending_at=pending
        )

    def _place(self, walk: Walk, step: Step, began_at: datetime) -> Place:
        """Return where a walk stands that has read a page and goes on."""
        address = (step.next.stands_at if step.next else None) or walk.address
        before = self.places.get(walk.number)
        if walk.is_check and before is not None and address == before.address:
            return replace(before, began_at=began_at)
        return Place(address=address, began_at=began_at, since=walk.since)

    def opened(self, walk: Walk) -> "ListProgress":
        """Return the progress once the run's own walk has read a page behind an end.

        The list goes on where it was found to end: the walk that stood there goes on in the next
        run, however far away the next look behind that end was.
        """
        places = {
            number: replace(place, ended_at=None, checks=0)
            if not walk.number and place.ended_at and place.address == walk.stands_at
            else place
            for number, place in self.places.items()
        }
        return replace(self, places=places)

    def ended(self, walk: Walk, now: datetime) -> "ListProgress":
        """Return the progress once the list ended behind the walk's place, without a proof."""
        places = dict(self.places)
        place = places.get(walk.number)
        if place is None:
            return self
        older = min((number for number in places if number > walk.number), default=None)
        if older is not None and places[older].address == place.address:
            # Both stand at one end, and that one is known longer.
            place = replace(places.pop(older), began_at=place.began_at)
        if place.is_due(now):
            place = replace(place, ended_at=now, checks=place.checks + 1)
        return replace(self, places={**places, walk.number: place})


def walks(
    source: Source,
    paper: Site,
    progress: ListProgress,
    arguments: CrawlArguments,
    now: datetime | None = None,
) -> Iterator[Walk]:
    """Yield the walk from the newest page, then the walks that earlier runs left open.

    A walk whose list was found to end without a proof waits until that end is to be looked at
    again. Each walk ends where the next older one began. The oldest one ends where the list was
    last known whole or, if it never was so far back, with `since=` or the list. A closed list that
    is known, or that ended before the day asked for, has no walk.
    """
    since = TO_THE_END if arguments.until and not arguments.since else arguments.since
    if source.closed and since and source.closed < since:
        return
    is_known = progress.known_at is not None or bool(progress.places)
    if since is not None and progress.reached is not None and progress.reached <= since:
        since = None
    if not is_known:
        since = since or TO_THE_END
    places = [place for place in progress.places.values() if now is None or place.is_due(now)]
    if source.closed and since is None and not places:
        return
    newest = Walk(source=source, address=source.start(paper))
    left = _left_open(source, progress)
    oldest = [newest, *left][-1]
    days = [day for day in (oldest.since, since) if day is not None]
    oldest = replace(oldest, known_at=progress.known_at, since=min(days, default=None))
    found = [replace(walk, known_at=older.began_at) for walk, older in pairwise([newest, *left])]
    is_checked = any(place.ended_at and place.address == newest.address for place in places)
    for walk in (*found, oldest):
        place = progress.places.get(walk.number)
        if place in places if place else not is_checked:  # a check reads the newest page itself
            yield walk


def _left_open(source: Source, progress: ListProgress) -> list[Walk]:
    """Return the walks that earlier runs left open, the newest first."""
    return [
        Walk(
            source=source,
            address=place.address,
            number=number,
            page=0,
            began_at=place.began_at,
            since=place.since,
            resumes=True,
            is_check=place.ended_at is not None,
        )
        for number, place in progress.places.items()
    ]


def has_gap(
    walk: Walk, page: ListPage, first_seen_at: datetime | None, run_began_at: datetime
) -> bool:
    """Return whether articles may stand between the page of an earlier run and the one read now.

    The earlier run had seen the articles of its page. If no article shown now (`first_seen_at` is
    when the first of them was seen) was seen before this run, so many articles were taken from the
    list that the following ones have moved up past this address. An empty page lies behind the end.
    """
    if not walk.resumes or not page.is_whole_list:
        return False
    if first_seen_at is None:
        return not page.links
    return first_seen_at >= run_began_at.replace(microsecond=0)  # as the ledger keeps them


def has_news(walk: Walk, seen_at: datetime | None, run_began_at: datetime) -> bool:
    """Return whether a page behind the walk's newest one has a link that this run saw first.

    `seen_at` is when the last of its links was first seen. Whose walk saw it proves nothing: the
    second pass of the list may be a page ahead. A front page names the newest links twice.
    """
    is_newest = walk.page <= 1 or walk.begins_behind_front
    is_of_this_run = seen_at is not None and seen_at >= run_began_at.replace(microsecond=0)
    return is_of_this_run and not is_newest


def again(walk: Walk, paper: Site) -> Walk:
    """Return the walk begun again from the newest page, where the page it stood at is no more.

    It passes through the pages that it had walked: their links were seen later than those that end
    it.
    """
    start = walk.source.start(paper)
    return replace(walk, address=start, page=1, resumes=False, is_check=False, stands_at=None)


def name_of(source: Source, arguments: CrawlArguments) -> str:
    """Return the key under which the ledger keeps the progress of a run with these arguments.

    A run up to `until=` leaves out newer articles: it knows its window whole, not the list.
    """
    if arguments.until is None:
        return source.name
    return f"{source.name} {arguments.since or ''}..{arguments.until}"
