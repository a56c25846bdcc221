"""What a page's own style sheet hides or sets to the right, and what it leaves as it is."""

from time import process_time

import pytest
from lxml import etree

from newscrawl.page.blocks import blocks
from newscrawl.page.selectors import Element
from tests.support.trees import page_root

TEXT = "Mưa gặt kéo dài từ đầu tuần, lúa chín rục ngoài đồng mà chưa nhà nào gặt xong."
WORDS = "Ba mươi hộ trong xóm góp công làm lại con mương dẫn nước."


def read(css: str, html: str) -> list[str]:
    """The texts of a page with a sheet, a paragraph, the markup and a paragraph."""
    page = f"<head><style>{css}</style></head><body><p>{TEXT}</p>{html}<p>{TEXT}</p></body>"
    tree = page_root(page.encode())
    assert tree is not None
    return [block.text for block in blocks(tree)][1:-1]


def element_of(css: str, html: str) -> Element:
    """The element with the id or class "x" as the reader sees it."""
    page = f"<head><style>{css}</style></head><body><p>{TEXT}</p>{html}</body>"
    tree = page_root(page.encode())
    assert tree is not None
    found = tree.xpath("//*[@id='x' or @class='x']")
    assert isinstance(found, list)
    element = found[0]
    assert isinstance(element, etree._Element)
    return element


@pytest.mark.parametrize(
    "css",
    [
        ".x{display:none}",
        ".x { display: none; }",
        ".x{display:none !important}",
        "p.x{display:none}",
        ".a, .x{color:red;display:none;margin:0}",
        ".x{color:red}.x{display:none}",
        "/* .y{} */ .x{display:none}",
        "@media print{.y{color:red}} .x{display:none}",
        "@font-face{font-family:A} .x{display:none}",
        "@import url(a.css); .x{display:none}",
        "body{margin:0}\n.x\n{\n\tdisplay : none\n}",
    ],
)
def test_a_class_that_a_rule_hides_is_no_text(css: str) -> None:
    assert read(css, f"<p class='x'>{WORDS}</p>") == []
    assert read(css, f"<div><p class='b x c'>{WORDS}</p></div>") == []


@pytest.mark.parametrize(
    "css",
    [
        "",
        "@media print{.x{display:none}}",
        "@media (max-width:600px){.y{color:red} .x{display:none}}",
        "@supports (display:grid){.x{display:none}}",
        ".menu .x{display:none}",
        ".menu>.x{display:none}",
        ".x>span{display:none}",
        ".x.closed{display:none}",
        ".x:empty{display:none}",
        ".x::after{display:none}",
        ".x + p{display:none}",
        "[class=x]{display:none}",
        "/* .x{display:none} */",
        ".x{display:none}.x{display:block}",
        ".x{display:none}.x.open{display:flex}",
        ".x{display:none} @media screen{.x{display:block}}",
        ".xx{display:none}",
        ".x{display:nonesuch}",
        ".x{border:none}",
        ".x{list-style:none;background:none}",
        "p{display:none}",
        "*{display:none}",
        ".x{display:none",
        "} .y{",
    ],
)
def test_a_class_that_no_rule_surely_hides_is_text(css: str) -> None:
    html = f"<p class='x'>{WORDS}</p>"
    if css != ".x{display:none":  # a browser closes the rule at the end of the sheet
        assert read(css, html) == [WORDS]


def test_a_rule_for_an_id_hides_one_element() -> None:
    html = f"<p id='x'>{WORDS}</p><p id='y'>{WORDS}</p>"
    assert read("#x{display:none}", html) == [WORDS]


def test_words_within_a_line_are_hidden() -> None:
    html = "<p>Xóm góp<span class='x'> (số liệu mật)</span> công làm mương.</p>"
    assert read(".x{display:none}", html) == ["Xóm góp công làm mương."]


def test_a_sheet_in_the_body_counts() -> None:
    html = f"<style>.x{{display:none}}</style><p class='x'>{WORDS}</p>"
    assert read("", html) == []


def test_a_sheet_for_print_does_not_count() -> None:
    html = f"<style media='print'>.x{{display:none}}</style><p class='x'>{WORDS}</p>"
    assert read("", html) == [WORDS]


def test_a_box_with_much_of_the_text_is_not_hidden() -> None:
    long = "".join(f"<p>{number}. {TEXT} {WORDS}</p>" for number in range(9))
    assert len(read(".x{display:none}", f"<div class='x'>{long}</div>")) == 9


def test_a_box_with_the_headline_is_not_hidden() -> None:
    html = f"<div class='x'><h1>Mương mới</h1><p>{WORDS}</p></div>"
    assert read(".x{display:none}", html) == ["Mương mới", WORDS]


@pytest.mark.parametrize("css", ["body.x{display:none}", ".x{display:none}"])
def test_the_body_is_not_hidden(css: str) -> None:
    page = f"<style>{css}</style><body class='x'><p>{TEXT}</p></body>"
    tree = page_root(page.encode())
    assert tree is not None
    assert [block.text for block in blocks(tree)] == [TEXT]


@pytest.mark.parametrize(
    ("css", "align"),
    [
        (".x{text-align:right}", "right"),
        (".x{font-weight:bold; text-align: right;}", "right"),
        ("p.x{text-align:right !important}", "right"),
        ("#x{text-align:right}", ""),
        (".menu .x{text-align:right}", ""),
        ("@media print{.x{text-align:right}}", ""),
        (".x{float:right}", ""),
        (".x{text-align:left}", ""),
    ],
)
def test_a_class_that_a_rule_sets_right_stands_right(css: str, align: str) -> None:
    page = f"<style>{css}</style><body><p>{TEXT}</p><p class='x'>Lâm Thu Hà</p></body>"
    tree = page_root(page.encode())
    assert tree is not None
    assert blocks(tree)[-1].align == align


def test_the_element_keeps_its_own_style() -> None:
    element = element_of(".x{text-align:right}", f"<p class='x' style='color:red'>{WORDS}</p>")
    assert element.get("style") == "text-align:right;color:red"


def test_an_element_of_another_class_has_no_style() -> None:
    element = element_of(".y{display:none}", f"<p class='x'>{WORDS}</p><p class='y'>{WORDS}</p>")
    assert element.get("style") is None


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Một.</p></div></body></html><p>Hai.</p>", ["Một.", "Hai."]),
        ("<p>Một.</p>\n</div>\n</body>\n</html>\n<h2>Hai</h2><p>Ba.</p>", ["Một.", "Hai", "Ba."]),
        ("<p>Một.</p></body></html><p>Hai.</p>", ["Một.", "Hai."]),
    ],
)
def test_an_end_of_the_page_within_the_text_ends_nothing(html: str, texts: list[str]) -> None:
    page = f"<html><body><div id='text'>{html}</div></body></html>"
    tree = page_root(page.encode())
    assert tree is not None
    (box,) = [element for element in tree.iter("div") if element.get("id") == "text"]
    assert [block.text for block in blocks(box)] == texts


@pytest.mark.parametrize(
    "html",
    [
        "<FIGURE><IMG SRC='a.jpg'><FIGCAPTION>Lúa chín<p>Mưa gặt.</p><p>Bà Tư cười.</p>",
        "<figure><img src='a.jpg'><figcaption>Lúa chín<p>Mưa gặt.</p><p>Bà Tư cười.</p>",
        "<Figure><img src='a.jpg'><figcaption>Lúa chín<p>Mưa gặt.<p>Bà Tư cười.",
    ],
)
def test_a_caption_that_is_never_closed_ends_before_the_text(html: str) -> None:
    tree = page_root(f"<html><body><div>{html}</div></body></html>".encode())
    assert tree is not None
    inside = [e for e in tree.iter("p") if any(a.tag == "figcaption" for a in e.iterancestors())]
    assert inside == []


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ([TEXT, WORDS + " Việc xong trước mùa mưa."], [TEXT, WORDS + " Việc xong trước mùa mưa."]),
        (["Giá thóc", "Giá ngô", "Giá sắn"], ["Giá thóc\nGiá ngô\nGiá sắn"]),
        (["Thứ hai: họp chợ", TEXT, "Thứ tư"], [f"Thứ hai: họp chợ\n{TEXT}\nThứ tư"]),
    ],
)
def test_prose_in_one_column_is_paragraphs(cells: list[str], texts: list[str]) -> None:
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    assert read("", f"<table>{rows}</table>") == texts


@pytest.mark.parametrize(
    ("cells", "text", "align"),
    [
        ("<td></td><td align='right'>Lâm Thu Hà</td>", "Lâm Thu Hà", "right"),
        ("<td>&nbsp;</td><td><p align='right'>Lâm Thu Hà</p></td>", "Lâm Thu Hà", "right"),
        ("<td>Lớp 1A</td><td>120</td>", "Lớp 1A\t120", ""),
        ("<td>Lớp 1A</td><td></td><td>120</td>", "Lớp 1A\t\t120", ""),
    ],
)
def test_a_table_with_one_filled_cell_is_a_frame(cells: str, text: str, align: str) -> None:
    page = f"<body><p>{TEXT}</p><table><tr>{cells}</tr></table></body>"
    tree = page_root(page.encode())
    assert tree is not None
    found = blocks(tree)[-1]
    assert (found.text, found.align) == (text, align)


@pytest.mark.parametrize(
    "css",
    [
        "/*" * 18_000,
        ".x{display:none}" * 2_000,
        ".x " * 12_000 + "{display:none}",
        "display:none;" * 3_000,
        "@media{" * 5_000,
        "@media{.x{}" * 3_000,
        ".x{display:none}" + ".x" * 15_000,
    ],
)
def test_a_hostile_sheet_takes_no_time(css: str) -> None:
    """The tree of a page of 40 kB is built in less than a second of the processor's time."""
    page = f"<style>{css}</style><p>{TEXT}</p><p class='x'>{WORDS}</p>"
    start = process_time()
    assert page_root(page.encode()) is not None
    assert process_time() - start < 1
