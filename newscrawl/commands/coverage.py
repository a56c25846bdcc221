"""`newscrawl coverage`: what an archive has and lacks."""

import argparse
import json
from pathlib import Path

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import (
    ResearchCommand,
    archive_and,
    outside,
    say_safely,
    wanted_rows,
)
from newscrawl.research.archive_view import open_view
from newscrawl.research.coverage import as_json, coverage
from newscrawl.research.coverage_page import page
from newscrawl.research.exported_files import replacing


class Command(ResearchCommand):
    """Tell what an archive has and lacks."""

    def syntax(self) -> str:
        return "ARCHIVE [-o FILE.html] [options]"

    def short_desc(self) -> str:
        return "Tell what an archive has and lacks: a calendar, gaps, lists, failed links"

    def long_desc(self) -> str:
        return (
            "Prints a sentence for each newspaper. -o writes a page that needs no other file: a"
            " calendar of articles a day, gaps with their likely cause, how far each list was read,"
            " and links that led to no article by reason. --json prints the figures."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the page")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")
        self.window_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            (folder,) = archive_and(args)
            found = coverage(open_view(folder), wanted_rows(opts))
            if opts.output:
                with replacing(outside(folder, opts.output)) as temporary:
                    temporary.write_text(page(found), encoding="utf-8")
            if opts.json:
                say(json.dumps(as_json(found), ensure_ascii=False, indent=1))
            else:
                for paper in found:
                    say_safely(paper.sentence)
