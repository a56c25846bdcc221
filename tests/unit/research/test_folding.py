"""Two spellings of a word: without marks, and exact wherever the tone stands."""

from time import process_time

import pytest

from newscrawl.research.folding import (
    exact,
    exact_text,
    folded,
    folded_text,
    has_marks,
    word_texts,
    words,
)


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Đồng", "dong"), ("ĐẶNG", "dang"), ("ước", "uoc"), ("Huỳnh", "huynh"), ("ươ", "uo"),
        ("2026", "2026"), ("e\u0301", "e"),
    ],
)  # fmt: skip
def test_folding_takes_every_mark_away(word: str, plain: str) -> None:
    assert folded(word) == plain


@pytest.mark.parametrize(
    ("one", "other"), [("hòa", "hoà"), ("thúy", "thuý"), ("khỏe", "khoẻ"), ("HÒA", "hoà")]
)
def test_the_two_places_of_a_tone_are_one_word(one: str, other: str) -> None:
    assert exact(one) == exact(other)


@pytest.mark.parametrize(
    ("one", "other"), [("hoa", "hòa"), ("đông", "dong"), ("đông", "đồng"), ("ma", "mã"), ("ơ", "o")]
)
def test_other_marks_are_another_word(one: str, other: str) -> None:
    assert exact(one) != exact(other)


def test_a_text_is_its_words_in_order() -> None:
    assert folded_text("Bản Nà Lắng: “Đồng bào”, 54 dân_tộc!") == "ban na lang dong bao 54 dan toc"
    assert exact_text("hoà, hòa") == f"{exact('hòa')} {exact('hòa')}"
    assert [has_marks(word) for word in ("đ", "D")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "Đồng bào: 54 dân_tộc",
        "e\u0301 la\u0300",
        "\u0301\u0301a",
        "A1-b2",
        "hòa\nhoà",
        "中文 ok",
    ],
)
def test_words_with_and_without_their_places_are_the_same(text: str) -> None:
    found = list(words(text))
    assert word_texts(text) == [word.text for word in found]
    assert [text[word.start : word.end] for word in found] == [word.text for word in found]


def test_a_word_of_any_length_is_folded_soon() -> None:
    """Python sorts the marks of a letter quadratically: 40,000 took two seconds."""
    began = process_time()
    for word in ("e" + "\u0301\u0323" * 100_000, "Đ" * 1_000_000):
        assert folded(word)[0] in "ed"
        assert exact(word)
    assert process_time() - began < 20
