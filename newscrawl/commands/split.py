"""`newscrawl split`: a training and a test set without copies between them."""

import argparse
import tempfile
from pathlib import Path

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, archive_and
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import open_view
from newscrawl.research.splitting import split


class Command(ResearchCommand):
    """Deal the articles to two sets."""

    def syntax(self) -> str:
        return "ARCHIVE --test SHARE --seed N"

    def short_desc(self) -> str:
        return "Deal articles to a training and a test set, copies to one side"

    def long_desc(self) -> str:
        return (
            "Prints a line of CSV for each article: its id and its side. Articles that are copies"
            " of each other, in whatever newspaper, come to one side. An article's side depends on"
            " its id and the seed alone, so that an archive that grows keeps its sets."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--test", type=float, default=0.1, metavar="SHARE", help="default 0.1")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--reuse", type=Path, metavar="FILE", help=f"the pairs that {to_type('reuse')} wrote"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            from newscrawl.research.reuse_index import read_pairs, write_reuse  # noqa: PLC0415
            from newscrawl.research.text_reuse import clusters  # noqa: PLC0415

            (folder,) = archive_and(args)
            if not 0 <= opts.test <= 1:
                raise ArgumentError(f"--test {opts.test}: give a share from 0 to 1")
            view = open_view(folder)
            with tempfile.TemporaryDirectory() as place:
                made = opts.reuse or Path(place) / "reuse.parquet"
                if opts.reuse is None:
                    write_reuse(view, made)
                groups = clusters(read_pairs(made))
            say("id,side")
            for name, side in split(
                (row["id"] for row in view.rows()), groups, opts.test, opts.seed
            ):
                say(f"{name},{side}")
