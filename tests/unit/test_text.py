"""Text cleaned once: what a reader sees stays, what nobody can see goes."""

import unicodedata
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.text import (
    clean,
    clean_lines,
    is_clean,
    same_text,
    syllables,
    visible,
)

unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\r\n ", ""),
        ("\xa0\u2003\u3000", ""),
        ("Chợ  phiên", "Chợ phiên"),
        ("\n Chợ\n\n phiên\t", "Chợ phiên"),
        ("Chợ\xa0phiên\u202fLũng\u2009Vài\u3000", "Chợ phiên Lũng Vài"),
        ("một\x0bhai\x0cba\x1cbốn\x1dnăm\x1esáu\x1fbảy\x85tám", "một hai ba bốn năm sáu bảy tám"),
        ("một\u2028hai\u2029ba", "một hai ba"),
        ("Cho\u031b\u0323 phie\u0302n", "Chợ phiên"),  # decomposed
        ("Cho\u0323\u031b phiên", "Chợ phiên"),  # its marks in the other order
        ("phi\u00adên, phi\u200bên, phi\u2060ên\ufeff", "phiên, phiên, phiên"),
        ("\u202aphiên\u202c \u200fchợ\u200e", "phiên chợ"),
        ("phiên\x00\x01\x08\x1b[31m\x7f\x9f", "phiên[31m"),
        ("lẻ \ud800 đôi \udfff", "lẻ đôi"),
        ("\ufdd0\ufffbphiên", "phiên"),
    ],
)
def test_blanks_are_one_space_and_the_invisible_goes(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“cong” ‘nháy’ \"thẳng\" 'đơn' «góc»",
        "1990 – 1995 — hết… 25 °C, 5 m², ½, №",
        "hoà hòa, thuỷ thủy, quí quý",
        "ĐẢNG ỦY xã Ðức",
        "R&D, A & B, &lạ; &copy",
        "😀 👨🏽 ♥",
        "新闻 новости",
        "a < b > c",
    ],
)
def test_what_is_printed_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hỏi &amp; đáp", "Hỏi & đáp"),
        ("Hỏi &amp;amp;amp; đáp", "Hỏi & đáp"),
        ("&ldquo;Then&rdquo; &ndash; đàn tính&hellip;", "“Then” – đàn tính…"),
        ("&quot;Then&quot;&nbsp;&apos;cọi&apos;", "\"Then\" 'cọi'"),
        ("Ch&#7907; phi&#234;n", "Chợ phiên"),
        ("1 &amp;lt; 2 &gt; 0", "1 < 2 > 0"),
        ("phie&#770;n", "phiên"),
        ("phi&#8203;ên", "phiên"),
        ("a&#160;&#160;b", "a b"),
    ],
)
def test_entities_encoded_twice_are_read(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u200b\u0301", "á"),
        ("o\u00ad\u031b\u0323", "ợ"),
        ("A\x9c\u030f", "Ȁ"),
        ("Hỏi &\u200bamp; đáp", "Hỏi & đáp"),
        ("&am\u00adp;lt;", "<"),
    ],
)
def test_what_the_invisible_kept_apart_is_joined_at_once(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(clean(text)) == expected


def test_entities_nested_without_end_are_one_character() -> None:
    assert clean("&" + "amp;" * 20_000 + "lt;") == "<"


def test_visible_keeps_blanks() -> None:
    assert visible(" a\n\xa0b\u200b ") == " a\n\xa0b "
    assert visible("Tuye\u0302n\x00 Quang") == "Tuyên Quang"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n\xa0\r\n ", ""),
        ("một", "một"),
        (" một \r\n\n  hai\xa0ba ", "một\nhai ba"),
        ("một\u2028hai\u2029ba\x85bốn\x0bnăm\x0csáu\rbảy", "một\nhai\nba\nbốn\nnăm\nsáu\nbảy"),
        ("\u200b\nmột\n\u200b\nhai", "một\nhai"),
    ],
)
def test_lines_are_kept_and_empty_ones_go(text: str, expected: str) -> None:
    assert clean_lines(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), (" \n ", 0), ("Thành ủy Tuyên Quang", 4), ("16-ĐA/TU,  ngày 3\nmột", 4)],
)
def test_syllables_are_what_blanks_part(text: str, count: int) -> None:
    assert syllables(text) == count


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("THIẾU MÁU", "Thiếu  máu ", True),
        ("thie\u0302\u0301u máu", "Thiếu máu", True),
        ("Thiếu máu", "Thiếu mau", False),
        ("hoà", "hòa", False),
        ("", "\xa0", True),
    ],
)
def test_same_text(one: str, other: str, same: bool) -> None:
    assert same_text(one, other) is same
    assert same_text(other, one) is same


# Properties ---------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "a",
        "e\u0302",
        "\u0301",
        "\u200b",
        "\u00ad",
        " ",
        "\xa0",
        "\n",
        "&",
        "amp;",
        "lt;",
        "#38;",
        ";",
    ]
)
ANY_TEXT = st.text(st.characters()) | st.lists(PIECES | st.text(max_size=2)).map("".join)


@pytest.mark.parametrize("cleaner", [visible, clean, clean_lines])
@unhurried
@given(text=ANY_TEXT)
def test_cleaning_twice_changes_nothing(cleaner: Callable[[str], str], text: str) -> None:
    assert cleaner(cleaner(text)) == cleaner(text)


@unhurried
@given(text=ANY_TEXT)
def test_clean_text_can_be_stored_on_one_line(text: str) -> None:
    line = clean(text)
    line.encode("utf-8")
    assert line.splitlines() in ([], [line])
    assert unicodedata.is_normalized("NFC", line)
    assert line == " ".join(line.split())


@unhurried
@given(text=ANY_TEXT)
def test_what_is_clean_is_what_cleaning_makes(text: str) -> None:
    line = clean(text)
    assert not is_clean(text) or line == text == " ".join(visible(text).split())


@unhurried
@given(text=ANY_TEXT)
def test_lines_are_clean_and_in_order(text: str) -> None:
    lines = clean_lines(text).split("\n")
    assert lines == [""] or all(line and line == clean(line) for line in lines)


@unhurried
@given(words=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), max_size=8))
def test_words_keep_their_letters_and_their_order(words: list[str]) -> None:
    expected = unicodedata.normalize("NFC", " ".join(words))
    assert clean(" \n".join(words)) == expected


@pytest.mark.parametrize("first", [0xE0000, 0xE0020, 0xE0061, 0x13430, 0x1BCA0, 0x1D173])
def test_what_no_font_shows_is_gone_wherever_unicode_keeps_it(first: int) -> None:
    """A whole sentence can be written in tags, for machines alone to read."""
    assert clean(f"Tuyên{chr(first)}{chr(first + 1)} Quang{chr(first)}") == "Tuyên Quang"


# Signs of Arabic, Syriac and Kaithi that enclose numbers: formats, yet with a shape.
FORMATS_THAT_SHOW: Final = {
    *map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD))
}


@pytest.mark.parametrize("beside", ["", " ", "\xa0", "\n", "\u2028", "\u034f"])
def test_nothing_invisible_hides_beside_a_blank(beside: str) -> None:
    """Blanks are not printable either, and are looked past: every character is tried with each."""
    unseen = {"Cc", "Cf", "Cs"}
    shown = [
        character
        for character in map(chr, range(0x20, 0xE0080))
        if unicodedata.category(character) in unseen
        and not character.isspace()
        and f"a{character}" in visible(f"a{character}{beside}b")
    ]
    assert set(shown) == FORMATS_THAT_SHOW


def test_a_format_that_fonts_show_stays() -> None:
    assert clean("\u0601 14") == "\u0601 14"
