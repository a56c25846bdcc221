"""What is read of a saved page today, as the expectations that a person then checks."""

from typing import Any, Final

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.normalize import normalize
from newscrawl.cli.read_page import Newspaper, read_article, read_piece, read_section
from newscrawl.discovery.generic_listing import read_list
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Line, to_line
from newscrawl.page.document import Document
from newscrawl.timestamps import utc_text

_KEPT: Final = (
    "id", "url", "headline", "lead", "body", "captions", "images", "authors", "byline", "source",
    "source_url", "source_line", "section", "section_path", "tags", "kind", "published_at",
    "published_precision", "published_raw", "published_source", "modified_at", "lang", "warnings",
)  # fmt: skip
_GENERIC_FLAGS: Final = ("layout_unknown", "date_missing")


def expected_article(document: Document, newspaper: Newspaper) -> dict[str, Any]:
    """Return the fixture's JSON of an article page; raise what reading it raises."""
    return _of_line(document, read_article(document, newspaper))


def expected_piece(
    document: Document, newspaper: Newspaper, stored: Line | None = None
) -> dict[str, Any]:
    """Return the fixture's JSON of a page that may be unlike its layout: what can be read of it.

    Args:
        document: The page.
        newspaper: Whose page it is.
        stored: The line that the generic reader has read of the page; None = it reads it now.
    """
    try:
        return expected_article(document, newspaper)
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return _of_line(document, _without_layout(document, newspaper, stored))


def _without_layout(document: Document, newspaper: Newspaper, stored: Line | None) -> Line:
    """Return what is read by structure alone, as a page class that knows the layout would read."""
    key = newspaper.key_of(document.url)
    try:
        line = stored or to_line(normalize(GenericPage(document, newspaper.paper).to_item()))
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return read_piece(document, newspaper)[0]
    warnings = [flag for flag in line["warnings"] if flag not in _GENERIC_FLAGS]
    own = {} if key is None else {"id": f"{newspaper.name}:{key}"}
    return {**line, **own, "warnings": warnings}


def _of_line(document: Document, line: Line) -> dict[str, Any]:
    expected = {name: line[name] for name in _KEPT}
    expected["body"] = line["body"].split("\n\n") if line["body"] else []
    absent = [name for name, value in expected.items() if value in ("", [], None)]
    return _fixture(document, "article", absent, expected)


def expected_section(document: Document, newspaper: Newspaper) -> dict[str, Any]:
    """Return the fixture's JSON of a section page; raise what reading it raises."""
    return _fixture(document, "section", [], read_section(document, newspaper))


def expected_list(document: Document, newspaper: Newspaper) -> dict[str, Any]:
    """Return the fixture's JSON of a section page that may be unlike its markup.

    Where the section cannot read it, the links are those that the generic list reader finds.
    """
    try:
        return expected_section(document, newspaper)
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        listed = read_list(document, newspaper.paper)
        articles = [{"url": link.url, "title": link.title or ""} for link in listed.links]
        return _fixture(document, "section", [], {"articles": articles, "next_page": listed.older})


def expected_other(document: Document, why: str) -> dict[str, Any]:
    """Return the fixture's JSON of a page that has an article's address and holds no article.

    Args:
        document: The page.
        why: What the page is instead.
    """
    return _fixture(document, "other", [], {"why": why})


def unread_page(document: Document, page: str) -> dict[str, Any]:
    """Return the fixture's JSON of a page of which nothing is read yet.

    Args:
        document: The page.
        page: "article" or "section", which a person expects it to be.
    """
    return _fixture(document, page, [], {})


def _fixture(
    document: Document, page: str, absent: list[str], expected: dict[str, Any]
) -> dict[str, Any]:
    return {
        "url": document.url,
        "fetched_at": utc_text(document.fetched_at),
        "content_type": document.content_type or "",
        "page": page,
        "checked": False,
        "absent": absent,
        "expected": expected,
    }
