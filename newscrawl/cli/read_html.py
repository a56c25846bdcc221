"""`newscrawl.read`: one page in, one typed article out, for programs that have the page already."""

from datetime import UTC, datetime
from functools import cache
from importlib import import_module

from newscrawl.cli.read_page import (
    Newspaper,
    UnknownNewspaperError,
    newspaper_of,
    own_address,
    read_article,
    read_generic,
)
from newscrawl.config.program import to_type
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import Article, Line, from_line
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document

_SPIDERS = "newscrawl.spiders"


def read(
    html: bytes | str,
    url: str | None = None,
    newspaper: str | None = None,
    *,
    fetched_at: datetime | None = None,
) -> Article:
    """Return the article that a page holds.

    `newscrawl.items.to_line(article)` gives it as a dict, in the form of the archive's rows. A page
    of a known newspaper is read by its page class; where that fails, or no newspaper is known, the
    page is read by structure alone and flagged `layout_unknown` in `warnings`.

    Args:
        html: the page, best as the bytes that were served.
        url: its address; None = the one the page states.
        newspaper: a spider's name, such as "baotuyenquang"; None = found by the address.
        fetched_at: when the page was fetched, aware; None = now. No date may lie after it.

    Raises:
        NotAnArticleError: a list, a film, a page that says it is not there.
        IncompletePageError: a page that is cut off, garbled or a bot wall.
        ExtractionError: no headline or no text can be found.
        UnknownNewspaperError: no spider has the name given.
    """
    body = html.encode() if isinstance(html, str) else html
    kind = "text/html; charset=utf-8" if isinstance(html, str) else None
    document = Document(
        url or "", body, fetched_at=fetched_at or datetime.now(UTC), content_type=kind
    )
    document.url = document.url or own_address(document) or ""
    check_whole(document)
    return from_line(_line(document, newspaper))


def _line(document: Document, newspaper: str | None) -> Line:
    known = _newspaper(document.url, newspaper)
    if known is not None:
        document.url = document.url or f"https://{known.domain}/"
        try:
            return read_article(document, known)
        except ExtractionError:
            pass  # a layout nobody has described yet: read by structure, and flagged
    found = read_generic(document)
    if "articles" in found:
        raise NotAnArticleError(document.url, "a list")
    return found


def _newspaper(url: str, name: str | None) -> Newspaper | None:
    papers = newspapers()
    if name is not None:
        if name not in papers:
            raise UnknownNewspaperError(
                f"no newspaper is named {name!r}; {to_type('papers')} lists all"
            )
        return papers[name]
    try:
        return newspaper_of(url, papers.values())
    except UnknownNewspaperError:
        return None


@cache
def newspapers() -> dict[str, Newspaper]:
    """Return every newspaper whose declaration is right, by name."""
    loader = NewspaperLoader({_SPIDERS: import_module(_SPIDERS)})
    found = ((name, loader.load(name)) for name in loader.list())
    return {name: spider for name, spider in found if issubclass(spider, NewspaperSpider)}
