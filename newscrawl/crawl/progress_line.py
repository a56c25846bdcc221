"""The progress line: one live line, shown only on a terminal."""

import asyncio
import sys
from collections.abc import Callable
from time import monotonic
from typing import Final, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.statscollectors import StatsCollector

_EVERY_S: Final = 0.5
_CLEAR: Final = "\r\x1b[2K"


class ProgressLine:
    """Show the run's counters twice a second while standard error is a terminal."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if sys.stderr is None or not sys.stderr.isatty():
            raise NotConfigured
        assert crawler.stats is not None
        progress = cls(crawler.stats)
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self, spider: Spider) -> None:
        self._task = asyncio.get_running_loop().create_task(self._show(spider.name))

    async def _show(self, name: str) -> None:
        started = monotonic()
        while True:
            await asyncio.sleep(_EVERY_S)
            sys.stderr.write(_CLEAR + progress_line(name, self._count, monotonic() - started))
            sys.stderr.flush()

    def _count(self, name: str) -> int:
        value = self.stats.get_value(name, 0)
        return value if isinstance(value, int) else 0

    def closed(self) -> None:
        if self._task is not None:
            self._task.cancel()
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def progress_line(name: str, count: Callable[[str], int], seconds: float) -> str:
    """Return the run's progress in one line."""
    lists = count("newscrawl/list/read")
    found = count("newscrawl/link/new")
    stored = count("newscrawl/article/new") + count("newscrawl/article/changed")
    requests = count("downloader/request_count")
    rate = requests / max(seconds, _EVERY_S)
    return f"{name}: {stored} articles of {found} new links · {lists} lists · {rate:.1f} requests/s"
