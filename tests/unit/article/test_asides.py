"""Labels among the paragraphs: a control of the page, or the subhead of what stands below."""

import pytest
from lxml import html

from newscrawl.article.asides import Addresses, without_asides
from newscrawl.page.blocks import blocks

SENTENCE = "Bà con góp ý rằng mương mới đào còn hẹp, nước lớn vẫn tràn bờ."
NOWHERE = Addresses(lambda _: False, lambda _: False, lambda _: False)


def kept(inner: str) -> list[str]:
    """The texts of a container that remain."""
    container = html.fragment_fromstring(f"<div>{inner}</div>")
    return [block.text for block in without_asides(blocks(container), container, NOWHERE)]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("<h3>Bình luận</h3>", "Bình luận"),
        ("<h2>BÌNH CHỌN</h2>", "BÌNH CHỌN"),
        ("<p><strong>Bình luận:</strong></p>", "Bình luận:"),
        ("<p><b>* Bình chọn</b></p>", "* Bình chọn"),
    ],
)
def test_a_label_set_as_a_subhead_above_a_paragraph_is_text(label: str, text: str) -> None:
    page = f"<p>{SENTENCE}</p>{label}<p>{SENTENCE}</p>"
    assert kept(page) == [SENTENCE, text, SENTENCE]


def test_a_subhead_stands_above_a_paragraph_with_linked_words() -> None:
    linked = SENTENCE.replace("mương mới", "<a href=/muong>mương mới</a>")
    assert kept(f"<p>{SENTENCE}</p><h3>Bình luận</h3><p>{linked}</p>")[1] == "Bình luận"


@pytest.mark.parametrize(
    "page",
    [
        "<p>{0}</p><p>Bình luận</p><p>{0}</p>",  # set as a paragraph: a button's words
        "<p>{0}</p><h3>Bình luận (4)</h3><p>{0}</p>",
        "<p>{0}</p><p>{0}</p><h3>Bình luận</h3>",  # nothing below
        "<p>{0}</p><p>{0}</p><p><strong>Bình luận</strong></p>",
        "<h3>Bình luận</h3><p>{0}</p><p>{0}</p>",  # nothing above
        "<p>{0}</p><h3>Bình luận</h3><form><textarea></textarea></form><p>{0}</p>",
        "<p>{0}</p><h3><a href=#cmt>Bình luận</a></h3><p>{0}</p>",
    ],
)
def test_a_label_that_heads_no_paragraph_is_the_page_s(page: str) -> None:
    assert kept(page.format(SENTENCE)) == [SENTENCE, SENTENCE]


@pytest.mark.parametrize("below", ["Hà An", "Mời bạn đọc gửi bình luận.", "Nhất trí với bác"])
def test_no_short_line_and_no_notice_makes_a_label_a_subhead(below: str) -> None:
    assert "Bình luận" not in kept(f"<p>{SENTENCE}</p><h3>Bình luận</h3><p>{below}</p>")
