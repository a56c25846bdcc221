"""The run keeper commits in time, accounts for every link, exports, and writes the report."""

import asyncio
import logging
import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import takewhile
from threading import current_thread, main_thread
from time import monotonic
from typing import Any, Final, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from twisted.python.failure import Failure

from newscrawl.archive.acknowledged import SILENCE, read_acknowledged
from newscrawl.archive.newspaper_archive import KILLED
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.outcomes import BadAnswer
from newscrawl.crawl.stop_signals import STOP_SIGNALS
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.exceptions import ArchiveError, InvalidArticleError
from newscrawl.items import Article, Line
from newscrawl.monitoring.disk_forecast import SEEN_MAX, DiskForecast, disk_forecast
from newscrawl.monitoring.health import comparable, template_of
from newscrawl.monitoring.paper_status import moment_text
from newscrawl.monitoring.run_report import (
    DEAD_REASONS,
    KILLED_IN_A_ROW_MAX,
    RunReport,
    reason_of,
)
from newscrawl.monitoring.silence import silence
from newscrawl.text import counted

_TICK_INTERVAL_S: Final = 1.0  # between two looks whether a commit is due
_PREFIX: Final = "newscrawl/"
_BASELINE_RUNS_MAX: Final = 30
_UNREAD: Final = (
    "list/failed", "list/unread", "article/failed", "article/unread", "article/broken",
    "article/suspect",
)  # fmt: skip
_PUBLISHED_MAX: Final = 200  # articles whose dates tell the usual gap between two
_TRACERS: Final = ("scrapy.core.scraper", "scrapy.core.engine", "scrapy.utils.signal")
logger = logging.getLogger(__name__)


class RunKeeper:
    """Run the archive and compose the report, which is there once the spider has closed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.report: RunReport | None = None
        self.archive_error: str | None = None
        self.errors = 0
        self.killed: tuple[Line, ...] = ()
        """Records of earlier runs that were killed"""
        self.started_at = datetime.now(UTC)
        self._ticking: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls(crawler)
        for handler, name in (
            (keeper.opened, signals.spider_opened),
            (keeper.closed, signals.spider_closed),
            (keeper.failed, signals.spider_error),
            (keeper.item_failed, signals.item_error),
        ):
            crawler.signals.connect(handler, name)
        if current_thread() is main_thread():  # `scrapy shell` makes its crawler in another one
            STOP_SIGNALS.listen()
        return keeper

    def opened(self, spider: Spider) -> None:
        assert isinstance(spider, NewspaperSpider)
        for name in _TRACERS:
            logging.getLogger(name).addFilter(_is_no_archive_error)
        try:
            self.killed = spider.archive.begin(spider.arguments, self.started_at)
        except ArchiveError as error:
            self._note_archive_error(error)
            raise CloseSpider("archive_error") from error
        self._tell_if_runs_die(spider)
        self._ticking = asyncio.get_running_loop().create_task(self._tick(spider))
        self._ticking.add_done_callback(self._note_end_of_ticks)

    def _tell_if_runs_die(self, spider: NewspaperSpider) -> None:
        """Log that the third run in a row was killed, once: this one may die without a report."""
        last = spider.archive.ledger.runs.last(_BASELINE_RUNS_MAX)
        count = sum(1 for _ in takewhile(was_killed, last))
        if count - len(self.killed) < KILLED_IN_A_ROW_MAX <= count:
            logger.error("%d runs in a row were killed: look for why", count)

    async def _tick(self, spider: NewspaperSpider) -> None:
        exported_at = monotonic()
        every = spider.settings.getfloat("EXPORT_EVERY_S")
        parent = spider.settings.getint("PARENT_PID")
        while True:
            await asyncio.sleep(_TICK_INTERVAL_S)
            self._heed()
            if parent and os.getppid() != parent:  # crawlall was killed
                parent = 0
                if STOP_SIGNALS.caught is None:  # another crawl of this process has not seen it yet
                    os.kill(os.getpid(), signal.SIGTERM)
            try:
                spider.archive.flush_in_time()
                spider.archive.check_space()
                spider.archive.check_ledger()
                if monotonic() - exported_at > every:
                    spider.archive.export()
                    exported_at = monotonic()
            except ArchiveError as error:
                self._archive_failed(error)

    def _note_end_of_ticks(self, task: asyncio.Task[None]) -> None:
        """End the run as a bug when the task that commits has died: nothing would be kept."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        logger.error("the task that commits has died", exc_info=error)
        self.errors += 1
        assert self.crawler.engine is not None
        self._closing = asyncio.get_running_loop().create_task(
            self.crawler.engine.close_spider_async(reason="bug")
        )

    def _heed(self) -> None:
        """Stop an engine that a signal reached while it started, and that would go on."""
        engine = self.crawler.engine
        if not self.crawler.crawling and engine.running:
            self._closing = asyncio.get_running_loop().create_task(engine.stop_async())

    def failed(self, failure: Failure) -> None:
        if isinstance(failure.value, ArchiveError):
            self._archive_failed(failure.value)
        else:
            self.errors += 1

    def item_failed(self, item: Any, failure: Failure) -> None:
        spider, error = self.crawler.spider, failure.value
        assert isinstance(spider, NewspaperSpider)
        if isinstance(error, ArchiveError):
            self._archive_failed(error)
        elif isinstance(error, InvalidArticleError) and isinstance(item, Article):
            spider.count("field/schema/failed")
            spider.health.failed(template_of(item.extractor), "schema", item.url)
            key, now = item.id.partition(":")[2], spider.now()
            spider.outcomes.bad(BadAnswer(key, "fail", str(error)[:300], "failed", item.url, now))
        else:
            self.errors += 1

    def _archive_failed(self, error: ArchiveError) -> None:
        if self.archive_error is None:
            self._note_archive_error(error)
            assert self.crawler.engine is not None
            self._closing = asyncio.get_running_loop().create_task(
                self.crawler.engine.close_spider_async(reason="archive_error")
            )

    def _note_archive_error(self, error: ArchiveError) -> None:
        if self.archive_error is None:
            self.archive_error = str(error)
            logger.error("%s", error)

    def closed(self, spider: Spider, reason: str) -> None:
        assert isinstance(spider, NewspaperSpider)
        self.crawler.crawling = (
            True  # Scrapy clears it at a signal during start-up; then the engine never stops
        )
        if self._ticking is not None:
            self._ticking.cancel()
        for line in spider.causes.lines():
            spider.logger.warning("%s", line)
        try:
            if self.archive_error is None:
                reason = self._settle(spider, reason)
            self.report = self._compose(spider, reason)
            if self.archive_error is None:
                snapshot = spider.archive.finish(self.report.record(), self.report.ended_at)
                self.report = replace(
                    self.report,
                    snapshot=snapshot.name,
                    snapshot_problem=snapshot.problem,
                    snapshot_note=snapshot.note,
                )
        except ArchiveError as error:
            self._note_archive_error(error)
            self.report = self._compose(spider, reason)
        finally:
            spider.archive.close()
            if spider.host_locks is not None:
                spider.host_locks.close()

    def _settle(self, spider: NewspaperSpider, reason: str) -> str:
        """Note all outcomes in the ledger, or none of those of a dead site.

        Links that had neither answer nor error have failed. Returns why the run ended.
        """
        if reason in ("finished", "limit"):
            for ask in tuple(spider.in_flight.values()):
                spider.count("article/failed")
                spider.fail(ask, "neither answer nor error")
        spider.settle_absent_lists()
        spider.settle_stand_ins()
        spider.first_looks.compare(spider.lists)
        reason = reason_of(reason, self._counts())
        is_down = reason in (*DEAD_REASONS, "robots_forbidden")
        spider.outcomes.judge(is_down=is_down)
        reason = reason_of(reason, self._counts())
        if is_down:
            spider.archive.forgive(spider.now())
        spider.outcomes.question_changes(spider.now())
        spider.archive.flush()
        return reason

    def _counts(self) -> dict[str, int]:
        assert self.crawler.stats is not None
        return {
            name.removeprefix(_PREFIX): value
            for name, value in self.crawler.stats.get_stats().items()
            if name.startswith(_PREFIX) and isinstance(value, int)
        }

    def _compose(self, spider: NewspaperSpider, reason: str) -> RunReport:
        assert self.crawler.stats is not None
        stats, counts = self.crawler.stats.get_stats(), self._counts()
        is_refused = self.archive_error is not None
        before = () if is_refused else spider.archive.ledger.runs.last(_BASELINE_RUNS_MAX)
        # A section or a few articles are unlike a whole run, and whole runs are unlike them.
        whole = () if is_partial(spider.arguments) else tuple(filter(is_whole, before))
        warnings = {f"warning/{name}": n for name, n in spider.health.warnings.items()}
        held = spider.archive.holdings()
        free, full = (None, None) if is_refused else self._disk(spider)
        return RunReport(
            run_id=spider.archive.run_id,
            newspaper=spider.name,
            started_at=self.started_at,
            ended_at=datetime.now(UTC),
            reason=reason,
            signal=(STOP_SIGNALS.caught or signal.SIGTERM) if reason == "shutdown" else None,
            counts=Counter(counts | warnings),
            requests=stats.get("downloader/request_count", 0),
            bytes=stats.get("downloader/response_bytes", 0),
            errors=self.errors + counts.get("bug", 0),
            states=held.states,
            articles=held.articles,
            newest=held.newest,
            oldest=held.oldest,
            archive_error=self.archive_error,
            free_bytes=free,
            disk=str(full) if full is not None else None,
            clock_ahead_s=round(spider.clock_ahead.total_seconds()),
            front_only=tuple(spider.front_only),
            of_sources=spider.told_of_sources(),
            not_modified=stats.get("downloader/response_status_count/304", 0),
            fields=spider.health.record(),
            weaknesses=spider.health.weaknesses([*map(comparable, whole)], spider.field_floors),
            killed=tuple(killed_line(record) for record in self.killed),
            killed_in_a_row=sum(1 for _ in takewhile(was_killed, before)),
            silence=None if is_refused or counts.get("article/new") else self._silence(spider),
        )

    def _disk(self, spider: NewspaperSpider) -> tuple[int, DiskForecast | None]:
        """Return the free bytes, and the forecast where the disk is full in DISK_WARN_DAYS."""
        archive, now = spider.archive, spider.now()
        free, warn_days = archive.free_bytes(), spider.settings.getfloat("DISK_WARN_DAYS")
        seen = archive.ledger.runs.free_space(now - SEEN_MAX)
        found = disk_forecast((*seen, (now, free)), archive.free_min_bytes)
        is_soon = found is not None and found.days_left < warn_days
        return free, found if is_soon else None

    def _silence(self, spider: NewspaperSpider) -> str | None:
        """Return what is told of a newspaper that has long given nothing new; None where not."""
        if is_partial(spider.arguments) or all(source.closed for source in spider.sources):
            return None
        if any(map(self._counts().get, _UNREAD)):  # what could not be read may be new
            return None
        if SILENCE in read_acknowledged(spider.archive.folder, spider.now().date()):
            return None
        ledger = spider.archive.ledger
        published = ledger.articles.last_published(_PUBLISHED_MAX)
        found = silence(ledger.runs.last_new_at(), published, spider.now())
        return None if found is None else str(found)


def is_partial(arguments: CrawlArguments) -> bool:
    """Return whether a run was asked for a part of the newspaper only."""
    return arguments.limit is not None or arguments.section is not None


def is_whole(record: Line) -> bool:
    """Return whether a run's record is that of a run over the whole newspaper."""
    arguments = record.get("arguments", {})
    return "limit" not in arguments and "section" not in arguments


def was_killed(record: Line) -> bool:
    """Return whether a run's record was written for it, because it was killed."""
    return bool(record.get("reason") == KILLED)


def killed_line(record: Line) -> str:
    """Return what is told of a killed run."""
    kept = record["counts"]["article/kept"]
    began = moment_text(datetime.fromisoformat(record["started_at"]))
    return f"the run of {began} was killed; it kept {counted(kept, 'article')}"


def _is_no_archive_error(record: logging.LogRecord) -> bool:
    """Return False for the traceback of an `ArchiveError`, which the keeper logs in one line."""
    return not (record.exc_info and isinstance(record.exc_info[1], ArchiveError))
