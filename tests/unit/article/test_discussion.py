"""Readers' comments that no class names: what tells them, and what is no discussion."""

import pytest
from lxml import html

from newscrawl.article.asides import Addresses, without_asides
from newscrawl.article.discussion import find_discussion, is_action_line
from newscrawl.page.blocks import blocks
from newscrawl.page.selectors import Element

SENTENCE = "Bến đò chạy thêm hai chuyến sau mười giờ đêm cho công nhân tan ca."
SAID = "Đò đêm rất cần, tôi đi vòng qua cầu Sắt đã năm năm nay rồi."
NOWHERE = Addresses(lambda _: False, lambda _: False, lambda _: False)
CONTROLS = "<p><a href=#>Thích</a> <a href=#>Trả lời</a></p>"
BOXED = f"<div><p><b>{{0}}</b> 10:32</p><p>{SAID}</p>{CONTROLS}</div>"
PLAIN = f"<p><b>{{0}}</b></p><p>{SAID}</p><p>10:32 · Trả lời</p>"


def page_of(inner: str) -> Element:
    box: Element = html.fragment_fromstring(f"<div>{inner}</div>")
    return box


def kept(inner: str) -> list[str]:
    """The texts that remain of a container in a family's page."""
    container = page_of(inner)
    return [block.text for block in without_asides(blocks(container), container, NOWHERE)]


def texts_left(inner: str) -> list[str]:
    """The texts that the discussion below the first block leaves, buttons asked too."""
    container = page_of(inner)
    found = blocks(container)
    said = find_discussion(found, range(1, len(found)), container)
    return [
        block.text
        for place, block in enumerate(found)
        if place not in said.lines and not said.boxes & {block.box, *block.box.iterancestors()}
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Trả lời",
        "Thích (3) | Trả lời",
        "10:32 · Thích · Trả lời",
        "Reply",
        "2 hours ago | Like (2) | Reply",
        "12/09/2024 10:32 - Phản hồi",
        "3h ago · Reply · Report",
    ],
)
def test_the_controls_of_a_comment_are_told(line: str) -> None:
    assert is_action_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "10:32",
        "Chia sẻ",
        "Trả lời phỏng vấn",
        "Cô Thích",
        "Reply by Friday",
        "Minh Khôi · Trả lời",
        "Trả lời " * 20,
    ],
)
def test_other_short_lines_are_no_controls(line: str) -> None:
    assert not is_action_line(line)


@pytest.mark.parametrize("comment", [BOXED, PLAIN])
def test_two_comments_below_the_text_are_no_text(comment: str) -> None:
    said = comment.format("Minh Khôi") + comment.format("Lan Chi")
    assert kept(f"<p>{SENTENCE}</p><p>{SENTENCE}</p>{said}") == [SENTENCE, SENTENCE]


@pytest.mark.parametrize("comment", [BOXED, PLAIN])
def test_one_comment_is_no_proof(comment: str) -> None:
    assert SAID in kept(f"<p>{SENTENCE}</p>{comment.format('Minh Khôi')}")


@pytest.mark.parametrize("comment", [BOXED, PLAIN])
def test_the_heading_of_the_comments_goes_with_them(comment: str) -> None:
    said = comment.format("Minh Khôi") + comment.format("Lan Chi")
    assert kept(f"<p>{SENTENCE}</p><h3>Bạn đọc nói gì</h3>{said}") == [SENTENCE]


def test_a_paragraph_above_the_comments_stays() -> None:
    said = BOXED.format("Minh Khôi") + BOXED.format("Lan Chi")
    assert kept(f"<p>{SENTENCE}</p><p>Bạn đọc nói gì</p>{said}") == [SENTENCE, "Bạn đọc nói gì"]


def test_paragraphs_among_the_comments_keep_all() -> None:
    between = f"<p>{SENTENCE} {SENTENCE}</p>"
    page = f"<p>{SENTENCE}</p>{BOXED.format('An')}{between}{BOXED.format('Chi')}"
    assert kept(page).count(SAID) == 2


def test_boxes_that_begin_with_sentences_or_headings_are_text() -> None:
    for head in ("<p>Hôm ấy trời mưa to.</p>", "<h3>Minh Khôi</h3>", "<p>Hỏi:</p>"):
        box = f"<div>{head}<p>{SAID}</p>{CONTROLS}</div>"
        assert texts_left(f"<p>{SENTENCE}</p>{box}{box}").count(SAID) == 2


def test_quoted_posts_with_their_controls_are_text() -> None:
    post = f"<blockquote><p>Minh Khôi</p><p>{SAID}</p>{CONTROLS}</blockquote>"
    assert texts_left(f"<p>{SENTENCE}</p>{post}{post}").count(SAID) == 2


def test_plain_lines_of_other_names_are_text() -> None:
    long = f"<p>{SAID}</p>" * 9
    page = f"<p>{SENTENCE}</p>{PLAIN.format('An')}{long}<p>10:32 · Trả lời</p>"
    assert texts_left(page).count(SAID) == 10
    nameless = f"<p>{SAID}</p><p>Trả lời</p>" * 2
    assert texts_left(f"<p>{SENTENCE}</p>{nameless}").count(SAID) == 2


def test_buttons_tell_comments_as_lines_do() -> None:
    box = f"<div><span>Minh Khôi</span><p>{SAID}</p><button>Reply</button></div>"
    assert texts_left(f"<p>{SENTENCE}</p>{box}{box}") == [SENTENCE]
    other = box.replace("Reply", "Gửi")
    assert texts_left(f"<p>{SENTENCE}</p>{other}{other}").count(SAID) == 2


def test_answers_within_a_comment_go_with_it() -> None:
    inner = BOXED.format("Lan Chi")
    outer = f"<div><p><b>Minh Khôi</b> 10:32</p><p>{SAID}</p>{CONTROLS}{inner}</div>"
    assert texts_left(f"<p>{SENTENCE}</p>{outer}") == [SENTENCE]
