"""Tests that are asked before a dear one never change what the dear one would say."""

from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from newscrawl.article import boilerplate, byline
from newscrawl.article.asides import Addresses, _Reader
from newscrawl.article.caption_rules import follows_media
from newscrawl.article.generic.headline import find_headline
from newscrawl.page.blocks import blocks
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element
from newscrawl.text import _cleaned, clean, is_clean, same_text
from tests.support.pattern_openings import ANY, openings

_CREDIT_PIECES: Final = st.sampled_from(
    [
        "Ảnh", "ảnh", "ẢNH", "Hình", "Nguồn", "nguồn", "Đồ họa", "Đồ hoạ", "Photo", "Clip", "clip",
        "Video", "video", "Minh họa", "Infographic", "minh họa", "tư liệu", "và", "Lê Minh",
        "TTXVN", "cảnh", "hình", ":", " ", " ", ". ", ", ", "(", ")", "[", "]", "-", "\n", "…", "”",
    ]
)  # fmt: skip
_NOTICE_PIECES: Final = st.sampled_from(
    [
        "the paper", "and our partners", "and its partners", " use cookies", "click here to join",
        "is now on", "telegram", "whatsapp", "join our", "facebook", " ", " ", ".", "tin", "báo",
        " is not responsible", " for the content of external",
    ]
)  # fmt: skip


def _of(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(pieces, max_size=9).map("".join)


@settings(max_examples=200)
@given(_of(_CREDIT_PIECES))
def test_a_text_with_a_credit_holds_a_word_that_is_asked_first(text: str) -> None:
    printed = clean(text)
    if byline._CREDIT.search(printed):
        assert any(word in printed for word in byline._CREDIT_WORDS)
    assert byline.split_credit(text) == byline._without_credit(printed)


@settings(max_examples=150)
@given(_of(_NOTICE_PIECES))
def test_a_notice_that_begins_in_any_words_holds_a_word_that_is_asked_first(line: str) -> None:
    if boilerplate._NOTICE_WITHIN.match(line):
        assert boilerplate.is_notice(line)


@pytest.mark.parametrize(
    ("pattern", "asked"),
    [
        (boilerplate._RELATED_LINE.pattern, boilerplate._LABEL_OPENINGS),
        (boilerplate._CONTROL_LINE.pattern, boilerplate._LABEL_OPENINGS),
        (boilerplate._NOTICE.pattern, boilerplate._NOTICE_OPENINGS),
    ],
)
def test_every_opening_of_a_label_or_a_notice_is_asked_first(
    pattern: str, asked: frozenset[str]
) -> None:
    stated = openings(pattern, boilerplate._OPENING_CHARS)
    assert not {opening for opening in stated if opening[0] == ANY}
    assert not {opening for opening in stated if not boilerplate._may_open(opening, asked)}


def test_no_opening_is_asked_that_no_label_and_no_notice_has() -> None:
    labels = boilerplate._RELATED_LINE.pattern, boilerplate._CONTROL_LINE.pattern
    for patterns, asked in [
        (labels, boilerplate._LABEL_OPENINGS),
        ([boilerplate._NOTICE.pattern], boilerplate._NOTICE_OPENINGS),
    ]:
        stated = {
            opening.rstrip()
            for pattern in patterns
            for opening in openings(pattern, boilerplate._OPENING_CHARS)
        }
        assert asked <= stated


@pytest.mark.parametrize(
    ("line", "may_open"),
    [
        ("tin khác", True),
        ("ad", True),
        ("ad 3", True),
        ("ad5", True),
        (">> đọc tiếp", True),
        ("12 bình luận", True),
        ("mùa lúa chín", False),
        ("bà tư bán bánh", False),
    ],
)
def test_a_line_that_begins_as_no_label_is_asked_no_pattern(line: str, may_open: bool) -> None:
    assert boilerplate._may_open(line, boilerplate._LABEL_OPENINGS) is may_open


def test_a_notice_of_external_content_begins_with_any_site() -> None:
    assert boilerplate.is_notice("The Harbour is not responsible for the content of external sites")
    assert not boilerplate.is_notice("The mayor is not responsible for the harbour.")


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=40), _of(_NOTICE_PIECES), _of(_CREDIT_PIECES)))
def test_boilerplate_is_a_label_or_a_notice(text: str) -> None:
    said = boilerplate.is_label(text) or boilerplate.is_notice(text)
    assert boilerplate.is_boilerplate(text) is said


@pytest.mark.parametrize("length", [160, 161, 320, 321, 400, 401])
@pytest.mark.parametrize("line", ["Xem thêm: ", "Copyright 2024 ", "https://bao.vn/a Tin khác"])
def test_lines_of_every_length_are_boilerplate_by_the_same_rules(line: str, length: int) -> None:
    text = line.ljust(length, "x")
    said = boilerplate.is_label(text) or boilerplate.is_notice(text)
    assert boilerplate.is_boilerplate(text) is said


@given(st.text(), st.text())
def test_texts_are_the_same_by_their_letters_alone(one: str, other: str) -> None:
    expected = clean(one).casefold() == clean(other).casefold()
    assert same_text(one, other) is expected
    assert same_text(one, one.upper().lower()) is (
        clean(one).casefold() == clean(one.upper().lower()).casefold()
    )


@pytest.mark.parametrize(("one", "other"), [("Straße", "STRASSE"), ("ßa", "ssA"), ("", "\u200b")])
def test_letters_that_fold_to_two_are_the_same(one: str, other: str) -> None:
    assert same_text(one, other)


@given(st.text(max_size=80), st.sampled_from([1, 30]))
def test_a_text_is_cleaned_alike_whether_it_is_kept_or_not(text: str, times: int) -> None:
    assert clean(text * times) == _cleaned(text * times)
    assert not is_clean(text) or clean(text) == text


_PAGE: Final = (
    "<main><iframe src='/v'></iframe><p>a</p><p>b</p><div><video></video></div><p>&nbsp;</p>"
    "<section><p>c</p></section><p>d</p></main>"
)


@pytest.mark.parametrize(
    ("line", "before", "is_below"),
    [("a", None, True), ("b", "a", False), ("c", "b", True), ("d", "c", False)],
)
def test_a_line_follows_a_video_over_empty_boxes_alone(
    line: str, before: str | None, is_below: bool
) -> None:
    page: Element = html.fragment_fromstring(_PAGE)
    boxes = {p.text: p for p in page.iter("p")}
    assert follows_media(boxes[line], boxes[before] if before else None) is is_below


def test_boxes_that_may_be_asides_are_counted_with_all_they_hold() -> None:
    page: Element = html.fragment_fromstring(
        "<main><p>một</p><div><p>hai</p><ul><li><a href='/x'>ba</a></li></ul><img src='/a.jpg'>"
        "</div><p role='search'>bốn</p></main>"
    )
    where = Addresses(lambda _: False, lambda _: True, lambda _: False)
    found = _Reader(blocks(page), page, where).boxes
    counted = {
        str(box.tag): (own.chars, own.linked, own.count, own.last, own.has_pictures)
        for box, own in found.items()
    }
    assert counted == {
        "main": (11, 2, 5, "bốn", True),
        "div": (5, 2, 3, "ba", True),
        "ul": (2, 2, 1, "ba", False),
        "p": (3, 0, 1, "bốn", False),
    }


@pytest.mark.parametrize("url", ["https://", "https://-/", "https://x.vn/", "https://bao.vn/"])
def test_a_page_of_an_address_without_a_name_keeps_its_headline(url: str) -> None:
    page = "<html><title>Tin</title><body><h1>Chợ quê họp sớm</h1><p>Sáng nay.</p></body></html>"
    document = Document(url, page.encode(), fetched_at=datetime(2026, 12, 1, tzinfo=UTC))
    found = find_headline(document, blocks(document.root))
    assert found is not None
    assert found.text == "Chợ quê họp sớm"
