"""`scrapy verify`: check that an archive is whole; with --rebuild, make its ledger anew."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.archive.export.hardlink_snapshot import SNAPSHOTS
from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.lock import hold_lock, hold_lock_to_read
from newscrawl.archive.maintenance.lost_pages import forget_lost_pages
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.returned_articles import adopt_tombstones, take_down_in_files
from newscrawl.archive.maintenance.takedown import finish_takedown
from newscrawl.archive.maintenance.verification import is_snapshot, verify
from newscrawl.article.item_schema import check_line
from newscrawl.cli.command_base import (
    Newspaper,
    NewspaperCommand,
    only_newspaper,
    say,
)
from newscrawl.cli.status_files import newspaper_folders
from newscrawl.config.program import on_archive, to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.exit_codes import ExitCode, gravity_of
from newscrawl.text import counted


class Command(NewspaperCommand):
    """Check lines, checksums, pages and the ledger against each other."""

    def syntax(self) -> str:
        return "[options] <newspaper> | --all"

    def short_desc(self) -> str:
        return "Check that a newspaper's archive is whole; rebuild its ledger"

    def long_desc(self) -> str:
        return (
            "Checks that every line is valid, ids are unique, counts and sums are the manifest's,"
            " every raw page can be read, and ledger and files agree. Changes nothing. With"
            " --rebuild the ledger is made anew from files and pages, and the old one kept beside"
            " it. A snapshot, or a copy of one, has no ledger: its files are checked. Exit code 5"
            " where something is wrong, 75 while a run is at work. --all checks every newspaper of"
            " the archive, one after the other, and ends with the gravest code."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="every newspaper of the archive")
        parser.add_argument("--rebuild", action="store_true", help="make the ledger anew first")
        parser.add_argument(
            "--accept-loss",
            action="store_true",
            help="with --rebuild: also where files hold fewer rows than the manifest counts",
        )
        parser.add_argument(
            "--forget-lost-pages",
            action="store_true",
            help="stop looking for raw pages that are lost; refetch= fetches them anew",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not opts.all:
            name = only_newspaper(args)
            with self.telling():
                self.check(self.newspaper(name), opts)
            return
        if args or opts.rebuild or opts.forget_lost_pages:
            raise UsageError("--all checks: it goes without a newspaper and without a change")
        codes = [self.check_alone(folder.name, opts) for folder in self.every_folder()]
        self.exitcode = max(codes, key=gravity_of, default=self.exitcode)

    def every_folder(self) -> tuple[Path, ...]:
        """Return the newspapers' folders in the archive, by name; tell where there is none."""
        assert self.settings is not None
        home = Path(self.settings["ARCHIVE"])
        found = newspaper_folders(home)
        if not found:
            self.tell(f"{home} holds no newspaper: {to_type('crawl')} begins one", ExitCode.USAGE)
        return found

    def check_alone(self, name: str, opts: argparse.Namespace) -> int:
        """Check one of several archives, whatever the others are like; return its exit code."""
        self.exitcode = ExitCode.OK
        with self.telling():
            self.check(self.newspaper(name), opts)
        return self.exitcode

    def check(self, newspaper: Newspaper, opts: argparse.Namespace) -> None:
        """Rebuild the ledger if asked to, check the archive, and tell every problem."""
        folder = self.folder(newspaper.name)
        changes = opts.rebuild or opts.forget_lost_pages
        is_copy = is_snapshot(folder) and not changes
        if changes and folder.absolute().parent.parent.name == SNAPSHOTS:
            raise ArgumentError(f"{folder} is a snapshot, which never changes: copy it out first")
        with hold_lock(folder) if changes else hold_lock_to_read(folder):
            if changes:
                finish_takedown(folder, newspaper.name)
                adopt_tombstones(folder)
            if opts.forget_lost_pages:
                self.forget(newspaper.name, folder)
            if opts.rebuild:
                self.make_anew(newspaper, folder, accepts_loss=opts.accept_loss)
            found = verify(folder, check_line)
            problems = [problem for problem in found if not problem.is_waiting]
            count = sum(1 for _ in read_articles(folder)) if not problems else 0
        for problem in problems:
            say(str(problem).replace("<newspaper>", newspaper.name))
        if problems:
            what = "a copy of a snapshot, " if is_copy else ""
            told = f"{newspaper.name}: {what}{counted(len(problems), 'problem')}"
            self.tell(told, ExitCode.ARCHIVE_ERROR)
            return
        if is_copy:
            tell_snapshot(newspaper.name, count)
            return
        files = len({problem.where for problem in found})
        waiting = f"; the next run exports {counted(files, 'file')}" if files else ""
        say(f"{newspaper.name}: {counted(count, 'article')}, whole{waiting}")

    def forget(self, name: str, folder: Path) -> None:
        """Forget the pages that are lost, and tell which files held them."""
        done = forget_lost_pages(folder, name)
        say(f"{name}: {counted(done.lines, 'line')} without a raw page now")
        for file in done.missing:
            say(f"forgotten: {file}")
        for file in done.mended:
            say(f"forgotten: the damaged records of {file}")

    def make_anew(self, newspaper: Newspaper, folder: Path, *, accepts_loss: bool) -> None:
        """Rebuild the ledger, and tell what was made and what was left out."""
        made = rebuild(
            folder,
            newspaper.name,
            datetime.now(UTC),
            check_line,
            newspaper.key_of,
            accepts_loss=accepts_loss,
        )
        take_down_in_files(folder, newspaper.name, newspaper.key_of)
        say(f"{newspaper.name}: ledger rebuilt, {counted(made.articles, 'article')}")
        for line in made.left_out:
            say(f"left out: {line}")


def tell_snapshot(name: str, count: int) -> None:
    """Say what holds of a snapshot, or of a copy of one, and what does not."""
    held = counted(count, "article")
    say(f"{name}: {held}, whole as published: every file is what the manifest says")
    say(
        "it is a snapshot or a copy of one: it has no ledger, and no run begins on it; in a copy,"
        f" {on_archive(f'verify {name} --rebuild')} makes the ledger"
    )
