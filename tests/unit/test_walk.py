"""How far a list is walked: a newspaper's list changes and runs are cut short, and no page is lost.

The list is simulated as VNPT's API serves it: pages by offset, newest first, so that every article
put on top moves all others down.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.arguments import Arguments
from newscrawl.document import Document
from newscrawl.items import VIETNAM
from newscrawl.pages import Paper
from newscrawl.sources import Link, ListPage, Source
from newscrawl.walk import Progress, Step, Walk, next_step, walks

PAPER: Final = Paper(name="baothu", domain="baothu.vn", hosts={"baothu.vn": "baothu.vn"})
PAGE: Final = 3  # articles on a list page
UNBOUND: Final = 10**6
FIRST_DAY: Final = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetSource(Source):
    """A list API by offset, without I/O."""

    def start(self, paper: Paper) -> str:
        return f"https://{paper.domain}/list?first=0"

    def read(self, document: Document, paper: Paper) -> ListPage:
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
    """What the spider and its ledger do with the rules, in a few lines."""

    paper: Newspaper
    seen: set[str] = field(default_factory=set)
    cursor: str | None = None
    reached: date | None = None
    requests: int = 0

    def run(
        self, since: date | None = None, bound: int = UNBOUND, killed_after: int = UNBOUND
    ) -> list[int]:
        """One run, cut short after so many pages; the offsets it asked for."""
        progress = Progress.from_cursor(self.cursor, self.reached)
        found: set[str] = set()
        order = count()
        asked: list[int] = []
        waiting: list[tuple[int, int, Walk]] = []
        for walk in walks(SOURCE, PAPER, progress, Arguments(since=since)):
            heappush(waiting, (walk.page, next(order), walk))
        while waiting and len(asked) < killed_after:
            walk = heappop(waiting)[-1]
            asked.append(int(walk.address.rpartition("=")[2]))
            page = self.paper.page(walk.address)
            keys = {link.key for link in page.links}
            found |= keys - self.seen
            self.seen |= keys
            step = next_step(walk, page, len(keys & found), since, bound)
            progress = progress.after(walk, step, stopped=False)
            self.cursor, self.reached = progress.cursor, progress.reached
            if step.next is not None:
                heappush(waiting, (step.next.page, next(order), step.next))
        self.requests += len(asked)
        return asked

    @property
    def missing(self) -> set[str]:
        return set(map(str, self.paper.numbers)) - self.seen


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

START: Final = Walk(source=SOURCE, address="https://baothu.vn/list?first=0")
OLDER: Final = "https://baothu.vn/list?first=3"
NEWS: Final = ListPage(links=(link(9), link(8)), older=OLDER)


def step(walk: Walk, page: ListPage, new: int, since: date | None = None, bound: int = 9) -> Step:
    return next_step(walk, page, new, since, bound)


def test_news_leads_to_the_older_page() -> None:
    following = step(START, NEWS, 2).next
    assert following is not None
    assert (following.address, following.page, following.source) == (OLDER, 2, SOURCE)


@pytest.mark.parametrize(
    ("walk", "page", "new"),
    [
        (START, NEWS, 0),
        (START, replace(NEWS, older=None), 2),
        (replace(START, is_deep=True), replace(NEWS, older=None), 0),
        (START, ListPage(links=(), older=OLDER), 0),
    ],
)
def test_no_news_or_no_older_page_ends_a_walk(walk: Walk, page: ListPage, new: int) -> None:
    assert step(walk, page, new).next is None


@pytest.mark.parametrize(
    ("walk", "page"),
    [
        (replace(START, is_deep=True), NEWS),
        (START, replace(NEWS, is_whole_list=False)),
        (START, ListPage(links=(), older=OLDER, is_whole_list=False)),
    ],
)
def test_a_page_without_news_is_passed_where_it_proves_nothing(walk: Walk, page: ListPage) -> None:
    assert step(walk, page, 0).next is not None


def test_a_backfill_stays_one() -> None:
    following = step(replace(START, is_deep=True), NEWS, 0).next
    assert following is not None
    assert following.is_deep


@pytest.mark.parametrize(
    ("since", "goes_on"),
    [
        (FIRST_DAY, True),
        (FIRST_DAY + timedelta(days=8), True),
        (FIRST_DAY + timedelta(days=9), True),
        (FIRST_DAY + timedelta(days=10), False),
    ],
)
@pytest.mark.parametrize("is_deep", [True, False])
def test_a_page_wholly_older_than_since_ends_the_walk(
    since: date, goes_on: bool, is_deep: bool
) -> None:
    assert (step(replace(START, is_deep=is_deep), NEWS, 2, since).next is not None) is goes_on


def test_undated_links_end_no_walk() -> None:
    undated = tuple(replace(one, published_at=None) for one in NEWS.links)
    following = step(START, replace(NEWS, links=undated), 2, date(2030, 1, 1))
    assert following.next is not None
    assert following.reached is None


def test_days_are_vietnams() -> None:
    late = replace(link(0), published_at=datetime.fromisoformat("2025-06-30T17:30:00+00:00"))
    page = ListPage(links=(late,), older=OLDER)
    assert step(START, page, 1).reached == date(2025, 7, 1)
    assert step(START, page, 1, date(2025, 7, 1)).next is not None


@pytest.mark.parametrize(("page", "ends"), [(1, False), (8, False), (9, True), (10, True)])
def test_a_walk_has_a_bound(page: int, ends: bool) -> None:
    following = step(replace(START, page=page), NEWS, 2)
    assert (following.next is None, following.bound_reached) == (ends, ends)


def test_a_list_that_ends_at_the_bound_has_not_reached_it() -> None:
    assert not step(replace(START, page=9), replace(NEWS, older=None), 2).bound_reached
    assert not step(replace(START, page=9), NEWS, 0).bound_reached


@pytest.mark.parametrize("bound", [1, 2, 5])
def test_a_run_asks_for_no_more_pages_than_its_bound(bound: int) -> None:
    assert len(Crawler(Newspaper(100)).run(bound=bound)) == bound


# Backfills --------------------------------------------------------------------------------------


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def test_a_backfill_walks_through_what_is_known() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(bound=2)
    assert crawler.run(since=day(15)) == [0, 3, 6, 9, 12, 15]
    assert not {str(n) for n in range(15, 30)} & crawler.missing


def test_a_backfill_that_was_done_is_a_refresh() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(15))
    assert crawler.run(since=day(15)) == [0]
    assert crawler.run(since=day(20)) == [0]


def test_an_older_backfill_goes_deeper() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(15))
    assert crawler.run(since=day(5))[-1] == 27
    assert not {str(n) for n in range(5, 30)} & crawler.missing


def test_a_backfill_cut_short_goes_on_where_it_was() -> None:
    crawler = Crawler(Newspaper(30))
    crawler.run(since=day(0), killed_after=6)
    assert crawler.run(since=day(0)) == [0, 15, 18, 21, 24, 27]
    assert crawler.missing == set()


def test_a_backfill_cut_short_costs_two_pages_more() -> None:
    whole, cut = Crawler(Newspaper(300)), Crawler(Newspaper(300))
    whole.run(since=day(0))
    cut.run(since=day(0), killed_after=50)
    cut.run(since=day(0))
    assert cut.missing == set()
    assert cut.requests <= whole.requests + 2


# Cut short at any step, the list changing -------------------------------------------------------

Change = Callable[[Newspaper], None]


def published(articles: int) -> Change:
    return lambda paper: paper.publish(articles)


def removed(place: int) -> Change:
    return lambda paper: paper.remove(place)


def until_quiet(crawler: Crawler, since: date | None = None) -> None:
    for _ in range(3):
        crawler.run(since)
    assert crawler.cursor is None


kills = st.lists(st.integers(0, 12), max_size=5)


@given(st.integers(0, 40), kills)
def test_a_refresh_cut_short_at_any_step_skips_no_page(size: int, killed: list[int]) -> None:
    crawler = Crawler(Newspaper(size))
    for pages in killed:
        crawler.run(killed_after=pages)
    until_quiet(crawler)
    assert crawler.missing == set()


@given(st.integers(1, 40), st.integers(1, 12), st.lists(st.integers(0, 99), max_size=PAGE - 1))
def test_a_few_removed_articles_skip_no_page(
    size: int, killed_after: int, places: Iterable[int]
) -> None:
    crawler = Crawler(Newspaper(size))
    crawler.run(killed_after=killed_after)
    for place in places:
        crawler.paper.remove(place)
    until_quiet(crawler)
    assert crawler.missing == set()


@given(st.integers(0, 40), st.integers(1, 12), st.integers(0, PAGE - 1))
def test_a_few_new_articles_skip_no_page(size: int, killed_after: int, more: int) -> None:
    crawler = Crawler(Newspaper(size))
    crawler.run(killed_after=killed_after)
    crawler.paper.publish(more)
    until_quiet(crawler)
    assert crawler.missing == set()


@given(st.integers(0, 40), st.lists(st.integers(0, 12), max_size=6))
def test_runs_that_end_lose_nothing_however_much_is_published(size: int, news: list[int]) -> None:
    crawler = Crawler(Newspaper(size))
    for articles in news:
        crawler.run()
        crawler.paper.publish(articles)
    crawler.run()
    assert crawler.missing == set()


@settings(max_examples=300)
@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 15)), max_size=5))
def test_a_backfill_cut_short_loses_nothing_however_much_is_published(
    size: int, history: list[tuple[int, int]]
) -> None:
    crawler = Crawler(Newspaper(size))
    for pages, news in history:
        crawler.run(since=day(0), killed_after=pages)
        crawler.paper.publish(news)
    until_quiet(crawler, since=day(0))
    assert crawler.missing == set()


# What the ledger keeps --------------------------------------------------------------------------


def after(progress: Progress, walk: Walk, older: bool, *, stopped: bool = False) -> Progress:
    page = NEWS if older else replace(NEWS, older=None)
    return progress.after(walk, step(walk, page, 2), stopped=stopped)


NOTHING: Final = Progress(open={}, reached=None)


def test_a_walk_that_goes_on_leaves_its_place() -> None:
    progress = after(NOTHING, START, older=True)
    assert progress.open == {0: START.address}


def test_a_walk_at_its_end_leaves_none() -> None:
    progress = after(after(NOTHING, START, older=True), START, older=False)
    assert (progress.open, progress.cursor) == ({}, None)


def test_a_walk_stopped_by_the_limit_leaves_its_place_even_at_the_end() -> None:
    assert after(NOTHING, START, older=False, stopped=True).open == {0: START.address}


def test_walks_leave_each_others_places_alone() -> None:
    other = replace(START, number=1, address=OLDER)
    progress = after(after(NOTHING, START, older=True), other, older=True)
    assert progress.open == {0: START.address, 1: OLDER}
    assert after(progress, other, older=False).open == {0: START.address}


def test_what_was_reached_is_the_oldest_day() -> None:
    progress = Progress(open={}, reached=day(3))
    assert after(progress, START, older=True).reached == day(3)
    assert after(NOTHING, START, older=True).reached == day(8)


@given(st.lists(st.from_regex(r"https://baothu\.vn/list\?first=[0-9]{1,4}", fullmatch=True)))
def test_places_are_kept_once_each_and_numbered_anew(addresses: list[str]) -> None:
    kept = Progress(open=dict(enumerate(addresses)), reached=None).cursor
    read = Progress.from_cursor(kept, day(3))
    assert list(read.open.values()) == list(dict.fromkeys(addresses))
    assert 0 not in read.open
    assert read.reached == day(3)


@pytest.mark.parametrize("cursor", [None, "", "[]"])
def test_no_place_kept_is_no_walk_left(cursor: str | None) -> None:
    assert Progress.from_cursor(cursor, None).open == {}


# The walks of a run -----------------------------------------------------------------------------


def begun(progress: Progress, since: date | None = None) -> list[tuple[str, int, bool, bool]]:
    found = walks(SOURCE, PAPER, progress, Arguments(since=since))
    return [(walk.address, walk.number, walk.is_deep, walk.resumes) for walk in found]


FIRST: Final = "https://baothu.vn/list?first=0"


@pytest.mark.parametrize(
    ("reached", "since", "is_deep"),
    [
        (None, None, False),
        (day(5), None, False),
        (None, day(5), True),
        (day(5), day(4), True),
        (day(5), day(5), False),
        (day(5), day(6), False),
    ],
)
def test_the_new_walk_is_a_backfill_where_one_is_due(
    reached: date | None, since: date | None, is_deep: bool
) -> None:
    assert begun(Progress(open={}, reached=reached), since) == [(FIRST, 0, is_deep, False)]


@pytest.mark.parametrize("since", [None, day(0)])
def test_places_left_open_are_gone_on_with(since: date | None) -> None:
    left = Progress(open={1: OLDER, 2: "https://baothu.vn/list?first=9"}, reached=day(5))
    is_deep = since is not None
    assert begun(left, since) == [
        (FIRST, 0, False, False),
        (OLDER, 1, is_deep, True),
        ("https://baothu.vn/list?first=9", 2, is_deep, True),
    ]
