"""`scrapy prune`: apply the retention policy to a newspaper's pages and the archive's snapshots."""

import argparse

from newscrawl.archive.export.hardlink_snapshot import SNAPSHOTS, prune
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.maintenance.page_retention import outdated_pages, prune_pages
from newscrawl.archive.maintenance.takedown import finish_takedown
from newscrawl.cli.command_base import NewspaperCommand, only_newspaper, say
from newscrawl.crawl.archive_options import archive_options


class Command(NewspaperCommand):
    """Remove the raw pages and snapshots that are older than is kept."""

    def syntax(self) -> str:
        return "[options] <newspaper>"

    def short_desc(self) -> str:
        return "Remove raw pages and snapshots that are older than is kept"

    def long_desc(self) -> str:
        return (
            "Removes raw pages but those of the newest PAGES_KEEP_MONTHS months (0: all), and"
            " snapshots beyond SNAPSHOTS_DAILY and SNAPSHOTS_MONTHLY. No article is lost: its line"
            " stays with an empty raw_ref, and reparse says so. Every run does the same at its end."
            " Exit code 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        with self.telling():
            self.prune(self.newspaper(name).name, is_dry=opts.dry_run)

    def prune(self, name: str, *, is_dry: bool) -> None:
        assert self.settings is not None
        folder = self.folder(name)
        keep = archive_options(self.settings).retention
        if is_dry:
            for file in outdated_pages(folder, keep.page_months):
                say(f"would remove {file}")
            return
        with hold_lock(folder):
            finish_takedown(folder, name)
            with Ledger.open(folder, name) as ledger:
                adopt_page_files(ledger, folder)
                pages = prune_pages(ledger, folder, keep.page_months)
        say(f"{name}: {pages if keep.page_months else 'all pages are kept'}")
        gone = prune(
            folder.parent / SNAPSHOTS, keep.daily_snapshots, keep.monthly_snapshots, (folder.name,)
        )
        say(f"snapshots removed: {len(gone)}")
