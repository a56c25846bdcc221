"""`scrapy readpage`: one saved page in, the item as JSON out."""

import argparse
import json
import sys
from typing import Any

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.cli.lost_fields import lost_fields
from newscrawl.cli.page_opening import open_page
from newscrawl.cli.read_page import (
    UnknownNewspaperError,
    is_article_address,
    newspaper_of,
    read_article,
    read_generic,
    read_piece,
    read_section,
)
from newscrawl.exceptions import ArgumentError
from newscrawl.items import FIELDS
from newscrawl.page.document import Document


class Command(NewspaperCommand):
    """Read one page exactly as the archive would store it."""

    def syntax(self) -> str:
        return "[options] <file or address>"

    def short_desc(self) -> str:
        return "Read one saved page and print the item as JSON"

    def long_desc(self) -> str:
        return (
            "Reads one page and prints what the archive would store, as JSON on standard output. A"
            " section page gives its articles and its next page. Where the page class reads less of"
            " a field than the generic reader, a line on standard error says so. The newspaper is"
            " found by the page's domain. fetched_at is the file's own time. Exit code 2: no such"
            " file, unknown domain; 3: not an article, or a field that cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the page (default: the one it states)")
        parser.add_argument("--fields", metavar="NAMES", help="print these fields alone: a,b,c")
        parser.add_argument("--newspaper", metavar="NAME", help="read it as this newspaper's page")
        parser.add_argument(
            "--generic",
            action="store_true",
            help="read it by structure and metadata alone, as a page of no known layout",
        )
        parser.add_argument(
            "--partial",
            action="store_true",
            help="read what can be read of a cut-out piece; what could not is told on stderr",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one file or address")
        with self.telling():
            say(self.answer(args[0], opts))

    def answer(self, place: str, opts: argparse.Namespace) -> str:
        """Return the JSON to print."""
        wanted = _fields(opts.fields)
        read = self.read(place, opts)
        if wanted and "articles" not in read:
            read = {name: read[name] for name in wanted}
        return json.dumps(read, ensure_ascii=False, indent=1)

    def read(self, place: str, opts: argparse.Namespace) -> dict[str, Any]:
        """Return an article's line, or a section's articles and next page."""
        document = self.open(place, opts.url)
        if opts.generic:
            return read_generic(document, is_piece=opts.partial)
        newspaper = self.newspaper_for(document, opts.newspaper)
        if opts.partial:
            line, missing = read_piece(document, newspaper)
            for field in missing:
                print(f"readpage: not read: {field}", file=sys.stderr)
            return line
        if is_article_address(document.url, newspaper):
            line = read_article(document, newspaper)
            for lost in lost_fields(document, newspaper, line, _fields(opts.fields)):
                print(f"readpage: {lost}", file=sys.stderr)
            return line
        return read_section(document, newspaper)

    def open(self, place: str, url: str | None) -> Document:
        assert self.settings is not None
        return open_page(place, self.settings, url)

    def newspaper_for(self, document: Document, name: str | None) -> Newspaper:
        """Return the newspaper of the given name, else the one of the page's domain."""
        if name is not None:
            newspaper = self.newspaper(name)
            document.url = document.url or f"https://{newspaper.domain}/"
            return newspaper
        if not document.url:
            raise UnknownNewspaperError("the page states no address: give --url or --newspaper")
        try:
            return newspaper_of(document.url, self.newspapers())
        except UnknownNewspaperError as error:
            self.loader.check_host(error.host)
            raise


def _fields(given: str | None) -> tuple[str, ...]:
    names = tuple(filter(None, (given or "").replace(" ", "").split(",")))
    for name in names:
        if name not in FIELDS:
            raise ArgumentError(f"--fields: an article has no field {name!r}")
    return names
