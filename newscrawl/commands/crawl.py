"""`scrapy crawl`: Scrapy's own command, with an exit code that tells the truth."""

import argparse
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from scrapy import signals
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.settings import Settings, get_settings_priority

from newscrawl.cli.alert_rules import switch_off_foreign_alerts, told_of_lost_alerts
from newscrawl.cli.alerts import ping
from newscrawl.cli.command_base import (
    CheckedCommand,
    Newspaper,
    UnknownNameError,
    code_of,
    newspaper_named,
    only_newspaper,
    say,
)
from newscrawl.cli.ping_address import checked_ping, is_of_each, own_address
from newscrawl.cli.pings import WELL
from newscrawl.cli.prepared_crawl import PreparedCrawl, make_ready, prepare_crawl
from newscrawl.cli.run_ending import end_run, refuse_run
from newscrawl.cli.shared_process import SharedProcess
from newscrawl.cli.site_looks import look_if_due
from newscrawl.exceptions import NewscrawlError
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.run_report import RunReport


class Command(CheckedCommand, ScrapyCrawl):
    """Refresh a newspaper's archive."""

    def short_desc(self) -> str:
        return "Refresh a newspaper's archive, by its name"

    def syntax(self) -> str:
        return "[options] <newspaper>"

    def long_desc(self) -> str:
        codes = "; ".join(f"{code}: {code.meaning}" for code in ExitCode)
        return (
            "Walks the newspaper's lists, archives what is new, looks again at what is due."
            " Arguments: -a since=YYYY-MM-DD walks the lists back to that day, -a until=YYYY-MM-DD"
            " asks for nothing later, -a section=/path/ walks that one alone, -a limit=N asks for"
            " at most N articles, -a refetch=7d (or 12h) looks again at what was looked at so long"
            f" ago. Results go to stdout, logs to stderr. Exit codes: {codes}."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-q",
            "--quiet",
            action="store_true",
            help="print the summary only when a trouble begins, changes or ends, and once a week",
        )
        parser.add_argument("--events", action="store_true", help=argparse.SUPPRESS)
        parser.add_argument(
            "--repeat", action="store_true", help="with --quiet: print every run's trouble"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.settings is not None
        assert self.crawler_process is not None
        if opts.quiet and not opts.repeat:
            log_errors_alone(self.settings)
        if opts.events:
            SharedProcess(self.crawler_process, opts.spargs, repeats=opts.repeat).crawl(args)
            return
        name = only_newspaper(args)
        self.lost: list[str] = []
        foreign = switch_off_foreign_alerts(self.settings)
        if not self.settings.getint("PARENT_PID"):  # crawlall says it
            warn(foreign)
        try:
            self.pinged = self.ping_of(name)
            loader = self.crawler_process.spider_loader
            self.told = look_if_due(name, opts.spargs, self.settings, loader)
            self.pinged = self.ping_of(name)  # a newspaper that was found has a name now
            prepared = prepare_crawl(name, opts.spargs, self.settings, loader, self.crawler)
        except NewscrawlError as error:
            self.refuse(name, error, opts)
        except KeyboardInterrupt:  # in a look at a site; a run heeds it itself
            self.exitcode = ExitCode.INTERRUPTED
        else:
            self.ping("/start")
            report = self.crawled(prepared, opts)
            self.finish(report, opts)
            suffix = "" if self.exitcode in WELL else "/fail"
            self.ping(suffix, report.summary() if report is not None else "")
        self.tell_lost_alerts(name, opts)

    pinged: str = ""
    """The address that this run pings; "" = none"""
    lost: list[str]
    """What went wrong with the alerts, a line each"""

    def ping(self, suffix: str, body: str = "") -> None:
        """Ping this run's address, and note what went wrong."""
        if (fault := ping(self.pinged, suffix, body)) is not None:
            self.lost.append(fault)

    def tell_lost_alerts(self, name: str, opts: argparse.Namespace) -> None:
        """Print that alerts did not arrive, where it is to be told; it fails no run."""
        assert self.settings is not None
        own = self.report.newspaper if self.report is not None else name
        folder, now = Path(self.settings["ARCHIVE"]) / own, datetime.now(UTC)
        quiet, repeats = opts.quiet, opts.repeat
        warn(told_of_lost_alerts(folder, self.lost, now, quiet=quiet, repeats=repeats))

    def ping_of(self, name: str) -> str:
        """Return the address that a newspaper's run pings; "" for none.

        Raises ArgumentError where it is the address of other newspapers too.
        """
        assert self.settings is not None
        assert self.crawler_process is not None
        if self.settings.getint("PARENT_PID"):  # crawlall pings
            return ""
        loader = self.crawler_process.spider_loader
        own = None
        with suppress(UnknownNameError):  # told, or looked at, next
            own = newspaper_named(loader, name).name
        address = checked_ping(self.settings, [own or name], loader.list())
        return "" if own is None and is_of_each(address) else own_address(address, own or name)

    def crawler(self, newspaper: Newspaper, settings: Settings) -> Crawler:
        """Return Scrapy's crawler of the newspaper, with settings of its own."""
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(Crawler(newspaper, settings))
        crawler.signals.connect(self._warn_if_feeds_unused, signal=signals.engine_started)
        return crawler

    def refuse(self, name: str, error: NewscrawlError, opts: argparse.Namespace) -> None:
        """Set the exit code of a crawl that cannot begin, and tell the error where it is new."""
        assert self.settings is not None
        self.exitcode = code_of(error)
        now = datetime.now(UTC)
        warn(refuse_run(name, error, self.settings, now, quiet=opts.quiet, repeats=opts.repeat))
        is_told = self.exitcode == ExitCode.USAGE and sys.stderr.isatty()
        if self.exitcode != ExitCode.BUSY and not is_told:  # who mistyped at a terminal knows
            self.ping("/fail", str(error))

    def crawled(self, prepared: PreparedCrawl, opts: argparse.Namespace) -> RunReport | None:
        """Run the crawl and return its report; None where the run broke before writing it."""
        assert self.settings is not None
        assert self.crawler_process is not None
        make_ready(self.settings["LOG_LEVEL"])
        self.crawler_process.crawl(prepared.crawler, **prepared.arguments)
        self.crawler_process.start()
        return prepared.report()

    told: tuple[str, ...] = ()
    """What a look at the newspaper's site says"""
    report: RunReport | None = None

    def finish(self, report: RunReport | None, opts: argparse.Namespace) -> None:
        """Set the exit code, and tell what a person must know of the run."""
        self.report = report
        if report is None:
            print("crawl: ended before its report was written", file=sys.stderr)
            self.exitcode = ExitCode.BUG
            return
        self.exitcode = report.exit_code
        if self.told:
            say("\n".join(self.told))
        assert self.settings is not None
        lines, fault = end_run(report, self.settings, quiet=opts.quiet, repeats=opts.repeat)
        self.lost += [fault] if fault is not None else []
        for line in lines:
            say(line)


def log_errors_alone(settings: Settings) -> None:
    """Keep warnings from standard error, which cron mails, where nobody has set a level.

    What they warn of stands in the summary, which is printed when it is new.
    """
    is_usual = settings.getpriority("LOG_LEVEL") == get_settings_priority("project")
    if is_usual and "LOG_LEVEL" not in settings["OPERATOR"].settings:
        settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        for handler in logging.getLogger().handlers:
            handler.setLevel("ERROR")


def warn(fault: str | None) -> None:
    """Print what went wrong, if anything did."""
    if fault is not None:
        print(f"crawl: {fault}", file=sys.stderr)
