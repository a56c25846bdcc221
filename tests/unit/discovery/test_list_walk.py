"""How far a list is walked: a newspaper's list changes and runs are cut short, and no page is lost.

The list is simulated as VNPT's API serves it: pages by offset, newest first, so that every article
put on top moves all others down.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.discovery.list_walk import (
    TO_THE_END,
    ListProgress,
    Place,
    Step,
    Walk,
    again,
    days_of,
    has_gap,
    links_wanted,
    name_of,
    next_step,
    walks,
)
from newscrawl.discovery.source import Link, ListPage, Source
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document

PAPER: Final = Site(name="baothu", domain="baothu.vn", hosts={"baothu.vn": "baothu.vn"})
PAGE: Final = 3  # articles on a list page
UNBOUND: Final = 10**6
FIRST_DAY: Final = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetSource(Source):
    """A list API by offset, without I/O."""

    def start(self, paper: Site) -> str:
        return f"https://{paper.domain}/list?first=0"

    def read(self, document: Document, paper: Site) -> ListPage:
        raise NotImplementedError(document, paper)


SOURCE: Final = OffsetSource(path="/kinh-te/")


def link(number: int, day: date | None = None) -> Link:
    """The article published on the n-th day."""
    at = day or FIRST_DAY + timedelta(days=number)
    return Link(
        url=f"https://baothu.vn/{number}",
        key=str(number),
        published_at=datetime(at.year, at.month, at.day, 8, tzinfo=VIETNAM),
    )


@dataclass
class Newspaper:
    """A list of articles, newest first, one a day."""

    size: int
    numbers: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = list(reversed(range(self.size)))

    def publish(self, articles: int) -> None:
        for _ in range(articles):
            self.numbers.insert(0, self.size)
            self.size += 1

    def remove(self, place: int) -> None:
        if self.numbers:
            del self.numbers[place % len(self.numbers)]

    def page(self, address: str) -> ListPage:
        first = int(parse_qs(urlsplit(address).query)["first"][0])
        numbers = self.numbers[first : first + PAGE]
        end = first + len(numbers)
        is_last = not numbers or end >= len(self.numbers)
        older = None if is_last else f"https://baothu.vn/list?first={end}"
        return ListPage(links=tuple(map(link, numbers)), older=older)


@dataclass
class Crawler:
    """What the spider and its ledger do with the rules, in a few lines; a page takes a second."""

    paper: Newspaper
    seen: dict[str, int] = field(default_factory=dict)
    cursor: str | None = None
    known_at: datetime | None = None
    reached: date | None = None
    requests: int = 0
    second: int = 0

    def run(
        self, since: date | None = None, bound: int = UNBOUND, killed_after: int = UNBOUND
    ) -> list[int]:
        """One run, cut short after so many pages; the offsets it asked for."""
        progress = ListProgress.from_cursor(self.cursor, self.known_at, self.reached)
        order = count()
        asked: list[int] = []
        waiting: list[tuple[int, int, Walk]] = []
        began: int | None = None
        arguments, now = CrawlArguments(since=since), moment(self.second)
        for walk in walks(SOURCE, PAPER, progress, arguments, now):
            heappush(waiting, (max(walk.page, 1), next(order), walk))
        while waiting and len(asked) < killed_after:
            walk = heappop(waiting)[-1]
            asked.append(int(walk.address.rpartition("=")[2]))
            self.second += 1
            began = self.second if began is None else began
            walk = walk if walk.began_at else replace(walk, began_at=moment(began))
            page = self.paper.page(walk.address)
            first, last = self.see(page, began)
            if has_gap(walk, page, first, moment(began)):
                walk = again(walk, PAPER)
                heappush(waiting, (max(walk.page, 1), next(order), walk))
                continue
            step = next_step(walk, page, days_of(page, ()), last, bound)
            if step.is_proven:
                progress = progress.after(walk, step, stopped=False)
            else:
                progress = progress.ended(walk, moment(self.second))
            self.cursor, self.known_at = progress.cursor, progress.known_at
            self.reached = progress.reached
            if step.next is not None:
                heappush(waiting, (step.next.page, next(order), step.next))
        self.requests += len(asked)
        self.second += 1
        return asked

    def see(self, page: ListPage, second: int) -> tuple[datetime | None, datetime | None]:
        """When the first and the last of its articles were seen."""
        for one in page.links:
            self.seen[one.key] = min(self.seen.get(one.key, second), second)
        seconds = [self.seen[one.key] for one in page.links]
        return (moment(min(seconds)), moment(max(seconds))) if seconds else (None, None)

    def front_page(self, items: int) -> None:
        """Another list shows the newest articles; nothing else is read."""
        self.second += 1
        for number in self.paper.numbers[:items]:
            self.seen.setdefault(str(number), self.second)

    @property
    def missing(self) -> set[str]:
        return set(map(str, self.paper.numbers)) - self.seen.keys()


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


# A refresh --------------------------------------------------------------------------------------


def test_a_first_run_walks_the_whole_list() -> None:
    crawler = Crawler(Newspaper(20))
    assert crawler.run() == [0, 3, 6, 9, 12, 15, 18]
    assert (crawler.missing, crawler.cursor) == (set(), None)


def test_a_second_run_with_nothing_new_asks_for_one_page() -> None:
    crawler = Crawler(Newspaper(20))
    crawler.run()
    assert crawler.run() == [0]


@pytest.mark.parametrize(("published", "asked"), [(1, [0, 3]), (3, [0, 3]), (4, [0, 3, 6])])
def test_a_refresh_ends_with_the_first_page_without_news(published: int, asked: list[int]) -> None:
    crawler = Crawler(Newspaper(20))
    crawler.run()
    crawler.paper.publish(published)
    assert crawler.run() == asked
    assert crawler.missing == set()


def test_a_list_of_one_page_ends() -> None:
    assert Crawler(Newspaper(2)).run() == [0]


def test_an_empty_list_ends() -> None:
    assert Crawler(Newspaper(0)).run() == [0]


# The rules, one page at a time ------------------------------------------------------------------

START: Final = Walk(source=SOURCE, address="https://baothu.vn/list?first=0", known_at=moment(50))
DEEP: Final = replace(START, since=TO_THE_END)
OLDER: Final = "https://baothu.vn/list?first=3"
NEWS: Final = ListPage(links=(link(9), link(8)), older=OLDER)
BEFORE: Final = moment(50)
LATER: Final = moment(51)


def step(walk: Walk, page: ListPage, seen_at: datetime | None = LATER, bound: int = 9) -> Step:
    return next_step(walk, page, days_of(page, ()), seen_at, bound)


def test_news_leads_to_the_older_page() -> None:
    following = step(START, NEWS).next
    assert following is not None
    assert (following.address, following.page, following.source) == (OLDER, 2, SOURCE)
    assert following.before == {"9", "8"}


@pytest.mark.parametrize(
    ("walk", "page", "seen_at"),
    [
        (START, NEWS, BEFORE),
        (START, NEWS, None),
        (START, replace(NEWS, older=None), LATER),
        (DEEP, replace(NEWS, older=None), BEFORE),
        (START, ListPage(links=(), older=None), None),
        (replace(DEEP, fruitless=2), ListPage(links=(), older=OLDER), None),
        (replace(DEEP, before=frozenset({"8", "9", "10"}), fruitless=2), NEWS, LATER),
    ],
)
def test_what_is_known_and_the_lists_end_end_a_walk(
    walk: Walk, page: ListPage, seen_at: datetime | None
) -> None:
    following = step(walk, page, seen_at)
    assert (following.next, following.bound_reached) == (None, False)


@pytest.mark.parametrize(
    ("walk", "page", "seen_at"),
    [
        (DEEP, NEWS, BEFORE),
        (replace(START, known_at=None), NEWS, BEFORE),
        (START, replace(NEWS, is_whole_list=False), BEFORE),
        (START, ListPage(links=(), older=OLDER, is_whole_list=False), None),
        (START, ListPage(links=(), older=OLDER), None),
        (replace(START, fruitless=1), ListPage(links=(), older=OLDER), None),
        (replace(DEEP, before=frozenset({"9"}), fruitless=2), NEWS, LATER),
        (replace(DEEP, before=frozenset({"8", "9"})), NEWS, LATER),
        (replace(START, before=frozenset({"8", "9"})), replace(NEWS, is_whole_list=False), LATER),
    ],
)
def test_a_page_that_proves_nothing_is_passed(
    walk: Walk, page: ListPage, seen_at: datetime | None
) -> None:
    assert step(walk, page, seen_at).next is not None


def test_a_list_that_begins_as_the_front_page_does_is_no_repetition() -> None:
    following = step(START, replace(NEWS, is_whole_list=False)).next
    assert following is not None
    assert step(following, NEWS).next is not None


def test_a_backfill_stays_one() -> None:
    following = step(DEEP, NEWS, BEFORE).next
    assert following is not None
    assert following.since == TO_THE_END


@pytest.mark.parametrize(
    ("since", "goes_on"),
    [
        (FIRST_DAY, True),
        (FIRST_DAY + timedelta(days=8), True),
        (FIRST_DAY + timedelta(days=9), True),
        (FIRST_DAY + timedelta(days=10), False),
    ],
)
def test_a_page_wholly_older_than_since_ends_a_backfill(since: date, goes_on: bool) -> None:
    assert (step(replace(START, since=since), NEWS).next is not None) is goes_on


def test_undated_links_end_no_backfill() -> None:
    undated = tuple(replace(one, published_at=None) for one in NEWS.links)
    following = step(replace(START, since=date(2030, 1, 1)), replace(NEWS, links=undated))
    assert following.next is not None
    assert following.reached is None


def test_days_are_vietnams() -> None:
    late = replace(link(0), published_at=datetime.fromisoformat("2025-06-30T17:30:00+00:00"))
    page = ListPage(links=(late,), older=OLDER)
    assert step(START, page).reached == date(2025, 7, 2)
    assert step(replace(START, since=date(2025, 7, 1)), page).next is not None


def test_one_old_article_pinned_to_the_top_reaches_nothing() -> None:
    pinned = replace(NEWS, links=(link(0), *NEWS.links))
    assert step(START, pinned).reached == day(10)


def test_a_front_page_reaches_nothing() -> None:
    assert step(START, replace(NEWS, is_whole_list=False)).reached is None


def test_a_front_page_that_leads_to_no_list_reaches_nothing() -> None:
    following = step(DEEP, replace(NEWS, older=None, is_whole_list=False))
    assert (following.next, following.reached) == (None, None)


def test_the_end_of_the_list_reaches_everything() -> None:
    assert step(START, replace(NEWS, older=None)).reached == TO_THE_END


@pytest.mark.parametrize(("page", "ends"), [(1, False), (8, False), (9, True), (10, True)])
def test_a_walk_has_a_bound(page: int, ends: bool) -> None:
    following = step(replace(START, page=page), NEWS)
    assert (following.next is None, following.bound_reached) == (ends, ends)


def test_a_list_that_ends_at_the_bound_has_not_reached_it() -> None:
    assert not step(replace(START, page=9), replace(NEWS, older=None)).bound_reached
    assert not step(replace(START, page=9), NEWS, BEFORE).bound_reached


def test_three_pages_in_a_row_that_bring_nothing_end_a_walk() -> None:
    walk: Walk | None = step(DEEP, NEWS).next
    for _ in range(2):
        assert walk is not None
        walk = step(walk, NEWS).next
    assert walk is not None
    assert step(walk, NEWS) == Step(next=None, reached=None, is_proven=False)


def test_what_was_not_in_a_row_is_not_counted() -> None:
    walk = replace(DEEP, before=frozenset({"8", "9"}), fruitless=2)
    following = step(walk, replace(NEWS, links=(link(7),))).next
    assert following is not None
    assert following.fruitless == 0


@pytest.mark.parametrize("bound", [1, 2, 5])
def test_a_run_asks_for_no_more_pages_than_its_bound(bound: int) -> None:
    assert len(Crawler(Newspaper(100)).run(bound=bound)) == bound


def test_a_bound_of_one_page_goes_one_page_deeper_a_run() -> None:
    crawler = Crawler(Newspaper(9))
    assert [crawler.run(bound=1) for _ in range(4)] == [[0], [0, 0, 3], [0, 3, 6], [0]]


@pytest.mark.parametrize(("bound", "needed"), [(1, 14), (2, 7), (5, 3)])
def test_a_list_longer_than_the_bound_is_read_whole_in_several_runs(
    bound: int, needed: int
) -> None:
    crawler = Crawler(Newspaper(40))
    runs = 0
    while crawler.missing:
        crawler.run(bound=bound)
        runs += 1
    assert runs <= needed
    assert crawler.run(bound=bound) == [0]


# Backfills --------------------------------------------------------------------------------------


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def test_a_backfill_walks_through_what_is_known() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(24))
    assert crawler.run(since=day(15)) == [0, 3, 6, 9, 12, 15]
    assert not {str(n) for n in range(15, 30)} & crawler.missing


def test_a_backfill_that_was_done_is_a_refresh() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(15))
    assert crawler.run(since=day(15)) == [0]
    assert crawler.run(since=day(20)) == [0]
    assert crawler.run() == [0]


def test_an_older_backfill_goes_deeper() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(15))
    assert crawler.run(since=day(5))[-1] == 27
    assert not {str(n) for n in range(5, 30)} & crawler.missing


def test_a_backfill_of_a_list_that_is_known_to_its_end_is_a_refresh() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run()
    assert crawler.run(since=FIRST_DAY - timedelta(days=900)) == [0]


def test_a_backfill_cut_short_goes_on_where_it_was() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(0), killed_after=6)
    assert crawler.run(since=day(0)) == [0, 15, 18, 21, 24, 27]
    assert crawler.missing == set()


def test_a_refresh_goes_on_with_a_backfill_as_far_as_that_was_to_go() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(12), killed_after=3)
    assert crawler.run() == [0, 6, 9, 12, 15, 18]
    assert not {str(n) for n in range(12, 30)} & crawler.missing
    assert crawler.cursor is None


def test_a_backfill_cut_short_costs_two_pages_more() -> None:
    whole, cut = Crawler(Newspaper(300)), Crawler(Newspaper(300))
    whole.run(since=day(0))
    cut.run(since=day(0), killed_after=50)
    cut.run(since=day(0))
    assert cut.missing == set()
    assert cut.requests <= whole.requests + 2


def test_a_refresh_cut_short_does_not_walk_the_whole_list_again() -> None:
    crawler = Crawler(Newspaper(300))
    crawler.run()
    crawler.paper.publish(20)
    crawler.run(killed_after=2)
    crawler.paper.publish(1)
    assert crawler.run() == [0, 3, 6, 3, 9, 12, 15, 18, 21]
    assert crawler.missing == set()


def test_what_only_a_front_page_showed_proves_nothing() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run()
    crawler.paper.publish(10)
    crawler.front_page(PAGE)
    crawler.run()
    assert crawler.missing == set()


def test_what_a_front_page_showed_before_the_first_run_proves_nothing() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.front_page(PAGE)
    crawler.run(killed_after=1)
    crawler.run()
    assert crawler.missing == set()


# Cut short at any step, the list changing -------------------------------------------------------


def until_quiet(crawler: Crawler, since: date | None = None) -> None:
    for _ in range(3):
        crawler.run(since)
    progress = ListProgress.from_cursor(crawler.cursor, crawler.known_at, crawler.reached)
    assert [place for place in progress.places.values() if place.ended_at is None] == []


kills = st.lists(st.integers(0, 12), max_size=5)


@given(st.integers(0, 40), kills)
def test_a_refresh_cut_short_at_any_step_skips_no_page(size: int, killed: list[int]) -> None:
    crawler = Crawler(Newspaper(size))
    for pages in killed:
        crawler.run(killed_after=pages)
    until_quiet(crawler)
    assert crawler.missing == set()


@given(st.integers(1, 40), st.integers(1, 12), st.lists(st.integers(0, 99), max_size=30))
def test_removed_articles_skip_no_page(size: int, killed_after: int, places: Iterable[int]) -> None:
    crawler = Crawler(Newspaper(size))
    crawler.run(killed_after=killed_after)
    for place in places:
        crawler.paper.remove(place)
    until_quiet(crawler)
    assert crawler.missing == set()


def event() -> st.SearchStrategy[tuple[str, int, int]]:
    """What happens to a newspaper and its archive between two looks."""
    return st.tuples(
        st.sampled_from(["run", "killed", "bounded", "since", "since killed", "front page"]),
        st.integers(0, 12),  # pages, days or items
        st.integers(0, 15),  # articles published afterwards
    )


def happen(crawler: Crawler, kind: str, number: int) -> None:
    match kind:
        case "run":
            crawler.run()
        case "killed":
            crawler.run(killed_after=number)
        case "bounded":
            crawler.run(bound=number + 1)
        case "since":
            crawler.run(since=day(3 * number))
        case "since killed":
            crawler.run(since=day(0), killed_after=number)
        case "front page":
            crawler.front_page(number)


@settings(max_examples=500)
@given(st.integers(0, 60), st.lists(event(), max_size=7))
def test_whatever_happened_a_backfill_loses_nothing(
    size: int, history: list[tuple[str, int, int]]
) -> None:
    crawler = Crawler(Newspaper(size))
    for kind, number, news in history:
        happen(crawler, kind, number)
        crawler.paper.publish(news)
    until_quiet(crawler, since=day(0))
    assert crawler.missing == set()
    assert crawler.run(since=day(0)) == [0]


@settings(max_examples=500)
@given(
    st.integers(0, 60),
    st.lists(event().filter(lambda one: one[0] != "since"), max_size=7),
)
def test_whatever_happened_plain_runs_lose_nothing(
    size: int, history: list[tuple[str, int, int]]
) -> None:
    crawler = Crawler(Newspaper(size))
    for kind, number, news in history:
        happen(crawler, kind, number)
        crawler.paper.publish(news)
    until_quiet(crawler)
    assert crawler.missing == set()


# Lists that state no days -----------------------------------------------------------------------

UNDATED: Final = replace(NEWS, links=tuple(replace(one, published_at=None) for one in NEWS.links))


def test_where_a_list_states_no_day_the_articles_before_do() -> None:
    assert days_of(NEWS, [day(1)]) == [day(9), day(8)]
    assert days_of(UNDATED, [day(12), day(11)]) == [day(12), day(11)]
    assert days_of(UNDATED, []) == []
    assert days_of(replace(UNDATED, is_whole_list=False), [day(12)]) == ()


@pytest.mark.parametrize(("since", "goes_on"), [(day(12), True), (day(13), False)])
def test_an_undated_page_behind_older_articles_ends_a_backfill(since: date, goes_on: bool) -> None:
    walk = replace(START, since=since)
    days = days_of(UNDATED, [day(12), day(11)])
    assert (next_step(walk, UNDATED, days, LATER, 9).next is not None) is goes_on
    assert bool(links_wanted(UNDATED, walk, days, CrawlArguments(since=since))) is goes_on


def test_the_links_wanted_are_those_a_walk_goes_back_to() -> None:
    def keys(walk: Walk, arguments: CrawlArguments) -> list[str]:
        found = links_wanted(NEWS, walk, days_of(NEWS, ()), arguments)
        return [link.key for link in found]

    assert keys(START, CrawlArguments()) == ["9", "8"]
    assert keys(START, CrawlArguments(since=day(9))) == ["9"]
    assert keys(DEEP, CrawlArguments(since=day(9))) == [
        "9",
        "8",
    ]  # left open by a run that took all
    assert keys(replace(START, since=day(8)), CrawlArguments(since=day(9))) == ["9", "8"]
    assert keys(DEEP, CrawlArguments(until=day(8))) == ["8"]
    assert keys(replace(START, since=day(20)), CrawlArguments(since=day(20))) == []


def test_a_window_takes_nothing_from_a_front_page_with_a_list_behind() -> None:
    front = replace(NEWS, is_whole_list=False)
    window = CrawlArguments(until=day(30))
    assert links_wanted(front, DEEP, days_of(front, ()), window) == ()
    assert len(links_wanted(replace(front, older=None), DEEP, [], window)) == 2
    assert len(links_wanted(front, DEEP, [], CrawlArguments())) == 2


# Windows, closed lists, places that are no more -------------------------------------------------


def test_a_window_goes_back_through_what_is_known() -> None:
    window = CrawlArguments(until=day(20))
    (walk,) = walks(SOURCE, PAPER, NOTHING, window)
    assert walk.since == TO_THE_END
    assert step(walk, NEWS, None).next is not None


def test_a_window_has_its_own_place_in_the_ledger() -> None:
    plain, backfill = CrawlArguments(), CrawlArguments(since=day(1))
    assert name_of(SOURCE, plain) == name_of(SOURCE, backfill) == SOURCE.name
    names = [name_of(SOURCE, CrawlArguments(since=s, until=day(9))) for s in (None, day(1), day(2))]
    assert len({*names, SOURCE.name}) == 4


def test_a_window_that_is_known_is_asked_for_one_page() -> None:
    known = ListProgress(places={}, known_at=BEFORE, reached=day(2))
    (walk,) = walks(SOURCE, PAPER, known, CrawlArguments(since=day(2), until=day(5)))
    assert walk.since is None
    assert step(walk, NEWS, None).next is None  # none of the page's links is in the window


CLOSED: Final = replace(SOURCE, closed=day(400))


def test_a_closed_list_is_walked_to_its_end_once() -> None:
    (walk,) = walks(CLOSED, PAPER, NOTHING, CrawlArguments())
    assert walk.since == TO_THE_END
    known = ListProgress(places={}, known_at=BEFORE, reached=TO_THE_END)
    assert list(walks(CLOSED, PAPER, known, CrawlArguments())) == []
    assert list(walks(CLOSED, PAPER, known, CrawlArguments(since=day(1)))) == []


def test_a_closed_list_read_down_to_a_day_is_read_further_for_an_older_one() -> None:
    known = ListProgress(places={}, known_at=BEFORE, reached=day(90))
    assert list(walks(CLOSED, PAPER, known, CrawlArguments())) == []
    assert [w.since for w in walks(CLOSED, PAPER, known, CrawlArguments(since=day(8)))] == [day(8)]


def test_a_list_that_was_closed_before_the_day_asked_for_is_not_walked() -> None:
    left = ListProgress(places={1: place(OLDER, 7, TO_THE_END)}, known_at=None, reached=None)
    for progress in (NOTHING, left):
        assert list(walks(CLOSED, PAPER, progress, CrawlArguments(since=day(401)))) == []
    assert len(list(walks(CLOSED, PAPER, NOTHING, CrawlArguments(since=day(400))))) == 1


def test_a_closed_list_left_open_is_gone_on_with() -> None:
    left = ListProgress(places={1: place(OLDER, 7, TO_THE_END)}, known_at=None, reached=day(90))
    assert [w.number for w in walks(CLOSED, PAPER, left, CrawlArguments())] == [0, 1]


def test_a_list_that_moved_up_past_the_place_is_walked_from_its_beginning() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(killed_after=3)
    for _ in range(2 * PAGE):
        crawler.paper.remove(0)
    assert 6 in crawler.run()
    assert crawler.missing == set()


@pytest.mark.parametrize(
    ("resumes", "is_whole_list", "first_seen_at", "gap"),
    [
        (True, True, LATER, True),
        (True, True, BEFORE, False),
        (True, True, None, False),
        (False, True, LATER, False),
        (True, False, LATER, False),
    ],
)
def test_a_gap_is_where_an_earlier_run_stood_and_nothing_was_seen(
    resumes: bool, is_whole_list: bool, first_seen_at: datetime | None, gap: bool
) -> None:
    walk = replace(START, resumes=resumes)
    page = replace(NEWS, is_whole_list=is_whole_list)
    began = LATER.replace(microsecond=700_000)
    assert has_gap(walk, page, first_seen_at, began) == gap
    nothing = ListPage(links=(), older=None, is_whole_list=is_whole_list)
    assert has_gap(walk, nothing, None, began) == (resumes and is_whole_list)


def test_what_a_clock_ahead_noted_is_not_believed() -> None:
    known = ListProgress(places={1: place(OLDER, 60)}, known_at=moment(70), reached=day(2))
    assert known.believed(moment(70)) == known
    for wrong in (known, replace(known, known_at=None), replace(known, places={})):
        assert wrong.believed(moment(59)) == NOTHING
    assert replace(known, known_at=moment(50)).believed(moment(59)) == NOTHING
    assert NOTHING.believed(moment(0)) == NOTHING


def test_a_place_that_is_no_more_is_walked_to_again() -> None:
    lost = replace(START, number=2, address=OLDER, resumes=True, began_at=moment(60))
    anew = again(lost, PAPER)
    assert (anew.address, anew.resumes) == (START.address, False)
    assert (anew.number, anew.known_at, anew.began_at) == (2, moment(50), moment(60))


# What the ledger keeps --------------------------------------------------------------------------

NOTHING: Final = ListProgress(places={}, known_at=None, reached=None)
BEGUN: Final = replace(START, began_at=moment(70))


def place(address: str, began: int, since: date | None = None) -> Place:
    return Place(address=address, began_at=moment(began), since=since)


def after(
    progress: ListProgress, walk: Walk, older: bool, *, stopped: bool = False
) -> ListProgress:
    page = NEWS if older else replace(NEWS, older=None)
    return progress.after(walk, step(walk, page), stopped=stopped)


def test_a_walk_that_goes_on_leaves_its_place() -> None:
    progress = after(NOTHING, BEGUN, older=True)
    assert progress.places == {0: place(START.address, 70)}
    assert progress.known_at is None


def test_a_walk_at_its_end_leaves_none_and_the_list_is_known() -> None:
    progress = after(after(NOTHING, BEGUN, older=True), BEGUN, older=False)
    assert (progress.places, progress.cursor) == ({}, None)
    assert progress.known_at == moment(70)


def test_a_walk_stopped_by_the_limit_leaves_its_place_even_at_the_end() -> None:
    progress = after(NOTHING, BEGUN, older=False, stopped=True)
    assert (list(progress.places), progress.known_at) == ([0], None)


def test_a_walk_stopped_by_the_bound_leaves_its_place() -> None:
    bounded = replace(BEGUN, page=9)
    assert list(progress_of(bounded).places) == [0]


def progress_of(walk: Walk) -> ListProgress:
    return NOTHING.after(walk, step(walk, NEWS), stopped=False)


def test_walks_leave_each_others_places_alone() -> None:
    other = replace(BEGUN, number=1, address=OLDER, began_at=moment(60))
    progress = after(after(NOTHING, other, older=True), BEGUN, older=True)
    assert progress.places == {0: place(START.address, 70), 1: place(OLDER, 60)}
    assert list(progress.places) == [0, 1]
    ended = after(progress, other, older=False)
    assert ended.places == {0: place(START.address, 70)}
    assert ended.known_at == moment(60)


def test_a_walk_that_ends_hands_what_it_knows_to_the_next_older_one() -> None:
    left = {1: place(OLDER, 60, day(3)), 2: place("https://baothu.vn/list?first=9", 55)}
    progress = ListProgress(places=left, known_at=moment(50), reached=None)
    ended = progress.after(BEGUN, step(BEGUN, NEWS, BEFORE), stopped=False)
    assert ended.places == {1: place(OLDER, 70, day(3)), 2: left[2]}
    assert ended.known_at == moment(50)


def test_what_was_handed_to_a_walk_stays_with_it() -> None:
    older = replace(BEGUN, number=1, address=OLDER, began_at=moment(60))
    progress = after(after(NOTHING, older, older=True), BEGUN, older=False)
    assert after(progress, older, older=True).places == {1: place(OLDER, 70)}
    assert after(progress, older, older=False).known_at == moment(70)


def test_what_is_known_later_stays_known() -> None:
    progress = ListProgress(places={}, known_at=moment(90), reached=None)
    assert after(progress, BEGUN, older=False).known_at == moment(90)


def test_what_was_reached_is_the_oldest_day() -> None:
    progress = ListProgress(places={}, known_at=None, reached=day(3))
    assert after(progress, BEGUN, older=True).reached == day(3)
    assert after(NOTHING, BEGUN, older=True).reached == day(10)


places_kept = st.lists(
    st.builds(
        Place,
        address=st.from_regex(r"https://baothu\.vn/list\?first=[0-9]{1,4}", fullmatch=True),
        began_at=st.integers(0, 2**33).map(moment),
        since=st.none() | st.dates(),
    )
)


@given(places_kept)
def test_places_are_kept_in_their_order_and_numbered_anew(kept: list[Place]) -> None:
    progress = ListProgress(places=dict(enumerate(kept)), known_at=BEFORE, reached=day(3))
    read = ListProgress.from_cursor(progress.cursor, BEFORE, day(3))
    assert list(read.places.values()) == kept
    assert list(read.places) == list(range(1, len(kept) + 1))
    assert (read.known_at, read.reached) == (BEFORE, day(3))


@pytest.mark.parametrize("cursor", [None, "", "[]"])
def test_no_place_kept_is_no_walk_left(cursor: str | None) -> None:
    assert ListProgress.from_cursor(cursor, None, None).places == {}


# The walks of a run -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known_at", "reached", "since", "goes_back_to"),
    [
        (None, None, None, TO_THE_END),
        (None, None, day(5), day(5)),
        (BEFORE, day(5), None, None),
        (BEFORE, None, day(5), day(5)),
        (BEFORE, day(5), day(4), day(4)),
        (BEFORE, day(5), day(5), None),
        (BEFORE, day(5), day(6), None),
    ],
)
def test_the_new_walk_is_a_backfill_where_one_is_due(
    known_at: datetime | None, reached: date | None, since: date | None, goes_back_to: date | None
) -> None:
    progress = ListProgress(places={}, known_at=known_at, reached=reached)
    (walk,) = walks(SOURCE, PAPER, progress, CrawlArguments(since=since))
    assert (walk.address, walk.number, walk.resumes) == (START.address, 0, False)
    assert (walk.since, walk.known_at, walk.began_at) == (goes_back_to, known_at, None)


@pytest.mark.parametrize(
    ("since", "goes_back_to"), [(None, None), (day(5), None), (day(4), day(4))]
)
def test_places_left_open_are_gone_on_with(since: date | None, goes_back_to: date | None) -> None:
    last = "https://baothu.vn/list?first=9"
    left = {1: place(OLDER, 60), 2: place(last, 55)}
    progress = ListProgress(places=left, known_at=BEFORE, reached=day(5))
    found = list(walks(SOURCE, PAPER, progress, CrawlArguments(since=since)))
    assert [(w.address, w.number, w.resumes) for w in found] == [
        (START.address, 0, False),
        (OLDER, 1, True),
        (last, 2, True),
    ]
    assert [w.known_at for w in found] == [moment(60), moment(55), BEFORE]
    assert [w.since for w in found] == [None, None, goes_back_to]
    assert [w.began_at for w in found] == [None, moment(60), moment(55)]


@pytest.mark.parametrize("since", [None, day(9)])
def test_a_walk_to_the_end_stays_one(since: date | None) -> None:
    left = ListProgress(places={1: place(OLDER, 60, TO_THE_END)}, known_at=None, reached=day(20))
    found = list(walks(SOURCE, PAPER, left, CrawlArguments(since=since)))
    assert [w.since for w in found] == [None, TO_THE_END]
