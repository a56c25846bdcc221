"""`scrapy verify`: check that an archive is whole; with --rebuild, make its ledger anew."""

import argparse
from datetime import UTC, datetime

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.cli.command_base import (
    Newspaper,
    NewspaperCommand,
    only_newspaper,
    say,
)
from newscrawl.exit_codes import ExitCode


class Command(NewspaperCommand):
    """Check lines, checksums, pages and the ledger against each other."""

    def syntax(self) -> str:
        return "[options] <newspaper>"

    def short_desc(self) -> str:
        return "Check that a newspaper's archive is whole; rebuild its ledger"

    def long_desc(self) -> str:
        return (
            "Checks that every line is valid, ids are unique, counts and sums are the manifest's,"
            " every raw page can be read, and ledger and files agree. Changes nothing. With"
            " --rebuild the ledger is made anew from files and pages, and the old one kept beside"
            " it. Exit code 5 where something is wrong, 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--rebuild", action="store_true", help="make the ledger anew first")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        with self.telling():
            self.check(self.newspaper(name), rebuilds=opts.rebuild)

    def check(self, newspaper: Newspaper, *, rebuilds: bool) -> None:
        """Rebuild the ledger if asked to, check the archive, and tell every problem."""
        folder = self.folder(newspaper.name)
        with hold_lock(folder):
            if rebuilds:
                now = datetime.now(UTC)
                made = rebuild(folder, newspaper.name, now, check_line, newspaper.key_of)
                say(f"{newspaper.name}: ledger rebuilt, {made.articles} articles")
                for line in made.left_out:
                    say(f"left out: {line}")
            found = verify(folder, check_line)
            problems = [problem for problem in found if not problem.is_waiting]
            count = sum(1 for _ in read_articles(folder)) if not problems else 0
        for problem in problems:
            say(problem)
        if problems:
            self.tell(f"{newspaper.name}: {len(problems)} problems", ExitCode.ARCHIVE_ERROR)
            return
        files = len({problem.where for problem in found})
        waiting = f"; the next run exports {files} files" if files else ""
        say(f"{newspaper.name}: {count} articles, whole{waiting}")
