"""A newspaper that nobody declared, of which pages stand in WARC files: `ingest --host`.

It becomes what a first look at its site would make of it, without a request: a `sources.json` whose
page classes are those that fit three of the pages. The look itself is due at the first crawl.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from newscrawl.archive.warc.collection import BLOCK_MAX_BYTES, CollectedPage, collected
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.cli.site_looks import front_page, name_for
from newscrawl.crawl.found_sources import FoundSources, decided
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import FoundSource, SiteLook, site_of
from newscrawl.exceptions import ArchiveError
from newscrawl.http.content_encoding import unpack
from newscrawl.page.document import Document

_ARTICLES_MAX: Final = 3
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def newspaper_of_host(host: str, files: Iterable[str], taken: Collection[str]) -> FoundSources:
    """Return the sources of a newspaper of that host; its pages are read until three are articles.

    Args:
        host: As baothu.vn, or an address of it.
        files: WARC files, as `collected` takes them; one that cannot be read is passed over.
        taken: The names that other newspapers have.

    Raises:
        ArgumentError: It is no host, or a package that reads the files is not installed.
    """
    front = front_page(host if "://" in host else f"https://{host}/")
    name = name_for(front, taken)
    paper = site_of(front, name)
    documents = [*islice(_articles(files, paper), _ARTICLES_MAX)]
    look = SiteLook(
        address=front,
        paper=paper,
        sources=[FoundSource(source=GenericSection("/"), evidence="the front page; no look yet")],
        pages={document.url: document for document in documents},
        articles=[document.url for document in documents],
    )
    return replace(decided(look, datetime.now(UTC)), looked_at=_NEVER)


def _articles(files: Iterable[str], paper: Site) -> Iterator[Document]:
    for file in files:
        with suppress(ArchiveError):  # told when the file is taken in
            for found in collected(file, paper.hosts.__contains__):
                if isinstance(found, CollectedPage) and GenericPage.read_key(found.exchange.url):
                    yield from _document(found)


def _document(page: CollectedPage) -> Iterator[Document]:
    """Yield the page; nothing where it cannot be unpacked."""
    exchange = page.exchange
    headers = {name.lower(): value for name, value in exchange.response_headers}
    with suppress(ValueError):
        body = unpack(exchange.body, headers.get("content-encoding", ""), BLOCK_MAX_BYTES)
        content_type = headers.get("content-type")
        yield Document(
            exchange.url, body, fetched_at=exchange.received_at, content_type=content_type
        )
