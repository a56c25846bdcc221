"""`scrapy snapshot`: take a consistent copy of a newspaper's archive, by hard links."""

import argparse
from datetime import UTC, datetime

from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.archive.lock import hold_lock
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
            folder = self.folder(self.newspaper(name).name)
            with hold_lock(folder):
                taken = take_snapshot(folder, now=datetime.now(UTC))
            if taken is None:
                raise ArchiveError(f"{folder}: the disk has no hard links, so no snapshots")
            say(taken.path)
            if note := str(taken.gathered):
                self.tell(note, ExitCode.OK)
