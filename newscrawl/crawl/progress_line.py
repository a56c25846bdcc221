"""The progress line: how far a run is and how long it goes on, shown only on a terminal."""

import asyncio
from time import monotonic
from typing import Final, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from newscrawl.crawl.live_line import LiveLine
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.run_estimate import (
    Estimate,
    Progress,
    estimate,
    first_run_text,
    pages_left,
)
from newscrawl.text import counted

_EVERY_S: Final = 0.5


class ProgressLine:
    """Show how far the run is twice a second while standard error is a terminal."""

    def __init__(self, stats: StatsCollector, line: LiveLine) -> None:
        self.stats = stats
        self.line = line
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        line = LiveLine()
        if not line.is_shown:
            raise NotConfigured
        assert crawler.stats is not None
        progress = cls(crawler.stats, line)
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self, spider: Spider) -> None:
        assert isinstance(spider, NewspaperSpider)
        new, of = lists_never_whole(spider)
        is_whole = spider.arguments.limit is None and spider.arguments.since is None
        gap_s, pages = usual_gap_s(spider.settings), spider.settings.getint("LIST_PAGES")
        # A few lists that end without saying so are looked at again by the next runs. Without
        # pauses (loopback) nothing is known of the pace.
        if gap_s and is_whole and new * 2 >= of > 0:
            stop_after_s = spider.settings.getfloat("CLOSESPIDER_TIMEOUT")
            self.line.tell(f"{spider.name}: {first_run_text(new, pages, gap_s, stop_after_s)}")
        self._task = asyncio.get_running_loop().create_task(self._show(spider))

    async def _show(self, spider: NewspaperSpider) -> None:
        began = monotonic()
        while True:
            await asyncio.sleep(_EVERY_S)
            done = progress_of(spider, self.stats, monotonic() - began)
            found = estimate(done, usual_gap_s(spider.settings))
            self.line.show(progress_line(spider.name, done, len(spider.open_walks), found))

    def closed(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self.line.clear()


def usual_gap_s(settings: BaseSettings) -> float:
    """Return the seconds between two requests that the settings lead one to expect."""
    delay, jitter = settings.getfloat("DOWNLOAD_DELAY"), settings.getfloat("DELAY_JITTER")
    return delay * (1 + jitter / 2)


def lists_never_whole(spider: NewspaperSpider) -> tuple[int, int]:
    """Return how many of the lists that the run reads were never read whole, and of how many.

    A list of a former CMS is read until it was read whole once.
    """
    section, lists = spider.arguments.section, spider.archive.ledger.lists
    asked = [source for source in spider.sources if section in (None, source.path)]
    new = [source for source in asked if lists.get(source.name).known_at is None]
    return len(new), sum(source.closed is None or source in new for source in asked)


def progress_of(spider: NewspaperSpider, stats: StatsCollector, seconds: float) -> Progress:
    """Return how far the run is after so many seconds."""
    settings, today = spider.settings, spider.now().date()
    walks, oldest = spider.open_walks.values(), spider.oldest_days
    pages, is_bound = pages_left(walks, oldest, settings.getint("LIST_PAGES"), today)
    return Progress(
        seconds=seconds,
        requests=stats.get_value("downloader/request_count", 0),
        list_pages=stats.get_value("newscrawl/list/read", 0),
        new_links=stats.get_value("newscrawl/link/new", 0),
        articles_left=len(spider.in_flight),
        pages_left=pages,
        is_bound=is_bound,
        asked=spider.asked,
        limit=spider.arguments.limit,
        stop_after_s=settings.getfloat("CLOSESPIDER_TIMEOUT"),
    )


def progress_line(name: str, done: Progress, lists: int, left: Estimate) -> str:
    """Return the run's progress in one line, what matters most first."""
    rate = done.requests / max(done.seconds, _EVERY_S)
    answered = done.asked - done.articles_left
    when = f"{left} · " if done.requests else ""
    return (
        f"{name}: {answered}/{done.asked} articles · {when}"
        f"{counted(lists, 'list')} open · {rate:.1f} requests/s"
    )
