"""Selection with a stated count."""

from typing import Final

import pytest
from cssselect import SelectorError
from lxml import etree, html

from newscrawl.page.selectors import (
    CountError,
    Element,
    classed,
    compiled,
    elements,
    first,
    one,
    optional,
    some,
    stands_in,
)

PAGE: Final = """
<div id="content" class="content detail">
  <h1 class="title">Mùa chè</h1>
  <p class="lead">Sương vừa tan.</p>
  <p>Một.</p>
  <div class="related"><p>Xem thêm</p><a href="/a">Chợ</a><a href="/b">Suối</a></div>
</div>
<div class="tags"><a>chè</a></div>
"""


@pytest.fixture
def page() -> Element:
    root: Element = html.fromstring(f"<html><body>{PAGE}</body></html>")
    return root


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("p", 3),
        ("#content > p", 2),
        ("p.lead", 1),
        (".related a", 2),
        ("a[href]", 2),
        ("h1, p.lead", 2),
        ("div:not(.related) > p", 2),
        ("video", 0),
        ("//p", 3),
        ('id("content")/p', 2),
        ("(//p)[1]", 1),
        (".//div[@class='related']/a", 2),
        ("//p | //a", 6),
        ("//video", 0),
    ],
)
def test_css_and_xpath_both_select(page: Element, selector: str, found: int) -> None:
    assert len(elements(page, selector)) == found


def test_matches_come_in_document_order(page: Element) -> None:
    assert [e.tag for e in elements(page, "a, p.lead, h1")] == ["h1", "p", "a", "a", "a"]


def test_a_selection_is_relative_to_its_node(page: Element) -> None:
    related = one(page, ".related")
    assert [e.text for e in elements(related, "p")] == ["Xem thêm"]
    assert [e.text for e in elements(related, "./a")] == ["Chợ", "Suối"]
    assert [e.text for e in elements(related, "//h1")] == ["Mùa chè"]


@pytest.mark.parametrize("selector", ["//a/@href", "//p/text()", "p::text", "a::attr(href)"])
def test_only_elements_are_given(page: Element, selector: str) -> None:
    assert elements(page, selector) == []


def test_comments_are_no_elements_of_a_name() -> None:
    root = html.fromstring("<html><body><!-- p --><p>Một.</p></body></html>")
    assert len(elements(root, "p")) == 1


# Many, and deep ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        (".hop a.tin", ["1", "2", "4"]),
        (".hop > a.tin", ["1", "4"]),
        (".hop > p a, h2", ["2", "5"]),
        (".hop .hop a", ["4"]),
        ("p > a, .hop a", ["1", "2", "3", "4"]),
        ("h2 a, video", []),
    ],
)
def test_what_stands_in_a_box(selector: str, found: list[str]) -> None:
    root = html.fromstring(
        "<body><div class=hop><a class=tin>1</a><p><a class=tin>2</a></p></div><p><a>3</a></p>"
        "<div class=hop><div class=hop><a class=tin>4</a></div></div><h2>5</h2></body>"
    )
    assert [e.text for e in elements(root, selector)] == found


class _Asked(dict[Element, bool]):
    """What is known of boxes, counting the questions."""

    asked = 0

    def __contains__(self, box: object) -> bool:
        self.asked += 1
        return super().__contains__(box)


def test_each_box_is_asked_once_what_it_stands_in() -> None:
    root = box = etree.Element("div")
    for _ in range(300):
        box = etree.SubElement(box, "div")
    links = [etree.SubElement(box, "a") for _ in range(300)]
    known = _Asked({etree.Element("ul"): True})
    assert not any(stands_in(link, known) for link in links)
    assert known.asked == 301 + 299
    assert stands_in(links[0], {root: True})


def test_thousands_of_one_class_are_each_given_once() -> None:
    root = etree.Element("div")
    items = [etree.SubElement(root, "p", {"class": "tin"}) for _ in range(5_000)]
    assert elements(root, ".tin") == items
    # libxml2 compares each parent with all it has: the attributes themselves are asked for.
    assert "parent::" not in compiled(".tin").path


# One, optional, some ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["title"], [("h1", {"title"})]),
        (["detail", "tags", "content"], [("div", {"content", "detail"}), ("div", {"tags"})]),
        (["tag", "rel", "lea"], []),
        (["lead", "related", "title"], [("h1", {"title"}), ("p", {"lead"}), ("div", {"related"})]),
    ],
)
def test_classes_are_found_in_one_walk(
    page: Element, names: list[str], found: list[tuple[str, set[str]]]
) -> None:
    assert [(e.tag, set(own)) for e, own in classed(page, *names)] == found


def test_a_class_of_the_node_itself_counts_and_none_outside(page: Element) -> None:
    tags = one(page, ".tags")
    assert [e for e, _ in classed(tags, "tags", "related")] == [tags]


def test_one_is_the_only_match(page: Element) -> None:
    assert one(page, "h1").text == "Mùa chè"


@pytest.mark.parametrize(("selector", "found"), [("video", 0), ("p", 3), (".related a", 2)])
def test_one_wants_exactly_one(page: Element, selector: str, found: int) -> None:
    with pytest.raises(CountError, match=rf"matches {found} elements, not 1$") as caught:
        one(page, selector)
    assert repr(selector) in str(caught.value)


@pytest.mark.parametrize(("selector", "text"), [("h1", "Mùa chè"), ("video", None)])
def test_optional_is_the_only_match_or_none(page: Element, selector: str, text: str | None) -> None:
    found = optional(page, selector)
    assert (None if found is None else found.text) == text


def test_optional_does_not_choose(page: Element) -> None:
    with pytest.raises(CountError, match="matches 3 elements, not 0 or 1"):
        optional(page, "p")


@pytest.mark.parametrize(("selector", "found"), [("h1", 1), ("p", 3)])
def test_some_is_one_or_more(page: Element, selector: str, found: int) -> None:
    assert len(some(page, selector)) == found


def test_some_wants_at_least_one(page: Element) -> None:
    with pytest.raises(CountError, match="matches 0 elements, not 1 or more"):
        some(page, "video")


def test_first_takes_the_first_of_equal_copies(page: Element) -> None:
    found = first(elements(page, ".related a"))
    assert found is not None
    assert found.text == "Chợ"
    assert first([]) is None


# Compilation ------------------------------------------------------------------------------------


def test_a_selector_is_compiled_once() -> None:
    assert compiled("p.lead") is compiled("p.lead")


@pytest.mark.parametrize("selector", ["//p[", "(//p", ".//p[@", 'id("content"'])
def test_a_broken_xpath_is_told_at_once(selector: str) -> None:
    with pytest.raises(etree.XPathError):
        elements(etree.Element("p"), selector)


@pytest.mark.parametrize("selector", ["p[", "p >", "p:nonsense", ":::"])
def test_a_broken_css_selector_is_told_at_once(selector: str) -> None:
    with pytest.raises(SelectorError):
        elements(etree.Element("p"), selector)
