"""Choose the page class of a document by the document's own marks, never by a date."""

from collections.abc import Sequence
from typing import Final, cast

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.survey import Survey
from newscrawl.article.newspaper_site import Site
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.page.soft_404 import mentions_absence
from newscrawl.text import clean

_REQUIRED_FIELDS: Final = 3  # headline, body, date


def choose_page(pages: Sequence[type[ArticlePage]], document: Document, site: Site) -> ArticlePage:
    """Return a page of the class whose marks the document carries.

    After a redesign a document may carry all marks of no class. Then the class is chosen of which
    the document lacks the fewest required fields, and among equals the one with the most marks; its
    page raises for the first missing field.

    Args:
        pages: the newspaper's page classes, in the order in which they are asked.
        document: the page to read.
        site: the newspaper that the page belongs to.

    Raises:
        NotAnArticleError: a heading says that the page does not exist.
        ExtractionError: the document is like no class; the error's field is "layout".
    """
    for page in pages:
        if page.matches(document):
            return page(document, site)
    refuse_soft_404(document)
    alike = most_alike(pages, document)
    if 0 < len(alike.missing_fields(document)) < _REQUIRED_FIELDS:
        return alike(document, site)  # raises for the field that is missing
    known = ", ".join(page.__name__ for page in pages)
    raise ExtractionError("layout", document.url, f"carries the marks of none of {known}")


def most_alike(pages: Sequence[type[ArticlePage]], document: Document) -> type[ArticlePage]:
    """Return the class of which the document lacks the fewest required fields and marks."""
    return min(
        pages,
        key=lambda page: (len(page.missing_fields(document)), -_count_of_marks(page, document)),
    )


def _count_of_marks(page: type[ArticlePage], document: Document) -> int:
    """Return how many marks of the page class the document carries."""
    return sum(bool(document.elements(mark)) for mark in page.identifying_selectors)


_UNLINKED_TEXTS: Final = ".//text()[not(ancestor::a)]"
_TEXT_MIN_CHARS: Final = 300  # of paragraphs; an apology has fewer


def refuse_soft_404(document: Document) -> None:
    """Refuse a page without text on which a heading says that the page does not exist.

    Linked words in a heading are the headline of another article and do not count.

    Raises:
        NotAnArticleError: the page is such a soft 404.
    """
    for heading in elements(document.root, "//title | //h1 | //h2"):
        words = cast("list[str]", heading.xpath(_UNLINKED_TEXTS))
        if mentions_absence(clean("".join(words))) and not _has_text(document):
            raise NotAnArticleError(document.url, "soft 404")


def _has_text(document: Document) -> bool:
    """Return whether the page has paragraphs outside of teasers, menus and related boxes."""
    survey = Survey(document)
    own = (survey.blocks[index] for index in survey.prose)
    return sum(len(b.text) for b in own if not survey.is_furniture(b.box)) >= _TEXT_MIN_CHARS
