"""What an article shows of how its page was read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.items import Article, Image
from newscrawl.monitoring.indicators import (
    LEAKS,
    LOSSES,
    MEASURES,
    REPEATS,
    is_loose,
    length_of,
    length_step,
    values,
)
from tests.support.articles import any_article, make_article

TEXT = "Sương vừa tan, nương chè đã đông người hái."
WHOLE: dict[str, Any] = {
    "lead": "Nương chè vào vụ sớm.",
    "body": f"{TEXT}\n\nĐến trưa, hai mươi gùi đã đầy.",
    "captions": ("Hái chè trên đồi Khau Tinh.", "Sao chè bên bếp lửa."),
    "images": (
        Image(url="https://baothu.vn/1.jpg", credit="Lý Thu"),
        Image(url="https://baothu.vn/2.jpg"),
    ),
    "authors": ("Lý Thu",),
    "byline": "Bài, ảnh: Lý Thu",
    "source": "TTXVN",
    "section": "Kinh tế",
    "tags": ("chè",),
}


def losses(article: Article) -> set[str]:
    return {sign for sign, (_, has) in LOSSES.items() if not has(article)}


def leaks(article: Article) -> set[str]:
    return {sign for sign, (_, has) in LEAKS.items() if has(article)}


def with_body(*paragraphs: str) -> Article:
    return make_article(**WHOLE | {"body": "\n\n".join(paragraphs)})


# Lost -------------------------------------------------------------------------------------------


def test_a_whole_article_lacks_nothing_and_leaks_nothing() -> None:
    assert losses(make_article(**WHOLE)) == set()
    assert leaks(make_article(**WHOLE)) == set()


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({"lead": None}, {"lead"}),
        ({"body": None}, {"body"}),
        ({"captions": ("Một ảnh.",)}, {"several captions"}),
        ({"captions": ()}, {"captions", "several captions"}),
        ({"images": WHOLE["images"][:1]}, {"several images"}),
        ({"images": WHOLE["images"][1:]}, {"several images", "credits"}),
        ({"images": ()}, {"images", "several images", "credits"}),
        ({"authors": ()}, {"authors"}),
        ({"source": None}, {"source"}),
        ({"authors": (), "source": None}, {"authors", "source", "signature"}),
        ({"section": None}, {"section", "printed section"}),
        ({"warnings": ("section_from_meta",)}, {"printed section"}),
        ({"warnings": ("lead_from_meta",)}, {"lead"}),
        ({"warnings": ("headline_from_meta", "authors_from_meta")}, {"headline", "authors"}),
        ({"tags": ()}, {"tags"}),
        ({"published_precision": "day"}, {"time of day"}),
        ({"published_source": "meta"}, {"date line"}),
        ({"published_at": None, "published_precision": "", "published_source": ""},
         {"published", "time of day", "date line"}),
    ],
)  # fmt: skip
def test_what_is_absent_is_seen(changes: dict[str, Any], lost: set[str]) -> None:
    assert losses(make_article(**WHOLE | changes)) == lost


# Leaked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "loose"),
    [
        ("Chợ phiên Khau Tinh họp sớm", True),
        ("Đường mới vào bản năm 2026", True),
        ("Chợ phiên họp sớm.", False),
        ("Ai còn nhớ chợ cũ?", False),
        ("Chợ họp sớm như mọi năm…", False),
        ("“Chợ vui lắm, con ạ”", False),
        ("Gồm ba loại sau:", False),
        ("Xã Khau Tinh\t118\t2026", False),
        ("Phần II", False),
        ("", False),
    ],
)
def test_a_loose_line_ends_like_no_sentence(line: str, loose: bool) -> None:
    assert is_loose(line) is loose
    assert ("a loose line" in leaks(with_body(TEXT, line, TEXT))) is loose


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("Xem thêm: Đường mới vào bản.", True),
        (">> Đọc tiếp bài sau.", True),
        ("Tin liên quan.", True),
        ("Bài viết cùng chuyên mục:", True),
        ("Xem thêm người ta cấy lúa, ông bảo thế.", True),
        ("Xem người ta cấy lúa, ông lại nhớ.", False),
        ("Đọc sách bên cửa sổ, bà mỉm cười.", False),
        ("Tin vui đến với bản.", False),
    ],
)
def test_a_line_that_leads_elsewhere_begins_so(line: str, leads: bool) -> None:
    assert ("a line that leads elsewhere" in leaks(with_body(TEXT, line))) is leads


@pytest.mark.parametrize(
    "line",
    [
        "HÁI CHÈ TRÊN ĐỒI KHAU TINH.", "chè", "Nương chè vào vụ sớm.", "Kinh tế", "Lý Thu",
        "Bài, ảnh: Lý Thu", "Mùa chè trên đồi Khau Tinh",
    ],
)  # fmt: skip
def test_a_paragraph_that_is_another_field_again(line: str) -> None:
    assert "a repetition of another field" in leaks(with_body(TEXT, line, TEXT))
    assert "a repetition of another field" not in leaks(with_body(TEXT, f"{line} và hơn thế."))


def test_a_signature_is_left_in_the_text_where_it_ends_it() -> None:
    assert "a signature in the text" in leaks(with_body(TEXT, "Bài, ảnh: Lý Thu"))
    assert "a signature in the text" not in leaks(with_body("Bài, ảnh: Lý Thu", TEXT))


@pytest.mark.parametrize(("syllables", "is_long"), [(100, False), (101, True)])
def test_a_caption_as_long_as_a_text(syllables: int, is_long: bool) -> None:
    article = make_article(**WHOLE | {"captions": ("chè " * syllables,)})
    assert ("a caption as long as a text" in leaks(article)) is is_long


@pytest.mark.parametrize(
    ("body", "twice"),
    [
        ((TEXT, "Đến trưa, hai mươi gùi đã đầy."), False),
        ((TEXT, TEXT), True),
        ((TEXT, "Đến trưa, hai mươi gùi đã đầy.", "“Nương chè đã đông người hái”"), False),
        ((TEXT, "Đến trưa, hai mươi gùi đã đầy.", "“nương chè đã đông người hái”"), True),
        (("Vâng.", "Vâng.", TEXT), False),
        ((TEXT, "x" * 50_000, TEXT), False),
    ],
)
def test_a_line_is_said_twice_alone_or_in_a_paragraph(body: tuple[str, ...], twice: bool) -> None:
    assert ("a line said twice" in leaks(with_body(*body))) is twice


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("Chợ họp sớm.", False),
        ("Giá 5 < 6 và A & B; còn C.", False),
        ("Chợ&nbsp;họp sớm.", True),
        ("Chợ&#44; họp sớm.", True),
        ("{{ item.tieu_de }}", True),
        ("${bai.sapo}", True),
        ("<b>Chợ</b> họp sớm.", True),
        ("Chợ họp sớm.<br/>", True),
    ],
)
def test_code_is_no_text(text: str, is_code: bool) -> None:
    for name in ("headline", "lead", "body"):
        assert ("code in the text" in leaks(make_article(**WHOLE | {name: text}))) is is_code


@pytest.mark.parametrize(
    ("line", "is_credit"),
    [
        ("Ảnh: Lý Thu", True),
        ("(Ảnh: TTXVN)", True),
        ("Ảnh minh họa: Lý Thu", True),
        ("Video: Trung tâm truyền thông", True),
        ("Ảnh chụp chợ phiên Khau Tinh buổi sáng.", False),
        ("Theo ông Lý: chợ họp sớm.", False),
    ],
)
def test_a_credit_in_the_text(line: str, is_credit: bool) -> None:
    assert ("a credit in the text" in leaks(with_body(line, TEXT))) is is_credit
    assert "a credit in the text" not in leaks(with_body(TEXT, line))


@pytest.mark.parametrize(
    ("headline", "labelled"),
    [
        ("Kinh tế Mùa chè trên đồi", True),
        ("KINH TẾ: Mùa chè trên đồi", True),
        ("Kinh tế", False),
        ("Mùa chè và kinh tế", False),
    ],
)
def test_a_sections_name_in_the_headline(headline: str, labelled: bool) -> None:
    article = make_article(**WHOLE | {"headline": headline})
    assert ("a section's name in the headline" in leaks(article)) is labelled
    unsectioned = make_article(**WHOLE | {"headline": headline, "section": None})
    assert "a section's name in the headline" not in leaks(unsectioned)


@pytest.mark.parametrize(
    ("tag", "is_marked"), [("chè", False), ("4.0", False), ("#chè", True), ("• chè", True)]
)
def test_a_mark_before_a_tag(tag: str, is_marked: bool) -> None:
    article = make_article(**WHOLE | {"tags": ("nương", tag)})
    assert ("a mark before a tag" in leaks(article)) is is_marked


@pytest.mark.parametrize(
    ("path", "is_none"),
    [
        (("Kinh tế", "Nông nghiệp"), False),
        (("Trang chủ", "Kinh tế"), True),
        (("Kinh tế", "Mùa chè trên đồi Khau Tinh"), True),
        ((), False),
    ],
)
def test_what_is_no_sections_name(path: tuple[str, ...], is_none: bool) -> None:
    article = make_article(**WHOLE | {"section_path": path})
    assert ("no section's name" in leaks(article)) is is_none


# Measures and repeats ---------------------------------------------------------------------------


@given(st.integers(0, 200_000))
def test_a_length_is_kept_within_a_tenth(length: int) -> None:
    assert abs(length_of(length_step(length)) - length) <= 0.1 * (length + 1) + 1


@given(st.integers(0, 100_000))
def test_twice_as_long_is_four_steps_more(length: int) -> None:
    assert length_step(2 * length + 1) - length_step(length) == 4


@pytest.mark.parametrize(("count", "told"), [(0, 0), (3, 3), (9, 9), (40, 9)])
def test_loose_lines_are_counted_to_nine(count: int, told: int) -> None:
    article = with_body(TEXT, *["Chợ phiên Khau Tinh họp sớm"] * count)
    assert MEASURES["loose lines"][1](article) == told


def test_what_articles_may_share() -> None:
    article = make_article(**WHOLE | {"captions": ("Ảnh minh họa.", WHOLE["captions"][0])})
    assert sorted(values(article)) == sorted(
        [
            ("headline", "Mùa chè trên đồi Khau Tinh"),
            ("ending", "tinh"),
            ("lead", "Nương chè vào vụ sớm."),
            ("paragraph", TEXT),
            ("paragraph", "Đến trưa, hai mươi gùi đã đầy."),
            ("caption", "Hái chè trên đồi Khau Tinh."),
            ("image", "https://baothu.vn/1.jpg"),
            ("image", "https://baothu.vn/2.jpg"),
            ("moment", "2025-06-18T11:59:00+07:00"),
        ]
    )


def test_headlines_without_a_section_may_share_their_beginning() -> None:
    assert ("beginning", "mùa chè") in set(values(make_article()))


def test_a_day_is_no_moment_to_share() -> None:
    article = make_article(published_precision="day")
    assert "moment" not in {kind for kind, _ in values(article)}


@given(any_article())
def test_every_article_has_every_sign_or_not(article: Article) -> None:
    told = list(values(article))
    assert len(set(told)) == len(told)
    assert {kind for kind, _ in told} <= REPEATS.keys()
    assert all(has(article) in (True, False) for _, has in (*LOSSES.values(), *LEAKS.values()))
    assert all(measure(article) >= 0 for _, measure in MEASURES.values())
