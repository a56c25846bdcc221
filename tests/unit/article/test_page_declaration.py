"""A page class is checked when it is made, and must be whole where a newspaper names it."""

from typing import Any, ClassVar, Final

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import BodyRules
from newscrawl.article.page_declaration import check_complete
from newscrawl.cms.family_page import FamilyPage
from newscrawl.exceptions import DeclarationError

HERE: Final = "tests/unit/article/test_page_declaration.py"
WHOLE: Final[dict[str, Any]] = {
    "version": "thu.1",
    "identifying_selectors": ("h1.thu", "//div[@id='thu']"),
    "headline_selector": "h1.thu",
    "published_selector": "",
    "body_selector": "id('thu')",
    "read_key": staticmethod(len),
}


def made(base: type[ArticlePage] = ArticlePage, **changes: Any) -> type[ArticlePage]:
    """A page class with these attributes; `...` leaves one out."""
    attributes = {name: v for name, v in (WHOLE | changes).items() if v is not ...}
    return type("ThuPage", (base,), attributes | {"__module__": "tests.pages"})


def test_a_whole_class_has_no_fault() -> None:
    check_complete(made(), ArticlePage)
    check_complete(made(FamilyPage, lead_selector="p.sapo", author_meta="author"), ArticlePage)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"headline_selectr": "h1"}, "headline_selectr: unknown attribute: did you mean headline_"),
        ({"heading_selector": "h1"}, "heading_selector: unknown attribute: did you mean headline_"),
        (
            {"identifying_selector": ("h1",)},
            "identifying_selector: unknown attribute: did you mean",
        ),
        (
            {"source_selector": "div.nguon_tin"},
            "source_selector: unknown attribute: write one of body_selector, drop_selector, headl",
        ),
        ({"title_selector": "h1"}, "title_selector: unknown attribute: write one of body_sele"),
        ({"marks": ("h1",)}, "marks: unknown attribute: remove it"),
        ({"caption": property(len)}, "caption: unknown attribute: did you mean captions?"),
        ({"section_paths": len}, "section_paths: unknown attribute: did you mean section_path?"),
        ({"version": ""}, "version: '' is no text: name it as in"),
        ({"version": 3}, "version: 3 is no text"),
        ({"identifying_selectors": "h1"}, "identifying_selectors: 'h1' is no tuple"),
        ({"identifying_selectors": ("h1", "h2[")}, "identifying_selectors: 'h2[' is no selector"),
        ({"headline_selector": ("h1",)}, "headline_selector: ('h1',) is no text: write one"),
        ({"headline_selector": "h1:nth(2"}, "headline_selector: 'h1:nth(2' is no selector"),
        ({"headline_selector": "h1[@class='x']"}, "headline_selector: \"h1[@class='x']\" is no"),
        (
            {"body_selector": "//div[1"},
            "body_selector: '//div[1' is no selector (Invalid predicate",
        ),
        ({"body_selector": "(nothing())"}, "body_selector: '(nothing())' is no selector (Unreg"),
        (
            {"body_selector": "(string(//h1))"},
            "body_selector: '(string(//h1))' selects no elements",
        ),
        ({"body_selector": "(count(//h1))"}, "body_selector: '(count(//h1))' selects no elements"),
        ({"has_bold_lead": "yes"}, "has_bold_lead: 'yes' is no bool: write a bool"),
        ({"body_rules": {}}, "body_rules: {} is no BodyRules: write a BodyRules"),
        ({"read_key": made}, "read_key: no static method: write @staticmethod above it"),
    ],
)
def test_a_fault_is_told_when_the_class_is_made(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        made(**changes)
    assert str(caught.value).startswith(f"tests.pages: ThuPage.{said}")
    assert "\n" not in str(caught.value)


def test_a_class_that_others_derive_from_may_lack_and_may_announce() -> None:
    class Base(ArticlePage):
        sapo_selector: ClassVar[str]
        count_of_boxes: ClassVar[int] = 3

    class Derived(Base):
        sapo_selector = "p.sapo"

    with pytest.raises(DeclarationError, match=r"Base\.version: missing") as caught:
        check_complete(Base, ArticlePage)
    assert str(caught.value).startswith(f"{HERE}:")
    assert Derived.sapo_selector == "p.sapo"


@pytest.mark.parametrize(
    "name",
    [
        "version",
        "identifying_selectors",
        "headline_selector",
        "published_selector",
        "body_selector",
        "read_key",
    ],
)
def test_what_a_newspapers_page_class_lacks_is_told(name: str) -> None:
    lacking: dict[str, Any] = {name: ...}
    page = made(**lacking)
    with pytest.raises(DeclarationError, match=rf"ThuPage\.{name}: missing: "):
        check_complete(page, ArticlePage)


@pytest.mark.parametrize("name", ["identifying_selectors", "headline_selector", "body_selector"])
def test_an_empty_place_is_a_missing_one(name: str) -> None:
    empty: Any = () if name == "identifying_selectors" else ""
    with pytest.raises(DeclarationError, match=rf"ThuPage\.{name}: missing: "):
        check_complete(made(**{name: empty}), ArticlePage)


def test_an_announced_attribute_without_a_value_is_missing() -> None:
    announcing = type("Base", (ArticlePage,), {"__annotations__": {"sapo_selector": ClassVar[str]}})
    with pytest.raises(DeclarationError, match="sapo_selector: missing: set it: a class above"):
        check_complete(made(announcing), ArticlePage)


def test_rules_may_be_replaced() -> None:
    rules = BodyRules(byline_classes=frozenset(["ky-ten"]))
    assert made(body_rules=rules).body_rules == rules
