"""Which layout a page has: its own marks say, never a date or the newspaper's word."""

import re
from collections.abc import Sequence
from typing import Final, cast

from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.article.generic.survey import Survey
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.text import clean

_REQUIRED: Final = 3  # fields: headline, body, date


def choose_page(pages: Sequence[type[ArticlePage]], document: Document, paper: Site) -> ArticlePage:
    """The page class whose marks the document carries; the page's own marks choose, never a date.

    Where none carries all, a redesign, the class that lacks the fewest required fields and
    carries the most marks: it raises for the first of those fields. Raises `NotAnArticleError` for
    a page that says it is not there, and `ExtractionError` with field "layout" for one that is like
    no known layout.
    """
    for page in pages:
        if page.matches(document):
            return page(document, paper)
    refuse_soft_404(document)
    alike = min(pages, key=lambda page: (len(page.lacks(document)), -_marked(page, document)))
    if 0 < len(alike.lacks(document)) < _REQUIRED:
        return alike(document, paper)  # and it says which field it lacks
    known = ", ".join(page.__name__ for page in pages)
    raise ExtractionError("layout", document.url, f"carries the marks of none of {known}")


def _marked(page: type[ArticlePage], document: Document) -> int:
    """How many of the layout's marks the document carries."""
    return sum(bool(document.elements(mark)) for mark in page.marks)


_ABSENT: Final = re.compile(
    r"không (?:còn )?(?:tồn tại|tìm thấy)|không còn(?: nữa)?\W*$|(?:đã )?bị (?:xóa|xoá|gỡ)|\b404\b"
    r"|not found",
    re.IGNORECASE,
)
_WORDS_OF_ITS_OWN: Final = ".//text()[not(ancestor::a)]"
_TEXT: Final = 300  # characters of paragraphs; an apology has fewer


def refuse_soft_404(document: Document) -> None:
    """Raise `NotAnArticleError` where a heading says that the page is not there, and no text does.

    The headline of another article, a link, says nothing of this page.
    """
    for heading in elements(document.root, "//title | //h1 | //h2"):
        words = cast("list[str]", heading.xpath(_WORDS_OF_ITS_OWN))
        if _ABSENT.search(clean("".join(words))) and not _has_text(document):
            raise NotAnArticleError(document.url, "soft 404")


def _has_text(document: Document) -> bool:
    """Whether paragraphs stand on the page that are neither teasers nor its furniture."""
    survey = Survey(document)
    own = (survey.blocks[index] for index in survey.prose)
    return sum(len(b.text) for b in own if not survey.is_furniture(b.box)) >= _TEXT
