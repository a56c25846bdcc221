"""How long a run will take: lists times pages times the pace, then by what was measured. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final

from newscrawl.discovery.list_walk import TO_THE_END, Walk
from newscrawl.text import counted

USUAL_ARTICLES_PER_LIST_PAGE: Final = 20
"""As most lists of the newspapers seen have them; what a run measures takes its place"""
_MEASURED_MIN_PAGES: Final = 5
_MEASURED_MIN_REQUESTS: Final = 10
_MINUTE_S: Final = 60
_HOUR_S: Final = 3600
_DAY_S: Final = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a run has done, and what it knows to be left."""

    seconds: float = 0.0
    requests: int = 0
    list_pages: int = 0
    """List pages read"""
    new_links: int = 0
    """Links that those pages named and nobody had seen before"""
    articles_left: int = 0
    """Articles asked for that have not answered yet"""
    pages_left: int = 0
    """List pages that may follow"""
    is_bound: bool = False
    """Whether `pages_left` is the most that may follow, and not what is expected"""
    asked: int = 0
    limit: int | None = None
    """Most articles of the run (limit=)"""
    stop_after_s: float = 0.0
    """Seconds after which the run is stopped; 0 = never"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How long a run goes on."""

    seconds_left: float
    articles_left: int
    is_bound: bool
    """Whether it takes no longer than that, and perhaps much less"""

    @property
    def duration(self) -> str:
        """How long, as a person says it."""
        return f"{'at most' if self.is_bound else 'about'} {duration_text(self.seconds_left)}"

    def __str__(self) -> str:
        return f"{self.duration} left"


def estimate(done: Progress, gap_s: float) -> Estimate:
    """Return how long a run goes on.

    Args:
        done: The run so far.
        gap_s: The expected seconds between two requests, until the run has measured its own.

    >>> before = Progress(pages_left=14 * 100, is_bound=True)
    >>> print(estimate(before, 1.0))
    at most 8 h left
    >>> print(estimate(Progress(seconds=100, requests=50, articles_left=600), 1.0))
    about 20 min left
    """
    is_paced = done.requests >= _MEASURED_MIN_REQUESTS and done.seconds > 0
    pace_s = done.seconds / done.requests if is_paced else gap_s
    is_counted = done.list_pages >= _MEASURED_MIN_PAGES
    a_page = done.new_links / done.list_pages if is_counted else USUAL_ARTICLES_PER_LIST_PAGE
    articles = done.articles_left + round(done.pages_left * a_page)
    pages, is_bound = done.pages_left, done.is_bound
    if done.limit is not None and done.limit - done.asked + done.articles_left < articles:
        articles, is_bound = max(0, done.limit - done.asked) + done.articles_left, False
        pages = ceil(articles / a_page) if a_page else pages
    left_s = (articles + pages) * pace_s
    if done.stop_after_s and done.stop_after_s - done.seconds < left_s:
        left_s, is_bound = max(0.0, done.stop_after_s - done.seconds), True
    return Estimate(seconds_left=left_s, articles_left=articles, is_bound=is_bound)


def first_run_text(lists: int, pages: int, gap_s: float, stop_after_s: float = 0) -> str:
    """Return what is told before a run that reads lists for the first time.

    Args:
        lists: Lists that were never read whole.
        pages: Most pages of a list in one run.
        gap_s: Seconds between two requests, more than 0.
        stop_after_s: Seconds after which a run is stopped; 0 = never.

    >>> first_run_text(24, 100, 1.0)
    'at most 14 h, for 48,000 articles of 24 lists at 1.0 requests/s; each list from its newest on'
    >>> first_run_text(24, 100, 1.0, 7200)[-86:]
    'each list from its newest on; this run stops after 2 h at the latest, the next goes on'
    """
    found = estimate(Progress(pages_left=lists * pages, is_bound=True), gap_s)
    told = (
        f"{found.duration}, for {counted(found.articles_left, 'article')}"
        f" of {counted(lists, 'list')} at {1 / gap_s:.1f} requests/s; each list from its newest on"
    )
    if not 0 < stop_after_s < found.seconds_left:
        return told
    stop = duration_text(stop_after_s)
    return f"{told}; this run stops after {stop} at the latest, the next goes on"


def pages_left(walks: Iterable[Walk], oldest: dict[tuple[str, int], date], bound: int,
               today: date) -> tuple[int, bool]:  # fmt: skip
    """Return how many list pages may follow, and whether that is the most and not the expected.

    A list that was known whole ends with its first known page. A list that is walked back to a day
    goes on as its pages so far went back; one that is walked to its end may go on to the bound.

    Args:
        walks: The walks that go on.
        oldest: The oldest day on each walk's last page, by source and number.
        bound: The most pages of one walk.
        today: The day of the run.
    """
    pages, is_bound = 0, False
    for walk in walks:
        most = max(1, bound - max(walk.page, 1) + 1)
        if walk.since is None and walk.known_at is not None:
            pages += 1
            continue
        expected = _expected_pages(walk, oldest.get((walk.source.name, walk.number)), today)
        pages += most if expected is None else min(most, expected)
        is_bound = is_bound or expected is None
    return pages, is_bound


def _expected_pages(walk: Walk, oldest: date | None, today: date) -> int | None:
    """Return how many pages follow down to the walk's day; None where nothing tells."""
    if walk.since in (None, TO_THE_END) or oldest is None or oldest >= today:
        return None
    assert walk.since is not None
    days_a_page = (today - oldest).days / max(walk.page - 1, 1)
    return max(1, ceil((oldest - walk.since).days / days_a_page))


def duration_text(seconds: float) -> str:
    """Return a duration as a person says it.

    >>> [duration_text(s) for s in (0, 40, 90, 3 * 3600, 40 * 3600, 90 * 3600)]
    ['1 min', '1 min', '2 min', '3 h', '40 h', '4 d']
    """
    if seconds < _HOUR_S:
        return f"{max(1, ceil(seconds / _MINUTE_S))} min"
    return f"{seconds / _HOUR_S:.0f} h" if seconds < 2 * _DAY_S else f"{seconds / _DAY_S:.0f} d"
