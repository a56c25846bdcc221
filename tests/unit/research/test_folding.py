"""Two spellings of a word: without marks, and exact wherever the tone stands."""

import pytest

from newscrawl.research.folding import exact, exact_text, folded, folded_text, has_marks


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
