"""`scrapy readpage`: one saved page in, the item as JSON out."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from newscrawl.document import Document
from newscrawl.exceptions import BrokenPage, ExtractionError, NewscrawlError, NotAnArticle
from newscrawl.fetch import fetch
from newscrawl.newspaper import NewspaperSpider
from newscrawl.reading import (
    Newspaper,
    UnknownNewspaper,
    is_article_address,
    newspaper_of,
    own_address,
    read_article,
    read_piece,
    read_section,
)
from newscrawl.report import DEGRADED, USAGE


class Command(ScrapyCommand):
    """Reads one page exactly as the archive would store it."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] <file or address>"

    def short_desc(self) -> str:
        return "Read one saved page and print the item as JSON"

    def long_desc(self) -> str:
        return (
            "Reads one page and prints what the archive would store, as JSON on standard output. A"
            " section page gives its articles and its next page. The newspaper is found by the"
            " page's domain. fetched_at is the file's own time. Exit code 2: no such file, unknown"
            " domain; 3: not an article, or a field that cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--url", help="address of the page (default: the one it states)")
        parser.add_argument("--newspaper", metavar="NAME", help="read it as this newspaper's page")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="read what can be read of a cut-out piece; what could not is told on stderr",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one file or address")
        try:
            print(self.answer(args[0], opts))
        except (UnknownNewspaper, OSError) as error:
            self.fail(error, USAGE)
        except (BrokenPage, ExtractionError, NotAnArticle) as error:
            self.fail(error, DEGRADED)
        except NewscrawlError as error:
            self.fail(error, USAGE)

    def fail(self, error: Exception, code: int) -> None:
        said = str(error).replace("\n", " ")
        if isinstance(error, OSError):
            said = f"{error.filename}: {error.strerror}"
        print(f"readpage: {said}", file=sys.stderr)
        self.exitcode = code

    def answer(self, place: str, opts: argparse.Namespace) -> str:
        """The JSON to print."""
        document = self.open(place, opts.url)
        newspaper = self.newspaper(document, opts)
        if opts.partial:
            line, missing = read_piece(document, newspaper)
            for field in missing:
                print(f"readpage: not read: {field}", file=sys.stderr)
        elif is_article_address(document.url, newspaper):
            line = read_article(document, newspaper)
        else:
            line = read_section(document, newspaper)
        return json.dumps(line, ensure_ascii=False, indent=1)

    def open(self, place: str, url: str | None) -> Document:
        if place.startswith(("https://", "http://")):
            assert self.settings is not None
            return fetch(place, self.settings)
        path = Path(place)
        body = path.read_bytes()
        saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        document = Document(url or "", body, fetched_at=saved_at)
        if url is None:
            document.url = own_address(document) or ""
        return document

    def newspaper(self, document: Document, opts: argparse.Namespace) -> Newspaper:
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        declared = [s for s in map(loader.load, loader.list()) if issubclass(s, NewspaperSpider)]
        if opts.newspaper is not None:
            named = [s for s in declared if s.name == opts.newspaper]
            if not named:
                raise UnknownNewspaper(f"no newspaper is named {opts.newspaper!r}")
            document.url = document.url or f"https://{named[0].domain}/"
            return named[0]
        if not document.url:
            raise UnknownNewspaper("the page states no address: give --url or --newspaper")
        return newspaper_of(document.url, declared)
