"""`newscrawl freeze`: rows as a set that never changes, to hand on and to cite."""

import argparse
from pathlib import Path

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, archive_and, outside, wanted_rows
from newscrawl.research.archive_view import open_view
from newscrawl.text import counted


class Command(ResearchCommand):
    """Write a frozen set."""

    def syntax(self) -> str:
        return "ARCHIVE -o FOLDER [options]"

    def short_desc(self) -> str:
        return "Write a frozen set: Parquet and JSON Lines with checksums, citation and data card"

    def long_desc(self) -> str:
        return (
            "Writes the rows as Parquet and JSON Lines, SHA256SUMS over every file, a Croissant"
            " description, CITATION.cff, the query that made the set, and a data card that says"
            " what is missing. Two people with the same archive get the same bytes. FOLDER must be"
            " new or empty."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--no-text", action="store_true", help="leave out lead, body, captions and images"
        )
        self.window_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            from newscrawl.research.frozen_set import freeze  # noqa: PLC0415  (an extra)

            (folder,) = archive_and(args)
            place = outside(folder, opts.output)
            made = freeze(open_view(folder), place, wanted_rows(opts), with_text=not opts.no_text)
            say(
                f"{made.folder}: {counted(made.articles, 'article')}"
                f" in {counted(len(made.files), 'file')}"
            )
            say(f"check it: cd {made.folder} && sha256sum -c SHA256SUMS")
