"""What a quick search finds on a page is what the plain search finds."""

from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newscrawl.page.document import Document
from newscrawl.page.metadata import read_metadata
from newscrawl.page.selectors import Element, classed, compiled, elements
from tests.support.trees import page_root

_SELECTORS: Final = (
    "h1",
    "time",
    "h1.title",
    "//h1",
    "//h1[@class]",
    "//h1[@class='title']/following-sibling::div//time",
    "//h1/..",
    "//h1[1]",
    "//h1 | //time",
    "/descendant::h1[position() < 1000][ancestor::article]",
    "/descendant::time[ancestor::article]/@datetime/..",
    "//time[parent::div]",
    "//h2",
    "//article//h1",
)
_PIECES: Final = st.sampled_from(
    [
        "<h1>Chợ phiên</h1>",
        "<h1 class=title>Mùa lúa</h1>",
        "<h1 class='big title'>Mùa chè<time>1/2</time></h1>",
        "<div><time datetime='2026-01-02'>2/1</time></div>",
        "<time>3/1</time>",
        "<article><h1 class=title>Tin</h1><div><time>4/1</time></div></article>",
        "<article>",
        "</article>",
        "<p class='tags tag'>Thẻ</p>",
        "<div class='summary'>Sapo</div>",
        "<div class=''>Không</div>",
        "<svg><title>biểu tượng</title></svg>",
        "<meta name=author content=An><script type='application/ld+json'>{}</script>",
        "</body></html><p>Sau.</p>",
        "<html><head><title>Hai</title></head><body>",
    ]
)


def _document(body: str) -> Document:
    page = f"<html><head><title>Tin</title></head><body>{body}</body></html>"
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    return Document("https://bao.vn/tin-1.html", page.encode(), fetched_at=moment)


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=5).map("".join))
def test_a_document_finds_what_a_search_of_its_tree_finds(body: str) -> None:
    document = _document(body)
    for selector in _SELECTORS:
        assert document.elements(selector) == elements(document.root, selector)
    assert document.metadata == read_metadata(document.root, document.url)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1 class=title>Mùa lúa</h1>", ["Mùa lúa"]),
        ("<h1>Chợ phiên</h1>", []),
        ("<h1>Chợ phiên</h1><h1 class=title>Mùa lúa</h1>", ["Mùa lúa"]),
        ("<p>Sáng nay.</p>", []),
    ],
)
def test_one_headline_two_and_none_are_found_alike(body: str, found: list[str]) -> None:
    assert [e.text for e in _document(body).elements("//h1[@class='title']")] == found


def test_a_headline_beside_the_document_is_found() -> None:
    body = "<h1>Một</h1></body></html><html><h1>Hai</h1><p>Sáng nay.</p>"
    document = _document(body)
    assert [e.text for e in document.elements("//h1")] == ["Một", "Hai"]


@settings(max_examples=100)
@given(
    st.lists(_PIECES, max_size=6).map("".join),
    st.sets(st.sampled_from(["summary", "tags", "tag", "big", "title"])),
)
def test_classes_are_those_that_each_element_states(body: str, names: set[str]) -> None:
    root = _document(body).root
    stated = [(e, names.intersection(e.get("class", "").split())) for e in root.iter(etree.Element)]
    assert classed(root, *names) == [(e, frozenset(own)) for e, own in stated if own]


_CLASSES: Final = st.sampled_from(
    ["date", " date ", "dated", "up-date", "date time", "time\tdate", "DATE", "", "da te", "\ndate"]
)


@given(
    _CLASSES, st.sampled_from(["p.date", ".date", "div p.date", "//p[@id][contains(@class,'x')]"])
)
def test_the_condition_of_a_class_asks_for_a_whole_name(names: str, selector: str) -> None:
    page = etree.Element("div")
    etree.SubElement(page, "p", {"class": names, "id": "a"})
    etree.SubElement(page, "p")
    is_one = selector.endswith(".date") and "date" in names.split()
    assert len(elements(page, selector)) == is_one


@pytest.mark.parametrize("names", ["author", "the author", "authors", "co-author", ""])
def test_an_xpath_of_a_class_finds_what_it_found_before(names: str) -> None:
    page: Element = etree.fromstring(f"<div><p class='{names}'/><p/></div>")
    whole = "//p[contains(concat(' ', normalize-space(@class), ' '), ' author ')]"
    assert elements(page, whole) == page.xpath(whole)
    assert "(contains(@class, 'author') and " in str(compiled(whole).path)


@pytest.mark.parametrize(
    ("css", "texts"),
    [(".sign{display:none}", ["Một."]), (".sign{color:red}", ["Một.", "Hai."])],
)
@pytest.mark.parametrize("end", ["", "</br>"])
def test_a_style_sheet_counts_in_the_tree_of_either_parser(
    css: str, texts: list[str], end: str
) -> None:
    html = f"<html><head><style>{css}</style></head><body><h1>Tin</h1><p>Một.{end}</p>"
    root = page_root(f"{html}<p class=sign>Hai.</p></body></html>".encode())
    assert root is not None
    shown = [p for p in root.iter("p") if "display:none" not in (p.get("style") or "")]
    assert [p.text for p in shown] == texts
