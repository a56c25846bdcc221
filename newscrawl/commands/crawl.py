"""`scrapy crawl`: Scrapy's own command, with an exit code that tells the truth."""

import argparse
import logging
import sys
from pathlib import Path
from typing import Final

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler

from newscrawl.archive.newspaper_archive import open_archive
from newscrawl.cli.alerts import note_told, ping, read_told, send
from newscrawl.cli.command_base import (
    CheckedCommand,
    code_of,
    newspaper_named,
    only_newspaper,
    say,
)
from newscrawl.crawl.archive_options import archive_options
from newscrawl.crawl.gc_tuning import collect_rarely
from newscrawl.crawl.run_keeper import RunKeeper
from newscrawl.discovery.arguments import read_arguments
from newscrawl.exceptions import NewscrawlError
from newscrawl.exit_codes import ExitCode
from newscrawl.http.user_agent import checked_contact, user_agent
from newscrawl.monitoring.run_report import RunReport
from newscrawl.monitoring.told_troubles import Occasion, Told, occasion

_WELL: Final = (ExitCode.OK, ExitCode.BOUND_REACHED)
_STOPPED: Final = (ExitCode.INTERRUPTED, ExitCode.TERMINATED)


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
        parser.add_argument(
            "--repeat", action="store_true", help="with --quiet: print every run's trouble"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        try:
            crawler = self.crawler(name, opts.spargs)
        except NewscrawlError as error:
            self.fail(error, code_of(error), quiet=opts.quiet)
        else:
            assert self.settings is not None
            is_child = self.settings.getint("PARENT_PID") > 0  # then crawlall pings for all
            address = "" if is_child else self.settings["ALERT_PING"]
            warn(ping(address, "/start"))
            report = crawl(self, crawler, opts.spargs)
            self.finish(report, opts)
            suffix = "" if self.exitcode in _WELL else "/fail"
            warn(ping(address, suffix, report.summary() if report is not None else ""))

    def fail(self, error: Exception, code: int, *, quiet: bool) -> None:
        """Set the exit code, and tell the error but for a busy archive under --quiet."""
        self.exitcode = code
        if not (quiet and code == ExitCode.BUSY):
            print(f"crawl: {error}", file=sys.stderr)

    def crawler(self, name: str, spargs: dict[str, object]) -> Crawler:
        """Return the crawler after checking everything that can be wrong before a request."""
        assert self.crawler_process is not None
        assert self.settings is not None
        newspaper = newspaper_named(self.crawler_process.spider_loader, name)
        given = {key: str(value) for key, value in spargs.items()}
        read_arguments(given, {source.path for source in newspaper.sources})
        contact = self.settings["CONTACT"]
        if not self.settings["MIRROR"]:
            contact = checked_contact(contact)
        self.settings.set("USER_AGENT", user_agent(contact), priority="cmdline")
        archive = open_archive(archive_options(self.settings), newspaper.name)
        spargs["archive"] = archive
        # A host that does not answer is judged by the last good robots.txt for a day.
        self.settings.set("ROBOTS_FOLDER", str(archive.folder / "state" / "robots"), "cmdline")
        return self._create_crawler(newspaper)

    report: RunReport | None = None

    def finish(self, report: RunReport | None, opts: argparse.Namespace) -> None:
        """Set the exit code, and tell what a person must know of the run."""
        self.report = report
        if report is None:
            print("crawl: ended before its report was written", file=sys.stderr)
            self.exitcode = ExitCode.BUG
            return
        self.exitcode = report.exit_code
        told = self.tell_once(report)
        is_stopped = report.exit_code in _STOPPED
        is_due = told is not None or is_stopped or (opts.repeat and bool(report.trouble))
        if not opts.quiet or is_due:
            say(report.summary())
        if told == "ends":
            say(f"  {report.newspaper}: all is well again")

    def tell_once(self, report: RunReport) -> Occasion | None:
        """Return why a person must be told now, tell the webhook too, and note it as told."""
        assert self.settings is not None
        if report.exit_code in _STOPPED:  # the person who stopped the run knows
            return None
        folder, now = Path(self.settings["ARCHIVE"]) / report.newspaper, report.ended_at
        told = occasion(read_told(folder), report.trouble, now)
        if told is not None:
            warn(send(self.settings["ALERT_WEBHOOK"], report, told))
            note_told(folder, Told(report.trouble, now))
        return told


def warn(fault: str | None) -> None:
    """Print what went wrong with an alert; an alert never fails a run."""
    if fault is not None:
        print(f"crawl: {fault}", file=sys.stderr)


def crawl(command: ScrapyCrawl, crawler: Crawler, spargs: dict[str, object]) -> RunReport | None:
    """Run the crawl and return its report; None where the run broke before writing it."""
    assert command.crawler_process is not None
    assert command.settings is not None
    # Without a level Scrapy makes every record and drops it at the handler: 5 % of a crawl.
    logging.getLogger("scrapy").setLevel(command.settings["LOG_LEVEL"])
    collect_rarely()
    command.crawler_process.crawl(crawler, **spargs)
    command.crawler_process.start()
    keeper = crawler.get_extension(RunKeeper)
    return keeper.report if keeper is not None else None
