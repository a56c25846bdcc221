"""A page class never reads worse than the generic reader: both read every saved page.

Every difference between the two is explained here, and in each the page class is right. What the
fixtures or cases state of the field proves it; the other explanations say why nothing is stated.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import pytest

from newscrawl.cli.read_page import is_article_address, read_article, read_generic
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Line
from newscrawl.page.document import Document
from newscrawl.project.fixture import Fixture, fixtures
from tests.support.families import newspapers
from tests.support.paths import FIXTURES
from tests.support.reading_cases import Case, cases

COMPARED: Final = (
    "headline", "lead", "body", "captions", "images", "authors", "byline", "source", "source_url",
    "section_path", "tags", "kind", "published_at", "modified_at",
)  # fmt: skip
EXPLAINED: Final[Mapping[tuple[str, str], str]] = {
    ("baodaklak/article-parent-heading", "section_path"): (
        "the hidden #page_info and the menu give both levels; the page prints one"
    ),
    ("baodanang/legacy-article-row-two-captions", "authors"): (
        "the weekday of the date line is nobody's name"
    ),
    ("baodanang/legacy-article-row-two-captions", "byline"): (
        "the weekday of the date line is nobody's name"
    ),
    ("baonghean/article-original-address", "source_url"): (
        "span#url-copy holds the original's address, the credit beside it has no link"
    ),
    ("baonghean/article-title-repeated", "body"): (
        "a .c-box within the text names another article without linking it"
    ),
    ("105-update-before-publication.A2", "modified_at"): "the date line prints the update",
    ("105-update-before-publication.E1", "modified_at"): "the date line prints the update",
    ("114-class-name-holds-a-word.A2", "body"): "'no-related' names no related box",
    ("114-class-name-holds-a-word.K", "body"): "'unrelated-block' names no related box",
    ("118-local-time-labelled-utc.C", "published_at"): (
        "the printed line states the time in Vietnam; the head calls it UTC"
    ),
    ("124-zone-of-hours-alone.C", "published_at"): "the date line's attribute states the moment",
    ("128-date-of-a-teaser.F", "published_at"): "the teaser's date stands outside of the date line",
    ("135-linked-words-in-sentence.C", "tags"): "words linked within a sentence are no tags",
    ("135-linked-words-in-sentence.G", "tags"): "words linked within a sentence are no tags",
    ("144-several-author-elements.C", "authors"): "each author has an element of its own",
    ("144-several-author-elements.C", "byline"): "each author has an element of its own",
    ("144-several-author-elements.D", "authors"): "each author has an element of its own",
    ("144-several-author-elements.D", "byline"): "each author has an element of its own",
    ("150-by-before-the-name.C", "byline"): "the box is the signature, its label 'Bởi:' included",
}

Saved = Fixture | Case


def _saved() -> Iterator[Saved]:
    for fixture in fixtures(FIXTURES):
        if fixture.page == "article":
            yield fixture
    for case in cases():
        newspaper = newspapers().get(case.gold["newspaper"] or "")
        if newspaper is None or case.gold["generic"] or case.gold.get("refused"):
            continue
        if is_article_address(case.gold["url"], newspaper):
            yield case


SAVED: Final = {saved.name: saved for saved in _saved()}


def _document(saved: Saved) -> Document:
    if isinstance(saved, Fixture):
        return saved.document()
    fetched_at = datetime.fromisoformat("2026-12-01T00:00:00+00:00")
    return Document(saved.gold["url"], saved.path.read_bytes(), fetched_at=fetched_at)


def _right(saved: Saved) -> dict[str, Any]:
    right: dict[str, Any] = saved.gold["expected"]
    body = right.get("body")
    return right | {"body": "\n\n".join(body)} if isinstance(body, list) else right


def _generic(saved: Saved) -> Line | dict[str, Any] | None:
    """What the generic reader reads; None where it refuses the page or takes it for a list."""
    try:
        line = read_generic(_document(saved))
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return None
    return None if "articles" in line else line


@pytest.mark.parametrize("name", SAVED)
def test_a_page_class_reads_no_field_worse(name: str) -> None:
    saved = SAVED[name]
    newspaper = saved.newspaper if isinstance(saved, Fixture) else saved.gold["newspaper"]
    own = read_article(_document(saved), newspapers()[newspaper])
    other = _generic(saved)
    if other is None:
        return  # nothing was read that the page class could read worse
    right = _right(saved)
    different = [field for field in COMPARED if own[field] != other[field]]
    assert [field for field in different if (name, field) not in EXPLAINED] == []
    assert [f for f in different if f in right and own[f] != right[f]] == []


def test_explanations_are_of_saved_pages_and_their_fields() -> None:
    assert all(name in SAVED and field in COMPARED for name, field in EXPLAINED)


def test_enough_pages_are_compared() -> None:
    assert len(SAVED) > 150
