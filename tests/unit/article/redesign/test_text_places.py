"""Where a known text stands, and how an element is named: on small pages."""

import pytest
from lxml import etree

from newscrawl.article.redesign.element_names import path_of, selectors_of, simplicity
from newscrawl.article.redesign.text_places import (
    elements_with,
    holds_all,
    innermost_with,
    short_elements,
    squeezed,
)
from newscrawl.page.selectors import Element, elements


def page(body: str) -> Element:
    root: Element = etree.HTML(f"<html><body>{body}</body></html>")
    return root


def names(found: list[Element]) -> list[str]:
    return [element.get("id") or str(element.tag) for element in found]


def test_a_text_in_several_elements_is_found_from_the_inside_out() -> None:
    root = page('<div id="a"><h1 id="b">Mùa <b>lúa</b> mới</h1></div><p id="c">Khác</p>')
    assert names(elements_with(root, "Mùa lúa mới"))[:2] == ["b", "a"]


def test_a_text_behind_an_element_belongs_to_the_box_around_it() -> None:
    root = page('<div id="a"><i class="icon"></i> Mùa lúa mới</div>')
    assert names(elements_with(root, "Mùa lúa mới")) == ["a", "body", "html"]


def test_what_a_browser_hides_is_no_place() -> None:
    root = page('<div id="a" style="display:none">Mùa lúa mới</div><p id="b">Mùa lúa mới</p>')
    assert names(elements_with(root, "Mùa lúa mới")) == ["b"]


@pytest.mark.parametrize("where", ["script", "style"])
def test_words_of_a_script_are_no_place(where: str) -> None:
    root = page(f"<{where}>Mùa lúa mới</{where}>")
    assert elements_with(root, "Mùa lúa mới") == []


def test_a_long_box_around_the_text_is_no_place() -> None:
    root = page(f'<div id="a"><p id="b">Mùa lúa mới</p><p>{"chữ " * 40}</p></div>')
    assert names(elements_with(root, "Mùa lúa mới")) == ["b"]


def test_short_elements_hold_a_digit_and_few_letters() -> None:
    root = page(f'<p id="a">20/11/2026</p><p id="b">Hôm nay</p><p id="c">{"1 chữ " * 40}</p>')
    assert names(short_elements(root, 40)) == ["a"]


def test_the_innermost_box_holds_all_paragraphs() -> None:
    root = page('<div id="a"><h1>Tin</h1><div id="b"><p>Một.</p><p>Hai.</p></div></div>')
    found = innermost_with(root, ["Một.", "Hai."])
    assert found is not None
    assert found.get("id") == "b"
    assert innermost_with(root, ["Một.", "Ba."]) is None
    assert holds_all(found, [squeezed("M ột.")])


def test_every_selector_of_an_element_finds_it() -> None:
    root = page(
        '<div id="nen" class="bai to"><div><p class="sapo m-2" itemprop="x">Tin</p></div></div>'
    )
    (target,) = elements(root, "//p")
    found = list(selectors_of(target))
    assert len(found) == len(set(found)) > 10
    assert all(target in elements(root, selector) for selector in found)
    assert min(found, key=simplicity) in ("p.sapo", "p.m-2", 'p[itemprop="x"]')


@pytest.mark.parametrize(
    "attributes", ['class="md:flex"', 'id="bai-120938"', 'class="p75f1237"', 'class=""', 'id="a b"']
)
def test_names_of_one_article_or_of_no_css_are_left_out(attributes: str) -> None:
    (target,) = elements(page(f"<p {attributes}>Tin</p>"), "//p")
    assert list(selectors_of(target)) == []


def test_the_path_names_ids_and_classes() -> None:
    (target,) = elements(page('<div id="a"><p class="b c">Tin</p></div>'), "//p")
    assert path_of(target) == "html > body > div#a > p.b.c"
