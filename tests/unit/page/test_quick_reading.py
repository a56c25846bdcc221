"""What is read in a quick way reads as in the slow one: plain paragraphs, joined texts."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from newscrawl.page.blocks import blocks
from newscrawl.page.metadata import read_metadata
from newscrawl.page.selectors import Element, text_in
from tests.support.trees import page_root

_TEXTS: Final = st.sampled_from(["Mùa gặt", " ", "\n\t", "lúa  nếp", "&nbsp;", "12", ".", "&amp;"])
_SPANS: Final = st.sampled_from(
    [
        "span",
        'span style="font-size:14pt"',
        "span style='font-family:\"Times New Roman\"'",
        'span class="text-dark"',
        'span lang="vi"',
        "o:p",
        "font",
        "u",
        'font color="red"',
    ]
)
_SETTING: Final = st.sampled_from(
    [
        "strong",
        "em",
        "q",
        "sup",
        'a href="/a"',
        'span style="font-weight:bold"',
        'span style="display:none"',
        'span style="DISPLAY:BLOCK"',
        'span style="display:block"',
        'span style="white-space:pre"',
        'span class="sr-only"',
        "span hidden",
        'span class="left-out"',
        'font align="center"',
        "script",
    ]
)


def _inline(tags: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts, line breaks and pictures in tags, one inside the other."""
    alone = st.one_of(_TEXTS, _TEXTS, st.sampled_from(["<br>", '<img src="/a.jpg">']))

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>",
            tags,
            st.lists(inner, max_size=4),
        )

    return st.lists(st.recursive(alone, nested, max_leaves=8), max_size=4).map("".join)


def _is_left_out(element: Element) -> bool:
    return element.get("class") == "left-out"


def _seen(markup: str, tag: str) -> list[tuple[object, ...]]:
    """All properties of the blocks but their box, of the markup in an element of the tag."""
    page: Element = html.fragment_fromstring(f"<{tag}>{markup}</{tag}>", create_parent="main")
    return [
        (b.text, [p.get("src") for p in b.pictures], b.align, b.is_bold, b.is_italic, b.href)
        for b in blocks(page, _is_left_out)
    ]


@settings(max_examples=80)
@given(_inline(_SPANS))
def test_a_paragraph_of_plain_spans_reads_like_any_other_box(markup: str) -> None:
    assert _seen(markup, "p") == _seen(markup, "section")


@settings(max_examples=120)
@given(_inline(st.one_of(_SPANS, _SETTING)))
def test_a_paragraph_reads_like_any_other_box(markup: str) -> None:
    assert _seen(markup, "p") == _seen(markup, "section")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<span style="color:red">Lúa</span> <span>chín</span>', "Lúa chín"),
        ("<span><font><u>Lúa</u></font></span><o:p> </o:p>chín", "Lúa chín"),
        ('<span style="display:none">kín</span>Lúa chín', "Lúa chín"),
        ('Lúa<span class="left-out"> non</span> chín', "Lúa chín"),
        ('<span class="visually-hidden">Ảnh</span>Lúa chín', "Lúa chín"),
        ('<span style="white-space:pre">Lúa\nchín</span>', "Lúa\nchín"),
        ("<span>Lúa<br>chín</span>", "Lúa\nchín"),
        ("<span>Lúa<q>chín</q></span>", "Lúa“chín”"),
        ("<span>m<sup>2</sup></span>", "m²"),
        ("<span>Lúa <!-- non --> chín</span>", "Lúa chín"),
    ],
)
def test_plain_paragraphs_hold_all_that_is_shown_and_no_more(markup: str, shown: str) -> None:
    page: Element = html.fragment_fromstring(f"<p>{markup}</p>", create_parent="main")
    assert [block.text for block in blocks(page, _is_left_out)] == [shown]


def test_a_plain_paragraph_keeps_the_lines_of_the_box_around_it() -> None:
    page: Element = etree.fromstring("<main><pre><p>Lúa\n<span>chín</span></p></pre></main>")
    assert [block.text for block in blocks(page)] == ["Lúa\nchín"]


def test_the_box_of_a_block_is_the_innermost_one_wherever_the_text_stands() -> None:
    page: Element = html.fragment_fromstring(
        "<div>một<p>hai</p>ba<table><tr><td>bốn</td></tr></table>năm</div>sáu",
        create_parent="main",
    )
    boxes = [(block.text, block.box.tag) for block in blocks(page)]
    assert boxes == [
        ("một", "div"), ("hai", "p"), ("ba", "div"), ("bốn", "td"), ("năm", "div"),
        ("sáu", "main"),
    ]  # fmt: skip


@settings(max_examples=60)
@given(_inline(st.one_of(_SPANS, _SETTING)))
def test_text_in_joins_every_text_inside_and_none_behind(markup: str) -> None:
    page: Element = html.fragment_fromstring(
        f"<p>{markup}<!-- lời bàn --></p>đuôi", create_parent="main"
    )
    paragraph = page[0]
    spoken = paragraph.itertext(etree.Element)
    tails = "".join(c.tail or "" for c in paragraph.iter(etree.Comment))
    assert text_in(paragraph) == "".join(map(str, spoken)) + tails


# The page's end within its text is told by the tree ----------------------------------------------

_TEXT: Final = "<p>Một.</p>"
_REST: Final = "<p>Hai.</p></div>"


@pytest.mark.parametrize(
    ("end", "rest"),
    [
        ("</div></body></html>", f"{_REST}</body></html>"),
        ("</div></body>", f"{_REST}</body></html>"),
        ("</div></html>", f"{_REST}</html>"),
        ("</body></html>", f"{_REST}</body></html>"),
        ("</div></body></html>", "<p>Hai.</p>"),
        ("</div></body>\n</html>\n", f"{_REST}</body></html>"),
        ("</div></BODY></HTML>", f"{_REST}</BODY></HTML>"),
        ("", f"{_REST}</body></html>"),
    ],
)
def test_text_behind_the_first_end_of_the_page_stands_in_it(end: str, rest: str) -> None:
    root = page_root(f"<html><body><div>{_TEXT}{end}{rest}".encode())
    assert root is not None
    body = root.find("body")
    assert body is not None
    assert [block.text for block in blocks(body)] == ["Một.", "Hai."]


@pytest.mark.parametrize(
    "behind",
    ["<script>a()</script>", "<!-- 12 ms -->", "\n\n", "<noscript><img src='/z'></noscript>", ""],
)
def test_what_stands_behind_the_end_of_most_pages_is_no_text(behind: str) -> None:
    root = page_root(f"<html><body><div>{_TEXT}</div></body>{behind}</html>{behind}".encode())
    assert root is not None
    assert [block.text for block in blocks(root)] == ["Một."]


@pytest.mark.parametrize(
    ("meta", "keys"),
    [
        ('name="Description" content="a"', ["description"]),
        ('property="og:title" content="a"', ["og:title"]),
        ('property=" OG:Title " name="title" content="a"', ["og:title", "title"]),
        ('property="title" name="title" content="a"', ["title"]),
        ('name="" property="og:url" content="a"', ["og:url"]),
        ('name="a" content=""', []),
        ('content="a"', []),
        ('itemprop="datePublished" content="a"', []),
    ],
)
def test_a_meta_element_states_its_content_under_each_of_its_names(
    meta: str, keys: list[str]
) -> None:
    metadata = read_metadata(etree.HTML(f"<head><meta {meta}></head><body><p>b</p></body>"))
    assert metadata.metas == tuple((key, "a") for key in keys)
    is_item = "itemprop" in meta
    assert metadata.itemprops == ((("datepublished", "a"),) if is_item else ())


# How text is set ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "align", "is_bold", "is_italic"),
    [
        ('<p style="text-align:right">a</p>', "right", False, False),
        ('<p align="center">a</p>', "center", False, False),
        ('<p align="center" style="text-align:left">a</p>', "left", False, False),
        ('<p align="middle">a</p>', "", False, False),
        ("<center><p>a</p></center>", "center", False, False),
        ('<div style="font-weight:bold"><p>a</p></div>', "", True, False),
        ('<p><strong style="font-weight:normal">a</strong></p>', "", False, False),
        ('<p><b><span style="font-style:italic">a</span></b></p>', "", True, True),
        ('<p><i><span style="font-style:normal">a</span></i></p>', "", False, False),
        ('<p><em class="x" id="y">a</em></p>', "", False, True),
        ('<h2 style="text-align:RIGHT">a</h2>', "right", True, False),
        ('<table align="right"><tr><td>a</td></tr></table>', "", False, False),
    ],
)
def test_styles_tags_and_attributes_set_a_text_however_often_they_are_read(
    markup: str, align: str, is_bold: bool, is_italic: bool
) -> None:
    for _ in range(2):  # the second time the settings are known
        page: Element = html.fragment_fromstring(markup, create_parent="main")
        found = [(b.text, b.align, b.is_bold, b.is_italic) for b in blocks(page)]
        assert found == [("a", align, is_bold, is_italic)]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<dialog style="color:red">a</dialog>b', ["b"]),
        ("<dialog>a</dialog>b", ["b"]),
        ("<dialog open>a</dialog>b", ["a", "b"]),
        ('<div role="alertdialog">a</div>b', ["b"]),
        ("<div hidden>a</div>b", ["b"]),
        ('<div class="sr-only" style="color:red">a</div>b', ["b"]),
    ],
)
def test_what_is_hidden_is_hidden_by_every_way_to_say_so(markup: str, shown: list[str]) -> None:
    page: Element = html.fragment_fromstring(markup, create_parent="main")
    assert [block.text for block in blocks(page)] == shown
