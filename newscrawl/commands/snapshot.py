"""`scrapy snapshot`: take a consistent copy of a newspaper's archive, by hard links."""

import argparse
from datetime import UTC, datetime

from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.returned_articles import open_without_forgotten
from newscrawl.cli.command_base import NewspaperCommand, only_newspaper, say
from newscrawl.exceptions import ArchiveError
from newscrawl.exit_codes import ExitCode


class Command(NewspaperCommand):
    """Takes a snapshot between two runs; every run ends with one."""

    def syntax(self) -> str:
        return "<newspaper>"

    def short_desc(self) -> str:
        return "Take a snapshot of a newspaper's archive, by hard links"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        with self.telling():
            newspaper = self.newspaper(name)
            folder = self.folder(newspaper.name)
            with hold_lock(folder):
                if (folder / DATABASE).exists():
                    open_without_forgotten(folder, newspaper.name, newspaper.key_of).close()
                taken = take_snapshot(folder, now=datetime.now(UTC))
            if taken is None:
                raise ArchiveError(f"{folder}: the disk has no hard links, so no snapshots")
            say(taken.path)
            if note := str(taken.gathered):
                self.tell(note, ExitCode.OK)
