"""Pages of a redesign read by a page class on trial, compared with what they are known to say."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.normalize import normalize
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Article

FIELDS: Final = ("headline", "lead", "published_at", "body")
FURTHER_FIELDS: Final = ("captions", "authors", "section_path", "tags")
Attributes = Mapping[str, Any]
"""Values of class attributes by their names"""


def derived(page: type[ArticlePage], attributes: Attributes) -> type[ArticlePage]:
    """Return a class that differs from the page class in these attributes."""
    return type(page.__name__, (page,), {**attributes, "__module__": page.__module__})


def read_partly(page: type[ArticlePage], known: KnownPage, site: Site) -> Article:
    """Return what the class reads of the page, whatever it cannot read."""
    article, _ = page(known.document, site).to_partial_item()
    return normalize(article)


def read_wholly(page: type[ArticlePage], known: KnownPage, site: Site) -> Article | None:
    """Return the article as a crawl reads it; None where the class refuses or cannot read it."""
    if not page.matches(known.document):
        return None
    try:
        return normalize(page(known.document, site).to_item())
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return None


def is_known(field: str, known: KnownPage) -> bool:
    """Return whether the page itself is known to state the field, not its head alone."""
    article = known.article
    if field == "published_at":
        return article.published_source == "page"
    return bool(getattr(article, field)) and f"{field}_from_meta" not in article.warnings


def is_right(field: str, read: Article | None, known: KnownPage) -> bool:
    """Return whether a field is read as it is known."""
    if read is None or getattr(read, field) != getattr(known.article, field):
        return False
    return field != "published_at" or read.published_source == known.article.published_source


def share_right(
    field: str, page: type[ArticlePage], pages: Iterable[KnownPage], site: Site
) -> float:
    """Return the share of the pages on which the class reads a field as is known; 1 for no page."""
    judged = [is_right(field, read_partly(page, known, site), known) for known in pages]
    return sum(judged) / len(judged) if judged else 1.0
