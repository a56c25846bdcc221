"""`scrapy demo`: the real spider on the replica, in under a minute, without a live site."""

import argparse
import asyncio
import json
import shutil
import sys
from datetime import timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.cli.command_base import say
from newscrawl.cli.prepared_crawl import PreparedCrawl, make_ready, prepare_crawl
from newscrawl.commands.crawl import Command as CrawlCommand
from newscrawl.commands.history import history
from newscrawl.config.program import program
from newscrawl.exceptions import NewscrawlError
from newscrawl.exit_codes import ExitCode
from newscrawl.items import Line
from newscrawl.monitoring.run_report import RunReport
from newscrawl.replica import Replica, running_replica
from newscrawl.research.archive_view import open_view
from newscrawl.research.article_history import versions
from newscrawl.text import counted

NEWSPAPER = "baotuyenquang"
_CONCURRENCY = 8
_TOLD: Final = ("body", "lead", "captions", "authors", "source")
_WIDTH_MAX_COLUMNS: Final = 100
_CHANGE_MAX_LINES: Final = 16
_BETWEEN_LOOKS: Final = timedelta(hours=25)
"""By the demo's clock; an article is gone only where two looks a day apart miss it"""
_LOOKS: Final = 2  # at an edition, so that each edition is two steps of the clock later
_OF_GONE: Final = ("id", "headline", "status", "http_status", "gone_at", "url")


class Command(CrawlCommand):
    """Crawl the replica of a provincial newspaper that runs on this machine."""

    def short_desc(self) -> str:
        return "Crawl a small newspaper on this machine and show what comes out"

    def syntax(self) -> str:
        return "[options]"

    def long_desc(self) -> str:
        return (
            "Starts the replica, a small provincial newspaper on loopback in the real papers'"
            f" markup, runs the very same {NEWSPAPER} spider on it and writes the archive under"
            " output/demo/. Nothing leaves this machine. A second run adds nothing; --edition 2 is"
            " the same newspaper later, with edits, removals and new articles. Only a second look a"
            " day later proves a removal: the demo puts its clock forward for it, and the run's"
            " record says so (clock_ahead_s)."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--edition", type=int, default=1, help="1, 2, 3: the newspaper later")
        parser.add_argument("--articles", type=int, default=640, help="size of the newspaper")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("demo takes no newspaper")
        assert self.settings is not None
        print("A provincial newspaper opens on this machine …", file=sys.stderr)
        if opts.edition > 1:  # look at every article again: edits and removals show at once
            opts.spargs.setdefault("refetch", "0h")
        with running_replica(articles=opts.articles, edition=opts.edition) as replica:
            self.lower_politeness(replica)
            try:
                super().run([NEWSPAPER], opts)
            except NewscrawlError as error:
                self.refuse(NEWSPAPER, error, opts)
        if self.exitcode == 0:
            self.show(Path(self.settings["ARCHIVE"]) / NEWSPAPER)

    def lower_politeness(self, replica: Replica) -> None:
        """Point the crawl at the replica, and let it ask without pauses: loopback is ours."""
        assert self.settings is not None
        folder = Path(self.settings["ARCHIVE"]) / "demo"
        for name, value in {
            "MIRROR": replica.address,
            "ARCHIVE": str(folder),
            "DOWNLOAD_DELAY": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": _CONCURRENCY,
            "ALERT_PING": "",  # the operator's are for the newspapers
            "ALERT_WEBHOOK": "",
        }.items():
            self.settings.set(name, value, priority="cmdline")

    looks: tuple[PreparedCrawl, ...] = ()
    """The crawls of this run, the last one under way"""
    refused: NewscrawlError | None = None
    """Why the second look could not begin"""

    def crawled(self, prepared: PreparedCrawl, opts: argparse.Namespace) -> RunReport | None:
        """Crawl, and once more a day later by the demo's clock where articles are missing."""
        assert self.settings is not None
        assert self.crawler_process is not None
        make_ready(self.settings["LOG_LEVEL"])
        task = self.look(prepared, opts)
        if opts.edition > 1:
            task.add_done_callback(partial(self.look_later, opts))
        self.crawler_process.start()  # ends when no crawl is left
        if self.refused is not None:
            raise self.refused
        return self.looks[-1].report()

    def look(self, prepared: PreparedCrawl, opts: argparse.Namespace) -> "asyncio.Task[None]":
        """Begin a crawl whose clock goes on from the crawl before, and return its task."""
        assert self.crawler_process is not None
        ahead = clock_ahead(opts.edition, look=len(self.looks))
        self.looks += (prepared,)
        given = {**prepared.arguments, "clock_ahead": ahead}
        task = self.crawler_process.crawl(prepared.crawler, **given)
        assert isinstance(task, asyncio.Task)
        return task

    def look_later(self, opts: argparse.Namespace, task: "asyncio.Task[None]") -> None:
        """Begin the second look at everything where the first was well and missed articles.

        Asked for alone, those that are gone would be taken for an outage of the site.
        """
        assert self.settings is not None
        assert self.crawler_process is not None
        report = self.looks[0].report()
        if report is None or report.exit_code != ExitCode.OK:
            return
        if not (missing := report.count("article/in_doubt")):
            return
        self.finish(report, opts)
        say(f"\n{later_told(missing)}\n")
        loader, settings = self.crawler_process.spider_loader, self.settings
        try:
            second = prepare_crawl(NEWSPAPER, opts.spargs, settings, loader, self.crawler)
        except NewscrawlError as error:
            self.refused = error
        else:
            self.look(second, opts)

    def counted(self, name: str) -> int:
        """Return how many articles the looks of this run count together under that name."""
        reports = (crawl.report() for crawl in self.looks)
        return sum(report.count(f"article/{name}") for report in reports if report is not None)

    def show_credited(self, lines: list[Line], columns: int) -> None:
        """Print the source of an article that credits one, where the article shown has none."""
        credited = [line for line in lines if line["source"]]
        if credited and not fullest(lines)["source"]:
            line = max(credited, key=lambda line: str(line["published_at"]))
            short = {name: line[name] for name in ("id", "headline", "source", "source_line")}
            say("\nOne that credits another outlet:\n\n" + shown(short, columns))

    def show_changes(self, folder: Path, lines: list[Line], columns: int) -> None:
        """Print what the newspaper has edited and removed since the archive was begun."""
        edited = [line for line in lines if line["revision"] > 1]
        for line in edited[:1]:
            say(f"\nThe newspaper edited {counted(len(edited), 'article')}, one of them so:\n")
            say(wrapped(history(versions(open_view(folder), str(line["id"]))), columns))
        gone = [line for line in lines if line["status"] == "gone"]
        for line in gone[:1]:
            say(f"\nIt removed {counted(len(gone), 'article')}, whose texts stay; one of them:\n")
            say(shown({name: line[name] for name in _OF_GONE}, columns))

    def show(self, folder: Path) -> None:
        """Print where the archive's lines lie, and one article."""
        if not (self.counted("new") or self.counted("changed") or self.counted("gone")):
            say("The archive has it all already: nothing new.")
        say(f"\nThe archive: {folder}/articles/<YYYY>/<YYYY-MM>.jsonl, one line an article.")
        lines = list(read_articles(folder))
        if lines:
            columns = min(shutil.get_terminal_size().columns, _WIDTH_MAX_COLUMNS)
            say("One of them:\n\n" + shown(fullest(lines), columns))
            self.show_credited(lines, columns)
            self.show_changes(folder, lines, columns)
        say("\n" + next_steps(folder.parent, has_parquet=find_spec("pyarrow") is not None))


def clock_ahead(edition: int, look: int) -> timedelta:
    """Return how far the clock of a look at an edition is put forward; looks count from 0.

    The clock never goes back from one edition to the next: nothing would be due.

    >>> [clock_ahead(edition, look) // _BETWEEN_LOOKS for edition in (1, 2, 3) for look in (0, 1)]
    [0, 1, 0, 1, 2, 3]
    """
    return (_LOOKS * max(edition - 2, 0) + look) * _BETWEEN_LOOKS


def later_told(missing: int) -> str:
    """Return what is said before the second look at a newspaper that misses articles.

    >>> later_told(1)
    '1 article is missing. The demo puts its clock forward by 25 hours and looks again:'
    """
    are = "is" if missing == 1 else "are"
    hours = round(_BETWEEN_LOOKS / timedelta(hours=1))
    return (
        f"{counted(missing, 'article')} {are} missing. The demo puts its clock forward by {hours}"
        " hours and looks again:"
    )


def next_steps(home: Path, *, has_parquet: bool) -> str:
    """Return the commands to try on an archive, which work with what is installed."""
    form = "" if has_parquet else " --format csv"
    return (
        f"Try next:\n  {program()} search {home} 'dong bao'\n"
        f"  {program()} export {home} -o found/{form}\n"
        f"  {program()} coverage {home} -o coverage.html"
    )


def wrapped(text: str, columns: int) -> str:
    """Return the text's lines in that width, continued ones indented; its last ones left out."""
    lines = [fill(line, columns, subsequent_indent="    ") for line in text.split("\n") if line]
    found = "\n".join(lines).split("\n")
    more = ["    …"] if len(found) > _CHANGE_MAX_LINES else []
    return "\n".join([*found[:_CHANGE_MAX_LINES], *more])


def fullest(lines: list[Line]) -> Line:
    """Return the newest article that states the most: an author, body, lead, captions, a source."""

    def told(line: Line) -> tuple[bool, int, str]:
        count = sum(bool(line[name]) for name in _TOLD)
        return bool(line["authors"]), count, str(line["published_at"])

    return max(lines, key=told)


def shown(line: Line, width: int = 88) -> str:
    """Return an article's fields as lines for a terminal; only long texts are cut."""
    shown = []
    for name, value in line.items():
        if value in ("", [], None):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        text = " ¶ ".join(text.split("\n\n"))
        text = text if len(text) <= 300 else text[:297] + "…"
        lead, rest = f"{name:>20}  ", " " * 22
        told = fill(
            text, width, initial_indent=lead, subsequent_indent=rest, break_on_hyphens=False
        )
        shown.append(told)
    return "\n".join(shown)
