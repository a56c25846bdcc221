"""The tables of a family's attributes say what the code has, and their examples are right."""

from datetime import date
from inspect import get_annotations
from typing import Any

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import BodyRules
from newscrawl.article.page_declaration import check_complete
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection
from newscrawl.project import page_attributes
from newscrawl.project.page_attributes import (
    PAGE_EXAMPLES,
    SECTION_EXAMPLES,
    key_table,
    page_table,
    section_table,
)
from newscrawl.urls.article_keys import exact_number_key

OF_THE_GENERIC_READER = {"is_generic"}


def cells(table: str) -> dict[str, list[str]]:
    """The further cells of each row by its first."""
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {row[0].strip("`"): row[1:] for row in rows}


def example(name: str, text: str) -> Any:
    """What the text of an example says."""
    known = {"BodyRules": BodyRules, "frozenset": frozenset, "date": date, "DoiChePage": FamilyPage}
    assert text, name
    return eval(text, known)  # noqa: S307  (the module's own constants)


def test_every_attribute_that_a_page_class_may_set_has_a_row() -> None:
    announced = {*get_annotations(ArticlePage), *get_annotations(FamilyPage)}
    public = {name for name in announced if not name.startswith("_")} - OF_THE_GENERIC_READER
    assert cells(page_table()).keys() == public


def test_every_attribute_of_a_section_has_a_row() -> None:
    assert cells(section_table()).keys() == {
        "path", "closed", "front_only", *get_annotations(FamilySection),
    }  # fmt: skip


@pytest.mark.parametrize("table", [page_table(), section_table()])
def test_every_row_has_a_meaning_and_an_example(table: str) -> None:
    for name, (meaning, shown) in cells(table).items():
        assert len(meaning) > 15, name
        assert shown.strip("`"), name


def test_the_examples_make_a_whole_page_class() -> None:
    facts = {name: example(name, text) for name, text in PAGE_EXAMPLES.items()}
    facts |= {"read_key": staticmethod(exact_number_key), "__module__": "tests.pages"}
    check_complete(type("DoiChePage", (FamilyPage,), facts), ArticlePage)


def test_the_examples_declare_a_section() -> None:
    facts = {name: example(name, text) for name, text in SECTION_EXAMPLES.items()}
    given = {name: facts.pop(name) for name in ("path", "closed", "front_only", "closing_slash")}
    made = type("DoiCheSection", (FamilySection,), facts | {"__module__": "tests.pages"})
    assert made(**given).path == "/kinh-te/"


def test_the_keys_are_those_of_the_doctests() -> None:
    table = cells(key_table())
    assert table["/duong-moi-post384731.html"] == ['`exact_number_key(url, "post")`', "`384731`"]
    assert table["/95/112869/an-du-bua/"] == ["`folder_number_key(url)`", "`112869`"]
    assert len(table) == 5


def test_a_reader_without_an_address_in_its_docstring_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def bare_key(url: str) -> str | None:
        return url

    monkeypatch.setattr(page_attributes, "KEY_READERS", (bare_key,))
    with pytest.raises(ValueError, match="bare_key has no doctest"):
        key_table()
