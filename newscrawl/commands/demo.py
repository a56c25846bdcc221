"""`scrapy demo`: the real spider on the replica, in under a minute, without a live site."""

import argparse
import json
import shutil
import sys
from pathlib import Path
from textwrap import fill
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.cli.command_base import say
from newscrawl.commands.crawl import Command as CrawlCommand
from newscrawl.items import Line
from newscrawl.replica import Replica, running_replica

NEWSPAPER = "baotuyenquang"
_CONCURRENCY = 8
_TOLD: Final = ("body", "lead", "captions", "authors", "source")
_WIDTH_MAX_COLUMNS: Final = 100


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
        }.items():
            self.settings.set(name, value, priority="cmdline")

    @property
    def added_nothing(self) -> bool:
        report = self.report
        return report is not None and not (
            report.count("article/new") or report.count("article/changed")
        )

    def show(self, folder: Path) -> None:
        """Print where the archive's lines lie, and one article."""
        if self.added_nothing:
            say("The archive has it all already: nothing new.")
        say(f"\nThe archive: {folder}/articles/<YYYY>/<YYYY-MM>.jsonl, one line an article.")
        lines = list(read_articles(folder))
        if lines:
            columns = min(shutil.get_terminal_size().columns, _WIDTH_MAX_COLUMNS)
            say("One of them:\n\n" + shown(fullest(lines), columns))
        edited = [line for line in lines if line["revision"] > 1]
        for line in edited[:1]:
            say(f"\nEdited since: newscrawl history {folder} {line['id']}")
        home = folder.parent
        say(
            f"\nTry next:\n  newscrawl search {home} 'dong bao'\n"
            f"  newscrawl export {home} -o found/\n  newscrawl coverage {home} -o coverage.html"
        )


def fullest(lines: list[Line]) -> Line:
    """Return the newest article that states the most: body, lead, captions, author and source."""
    return max(lines, key=lambda line: (sum(bool(line[name]) for name in _TOLD), line["id"]))


def shown(line: Line, width: int = 88) -> str:
    """Return an article's fields as lines for a terminal; only long texts are cut."""
    shown = []
    for name, value in line.items():
        if value in ("", [], None):
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        text = " ¶ ".join(text.split("\n\n"))
        text = text if len(text) <= 300 else text[:297] + "…"
        shown.append(fill(f"{name:>20}  {text}", width, subsequent_indent=" " * 22))
    return "\n".join(shown)
