"""Many crawls in one process, each with an archive, a report and an exit code of its own.

The process tells the one that started it, a JSON object a line on its standard output, when a crawl
begins and ends, what a person must read, and once a second how far each crawl is: the beat, without
which the process is taken for stuck.
"""

import asyncio
import json
import logging
import resource
import sys
import traceback
from collections import deque
from collections.abc import Mapping, Sequence
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any, Final

from scrapy.crawler import CrawlerProcessBase
from scrapy.settings import Settings

from newscrawl.cli.alert_rules import told_of_lost_alerts
from newscrawl.cli.command_base import code_of, newspaper_named
from newscrawl.cli.lanes import lanes
from newscrawl.cli.prepared_crawl import PreparedCrawl, make_ready, prepare_crawl
from newscrawl.cli.run_ending import end_run, refuse_run
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.progress_line import progress_of, usual_gap_s
from newscrawl.crawl.run_estimate import estimate
from newscrawl.crawl.run_keeper import RunKeeper
from newscrawl.crawl.stop_signals import STOP_SIGNALS
from newscrawl.exceptions import NewscrawlError
from newscrawl.exit_codes import ExitCode

NOT_BEGUN: Final = -1
"""Code of a newspaper whose turn did not come before a stop"""
BEAT_INTERVAL_S: Final = 1.0
_BEATS_AN_ESTIMATE: Final = 5  # estimates of 34 newspapers with each beat take 1 % of the time
_MIB: Final = 1 << 20
_COUNTERS: Final = ("downloader/request_count", "newscrawl/article/new", "newscrawl/article/failed")
_newspaper: ContextVar[str] = ContextVar("newspaper", default="crawlall")


class SharedProcess:
    """Crawls in one event loop; a bug of one ends that one alone."""

    def __init__(
        self,
        process: CrawlerProcessBase,
        given: Mapping[str, object],
        *,
        repeats: bool,
    ) -> None:
        self.process = process
        self.settings: Settings = process.settings
        self.given = given
        self.repeats = repeats
        self.running: dict[str, PreparedCrawl] = {}
        self.is_over_memory = False
        self._beating: asyncio.Task[None] | None = None

    def crawl(self, names: Sequence[str]) -> None:
        """Crawl all of these newspapers side by side, those that share a host in turn."""
        _lift_file_limit()
        _name_log_records()
        make_ready(self.settings["LOG_LEVEL"])
        # Scrapy's own watch would end every crawl for the memory of all.
        self.settings.set("MEMUSAGE_ENABLED", False, priority="cmdline")
        loader = self.process.spider_loader
        hosts: dict[str, frozenset[str]] = {}
        for name in names:
            try:
                hosts[name] = newspaper_named(loader, name).hosts
            except NewscrawlError as error:
                self._refuse(name, error)
        self._beating = asyncio.get_event_loop().create_task(self._beat())  # the loop holds no task
        for lane in lanes(hosts):
            self._begin(deque(lane))
        self.process.start()  # ends when no crawl is left, and cancels the beat

    def _begin(self, lane: deque[str]) -> None:
        """Begin the lane's next crawl that can be begun; its end begins the one after it."""
        while lane:
            name, began = lane.popleft(), monotonic()
            if STOP_SIGNALS.caught is not None or self.is_over_memory:
                tell("ends", newspaper=name, code=NOT_BEGUN, seconds=0)
                continue
            tell("begins", newspaper=name)
            loader = self.process.spider_loader
            try:
                prepared = prepare_crawl(name, self.given, self.settings, loader)
            except NewscrawlError as error:
                self._refuse(name, error)
                continue
            self.running[name] = prepared
            context = copy_context()
            context.run(_newspaper.set, name)
            crawl = partial(self.process.crawl, prepared.crawler, **prepared.arguments)
            task = context.run(crawl)
            assert isinstance(task, asyncio.Task)
            task.add_done_callback(partial(self._end, name, began, lane))
            return

    def _refuse(self, name: str, error: NewscrawlError) -> None:
        code = code_of(error)
        now = datetime.now(UTC)
        said = refuse_run(name, error, self.settings, now, quiet=True, repeats=self.repeats)
        if said is not None:
            tell("line", newspaper=name, text=f"crawl: {said}")
        tell("ends", newspaper=name, code=code, seconds=0)

    def _end(self, name: str, began: float, lane: deque[str], task: asyncio.Task[None]) -> None:
        """Tell how a crawl ended, and begin the next one of its lane."""
        prepared, code = self.running.pop(name), int(ExitCode.BUG)
        try:
            code = self._conclude(name, prepared, task)
        finally:  # a fault of ours must not end the lane
            prepared.archive.close()
            tell("ends", newspaper=name, code=code, seconds=monotonic() - began)
            self._begin(lane)

    def _conclude(self, name: str, prepared: PreparedCrawl, task: asyncio.Task[None]) -> int:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            text = "".join(traceback.format_exception(error)).rstrip()
            tell("line", newspaper=name, text=text)
        report = prepared.report()
        if report is None:
            tell("line", newspaper=name, text="crawl: ended before its report was written")
            return ExitCode.BUG
        lines, fault = end_run(report, self.settings, quiet=True, repeats=self.repeats)
        folder = Path(self.settings["ARCHIVE"]) / name
        faults = [fault] if fault is not None else []
        lost = told_of_lost_alerts(
            folder, faults, report.ended_at, quiet=True, repeats=self.repeats
        )
        lines += [f"crawl: {lost}"] if lost is not None else []
        for text in lines:
            tell("line", newspaper=name, text=text)
        return report.exit_code

    async def _beat(self) -> None:
        limit = self.settings.getint("MEMUSAGE_LIMIT_MB") * _MIB
        for beat in count():
            await asyncio.sleep(BEAT_INTERVAL_S)
            counts = {name: _counts(crawl) for name, crawl in self.running.items()}
            estimated = self.running.items() if beat % _BEATS_AN_ESTIMATE == 0 else ()
            told = ((name, _seconds_left(crawl)) for name, crawl in estimated)
            tell("beat", counts=counts, seconds_left={n: s for n, s in told if s is not None})
            if limit and not self.is_over_memory and resident_bytes() > limit:
                self.is_over_memory = True
                tell("memory", bytes=resident_bytes(), limit=limit)
                await asyncio.gather(*(c.crawler.stop_async() for c in self.running.values()))


def tell(event: str, **facts: Any) -> None:
    """Write one event to standard output; a reader that has gone ends nothing."""
    try:
        sys.stdout.write(json.dumps({"event": event, **facts}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    except OSError:
        return


def _counts(prepared: PreparedCrawl) -> list[int]:
    """Return the crawl's requests, new articles and failures so far."""
    stats = prepared.crawler._stats  # noqa: SLF001  (None before the crawl starts; the public name raises)
    return [0, 0, 0] if stats is None else [stats.get_value(name, 0) for name in _COUNTERS]


def _seconds_left(prepared: PreparedCrawl) -> float | None:
    """Return how long the crawl goes on at most; None before it has begun."""
    crawler = prepared.crawler
    if (stats := crawler._stats) is None:  # noqa: SLF001  (as in `_counts`)
        return None
    keeper = crawler.get_extension(RunKeeper)
    if keeper is None or not isinstance(crawler.spider, NewspaperSpider):
        return None
    seconds = (datetime.now(UTC) - keeper.started_at).total_seconds()
    done = progress_of(crawler.spider, stats, seconds)
    return round(estimate(done, usual_gap_s(crawler.settings)).seconds_left, 1)


def resident_bytes() -> int:
    """Return the memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


def _lift_file_limit() -> None:
    """Allow as many open files as the system lets a user have: a crawl needs about ten."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _name_log_records() -> None:
    """Put the newspaper in front of every log message, whichever of the crawls writes it."""
    make = logging.getLogRecordFactory()

    def named(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if record.name != _newspaper.get():  # a spider's own logger bears its name
            record.msg = f"{_newspaper.get()}: {record.getMessage()}"
            record.args = ()
        return record

    logging.setLogRecordFactory(named)
