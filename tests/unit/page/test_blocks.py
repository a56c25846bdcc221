"""Blocks: what a browser shows of a piece of a page, in its order."""

from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from newscrawl.page.blocks import UNSEEN_TAGS, Block, blocks
from newscrawl.page.selectors import Element


def container(markup: str) -> Element:
    box: Element = html.fragment_fromstring(markup, create_parent="div")
    return box


def read(markup: str) -> list[Block]:
    return blocks(container(markup))


def texts(markup: str) -> list[str]:
    return [block.text for block in read(markup)]


# Text nodes are joined as a browser joins them --------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>Một hai</p>", ["Một hai"]),
        ("Một hai", ["Một hai"]),
        ("<p><span>S</span>ương vừa tan</p>", ["Sương vừa tan"]),
        ('<p><b style="float:left">S</b><span>ươ</span><span>ng</span> tan</p>', ["Sương tan"]),
        ("<p>Khuổi<span> </span>Trang</p>", ["Khuổi Trang"]),
        ("<p>Khuổi<o:p>&nbsp;</o:p>Trang</p>", ["Khuổi Trang"]),
        ("<p>Khuổi<font><font></font></font>Trang</p>", ["KhuổiTrang"]),
        ("<p>  Một\n\t hai&nbsp; ba  </p>", ["Một hai ba"]),
        ("<p>Tuye\u0302n Quang</p>", ["Tuyên Quang"]),
        ("<p>Na&shy;Hang\u200b</p>", ["NaHang"]),
        ("<p>Na<wbr>Hang</p>", ["NaHang"]),
        ("<p>A &amp; B &lt; C</p>", ["A & B < C"]),
        ("<p>Một <!-- ghi chú --> hai</p>", ["Một hai"]),
    ],
)
def test_inline_elements_join_without_blanks(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>Một</p><p>Hai</p>", ["Một", "Hai"]),
        ("<p>Một<p>Hai", ["Một", "Hai"]),
        ("Một<p>Hai</p>ba", ["Một", "Hai", "ba"]),
        ("<div>Một<div>Hai</div>ba</div>", ["Một", "Hai", "ba"]),
        ("<h2>Một</h2>Hai<hr>Ba", ["Một", "Hai", "Ba"]),
        ("<blockquote><p>Một</p></blockquote><p>Hai</p>", ["Một", "Hai"]),
        ("<p></p><p>&nbsp;</p><p>Một</p><div><div></div></div>", ["Một"]),
        ("<dl><dt>Một</dt><dd>Hai</dd></dl>", ["Một", "Hai"]),
    ],
)
def test_block_elements_end_a_paragraph(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


@pytest.mark.parametrize("inline", ["span", "strong", "em", "a", "font", "u", "o:p"])
def test_a_block_inside_an_inline_element_is_a_block_of_its_own(inline: str) -> None:
    assert texts(f"<{inline}>Một<div>hai</div>ba</{inline}>bốn") == ["Một", "hai", "babốn"]


# Line breaks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>Một<br>hai</p>", ["Một\nhai"]),
        ("<p>Một <br/> \n hai</p>", ["Một\nhai"]),
        ("<p>Một<br><br>hai</p>", ["Một", "hai"]),
        ("<p>Một<br> <br>hai<br>ba</p>", ["Một", "hai\nba"]),
        ("<p>Một<br>&nbsp;<br>hai</p>", ["Một", "hai"]),
        ("<p>Một<br>&#8203;<br>hai</p>", ["Một", "hai"]),
        ("<p>Một<br><br><br><br>hai</p>", ["Một", "hai"]),
        ("<p><br>Một<br></p>", ["Một"]),
        ("<p><br><br>Một<br><br></p>", ["Một"]),
        ("<p>Một<span><br></span><b><br></b>hai</p>", ["Một", "hai"]),
        ("Một<br>hai<p>ba</p>", ["Một\nhai", "ba"]),
        ("<p><br></p><p>Một</p>", ["Một"]),
    ],
)
def test_one_break_is_a_line_and_two_end_the_paragraph(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


# What no reader sees ----------------------------------------------------------------------------


@pytest.mark.parametrize("tag", sorted(UNSEEN_TAGS - {"input", "embed", "meta", "link", "head"}))
def test_elements_without_visible_text_are_left_out(tag: str) -> None:
    box = etree.Element("div")
    box.text = "Một "
    unseen = etree.SubElement(box, tag)
    unseen.text = "ẩn"
    unseen.tail = "hai"
    assert [block.text for block in blocks(box)] == ["Một hai"]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:none"',
        'style="color: red; DISPLAY : None;"',
        'style="color:red;visibility:hidden"',
        'style="visibility:hidden"',
        "hidden",
        'hidden="hidden"',
        'style="color:red" hidden',
    ],
)
@pytest.mark.parametrize("tag", ["p", "span", "div", "a"])
def test_hidden_elements_are_left_out(tag: str, attributes: str) -> None:
    assert texts(f"<div>Một <{tag} {attributes}>ẩn <b>sâu</b></{tag}></div>") == ["Một"]


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:block"',
        'style="overflow:hidden"',
        'style="backface-visibility:hidden; -webkit-backface-visibility: hidden"',
        'class="hidden"',
        'style=""',
    ],
)
def test_others_are_not(attributes: str) -> None:
    assert texts(f"<p {attributes}>Một</p>") == ["Một"]


def test_text_behind_a_hidden_element_stays() -> None:
    assert texts("<p>Một<script>var a</script> hai<style>p{}</style> ba</p>") == ["Một hai ba"]


def test_what_is_skipped_leaves_no_trace() -> None:
    box = container("<p>Một</p><div class=related><p>Xem thêm</p><img src=a></div>hai")
    found = blocks(box, lambda element: element.get("class") == "related")
    assert [(block.text, block.pictures) for block in found] == [("Một", ()), ("hai", ())]


@pytest.mark.parametrize("hiding", ["hidden", "style='display:none'", "class=related"])
def test_a_picture_nobody_sees_is_none(hiding: str) -> None:
    found = blocks(
        container(f"<p><img src=a {hiding}>Một</p><p><img src=b></p>"),
        lambda element: element.get("class") == "related",
    )
    assert [(b.text, [p.get("src") for p in b.pictures]) for b in found] == [
        ("Một", []),
        ("", ["b"]),
    ]


# Lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<ul><li>Một</li><li>Hai</li></ul>", ["Một", "Hai"]),
        ("<ol><li><p>Một</p></li><li>Hai</li></ol>", ["Một", "Hai"]),
        ("<ul><li>Một<ul><li>hai</li><li>ba</li></ul></li><li>bốn</li></ul>",
         ["Một", "hai", "ba", "bốn"]),
        ("<ul><li>Một<ol><li>hai</li></ol>ba</li></ul>", ["Một", "hai", "ba"]),
        ("<ul><li><b>Giá:</b> 12</li></ul>", ["Giá: 12"]),
    ],
)  # fmt: skip
def test_list_items_are_blocks(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


# Tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<tr><td>Chè</td><td>12</td></tr><tr><td>Ngô</td><td>3</td></tr>", ["Chè\t12\nNgô\t3"]),
        ("<thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>",
         ["A\tB\n1\t2"]),
        ("<tr><td><p>Chè xanh</p></td><td><p>12</p></td></tr>", ["Chè xanh\t12"]),
        ("<tr><td>Chè<br>xanh</td><td> 1 2 </td></tr>", ["Chè xanh\t1 2"]),
        ("<tr><td>A</td><td></td><td>C</td></tr>", ["A\t\tC"]),
        ("<tr><td>A</td><td></td></tr><tr><td></td><td> </td></tr>", ["A"]),
        ("<tr><td>Một</td></tr>", ["Một"]),
        ("<tr><td><p>Một</p><p>Hai</p></td></tr>", ["Một", "Hai"]),
        ("<tr><td></td><td></td></tr>", []),
        ("<caption>Giá chè</caption><tr><td>A</td><td>B</td></tr>", ["Giá chè", "A\tB"]),
        ("<caption><p>Giá chè</p><p>Đồng/kg</p></caption><tr><td>A</td><td>B</td></tr>",
         ["Giá chè", "Đồng/kg", "A\tB"]),
        ("Giá <b>chè</b><tr><td>A</td><td>B</td></tr>", ["Giá chè", "A\tB"]),
        ("<tr><td>A</td>lạc<td>B</td></tr>", ["lạc", "A\tB"]),
    ],
)  # fmt: skip
def test_a_data_table_is_rows_and_cells(markup: str, shown: list[str]) -> None:
    assert texts(f"<table>{markup}</table>") == shown


@pytest.mark.parametrize("hiding", ["hidden", "style='display:none'", "class=related"])
@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<tr {0}><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr>", "C\tD"),
        ("<tr><td>A</td><td>B</td></tr><tbody {0}><tr><td>C</td></tr></tbody>", "A\tB"),
        ("<tr><td>A</td><td {0}>B</td><td>C</td></tr>", "A\tC"),
        ("<tr><td>A<p {0}>B</p></td><td>C</td></tr>", "A\tC"),
        ("<tr><td>A</td><td>B<img src=a {0}></td></tr>", "A\tB"),
        ("<tr><td>A</td><td>B<div {0}><p><img src=a></p></div></td></tr>", "A\tB"),
        ("<tr><td>A</td><td>B<noscript><img src=a></noscript></td></tr>", "A\tB"),
    ],
)
def test_what_nobody_sees_is_no_part_of_a_data_table(markup: str, shown: str, hiding: str) -> None:
    found = blocks(
        container(f"<table>{markup.format(hiding)}</table>"),
        lambda element: element.get("class") == "related",
    )
    assert [(b.text, b.pictures, b.picture_table) for b in found] == [(shown, (), None)]


def test_a_table_with_a_text_in_it_is_a_frame() -> None:
    """Word's pages lie in one table, pictures and all."""
    words = "".join(f"<p>Đoạn {n}</p>" for n in range(3))
    found = read(f"<table><tr><td>{words}<p><img src=a></p></td><td>Bên</td></tr></table>")
    assert [block.text for block in found] == ["Đoạn 0", "Đoạn 1", "Đoạn 2", "", "Bên"]
    assert [block.picture_table for block in found] == [None] * 5


@pytest.mark.parametrize(("size", "is_caption"), [(500, True), (501, False)])
def test_a_long_text_beside_a_picture_is_no_caption(size: int, is_caption: bool) -> None:
    found = read(f"<table><tr><td><img src=a><p>{'a' * size}</p></td></tr></table>")
    assert [block.picture_table is not None for block in found] == [is_caption] * 2


def test_a_table_of_pictures_in_a_frame_is_one_still() -> None:
    inner = "<table id=in><tr><td><img src=a></td></tr><tr><td>Nương chè</td></tr></table>"
    words = "".join(f"<p>Đoạn {n}</p>" for n in range(3))
    found = read(f"<table><tr><td>{words}{inner}</td></tr></table>")
    tables = [None if b.picture_table is None else b.picture_table.get("id") for b in found]
    assert tables == [None, None, None, "in", "in"]


def test_of_nested_tables_of_pictures_the_outermost_counts() -> None:
    inner = "<table id=in><tr><td><img src=a></td></tr></table>"
    found = read(f"<table id=out><tr><td>{inner}</td></tr><tr><td>Nương chè</td></tr></table>")
    tables = [None if b.picture_table is None else b.picture_table.get("id") for b in found]
    assert tables == ["out", "out"]


def test_a_table_stands_where_it_is_printed() -> None:
    table = "<table><tr><td>A</td><td>B</td></tr></table>"
    assert texts(f"<p>Một</p>{table}<p>Hai</p>") == ["Một", "A\tB", "Hai"]


def test_a_picture_and_its_caption_share_a_table() -> None:
    found = read("<table><tr><td><img src=a.jpg></td></tr><tr><td>Nương chè.</td></tr></table>")
    assert [(b.text, len(b.pictures), b.picture_table is not None) for b in found] == [
        ("", 1, True),
        ("Nương chè.", 0, True),
    ]


def test_only_a_table_with_a_picture_is_a_picture_table() -> None:
    found = read("<p>Một</p><table><tr><td>Hai</td></tr></table><img src=a.jpg>")
    assert [block.picture_table for block in found] == [None, None, None]


# Alignment --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "align"),
    [
        ("<p>Một</p>", ""),
        ('<p align="right">Một</p>', "right"),
        ('<p align="CENTER">Một</p>', "center"),
        ('<p style="text-align:justify">Một</p>', "justify"),
        ('<p style="Text-Align : Right;">Một</p>', "right"),
        ('<p align="left" style="text-align:right">Một</p>', "right"),
        ('<p align="right" style="color:red">Một</p>', "right"),
        ('<b style="color:red"><p align="right">Một</p></b>', "right"),
        ('<p align="middle">Một</p>', ""),
        ('<p style="text-align-last:center">Một</p>', ""),
        ("<center>Một</center>", "center"),
        ("<center><p>Một</p></center>", "center"),
        ('<div style="text-align:center"><div><p>Một</p></div></div>', "center"),
        ('<div align="center"><p style="text-align:left">Một</p></div>', "left"),
        ('<table align="center"><tr><td>Một</td></tr></table>', ""),
        ('<table style="text-align:center"><tr><td>Một</td></tr></table>', "center"),
        ('<table><tr><td align="right"><p>Một</p></td></tr></table>', "right"),
    ],
)
def test_alignment_is_inherited(markup: str, align: str) -> None:
    assert [block.align for block in read(markup)] == [align]


def test_alignment_ends_with_its_element() -> None:
    assert [b.align for b in read("<center>Một</center>hai<p align=right>ba</p>bốn")] == [
        "center",
        "",
        "right",
        "",
    ]


def test_the_containers_own_alignment_counts() -> None:
    box = container("<p>Một</p>")
    box.set("style", "text-align: justify")
    assert blocks(box)[0].align == "justify"


# Bold and italic --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "bold", "italic"),
    [
        ("<p>Một</p>", False, False),
        ("<p><strong>Một</strong></p>", True, False),
        ("<p><b>Một</b> <b>hai</b></p>", True, False),
        ("<p><b>Một</b> hai</p>", False, False),
        ("<p><b>Một</b>.</p>", True, False),
        ("<p>- <b>Một</b> “<b>hai</b>”.</p>", True, False),
        ("<p>BHG - <b>Một</b></p>", False, False),
        ("<p><b>Một</b> 2</p>", False, False),
        ("<p>(<em>Một</em>)</p>", False, True),
        ("<p><b>***</b></p>", False, False),
        ("<strong><p>Một</p></strong>", True, False),
        ("<p><span style='font-weight: bold'>Một</span></p>", True, False),
        ("<p style='font-weight:700'>Một <span>hai</span></p>", True, False),
        ("<p style='font-weight:400'>Một</p>", False, False),
        ("<p><strong>S</strong><strong>ương</strong></p>", True, False),
        ("<p><strong>Một<br>hai</strong><br></p>", True, False),
        ("<h3>Một</h3>", True, False),
        ("<p><em>Một</em></p>", False, True),
        ("<p><i>Một</i> <em>hai</em></p>", False, True),
        ("<p><span style='font-style:italic'>Một</span></p>", False, True),
        ("<p><em>Một</em> hai</p>", False, False),
        ("<p><strong><em>Một</em></strong></p>", True, True),
        ("<p><b>Một</b><i>hai</i></p>", False, False),
        ("<strong style='font-weight:normal'><p>Một</p></strong>", False, False),
        ("<p><b>Một <span style='font-weight: normal'>hai</span></b></p>", False, False),
        ("<p style='font-weight:normal'><strong>Một</strong></p>", True, False),
        ("<h3 style='font-weight:normal'>Một</h3>", False, False),
        ("<p><em style='font-style:normal'>Một</em></p>", False, False),
        ("<p><i>Một <span style='font-style:normal'>hai</span></i></p>", False, False),
        ("<p style='mso-bidi-font-weight:bold'>Một</p>", False, False),
        ("<p><b>Một</b>\u200b</p>", True, False),
        ("<p>\u200b<em>Một</em>\ufeff</p>", False, True),
    ],
)
def test_a_block_is_bold_or_italic_as_a_whole(markup: str, bold: bool, italic: bool) -> None:
    assert [(b.is_bold, b.is_italic) for b in read(markup)] == [(bold, italic)]


def test_light_text_inside_bold_is_light_until_it_ends() -> None:
    found = read(
        "<strong style='font-weight:400'><p>Một</p><p><b>hai</b></p></strong><p><b>ba</b></p>"
    )
    assert [block.is_bold for block in found] == [False, True, True]


def test_each_part_between_double_breaks_is_judged_alone() -> None:
    found = read("<p><b>Một</b><br><br>hai<br><br><i>ba</i></p>")
    assert [(b.text, b.is_bold, b.is_italic) for b in found] == [
        ("Một", True, False),
        ("hai", False, False),
        ("ba", False, True),
    ]


def test_a_picture_alone_is_neither() -> None:
    assert [(b.is_bold, b.is_italic) for b in read("<b><i><img src=a></i></b>")] == [(False, False)]


# Pictures, links, boxes -------------------------------------------------------------------------


def pictured(markup: str) -> list[tuple[str, list[str | None]]]:
    return [(b.text, [p.get("src") for p in b.pictures]) for b in read(markup)]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<img src=a>", [("", ["a"])]),
        ("<p><img src=a></p><p>Một</p>", [("", ["a"]), ("Một", [])]),
        ("<p><img src=a><img src=b></p>", [("", ["a", "b"])]),
        ("<p><img src=a><br>Một</p>", [("Một", ["a"])]),
        ("<p>Một<img src=a></p>", [("Một", ["a"])]),
        ("<p>Một</p><a href=x><img src=a></a><p>Hai</p>", [("Một", []), ("", ["a"]), ("Hai", [])]),
        ("<p><span><b><img src=a></b></span></p>", [("", ["a"])]),
        ("<figure><img src=a><figcaption>Một</figcaption></figure>", [("", ["a"]), ("Một", [])]),
        ("<picture><source srcset=b><img src=a></picture>", [("", ["a"])]),
        ("<noscript><img src=a></noscript>", []),
        ("<p>Một<br><br><img src=a><br><br>hai</p>", [("Một", []), ("", ["a"]), ("hai", [])]),
        ("<p>Một<img src=a><br><br>hai<img src=b></p>", [("Một", ["a"]), ("hai", ["b"])]),
        ("<p><img src=a><br><br><img src=b><br>Một</p>", [("", ["a"]), ("Một", ["b"])]),
        ("<p>Một<br><br><img src=a><br>hai</p>", [("Một", []), ("hai", ["a"])]),
    ],
)
def test_pictures_keep_their_place(markup: str, shown: list[tuple[str, list[str]]]) -> None:
    assert pictured(markup) == shown


@pytest.mark.parametrize(
    ("markup", "hrefs"),
    [
        ("<p>Một</p>", [None]),
        ("<p>Theo <a href=/x>báo</a></p>", ["/x"]),
        ("<p>Theo <a style='color:red' href=/x>báo</a></p>", ["/x"]),
        ("<p>Theo <span href=/x>báo</span></p>", [None]),
        ("<p><a href=/x>Một</a> <a href=/y>hai</a></p>", ["/x"]),
        ("<p><a>Một</a></p>", [None]),
        ("<p><a href=/x>Một</a></p><p>Hai</p>", ["/x", None]),
        ("<p>Một</p><a href=/x></a><p>Hai</p>", [None, None]),
        ("<p>Một</p><a href=/x> \u200b</a><p>Hai</p>", [None, None]),
        ("<p>Một<a href=/x></a> hai</p>", [None]),
        ("<p><a href=/x>Một</a><br><br>hai</p>", ["/x", None]),
        ("<p>Một<br><br><a href=/x>hai</a></p>", [None, "/x"]),
        ("<a href=/x><div>Một</div><div>Hai</div></a>Ba", ["/x", "/x", None]),
        ("<p>Một</p><p><a href=/x><img src=a></a></p>", [None, "/x"]),
    ],
)
def test_a_block_has_its_first_link(markup: str, hrefs: list[str | None]) -> None:
    assert [block.href for block in read(markup)] == hrefs


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        ("<p><span>Một</span></p>", ["p"]),
        ("<section><p>Một</p>hai</section>", ["p", "section"]),
        ("<table><tr><td>Một</td></tr></table>", ["td"]),
        ("<strong>Một<h3>hai</h3></strong>", ["div", "h3"]),
        ("<figure><figcaption><i>Một</i></figcaption></figure>", ["figcaption"]),
    ],
)
def test_a_block_knows_the_box_it_stands_in(markup: str, tags: list[str]) -> None:
    assert [block.box.tag for block in read(markup)] == tags


# Any tree ---------------------------------------------------------------------------------------

INLINE: Final = ["span", "strong", "em", "a", "font", "sup", "u"]
BOXES: Final = ["div", "p", "li", "ul", "blockquote", "h2", "figure", "section"]
words = st.text(st.sampled_from("aăâbđêơƯ .,-\n\t\xa0"), max_size=8)


TREES: Final = settings(max_examples=50)  # a tree is large, and many parts of it differ


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Element:
    """A tree of boxes, inline elements, breaks, pictures, hidden things and flat tables."""
    tag = draw(st.sampled_from([*INLINE, *BOXES, "br", "img", "script", "table"]))
    element = etree.Element(tag if depth else "span")
    element.tail = draw(words)
    if tag in ("br", "img"):
        return element
    if tag == "table" and depth:
        for cells in draw(st.lists(st.lists(words, min_size=1, max_size=3), max_size=3)):
            row = etree.SubElement(element, "tr")
            for cell in cells:
                etree.SubElement(row, "td").text = cell
        return element
    element.text = draw(words)
    if draw(st.integers(0, 9)) == 0:
        element.set("style", "display: none")
    if depth:
        element.extend(draw(st.lists(trees(depth=depth - 1), max_size=3)))
    return element


def visible_text(element: Element) -> Iterator[str]:
    """The text a reader sees, read independently: start to end, no blocks."""
    if element.tag != "script" and element.get("style") is None:
        yield element.text or ""
        for child in element:
            yield from visible_text(child)
            yield child.tail or ""


def without_blanks(pieces: Sequence[str]) -> str:
    return "".join("".join(pieces).split())


@TREES
@given(st.lists(trees(), max_size=3))
def test_no_visible_letter_is_lost_doubled_or_moved(children: list[Element]) -> None:
    box = etree.Element("div")
    box.extend(children)
    found = blocks(box)
    assert without_blanks([b.text for b in found]) == without_blanks([*visible_text(box)])


@TREES
@given(st.lists(trees(), max_size=3))
def test_blocks_are_clean_and_none_is_empty(children: list[Element]) -> None:
    box = etree.Element("div")
    box.extend(children)
    for block in blocks(box):
        assert block.text or block.pictures
        assert "\xa0" not in block.text
        assert "  " not in block.text
        assert "\n\n" not in block.text
        assert block.text == block.text.strip(" \n")


@TREES
@given(st.lists(trees(), max_size=3))
def test_every_visible_picture_is_listed_once_in_order(children: list[Element]) -> None:
    box = etree.Element("div")
    box.extend(children)
    hidden = {e for h in box.iter() if h.get("style") or h.tag == "script" for e in h.iter()}
    shown = [picture for picture in box.iter("img") if picture not in hidden]
    assert [picture for block in blocks(box) for picture in block.pictures] == shown


@TREES
@given(st.lists(trees(), max_size=3))
def test_reading_changes_nothing(children: list[Element]) -> None:
    box = etree.Element("div")
    box.extend(children)
    before = etree.tostring(box)
    assert blocks(box) == blocks(box)
    assert etree.tostring(box) == before


@given(st.lists(st.tuples(st.sampled_from(["b", "i", "span"]), words), min_size=1, max_size=6))
def test_bold_means_that_every_visible_letter_is(runs: list[tuple[str, str]]) -> None:
    paragraph = etree.Element("p")
    for tag, text in runs:
        etree.SubElement(paragraph, tag).text = text
    seen = {tag for tag, text in runs if any(map(str.isalnum, text))}
    for block in blocks(paragraph):
        assert (block.is_bold, block.is_italic) == (seen == {"b"}, seen == {"i"})


# Size -------------------------------------------------------------------------------------------


def nested(tag: str, depth: int) -> Element:
    box = etree.Element("div")
    inner = box
    for _ in range(depth):
        inner = etree.SubElement(inner, tag)
    inner.text = "đáy"
    return box


@pytest.mark.parametrize("depth", [10, 250, 2_000])
@pytest.mark.parametrize(
    "tag", ["table", "tr", "tbody", "td", "div", "span", "strong", "li", "center", "font"]
)
def test_nested_text_is_found(tag: str, depth: int) -> None:
    assert [block.text for block in blocks(nested(tag, depth))] == ["đáy"]


@pytest.mark.parametrize("depth", [140, 149])
def test_a_cell_is_no_deeper_than_the_page(depth: int) -> None:
    """A table as deep as blocks are read, its cells as deep again: one count for both."""
    box = nested("div", depth)
    deepest = next(element for element in box.iter() if element.text)
    deepest.text = None
    row = etree.SubElement(etree.SubElement(deepest, "table"), "tr")
    row.extend([nested("span", depth), etree.Element("td")])
    row[0].tag = "td"
    assert [block.text for block in blocks(box)] == ["đáy"]


def test_a_long_page_is_read_whole() -> None:
    box = etree.Element("div")
    for number in range(20_000):
        etree.SubElement(box, "p").text = str(number)
    assert [block.text for block in blocks(box)] == [str(number) for number in range(20_000)]


def test_a_long_paragraph_is_read_whole() -> None:
    paragraph = etree.Element("p")
    for _ in range(50_000):
        etree.SubElement(paragraph, "span").text = "a"
    assert [len(block.text) for block in blocks(paragraph)] == [50_000]


# Text set in other ways -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<pre>Một\nhai\n  ba</pre>", ["Một\nhai\nba"]),
        ("<pre>Một\r\nhai\n\nba</pre>", ["Một\nhai", "ba"]),
        ("<pre><b>Một</b>\nhai <i>ba\nbốn</i></pre>", ["Một\nhai ba\nbốn"]),
        ("<div style='white-space: pre-line'>Một\nhai</div>", ["Một\nhai"]),
        ("<p style='white-space:pre-wrap'>Một\nhai</p>", ["Một\nhai"]),
        ("<pre style='white-space:normal'>Một\nhai</pre>", ["Một hai"]),
        ("<p>Một\nhai</p>", ["Một hai"]),
        ("<p>Ông cười: <q>Nổi</q>, rồi đi.</p>", ["Ông cười: “Nổi”, rồi đi."]),
        ("<p><q>Bà bảo <q>ừ</q> đấy</q></p>", ["“Bà bảo ‘ừ’ đấy”"]),
        ("<p><q>“Nổi”</q></p>", ["“Nổi”"]),
        ("<p>120 m<sup>2</sup>, CO<sub>2</sub></p>", ["120 m², CO₂"]),
        ("<p>10<sup>-3</sup> và x<sub>10</sub></p>", ["10⁻³ và x₁₀"]),
        ("<p>m<sup><b>3</b></sup></p>", ["m³"]),
        ("<p>24<sup>o</sup>C, Luân<sup>(a)</sup></p>", ["24oC, Luân(a)"]),
        ("<p><span style='display:block'>Một</span>hai</p>", ["Một", "hai"]),
        ("<p>Một<span style='display: block;'>hai</span></p>", ["Một", "hai"]),
        ("<div>Một <div style='display:inline'>hai</div> ba</div>", ["Một hai ba"]),
        ("<div>Một <p style='display:inline-block'>hai</p> ba</div>", ["Một hai ba"]),
        ("<div style='display:inline'>Một<b>hai</b><p>ba</p></div>", ["Mộthai", "ba"]),
        ("<p>Một<span class=sr-only> (mở cửa sổ)</span> hai</p>", ["Một hai"]),
        ("<p>Một<span class='a visually-hidden b'> ẩn</span> hai</p>", ["Một hai"]),
        ("<p>Một<b style='position:absolute;left:-9999px'> ẩn</b> hai</p>", ["Một hai"]),
        ("<p>Một<b style='clip: rect(1px, 1px, 1px, 1px)'> ẩn</b> hai</p>", ["Một hai"]),
        ("<p>Một<b style='visibility:collapse'> ẩn</b> hai</p>", ["Một hai"]),
        ("<p><i class=material-icons>share</i>Một</p>", ["Một"]),
        ("<p><svg><title>Biểu tượng</title></svg>Một</p>", ["Một"]),
        ("<p aria-hidden=true>Một</p>", ["Một"]),
        ("<dialog>Chấp nhận cookie?</dialog><p>Một</p>", ["Một"]),
        ("<dialog open><p>Một</p></dialog>", ["Một"]),
        ("<div role=dialog><p>Đăng nhập</p></div><p>Một</p>", ["Một"]),
        ("<div role=dialog><h1>Một</h1><p>Hai</p></div>", ["Một", "Hai"]),
    ],
)
def test_text_is_set_as_a_browser_sets_it(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


def test_a_cell_keeps_the_lines_of_a_stanza() -> None:
    stanza = "Lờ tre em đan<br>Trôi theo con nước<br>Mẹ ngồi đếm nan<br>Mùa lũ"
    table = f"<table><tr><td>{stanza}</td><td>{stanza}</td></tr></table>"
    lines = stanza.replace("<br>", "\n")
    assert texts(table) == [f"{lines}\t{lines}"]


# Signs and badges ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<h2>Bến đò <a href="#ben">#</a></h2>', ["Bến đò"]),
        ('<h3><a href="#ben">¶</a> Bến đò</h3>', ["Bến đò"]),
        ('<h2><a href="#ben">Bến đò</a></h2>', ["Bến đò"]),
        ('<p>Phím <a href="#ben">#</a></p>', ["Phím #"]),
    ],
)
def test_the_sign_of_a_link_to_its_heading_is_no_text(markup: str, shown: list[str]) -> None:
    assert texts(markup) == shown


def test_a_formula_is_shown_without_its_source() -> None:
    formula = "<math><semantics><mi>Q</mi><annotation>Q_1</annotation></semantics></math>"
    assert texts(f"<p>Lưu lượng {formula} tăng.</p>") == ["Lưu lượng Q tăng."]


@pytest.mark.parametrize(
    ("side", "rows"), [("16", ["Gò Lau\t30\nVạn Thủy\t27"]), ("160", ["Gò Lau", "30"])]
)
def test_a_badge_makes_no_table_a_frame_and_a_picture_does(side: str, rows: list[str]) -> None:
    badge = f'<img src="/a.png" width="{side}" height="{side}">'
    table = (
        f"<table><tr><td>{badge}Gò Lau</td><td>30</td></tr><tr><td>Vạn Thủy</td><td>27</td></tr>"
    )
    assert [text for text in texts(f"{table}</table>") if text][: len(rows)] == rows
