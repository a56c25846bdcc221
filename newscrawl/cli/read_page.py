"""One saved page in, the archive's line out, for `readpage` and `savefixture`."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.article.item_schema import check_line
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.config.program import to_type
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_listing import read_list
from newscrawl.exceptions import ExtractionError, NewscrawlError, NotAnArticleError
from newscrawl.items import Line, to_line
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import generic_key
from newscrawl.urls.canonical import canonical
from newscrawl.urls.url_parts import BadAddressError, read_parts

Newspaper = type[NewspaperSpider]
NOWHERE: Final = "https://page.invalid/"
"""Address of a page that states none; no site can have this host (RFC 2606)"""


class UnknownNewspaperError(NewscrawlError):
    """No newspaper is declared for the page's domain or the name given."""

    def __init__(self, said: str, host: str = "") -> None:
        super().__init__(said)
        self.host = host


def newspaper_of(url: str, newspapers: Iterable[Newspaper]) -> Newspaper:
    """Return the newspaper that owns the address's host; raise `UnknownNewspaperError`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    for newspaper in newspapers:
        if host in newspaper.hosts:
            return newspaper
    raise UnknownNewspaperError(
        f"no newspaper is declared for {host or url!r}; {to_type('papers')} lists all", host
    )


def own_address(document: Document) -> str | None:
    """Return the address that a saved page states as its own; None where it states none."""
    printed = document.metadata.canonical or document.metadata.og.get("url")
    if not printed:
        return None
    try:
        return canonical(printed)
    except BadAddressError:
        return None


def read_article(document: Document, newspaper: Newspaper) -> Line:
    """Return the article's line, normalized and valid; raise what its page class raises."""
    page = choose_page(newspaper.pages, document, newspaper.paper)
    line = to_line(normalize(page.to_item()))
    problems = check_line(line)
    if problems:
        raise ExtractionError("schema", document.url, "; ".join(problems))
    return line


def read_piece(document: Document, newspaper: Newspaper) -> tuple[Line, tuple[str, ...]]:
    """Return what can be read of a piece of a page, and the fields that cannot, with reasons.

    A piece that matches no layout is read as the body of the newspaper's first layout.
    """
    for layout in newspaper.pages:
        if layout.matches(document):
            page = layout(document, newspaper.paper)
            break
    else:
        page = newspaper.pages[0](document, newspaper.paper)
        page.container = document.root
    article, errors = page.to_partial_item()
    return to_line(normalize(article)), tuple(f"{e.field}: {e.why}" for e in errors)


def is_article_address(url: str, newspaper: Newspaper) -> bool:
    """Return whether the address has the form of an article's in one of the paper's CMSs."""
    if newspaper.key_of(url) is not None:
        return True
    return any(page.is_generic for page in newspaper.pages) and generic_key(url) is not None


def read_section(document: Document, newspaper: Newspaper) -> dict[str, Any]:
    """Return the section page's articles and the address of its next page.

    Raises `NotAnArticleError` where the address is no section of the newspaper, and
    `BadAddressError` where it cannot be read.
    """
    path = read_parts(document.url).path
    sources = [source for source in newspaper.sources if source.at(path) is not None]
    places = {f"{path.rstrip('/')}/", path.rpartition("/")[0] + "/"}
    own = [source for source in sources if source.path in places]
    for source in (own or sources)[:1]:
        page = (source.at(path) or source).read(document, newspaper.paper)
        articles = [{"url": link.url, "title": link.title or ""} for link in page.links]
        return {"articles": articles, "next_page": page.older if page.is_whole_list else None}
    raise NotAnArticleError(document.url, "the address is neither an article's nor a section's")


def read_generic(document: Document, *, is_piece: bool = False) -> Line | dict[str, Any]:
    """Return the line of a page of no known layout, or the links of its list.

    A page without an address is read as one of `NOWHERE`. A page whose address or structure says
    neither raises what `GenericPage` raises.
    """
    document.url = document.url or NOWHERE
    page = GenericPage(document, paper_of(document.url))
    if is_piece:
        article, _ = page.to_partial_item()
        return to_line(normalize(article))
    try:
        return to_line(normalize(page.to_item()))
    except (ExtractionError, NotAnArticleError):
        listed = read_list(document)
        if not listed.links:
            raise
        articles = [{"url": link.url, "title": link.title or ""} for link in listed.links]
        return {"articles": articles, "next_page": listed.older}
