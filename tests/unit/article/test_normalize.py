"""One spelling of every text before it is checked, hashed and stored."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from newscrawl.article.item_schema import check_line
from newscrawl.article.normalize import clean_body, content_hash, normalize
from newscrawl.crawl.pipelines.normalize import NormalizePipeline
from newscrawl.items import (
    VIETNAM,
    Article,
    Image,
    Line,
    to_line,
)
from newscrawl.text import clean

Make = Callable[..., Article]

TEXTS = ["headline", "lead", "byline", "source", "source_line", "section", "published_raw"]
SEVERAL = ["captions", "authors", "section_path", "tags"]
INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\x00", "\x08", "\u202e"]
BLANKS = ["\xa0", "\t", "\n", "\u2003", "\u3000", "\r\n", "\u2028", "  "]
# Letters as they come: composed, decomposed, invisible ones between, several kinds of blank.
printed = st.text(max_size=30) | st.lists(
    st.sampled_from(
        [
            *"aăđơưêÂ",
            "&amp;",
            "&",
            "lt;",
            *"\u0300\u0301\u0302\u0323\u031b",
            *INVISIBLE,
            *BLANKS,
            "- ",
            ".",
        ]
    ),
    max_size=30,
).map("".join)


def texts_of(line: Line) -> list[str]:
    """Every text of a line that a reader could see."""
    pictures = [image[name] for image in line["images"] for name in ("caption", "credit")]
    several = [text for name in SEVERAL for text in line[name]]
    return [*(line[name] for name in (*TEXTS, "body")), *several, *pictures]


# Idempotent, and what it gives passes -----------------------------------------------------------


@given(data=st.data())
def test_an_article_normalised_again_is_the_same(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    once = normalize(data.draw(articles))
    assert normalize(once) == once


@given(printed, printed, printed)
def test_any_text_normalised_again_is_the_same(headline: str, lead: str, body: str) -> None:
    once = (clean_body(body), clean_body(headline), clean_body(lead))
    assert tuple(map(clean_body, once)) == once


@given(data=st.data())
def test_every_text_of_a_line_is_composed_trimmed_and_visible(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    for text in texts_of(to_line(normalize(data.draw(articles)))):
        assert unicodedata.is_normalized("NFC", text)
        assert text.lstrip("\t") == text.strip()  # a table's first cell may be empty
        assert not any(mark in text for mark in (*INVISIBLE, "\xa0", "\u2028", "\r"))


@pytest.mark.parametrize("invisible", INVISIBLE)
@pytest.mark.parametrize("text", ["Tuye{}\u0302n Quang", "Tuyê{}n Quang", "{}Tuyên Quang{}"])
def test_what_nobody_sees_keeps_no_letter_apart(article: Make, text: str, invisible: str) -> None:
    made = normalize(article(headline=text.replace("{}", invisible)))
    assert made.headline == "Tuyên Quang"
    assert normalize(made) == made


@pytest.mark.parametrize(
    ("printed", "read"),
    [("Chè &amp;amp; ngô", "Chè & ngô"), ("Chè &am\u200bp; ngô", "Chè & ngô"), ("A & B", "A & B")],
)
def test_what_was_encoded_twice_is_read_once(article: Make, printed: str, read: str) -> None:
    made = normalize(article(headline=printed, body=printed))
    assert (made.headline, made.body) == (read, read)
    assert normalize(made) == made


def test_what_is_normalised_is_valid(article: Make) -> None:
    made = article(
        headline="  Mùa chè\xa0", lead="\u200b", body="Một.\n\n\xa0\n\nHai.", content_hash=""
    )
    assert check_line(to_line(normalize(made))) == ()


# Text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_composed_and_trimmed(article: Make, name: str) -> None:
    raw = " " + unicodedata.normalize("NFD", "Tuyên  Quang, Khuổi Trang") + "\xa0"
    assert getattr(normalize(article(**{name: raw})), name) == "Tuyên Quang, Khuổi Trang"


@pytest.mark.parametrize("name", SEVERAL)
def test_texts_are_cleaned_and_empty_ones_go(article: Make, name: str) -> None:
    made = normalize(article(**{name: (" Na\xa0Hang ", "\u200b", "", "Chiêm  Hóa")}))
    assert getattr(made, name) == ("Na Hang", "Chiêm Hóa")


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "headline"])
@pytest.mark.parametrize("nothing", ["", " ", "\xa0", "\u200b\ufeff", "\n\n"])
def test_a_text_nobody_sees_is_none(article: Make, name: str, nothing: str) -> None:
    assert getattr(normalize(article(**{name: nothing})), name) is None


@pytest.mark.parametrize(
    "kept",
    ["hòa hoà thủy thuỷ", '“Ông Tư” ‘nói’ "thế"', "Krông Búk – 1.200 ha", "TP. Hồ Chí Minh…"],
)
def test_tone_marks_and_quotes_stay_as_printed(article: Make, kept: str) -> None:
    made = normalize(article(headline=kept, body=kept))
    assert (made.headline, made.body) == (kept, kept)


def test_captions_and_credits_are_cleaned(article: Make) -> None:
    image = Image(url="https://baothu.vn/file/a%20b.jpg", caption=" Chợ\xa0phiên ", credit="\xa0")
    assert normalize(article(images=(image,))).images == (
        Image(url="https://baothu.vn/file/a%20b.jpg", caption="Chợ phiên", credit=None),
    )


def test_addresses_and_keys_are_left_alone(article: Make) -> None:
    made = article(source_url="https://baokhac.vn/?q=a%20b", raw_ref="pages/2026-11/a.warc.gz#7")
    after = normalize(made)
    for name in ("id", "newspaper", "url", "source_url", "raw_ref", "run_id", "extractor"):
        assert getattr(after, name) == getattr(made, name)


# The body ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Một.\n\nHai.", "Một.\n\nHai."),
        ("Một.\n\n\n\nHai.", "Một.\n\nHai."),
        ("\n\nMột.\n\n\xa0\n\nHai.\n\n", "Một.\n\nHai."),
        ("Một \n  hai\xa0\nba.", "Một\nhai\nba."),
        ("Giá\tSáng\tChiều\nChè\t12\t13", "Giá\tSáng\tChiều\nChè\t12\t13"),
        ("Giá \t  Sáng\n\t\nChè\t12\t", "Giá\tSáng\nChè\t12"),
        ("\u200b\n\n\ufeff", ""),
        ("", ""),
    ],
)
def test_a_body_is_paragraphs(body: str, said: str) -> None:
    assert clean_body(body) == said


@given(st.lists(printed, max_size=6))
def test_no_paragraph_is_empty(paragraphs: list[str]) -> None:
    body = clean_body("\n\n".join(paragraphs))
    assert all(part.strip() for part in body.split("\n\n")) or body == ""
    assert "\n\n\n" not in body


LINES = st.lists(
    st.sampled_from(["Một", "e\u0302", "\u0301", " ", "\xa0", "\u200b", "&", "amp;", "¶"])
)


@given(st.lists(LINES.map("".join), max_size=5))
def test_a_body_is_its_paragraphs_each_cleaned_by_itself(paragraphs: list[str]) -> None:
    """Whether it is looked at whole, as most bodies are, or piece by piece."""
    cleaned = "\n\n".join(filter(None, map(clean, paragraphs)))
    assert clean_body("\n\n".join(paragraphs)) == cleaned


@given(st.lists(st.sampled_from(["Một.", "Hai\nba.", "Bốn\tnăm"]), max_size=6))
def test_clean_paragraphs_keep_their_order(paragraphs: list[str]) -> None:
    assert clean_body("\n\n".join(paragraphs)) == "\n\n".join(paragraphs)


@pytest.mark.parametrize(("body", "count"), [("Một hai\n\nba bốn.", 4), ("Chè\t12\n- 3", 4)])
def test_syllables_are_counted_in_the_body(article: Make, body: str, count: int) -> None:
    assert normalize(article(body=body, syllable_count=99)).syllable_count == count


def test_no_body_has_no_syllables(article: Make) -> None:
    made = normalize(article(body="\xa0", images=(Image(url="https://baothu.vn/a.jpg"),)))
    assert (made.body, made.syllable_count) == (None, 0)


# The hash ---------------------------------------------------------------------------------------


def hash_of(article: Article) -> str:
    return normalize(article).content_hash


def test_the_hash_is_that_of_the_three_texts(article: Make) -> None:
    made = article(headline="Một", lead="Hai", body="Ba")
    digest = sha256("Một\x1fHai\x1fBa".encode()).hexdigest()
    assert hash_of(made) == f"sha256:{digest}"


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("name", ["headline", "lead"])
def test_the_kind_of_blank_does_not_change_the_hash(article: Make, name: str, blank: str) -> None:
    plain, other = article(**{name: "Đồi chè xanh"}), article(**{name: f"Đồi{blank}chè{blank}xanh"})
    assert hash_of(plain) == hash_of(other)


@pytest.mark.parametrize("blank", [blank for blank in BLANKS if blank.strip("\t\n\r\u2028")])
def test_nor_in_the_body(article: Make, blank: str) -> None:
    assert hash_of(article(body="Đồi chè.")) == hash_of(article(body=f"Đồi{blank}chè. "))


@pytest.mark.parametrize("form", ["NFD", "NFC", "NFKC"])
def test_nor_do_decomposed_letters(article: Make, form: Literal["NFD", "NFC", "NFKC"]) -> None:
    plain = article(headline="Đường lên Thượng Nông", body="Ở đó có chợ.")
    raw = {name: unicodedata.normalize(form, getattr(plain, name)) for name in ("headline", "body")}
    assert hash_of(plain) == hash_of(article(**raw))


def test_no_lead_and_an_empty_one_hash_alike(article: Make) -> None:
    assert hash_of(article(lead=None)) == hash_of(article(lead="\xa0"))


@given(st.permutations(["Một", "Hai", ""]))
def test_a_text_moved_to_another_field_changes_the_hash(order: list[str]) -> None:
    moved = content_hash(order[0], order[1], order[2])
    assert (moved == content_hash("Một", "Hai", "")) == (order == ["Một", "Hai", ""])


@pytest.mark.parametrize(
    "change", [{"headline": "Khác"}, {"lead": "Khác"}, {"body": "Khác"}, {"body": "Sương\n\nvừa"}]
)
def test_another_text_changes_the_hash(article: Make, change: dict[str, str]) -> None:
    assert hash_of(article()) != hash_of(article(**change))


@pytest.mark.parametrize(
    "change",
    [
        {"byline": "Lý Thu"},
        {"tags": ("chè",)},
        {"captions": ("Nương chè",)},
        {"url": "https://baothu.vn/xa-hoi/202506/ten-khac-75f1237/"},
        {"http_status": 203},
        {"fetched_at": datetime(2030, 1, 1, tzinfo=UTC)},
    ],
)
def test_nothing_else_changes_the_hash(article: Make, change: Line) -> None:
    assert hash_of(article()) == hash_of(article(**change))


# The day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 6, 30, 16, 59, 59, tzinfo=UTC), date(2025, 6, 30)),
        (datetime(2025, 6, 30, 17, 0, tzinfo=UTC), date(2025, 7, 1)),
        (datetime(2025, 7, 1, 0, 0, tzinfo=VIETNAM), date(2025, 7, 1)),
    ],
)
def test_the_day_is_read_from_vietnams_clock(article: Make, moment: datetime, day: date) -> None:
    made = normalize(article(published_at=moment, published_date=None))
    assert made.published_date == day
    assert made.published_at == moment
    assert made.published_at.tzinfo is VIETNAM


def test_an_undated_article_stays_undated(article: Make) -> None:
    made = normalize(article(published_at=None))
    assert (made.published_at, made.published_date) == (None, None)


# The door ---------------------------------------------------------------------------------------


def test_the_door_hands_on_a_new_article(article: Make) -> None:
    made = article(headline=" Mùa  chè ")
    after = NormalizePipeline().process_item(made)
    assert after == normalize(made)
    assert made.headline == " Mùa  chè "


# Flags ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind", "flags"),
    [
        (" ".join(["chè"] * 50), "text", ()),
        (" ".join(["chè"] * 49), "text", ("body_short",)),
        ("\n\n".join(["chè xanh"] * 24), "text", ("body_short",)),
        (" ".join(["chè"] * 49), "photo", ()),
        (None, "photo", ()),
        (" ".join(["chè"] * 49) + " \ufffd", "text", ("encoding_broken",)),
        ("chè \ufffd", "text", ("encoding_broken", "body_short")),
    ],
)
def test_a_text_is_flagged_by_what_it_lacks(
    article: Make, body: str | None, kind: str, flags: tuple[str, ...]
) -> None:
    assert normalize(article(body=body, kind=kind)).warnings == flags


def test_a_flag_it_came_with_stays_first_and_stands_once(article: Make) -> None:
    came = article(body="chè \ufffd", warnings=("encoding_repaired", "body_short"))
    assert normalize(came).warnings == ("encoding_repaired", "body_short", "encoding_broken")
