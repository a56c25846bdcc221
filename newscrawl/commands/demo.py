"""`scrapy demo`: the real spider on the replica, in under a minute, without a live site."""

import argparse
import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.cli.command_base import say
from newscrawl.commands.crawl import Command as CrawlCommand
from newscrawl.commands.history import history
from newscrawl.config.program import program
from newscrawl.items import Line
from newscrawl.replica import Replica, running_replica
from newscrawl.research.archive_view import open_view
from newscrawl.research.article_history import versions
from newscrawl.text import counted

NEWSPAPER = "baotuyenquang"
_CONCURRENCY = 8
_TOLD: Final = ("body", "lead", "captions", "authors", "source")
_WIDTH_MAX_COLUMNS: Final = 100
_CHANGE_MAX_LINES: Final = 16


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
            " the same newspaper later, with edits, removals and new articles."
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
            super().run([NEWSPAPER], opts)
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

    @property
    def added_nothing(self) -> bool:
        report = self.report
        return report is not None and not (
            report.count("article/new") or report.count("article/changed")
        )

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
        report = self.report
        absent = report.count("article/in_doubt") if report is not None else 0
        if absent:
            said = (
                f"It removed {counted(absent, 'article')}: 404 or 410 is answered, and a run a day"
            )
            say("\n" + fill(f"{said} later marks what is gone. The text stays.", columns))

    def show(self, folder: Path) -> None:
        """Print where the archive's lines lie, and one article."""
        if self.added_nothing:
            say("The archive has it all already: nothing new.")
        say(f"\nThe archive: {folder}/articles/<YYYY>/<YYYY-MM>.jsonl, one line an article.")
        lines = list(read_articles(folder))
        if lines:
            columns = min(shutil.get_terminal_size().columns, _WIDTH_MAX_COLUMNS)
            say("One of them:\n\n" + shown(fullest(lines), columns))
            self.show_credited(lines, columns)
            self.show_changes(folder, lines, columns)
        say("\n" + next_steps(folder.parent, has_parquet=find_spec("pyarrow") is not None))


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
