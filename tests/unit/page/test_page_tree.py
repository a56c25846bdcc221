"""The tree a browser shows: pages with tags too many, too few or in the wrong place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newscrawl.page import html5_tree
from newscrawl.page import page_tree as module
from newscrawl.page.blocks import blocks
from newscrawl.page.html5_tree import PARSED_MAX_TAGS
from newscrawl.page.selectors import Element, elements, text_in
from newscrawl.page.tag_errors import has_other_tree
from newscrawl.page.unclosed_captions import close_captions
from tests.support.trees import page_root

HEAD = "<!DOCTYPE html><html><head><title>Chợ phiên</title></head><body>"
TAIL = "</body></html>"


def tree(body: str) -> Element:
    root = page_root(f"{HEAD}{body}{TAIL}".encode())
    assert root is not None
    return root


def shown(body: str) -> list[str]:
    """The texts of the page's blocks."""
    return [block.text for block in blocks(tree(body))]


@pytest.mark.parametrize("end", ["</body>", "</html>", "</body></html>", "</BODY>", "</html >"])
@pytest.mark.parametrize("box", ["div", "article", "section", "main", "td"])
def test_a_stray_end_of_the_page_ends_nothing(end: str, box: str) -> None:
    around = ("<table><tr>", "</tr></table>") if box == "td" else ("<div>", "</div>")
    body = f"{around[0]}<{box} id=bai><p>Một.</p>{end}<p>Hai.</p><p>Ba.</p></{box}>{around[1]}"
    root = tree(body)
    assert [block.text for block in blocks(root)] == ["Một.", "Hai.", "Ba."]
    assert len(root.findall(f".//{box}[@id='bai']/p")) == 3


def test_content_behind_the_end_of_the_page_is_shown() -> None:
    root = page_root(f"{HEAD}<p>Một.</p></body></html><div><p>Hai.</p></div>".encode())
    assert root is not None
    assert [block.text for block in blocks(root)] == ["Một.", "Hai."]


@pytest.mark.parametrize("heading", ["h1", "h2", "h3", "h6"])
@pytest.mark.parametrize("inner", ["p", "div", "ul", "form", "table"])
def test_a_block_stays_in_its_heading(heading: str, inner: str) -> None:
    text = {"ul": "<li>Chợ phiên</li>", "table": "<tr><td>Chợ phiên</td></tr>"}
    block = f"<{inner}>{text.get(inner, 'Chợ phiên')}</{inner}>"
    body = f"<{heading}>{block}</{heading}><p>Sớm mai.</p>"
    root = tree(body)
    found = root.find(f".//{heading}")
    assert found is not None
    assert text_in(found) == "Chợ phiên"
    assert shown(body) == ["Chợ phiên", "Sớm mai."]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Một.</br>Hai.</p>", ["Một.\nHai."]),
        ("<p>Một.</br></br>Hai.</p>", ["Một.", "Hai."]),
        ("<h1>Chợ</br>phiên</h1>", ["Chợ\nphiên"]),
        ("<div>Một.</p>Hai.</div>", ["Một.", "Hai."]),
        ("<div>Một.</p>Hai.</p>Ba.</div>", ["Một.", "Hai.", "Ba."]),
        ("<td>Một.</p>Hai.</td>", ["Một.", "Hai."]),
        ("<div><b>Một.</p>Hai.</b></div>", ["Một.", "Hai."]),
        ("<span><p>Một </span>hai.</p>", ["Một hai."]),
        ("<strong><p>Một </strong>hai.</p>", ["Một hai."]),
        ("<h2>Một</h3><p>Hai.</p>", ["Một", "Hai."]),
        ("<svg><path d='M0 0'><p>Một.</p><p>Hai.</p>", ["Một.", "Hai."]),
        ("<a><svg><title>Biểu tượng</title><path/></a><p>Một.</p>", ["Một."]),
        ("<article><div><p>Một.</p></article><p>Hai.</p>", ["Một.", "Hai."]),
    ],
)
def test_text_is_parted_where_a_browser_parts_it(body: str, lines: list[str]) -> None:
    assert shown(body) == lines


def test_an_end_tag_ends_what_stands_in_its_element() -> None:
    root = tree("<article><div class=hop><p>Một.</p></article><footer>Toà soạn</footer>")
    article, footer = root.find(".//article"), root.find(".//footer")
    assert article is not None
    assert footer is not None
    assert article not in list(footer.iterancestors())


@pytest.mark.parametrize(
    "body",
    [
        "<p>Một.</p>",
        "<div><p>Một.</p></div></div><p>Hai.</p>",  # a stray end tag that browsers ignore, too
        "<p>Một.<div>Hai.</div></p><p>Ba.</p>",  # a block ends the paragraph in browsers, too
        "<p>Một.<ul><li>Hai.</ul></p>",
        "<p><table><tr><td>Một.</table></p></p></p>",
        "<ul><li>Một<li>Hai</ul>",
        "<nav>Một</nav></nav><p>Hai.</p>",
        "<p><b>Một <i>hai</b> ba</i></p>",
        "<a href=/x><p>Một.</p></a>",
        "<script>document.write('</body></html><p>Hai</p>')</script><p>Một.</p>",
    ],
)
def test_a_harmless_fault_costs_no_second_parser(body: str) -> None:
    html = f"{HEAD}{body}{TAIL}".encode()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True)
    assert not has_other_tree(html, etree.fromstring(html, parser), parser.error_log, ())


@pytest.mark.parametrize(
    "after", ["<script>dem()</script>", "<!-- 12 ms -->", "\n" * 50, "</html>"]
)
def test_scripts_behind_the_end_of_the_page_cost_no_second_parser(after: str) -> None:
    html = f"{HEAD}<p>Một.</p>{TAIL}{after}".encode()
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True)
    assert not has_other_tree(html, etree.fromstring(html, parser), parser.error_log, ())


def test_both_parsers_give_ids_classes_and_attributes_alike() -> None:
    root = tree("<div id=bai class='a b' data-x hidden>Một.</p>Hai.</div>")
    found = elements(root, "id('bai')")
    assert dict(found[0].items()) == {"id": "bai", "class": "a b", "data-x": "", "hidden": ""}


def test_images_in_a_noscript_of_the_head_stay_out_of_the_body() -> None:
    head = HEAD.replace("</head>", "<noscript><img src=/dem.gif></noscript></head>")
    root = page_root(f"{head}<p>Một.</br>Hai.</p>{TAIL}".encode())
    assert root is not None
    assert root.find("body//img") is None
    assert root.find("head/title") is not None


@pytest.mark.parametrize(
    ("captioned", "caption"),
    [
        (
            "<figure><img src=a><figcaption>Lúa chín. Ảnh: Hà An\n<p>Một.</p>",
            "Lúa chín. Ảnh: Hà An",
        ),
        ("<figure><img src=a><figcaption><p>Lúa chín.</p><p>Một.</p>", "Lúa chín."),
        ("<figure><img src=a><figcaption><em>Lúa chín.</em><div>Một.</div>", "Lúa chín."),
        ("<img src=a><figcaption>Lúa chín.<p>Một.</p>", "Lúa chín."),
        ("<FIGURE><img src=a><figcaption class=x>Lúa chín.<P>Một.</P>", "Lúa chín."),
    ],
)
def test_a_caption_that_is_never_closed_ends_before_the_text(captioned: str, caption: str) -> None:
    found = blocks(tree(f"<article>{captioned}<p>Hai.</p></article>"))
    inside = [b.text for b in found if any(e.tag == "figcaption" for e in _around(b.box))]
    outside = [b.text for b in found if b.text not in inside]
    assert inside == [caption]
    assert [text for text in outside if text] == ["Một.", "Hai."]


def _around(box: Element) -> list[Element]:
    return [box, *box.iterancestors()]


@pytest.mark.parametrize(
    "closed",
    [
        "<figure><img><figcaption>Lúa</figcaption></figure><p>Một.</p>",
        "<figure><img><figcaption>Lúa</figure><p>Một.</p>",
        "<figure><img><figcaption>Lúa",
    ],
)
def test_a_caption_that_ends_stays_as_it_is(closed: str) -> None:
    assert close_captions(closed.encode()) == closed.encode()


LONG = "Bà con xuống núi từ lúc trời còn tối, gùi theo măng và mật ong."


@pytest.mark.parametrize(
    "page",
    [
        "<div class=khung><div id=bai><p>{0}</p></div><p>{0}</p></div><div>Cuối</div></div>",
        "<div><div id=bai><p>{0}</p></div><figure><img src=a></figure><p>{0}</p></div></div>",
        "<div><div id=bai><p>{0}</p></div><div><img src=a></div><p>{0}</p></div></div>",
        "<table><td><div id=bai><p>{0}</p></div><p>{0}</p></div></table>",
        "<div><div id=bai><div>Ảnh</div><!-- <div> --><p>{0}</p></div><p>{0}</p></div></div>",
        "<script>'<div>'</script><div><div id=bai><p>{0}</p></div><p>{0}</p></div></div>",
        # Several stray end tags together: the boxes around the text end with the text's own.
        "<div><div><h1>Tin</h1><div id=bai><p>{0}</p></div></div><p>{0}</p></div></div></div>",
        "<div><article><h1>Tin</h1><div id=bai><p>{0}</p></div></div><p>{0}</p></div></div>",
        "<div><div>A<div>B<div id=bai><p>{0}</p></div></div></div><p>{0}</p>" + "</div>" * 4,
    ],
)
def test_a_box_that_a_stray_end_tag_cuts_in_two_is_whole(page: str) -> None:
    boxes = [p.getparent() for p in tree(page.format(LONG)).iter("p")]
    assert [box.get("id") for box in boxes if box is not None] == ["bai", "bai"]


@pytest.mark.parametrize(
    "page",
    [
        "<div id=bai><p>{0}</p></div><p>{0}</p>",  # no end tag too many
        "<div class=sapo id=bai><p>{0}</p></div><p>{0}</p></div>",
        "<div id=bai><p>{0}</p></div><div class=khac><p>{0}</p></div></div>",
        "<div id=bai><p>{0}</p></div><p>Xem thêm</p></div>",
        "<div id=bai>Chữ</div><p>{0}</p><p>{0}</p></div>",
        # Two boxes end before the paragraph, and one end tag is too many: the page's last one.
        "<div><div><h1>Tin</h1><div id=bai><p>{0}</p></div></div><p>{0}</p></div></div>",
        "<div><div><h1>Tin</h1><div id=bai><p>{0}</p></div>Chân</div><p>{0}</p></div></div></div>",
    ],
)
def test_boxes_that_no_stray_end_tag_cuts_stay_apart(page: str) -> None:
    paragraphs = tree(page.format(LONG)).findall(".//*[@id='bai']/p")
    assert len(paragraphs) == page.partition("</div>")[0].count("<p>")


@pytest.mark.parametrize(
    "cut",
    [
        "</div></body></html><body><div>",
        "</div>\n</body>\n</html>\n<!DOCTYPE html><html lang=vi><body class=x>\n<div class=y>\n",
        "</div></div></body></html><html><body><div><div>",
    ],
)
def test_a_second_body_cuts_no_text_in_two(cut: str) -> None:
    body = f"<div><div><div id=bai><p>{LONG}</p>{cut}<p>{LONG}</p></div></div></div>"
    boxes = [p.getparent() for p in tree(body).iter("p")]
    assert [box.get("id") for box in boxes if box is not None] == ["bai", "bai"]


@pytest.mark.parametrize("end", ["</div></html>", "</div>\n</html>\n", "</div></div></html>"])
def test_an_end_of_box_and_page_without_one_of_the_body_cuts_no_text(end: str) -> None:
    body = f"<div><h1>Tin</h1><div id=bai><p>{LONG}</p>{end}<p>{LONG}</p></div></div>"
    boxes = [p.getparent() for p in tree(body).iter("p")]
    assert [box.get("id") for box in boxes if box is not None] == ["bai", "bai"]


def test_two_documents_on_a_page_stay_two() -> None:
    first = "<div id=bai><p>Một.</p></div><div>Toà soạn</div>"
    root = tree(f"{first}</body></html><html><body><div id=khac><p>Hai.</p></div>")
    assert [p.getparent().get("id") for p in root.iter("p")] == ["bai", "khac"]  # type: ignore[union-attr]


def test_a_page_beyond_the_limits_keeps_the_first_tree() -> None:
    body = "<p>Một.</br>Hai.</p>" * PARSED_MAX_TAGS
    assert shown(body)[0] == "Một.Hai."


@pytest.mark.parametrize(
    "piece",
    [
        "<div>" * 4000 + "</p>" * 4000,
        "".join(f"<font c={i}>" for i in range(4000)) + "<p>x</p></br>" * 1500,
        "".join(f"<b c='{i}\">'>" for i in range(4000)) + "<p>x</p></br>" * 1500,
        "<b><div>" * 3000 + "</b></br>" * 1500,
        "<svg>" * 4000 + "<p></br>" * 2000,
        "<table>" * 4000 + "x</br>" * 2000,
        "<p " + " ".join(f"a{i}" for i in range(30_000)) + "></br>",
        "".join(f"<body a{i}=1>" for i in range(8000)) + "</br>",
        "<figcaption>" * 5000,
        "<figure><figcaption><p>" * 3000,
        "</body><p>" * 4000,
        "</p>x" * 5000,
        "<!---->x" * 3000 + "</br>",
        "<div><p>x</p>" * 4000 + "</div>" * 4001,
        "<div><p>x</p></div><p>y</p>" * 4000 + "</div>" * 9,
        "</p></div></body></html><body><div><p>" * 2000,
        "<div><p>x" * 9000 + "</div>" * 9000 + "<p>y</div>",
    ],
)
def test_a_page_made_to_be_slow_has_a_tree_in_time(piece: str) -> None:
    started = time.process_time()
    assert page_root(f"{HEAD}{piece}{TAIL}".encode()) is not None
    assert time.process_time() - started < 20  # a second on the slowest machine seen


PIECES = (
    *("<p>", "</p>", "<div>", "</div>", "</br>", "<b>", "</b>", "<h1>", "</h1>", "<table>", "<tr>"),
    *("<td>", "</table>", "<svg>", "<a href=x>", "</a>", "<figcaption>", "<figure>", "</body>"),
    *("</html>", "<!--", "-->", "<x:y z>", "<q", '="', "&amp;", "chữ", "\0", "\x0c", "<![CDATA["),
    *("<template>", "<select>", "<option>", "<noscript>", "<img>", "</span>", "<o:p>", "<1>"),
    *("<html {{x}}>", "<p {a}=b>", "<{x}>", "<x}y>", "<b {", "<svg:p>", "<math>", "\ufffe"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_order_of_tags_gives_a_tree(pieces: list[str]) -> None:
    html = "".join(pieces).replace("\0", "").encode()
    root = page_root(html)
    if root is not None:
        blocks(root)
        assert html5_tree.html5_tree(html, root) is not None


def test_the_usual_page_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(module, "html5_tree", refuse)
    assert shown("<article><h1>Chợ phiên</h1><p>Sớm mai.</p></article>") == [
        "Chợ phiên",
        "Sớm mai.",
    ]
