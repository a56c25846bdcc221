"""`scrapy ingest`: take the pages of WARC files into the archives of their newspapers."""

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from newscrawl.archive.newspaper_archive import Archive, open_archive
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.ingest_pages import Ingested, Wanted, ingest, summary
from newscrawl.cli.reading_workers import add_worker_options, workers_asked
from newscrawl.cli.side_by_side import Workers
from newscrawl.crawl.archive_options import archive_options
from newscrawl.exit_codes import ExitCode
from newscrawl.text import clean
from newscrawl.timestamps import utc_text


class Command(NewspaperCommand):
    """Takes in what is already collected, without a request."""

    def syntax(self) -> str:
        return "[options] <file> …"

    def short_desc(self) -> str:
        return "Take the pages of WARC files (Common Crawl, wget, pywb) into the archives"

    def long_desc(self) -> str:
        return (
            "Reads WARC files, plain or packed, from a disk or from an address as s3://bucket/name,"
            " and archives the articles of known newspapers: each page is kept, with the day on"
            " which it was fetched, and becomes the version of that day, before or after what is"
            " archived. A second run changes no byte; a run that was killed goes on. Exit code 3"
            " where a file breaks off or a page cannot be read, 75 while a run of a newspaper is at"
            " work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--newspaper", action="append", default=[], metavar="NAME",
                            help="only this one (may be repeated; default: all)")  # fmt: skip
        add_worker_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("one file or more")
        with self.telling():
            names = opts.newspaper or [newspaper.name for newspaper in self.newspapers()]
            wanted = Wanted(self.newspaper(name) for name in names)
            with workers_asked(opts) as workers:
                self.take_in(args, wanted, workers)

    def take_in(self, files: list[str], wanted: Wanted, workers: Workers) -> None:
        """Archive the articles, write the files of every archive that changed, tell the outcome."""
        started_at = datetime.now(UTC)
        with ExitStack() as stack:

            def archive_of(name: str) -> Archive:
                assert self.settings is not None
                archive = open_archive(archive_options(self.settings), name)
                stack.callback(archive.close)
                return archive

            begun: list[Archive] = []

            def begin(archive: Archive) -> None:
                if archive not in begun:
                    archive.ledger.begin_run(archive.run_id, started_at, {"command": "ingest"})
                    stack.callback(archive.export)  # what is committed, also where reading breaks
                    begun.append(archive)

            done = ingest(files, wanted, archive_of, begin, workers=workers)
            for archive in begun:
                record = _record(archive, files, started_at, done)
                archive.ledger.runs.end(archive.run_id, record)
                if archive.pages is not None:
                    archive.pages.close()
        for problem in done.problems:
            print(f"ingest: {clean(problem)}", file=sys.stderr)
        say(summary(done, len(files)))
        self.exitcode = ExitCode.DEGRADED if done.problems else 0


def _record(
    archive: Archive, files: list[str], started_at: datetime, done: Ingested
) -> dict[str, object]:
    return {
        "run_id": archive.run_id,
        "command": "ingest",
        "discovered_by": "ingest",
        "files": files,
        "started_at": utc_text(started_at),
        "ended_at": utc_text(datetime.now(UTC)),
        "counts": dict(sorted(done.articles[archive.folder.name].items())),
    }
