"""`newscrawl reuse`: which articles repeat which, over all newspapers."""

import argparse
from pathlib import Path

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, archive_and, outside
from newscrawl.research.archive_view import open_view
from newscrawl.text import counted


class Command(ResearchCommand):
    """Find articles that repeat others."""

    def syntax(self) -> str:
        return "ARCHIVE -o FILE.parquet"

    def short_desc(self) -> str:
        return "Find articles that repeat others, over all newspapers, as pairs"

    def long_desc(self) -> str:
        return (
            "Writes a Parquet file of pairs within seven days: how much of the five-syllable"
            " shingles is shared, which article holds which, the hours between them, both credits"
            " and the relation (same, near copy, common source, contains). An index beside the file"
            " makes the next run cost only what is new. Weather, prices and other daily series are"
            " no copies of each other."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            from newscrawl.research.reuse_index import write_reuse  # noqa: PLC0415  (an extra)

            (folder,) = archive_and(args)
            count = write_reuse(open_view(folder), outside(folder, opts.output))
            say(f"{opts.output}  {counted(count, 'pair')}")
