"""`scrapy reparse`: read the archive's pages again with today's code."""

import argparse
import sys
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.newspaper_archive import open_archive
from newscrawl.cli.command_base import (
    Newspaper,
    NewspaperCommand,
    only_newspaper,
    say,
)
from newscrawl.cli.reading_workers import add_worker_options, workers_asked
from newscrawl.cli.reparse_pages import Reparsed, reparse, summary
from newscrawl.cli.side_by_side import Workers
from newscrawl.crawl.archive_options import archive_options
from newscrawl.discovery.arguments import read_arguments
from newscrawl.exceptions import ArgumentError
from newscrawl.exit_codes import ExitCode
from newscrawl.fleet.asking import put_jobs
from newscrawl.fleet.queue_tables import REPARSE
from newscrawl.items import VIETNAM
from newscrawl.timestamps import utc_text


class Command(NewspaperCommand):
    """Reads kept pages again, so that a fault of a reader loses no article."""

    def syntax(self) -> str:
        return "[options] <newspaper> | --all"

    def short_desc(self) -> str:
        return "Read a newspaper's kept pages again with today's code"

    def long_desc(self) -> str:
        return (
            "Reads the raw pages of the archive again, on all cores, and writes what reads"
            " otherwise as revisions made by the extractor; pages that could not be read before"
            " become articles. No request is made; with unchanged code no byte changes. Articles"
            " whose page is not kept (KEEP_PAGES, PAGES_KEEP_MONTHS) are counted, and listed by"
            " --without-page. With --queue the node of the fleet that holds the folder does"
            " it. Exit code 3 where a page cannot be read, 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--since", metavar="DATE", help="only pages fetched since YYYY-MM-DD")
        parser.add_argument(
            "--without-page",
            action="store_true",
            help="only list the articles whose page is not kept",
        )
        add_worker_options(parser)
        parser.add_argument("--all", action="store_true", help="every newspaper; with --queue")
        parser.add_argument(
            "--queue", action="store_true", help="put a job for the node of the fleet instead"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.all and (args or not opts.queue):
            raise UsageError("--all goes with --queue, and without a newspaper")
        names = [] if opts.all else [only_newspaper(args)]
        with self.telling():
            if opts.queue:
                self.put(names, opts)
                return
            (name,) = names
            if opts.without_page:
                self.list_without_page(self.newspaper(name).name)
                return
            given = {"since": opts.since} if opts.since else {}
            day = read_arguments(given, ()).since
            since = datetime(day.year, day.month, day.day, tzinfo=VIETNAM) if day else None
            newspaper = self.newspaper(name)
            with workers_asked(opts, self.folder(newspaper.name)) as workers:
                self.read_again(newspaper, since, workers)

    def put(self, names: list[str], opts: argparse.Namespace) -> None:
        """Put a job for each newspaper, for all that have an archive where none is named."""
        told = ("since", "without_page", "processes", "dask")
        if given := [name for name in told if getattr(opts, name)]:
            option = given[0].replace("_", "-")
            raise ArgumentError(f"--queue takes no --{option}: the node reads all pages itself")
        assert self.settings is not None
        say(put_jobs(self.settings, REPARSE, names))

    def list_without_page(self, name: str) -> None:
        """Print the ids of the articles that reparse cannot read."""
        with Ledger.open_to_read(self.folder(name)) as ledger:
            for article_id in ledger.articles.without_page():
                say(article_id)

    def read_again(self, newspaper: Newspaper, since: datetime | None, workers: Workers) -> None:
        """Read the pages fetched since then, write what reads otherwise, and tell the outcome."""
        assert self.settings is not None
        archive = open_archive(archive_options(self.settings), newspaper.name, newspaper.key_of)
        started_at = datetime.now(UTC)

        def begin() -> str:
            archive.ledger.begin_run(archive.run_id, started_at, {"command": "reparse"})
            return archive.run_id

        try:
            done = reparse(
                archive.ledger,
                archive.folder,
                newspaper,
                since=since,
                begin=begin,
                workers=workers,
            )
            if archive.ledger.runs.run_id:
                archive.ledger.runs.end(archive.run_id, _record(archive.run_id, started_at, done))
        finally:
            try:
                archive.export()  # what is committed, also where reading broke off
            finally:
                archive.close()
        for line in done.unread:
            print(line, file=sys.stderr)
        say(summary(newspaper.name, done))
        self.exitcode = ExitCode.DEGRADED if done.unread else 0


def _record(run_id: str, started_at: datetime, done: Reparsed) -> dict[str, object]:
    return {
        "run_id": run_id,
        "command": "reparse",
        "started_at": utc_text(started_at),
        "ended_at": utc_text(datetime.now(UTC)),
        "counts": dict(sorted(done.counts.items())),
    }
