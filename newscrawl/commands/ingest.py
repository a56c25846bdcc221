"""`scrapy ingest`: take the pages of WARC files into the archives of their newspapers."""

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from newscrawl.archive.newspaper_archive import Archive, open_archive
from newscrawl.cli.collected_host import newspaper_of_host
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, UnknownNameError, say
from newscrawl.cli.ingest_pages import Ingested, Wanted, ingest, summary
from newscrawl.cli.kept_ids import check_archive_ids
from newscrawl.cli.reading_workers import add_worker_options, workers_asked
from newscrawl.cli.side_by_side import Workers
from newscrawl.cli.site_looks import write_sources
from newscrawl.crawl.archive_options import archive_options
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import FoundSources
from newscrawl.exit_codes import ExitCode
from newscrawl.text import clean
from newscrawl.timestamps import utc_text


class Command(NewspaperCommand):
    """Takes in what is already collected, without a request."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, FoundSources] = {}
        """The newspapers that this run makes of their pages, by name"""

    def syntax(self) -> str:
        return "[options] <file> …"

    def short_desc(self) -> str:
        return "Take the pages of WARC files (Common Crawl, wget, pywb) into the archives"

    def long_desc(self) -> str:
        return (
            "Reads WARC files, plain or packed, from a disk or from an address as s3://bucket/name,"
            " and archives the articles of known newspapers: each page is kept, with the day on"
            " which it was fetched, and becomes the version of that day, before or after what is"
            " archived. With --host the articles of any host become an archive, whose sources.json"
            " later commands use. A second run changes no byte; a run that was killed goes on. Exit"
            " code 3 where a file breaks off or a page cannot be read, 75 while a run of a"
            " newspaper is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--newspaper", action="append", default=[], metavar="NAME",
                            help="only this one (may be repeated; default: all)")  # fmt: skip
        parser.add_argument("--host", action="append", default=[], metavar="HOST",
                            help="only this host, of any newspaper (may be repeated)")  # fmt: skip
        add_worker_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("one file or more")
        with self.telling():
            by_host = self.by_host(opts.host, args)
            names = opts.newspaper or [one.name for one in self.newspapers() if not opts.host]
            wanted = Wanted([*map(self.newspaper, names), *by_host])
            with workers_asked(opts) as workers:
                self.take_in(args, wanted, workers)

    def by_host(self, hosts: list[str], files: list[str]) -> list[Newspaper]:
        """Return the newspapers of these hosts; one that nobody declared is made of its pages."""
        known: list[Newspaper] = []
        for host in hosts:
            try:
                known.append(self.newspaper(host))
            except UnknownNameError:
                sources = newspaper_of_host(host, files, self.loader.list())
                made = spider_of(sources)
                self.made[made.name] = sources
                self.loader.take(made)
                known.append(made)
        return known

    def take_in(self, files: list[str], wanted: Wanted, workers: Workers) -> None:
        """Archive the articles, write the files of every archive that changed, tell the outcome."""
        started_at = datetime.now(UTC)
        with ExitStack() as stack:

            def archive_of(name: str) -> Archive:
                assert self.settings is not None
                newspaper = self.newspaper(name)
                archive = open_archive(archive_options(self.settings), name, newspaper.key_of)
                check_archive_ids(newspaper, archive)
                stack.callback(archive.close)
                if name in self.made:
                    write_sources(self.made[name], self.settings)
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
