"""Pages in every encoding Vietnamese was written in, under right labels, wrong ones and none."""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.page.document import Document
from newscrawl.page.encoding import (
    _8BIT_MARKS,
    _UTF8_MARKS,
    BROKEN,
    REPAIRED,
    Decoded,
    decode_page,
    may_need_repair,
)
from newscrawl.page.page_tree import NotUtf8Error
from newscrawl.page.vietnamese_codepages import (
    is_syllable,
    proven,
    read,
    reads_well,
)
from tests.support.trees import page_root

unhurried = settings(deadline=None)

# Encoders of our own, from the other side of the tables ------------------------------------------

TONES = "\u0300\u0309\u0303\u0301\u0323"
TCVN3 = {
    "ĂÂÊÔƠƯĐ": "A1 A2 A3 A4 A5 A6 A7",
    "ăâêôơưđ": "A8 A9 AA AB AC AD AE",
    "àảãáạ": "B5 B6 B7 B8 B9",
    "ằẳẵắặ": "BB BC BD BE C6",
    "ầẩẫấậ": "C7 C8 C9 CA CB",
    "èẻẽéẹ": "CC CE CF D0 D1",
    "ềểễếệ": "D2 D3 D4 D5 D6",
    "ìỉĩíị": "D7 D8 DC DD DE",
    "òỏõóọ": "DF E1 E2 E3 E4",
    "ồổỗốộ": "E5 E6 E7 E8 E9",
    "ờởỡớợ": "EA EB EC ED EE",
    "ùủũúụ": "EF F1 F2 F3 F4",
    "ừửữứự": "F5 F6 F7 F8 F9",
    "ỳỷỹýỵ": "FA FB FC FD FE",
}
VNI = (
    "à aø ả aû ã aõ á aù ạ aï ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä đ ñ"
    " è eø ẻ eû ẽ eõ é eù ẹ eï ê eâ ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò"
    " ò oø ỏ oû õ oõ ó où ọ oï ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä ơ ô ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï"
    " ù uø ủ uû ũ uõ ú uù ụ uï ư ö ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î"
)
TCVN3_BYTE = {
    letter: byte
    for letters, row in TCVN3.items()
    for letter, byte in zip(letters, bytes.fromhex(row), strict=True)
}
VNI_TEXT = dict(zip(VNI.split()[::2], VNI.split()[1::2], strict=True))
SMALL = [*VNI_TEXT]
LETTERS = [*SMALL, *map(str.upper, SMALL)]
TCVN3_LETTERS = [*TCVN3_BYTE]


def to_tcvn3(text: str) -> bytes:
    """Capitals with a tone become small: VN3 has none."""
    return b"".join(
        bytes([TCVN3_BYTE.get(c) or TCVN3_BYTE[c.lower()]])
        if c.lower() in TCVN3_BYTE
        else c.encode("cp1252")
        for c in text
    )


def to_vni(text: str) -> bytes:
    return "".join(
        VNI_TEXT.get(c) or (VNI_TEXT[c.lower()].upper() if c.lower() in VNI_TEXT else c)
        for c in text
    ).encode("cp1252")


def to_cp1258(text: str) -> bytes:
    """The letter, then its tone, as the code page has them."""
    parts = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        base = "".join(mark for mark in marks if mark not in TONES)
        tone = "".join(mark for mark in marks if mark in TONES)
        parts.append(unicodedata.normalize("NFC", base) + tone)
    return "".join(parts).encode("cp1258")


def misread(text: str, codec: str = "cp1252") -> str:
    """UTF-8 taken for the codec; bytes it leaves open are control characters."""
    return "".join(
        bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode("utf-8")
    )


ENCODERS = {"cp1258": to_cp1258, "tcvn3": to_tcvn3, "vni": to_vni}

SENTENCES = [
    "Trường tiểu học bản Nà Chác mở lại sau bão, các em được phát sách vở mới.",
    "Đến chiều, nước suối rút; đường vào xã Thượng Lâm đã thông xe.",
    "Ở Khuổi Nhầu, lúa nếp trổ bông sớm hơn mọi năm nửa tháng.",
    "Nghệ nhân Ma Văn Đức truyền dạy hát then, đàn tính cho lớp trẻ.",
    "Bão số ba gây mưa to; chính quyền khuyến cáo người dân không qua ngầm tràn.",
]


def test_every_letter_of_vni_and_code_page_1258() -> None:
    assert {letter: read(to_vni(letter), "vni") for letter in LETTERS} == _same(LETTERS)
    assert {letter: read(to_cp1258(letter), "cp1258") for letter in LETTERS} == _same(LETTERS)


def test_every_letter_tcvn3_has() -> None:
    found = {letter: read(b"n" + to_tcvn3(letter), "tcvn3")[1:] for letter in TCVN3_LETTERS}
    assert found == _same(TCVN3_LETTERS)


def _same(letters: Iterable[str]) -> dict[str, str]:
    return dict(zip(letters, letters, strict=True))


def test_the_alphabets_are_whole() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 134  # 12 vowels × 6 tones less 6 in ASCII, đ, twice
    assert len(TCVN3_LETTERS) == 67 + 7
    assert all(unicodedata.is_normalized("NFC", letter) for letter in LETTERS)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("CéNG HOµ", "CỘNG HOÀ"),
        ("UBND TØNH", "UBND TỈNH"),
        ("TP Hå ChÝ Minh", "TP Hồ Chí Minh"),
        ("Bé Y tÕ", "Bộ Y tế"),
        ("X· Th¾ng", "Xã Thắng"),
        ("§¹i héi §¶ng", "Đại hội Đảng"),
    ],
)
def test_tcvn3_capitals(printed: str, meant: str) -> None:
    assert read(printed.encode("cp1252"), "tcvn3") == meant


def test_signs_between_words_are_not_letters_of_tcvn3() -> None:
    raw = "<p>© 2004 · B¸o ViÖt ® – “kh«ng”…</p>".encode("cp1252")
    assert read(raw, "tcvn3") == "<p>© 2004 · Báo Việt ® – “không”…</p>"


def test_bytes_no_code_page_has_are_control_characters() -> None:
    assert read(b"a\x81\x8db", "cp1252") == "a\x81\x8db"
    assert read(b"\x93ch\xe8\x94", "cp1252") == "“chè”"


def test_other_codecs_are_pythons() -> None:
    assert read("ş".encode("iso8859-9"), "iso8859-9") == "ş"
    assert read(b"\xff\xfe", "utf-8") == "\ufffd\ufffd"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_proves_its_encoding(sentence: str) -> None:
    assert proven(to_cp1258(sentence)) == "cp1258"
    assert proven(to_tcvn3(sentence)) == "tcvn3"
    assert proven(to_vni(sentence)) == "vni"
    assert read(to_tcvn3(sentence), "tcvn3")[1:] == sentence[1:]  # Ở has no capital there
    assert reads_well(sentence)
    assert not reads_well(to_tcvn3(sentence).decode("cp1252"))
    assert not reads_well(to_vni(sentence).decode("cp1252"))
    assert not reads_well(to_cp1258(sentence).decode("cp1252"))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Only ASCII here",
        b"caf\xe9, d\xe9j\xe0 vu, na\xefve, No\xebl, gar\xe7on",  # French
        b"fr\xfcher K\xe4se, gr\xfc\xdfe, \xfcber, M\xe4dchen",  # German
        b"sm\xf8rrebr\xf8d p\xe5 k\xf8b, r\xf8dgr\xf8d, \xe6ble",  # Danish
        b"a\xf1o, ma\xf1ana, est\xe1 aqu\xed, tambi\xe9n",  # Spanish
        "Tuyên Quang, bản Nà Chác, đường vào xã".encode(),
        b"th\xe1 th\xe1 th\xe1",  # half a letter of UTF-8, cut off in three places
        b"\x93\x94\x96\x85 \xa9 \xab\xbb",
        bytes(range(128, 256)),
        "новости деревни сегодня".encode("cp1251"),
        "新闻今天发布消息".encode("gb18030"),
    ],
)
def test_other_bytes_prove_nothing(raw: bytes) -> None:
    assert proven(raw) is None


SYLLABLES = (
    "a ở ý Yên yêu khuỷu khuya nghiêng nguyễn quốc quý quyết gì giếng giờ oẳn xoong hoà hòa thuở"
    " uống ươm ướt rượu cừu muỗi ngoèo ngoáy huýt tuýp Đắk ĐẢNG Ủy lựu chuối hươu nghĩa lịch"
)
NO_SYLLABLES = (
    "été señor Käse bµo ®ång hoäi nôòi ðảng Tuyªn tHế thấỹ ớà smörgås ngôôi bcd aaá łódź ff w"
    " ngiêngg мир 新闻"
)


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


WORDS = st.lists(
    st.sampled_from(sorted(set(re.findall(r"\w+", " ".join(SENTENCES).lower())))),
    min_size=8,
    max_size=40,
).map(lambda words: " ".join(["chợ", "phiên", "đã", *words]))


@unhurried
@given(WORDS)
def test_any_vietnamese_words_come_back(text: str) -> None:
    for codec, raw in (
        ("cp1258", to_cp1258(text)),
        ("tcvn3", to_tcvn3(text)),
        ("vni", to_vni(text)),
    ):
        assert read(raw, codec) == text


@unhurried
@given(st.binary())
def test_any_bytes_are_judged(raw: bytes) -> None:
    codec = proven(raw)
    assert codec is None or reads_well(read(raw, codec)) or len(raw) > 100
    for name in ("cp1252", "cp1258", "tcvn3", "vni"):
        read(raw, name).encode("utf-8")


# Whole pages --------------------------------------------------------------------------------------

PARAGRAPHS = "".join(f"<p>{sentence}</p>\n" for sentence in SENTENCES)


def html(label: str = "utf-8", paragraphs: str = PARAGRAPHS) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{label}"><title>thời sự</title></head>'
        f"<body>{paragraphs}</body></html>"
    )


PAGE = html().replace("Ở", "ở").replace("Đến", "đến")  # capitals with a tone: not in TCVN3


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/html",
        "text/html; charset=utf-8",
        "text/html; charset=iso-8859-1",
        "text/html; charset=windows-1258",
        "text/html; charset=utf-16",
        "text/html; charset=hex",
        "text/html; charset=không-có",
    ],
)
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1258", "x"])
def test_valid_utf8_is_utf8_whatever_the_labels_say(content_type: str | None, label: str) -> None:
    page = html(label)
    assert decode_page(page.encode(), content_type) == Decoded(page, "utf-8")


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_wins_and_goes(mark: bytes, encoding: str) -> None:
    body = mark + PAGE.encode(encoding)
    assert decode_page(body, "text/html; charset=iso-8859-1") == Decoded(PAGE, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_nuls(encoding: str) -> None:
    assert decode_page(PAGE.encode(encoding), None) == Decoded(PAGE, encoding)
    assert decode_page(PAGE.encode(encoding), "text/html; charset=utf-8").text == PAGE


@pytest.mark.parametrize("label", ["windows-1258", "iso-8859-1", "utf-8", "x-user-defined"])
@pytest.mark.parametrize("codec", ENCODERS)
@pytest.mark.parametrize("where", ["header", "page"])
def test_8bit_pages_under_any_label(codec: str, label: str, where: str) -> None:
    page = PAGE.replace('charset="utf-8"', f'charset="{label if where == "page" else "x"}"')
    content_type = f"text/html; charset={label}" if where == "header" else None
    decoded = decode_page(ENCODERS[codec](page), content_type)
    assert (decoded.text, decoded.encoding) == (page, codec)
    rightly_labelled = (codec, label) == ("cp1258", "windows-1258")
    assert decoded.warnings == (() if rightly_labelled else (REPAIRED,))


def test_a_header_that_is_refuted_leaves_the_word_to_the_page() -> None:
    body = '<meta charset="windows-1252"><p>D\xe9j\xe0 vu, caf\xe9 — “Noël”</p>'
    decoded = decode_page(body.encode("cp1252"), "text/html; charset=utf-8")
    assert decoded == Decoded(body, "cp1252")


@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        ("<p>новости деревни</p>", "windows-1251", "cp1251"),
        ("<p>新闻今天发布</p>", "gb2312", "gb18030"),
        ("<p>ニュース</p>", "shift_jis", "cp932"),
        ("<p>Kahvaltıda çay</p>", "iso-8859-9", "cp1254"),
        ("<p>“Đình”</p>", "windows-1258", "cp1258"),
    ],
)
def test_a_right_label_is_followed(text: str, label: str, encoding: str) -> None:
    body = to_cp1258(text) if encoding == "cp1258" else text.encode(encoding)
    assert decode_page(body, f"text/html; charset={label}") == Decoded(text, encoding)


def test_an_asian_label_the_bytes_refute_is_dropped() -> None:
    body = to_tcvn3(PAGE)
    assert decode_page(body, "text/html; charset=big5").encoding == "tcvn3"


@pytest.mark.parametrize("label", ["hex", "rot13", "punycode", "idna", "undefined", "utf-7", "zip"])
def test_labels_that_are_no_page_encodings_are_none(label: str) -> None:
    assert decode_page(to_vni(PAGE), f"text/html; charset={label}").text == PAGE
    assert decode_page(b"<p>a+ADw-b \xff</p>", f"text/html; charset={label}").text == (
        "<p>a+ADw-b \ufffd</p>"
    )


def test_nuls_go() -> None:
    assert decode_page("<p>Chợ\0 phiên</p>".encode(), None) == Decoded("<p>Chợ phiên</p>", "utf-8")
    wide = "<p>Chợ\0 phiên</p>" * 9
    assert decode_page(wide.encode("utf-16"), None).text == wide.replace("\0", "")


# Pages in two encodings ---------------------------------------------------------------------------


@pytest.mark.parametrize("codec", ENCODERS)
@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "x"])
def test_a_paragraph_of_another_encoding_in_utf8(codec: str, label: str) -> None:
    head, paragraph, tail = PAGE.partition(SENTENCES[3])
    body = head.encode() + ENCODERS[codec](paragraph) + tail.encode()
    decoded = decode_page(body, f"text/html; charset={label}")
    assert decoded == Decoded(PAGE, "utf-8", (REPAIRED,))


def test_a_run_may_begin_inside_a_paragraph() -> None:
    first, second = "Sáng nay, ", "tại chợ phiên, bà con bày bán mật ong; đông “nhất” là buổi trưa…"
    rest = f" </b>{SENTENCES[0]}"
    body = first.encode() + b"<b>" + to_cp1258(second) + rest.encode()
    assert decode_page(body, None).text == f"{first}<b>{second}{rest}"


def test_the_tone_before_a_sign_is_still_a_tone() -> None:
    # 0xCC 0x94, "huyền" and a closing quote, is also U+0314 in UTF-8
    run = "“đã về bản nhà” – “trời mưa là về nhà”"
    body = PAGE.encode() + to_cp1258(run)
    assert decode_page(body, None) == Decoded(PAGE + run, "utf-8", (REPAIRED,))


@pytest.mark.parametrize(
    "broken",
    [
        b"Tuy\xffn Quang",
        b"caf\xe9",
        b"Tuy\xe1\xban Quang",  # a letter without its last byte
        b"\xbb\x93ng b\xc3o",
        b"\xed\xa0\x80",  # a surrogate
        b"\xf8\x88\x80\x80\x80",
        "đã mất \ufffd rồi".encode(),
        b"a\xa0b",
        b"cut \xe1\xba",
    ],
)
def test_what_proves_itself_in_nothing_is_lost_and_said(broken: bytes) -> None:
    decoded = decode_page(PAGE.encode() + b"<p>" + broken + b"</p>", "text/html; charset=utf-8")
    assert "\ufffd" in decoded.text
    assert decoded.text.startswith(PAGE)
    assert decoded.warnings[-1] == BROKEN


def test_a_truncated_page_is_broken() -> None:
    cut = PAGE.encode()[: PAGE.encode().index("ờ".encode()) + 2]
    assert decode_page(cut, None).warnings == (BROKEN,)


def test_windows_signs_at_a_words_edge_are_read() -> None:
    body = PAGE.encode() + b"<p>\x93Na Hang\x94 \x96 th\xe1\xbb\x8bt tr\xc3\xa2u\x85</p>"
    assert decode_page(body, None) == Decoded(
        f"{PAGE}<p>“Na Hang” – thịt trâu…</p>", "utf-8", (REPAIRED,)
    )


@pytest.mark.parametrize("cut", [b"\xe1", b"\xe1\xbb", b"\xc3", b"\xc6", b"\xe2\x80"])
@pytest.mark.parametrize("end", [b'"', b'..."', '…"'.encode(), b"'"])
def test_a_description_cut_inside_a_letter_loses_the_half(cut: bytes, end: bytes) -> None:
    head = '<meta name="description" content="Chợ phiên họp lại, người '
    body = head.encode() + cut + end + b">" + PAGE.encode()
    assert decode_page(body, None) == Decoded(
        head + end.decode() + ">" + PAGE, "utf-8", (REPAIRED,)
    )


@pytest.mark.parametrize("cut", [b"\xe1", b"\xe1\xbb", b"\xc3"])
@pytest.mark.parametrize("end", ["...", "…"])
def test_so_does_a_teaser(cut: bytes, end: str) -> None:
    teaser = "<a>Bản Nà Chác đón ng"
    body = PAGE.encode() + teaser.encode() + cut + end.encode() + b"</a>"
    assert decode_page(body, None) == Decoded(f"{PAGE}{teaser}{end}</a>", "utf-8", (REPAIRED,))


# Text that was read wrongly before it was stored --------------------------------------------------


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_mojibake_is_undone(codec: str, times: int) -> None:
    body = PAGE
    for _ in range(times):
        body = misread(body, codec)
    assert decode_page(body.encode(), None) == Decoded(PAGE, "utf-8", (REPAIRED,))


def test_a_mojibake_paragraph_among_right_ones_is_undone() -> None:
    body = PAGE.replace(SENTENCES[3], misread(SENTENCES[3]))
    assert decode_page(body.encode(), None) == Decoded(PAGE, "utf-8", (REPAIRED,))


@pytest.mark.parametrize("word", ["là", "chợ", "đá", "ướt", "gì và vì", "“Báo” – ‘Đảng’…", "é"])
def test_one_mojibake_word_is_enough(word: str) -> None:
    body = f"<h1>{misread(word)}</h1>{PARAGRAPHS}"
    assert decode_page(body.encode(), None).text == f"<h1>{word}</h1>{PARAGRAPHS}"


@pytest.mark.parametrize("codec", ENCODERS)
def test_8bit_text_stored_as_latin_letters_is_undone(codec: str) -> None:
    stored = "".join(f"<p>{ENCODERS[codec](s).decode('cp1252')}</p>" for s in SENTENCES[1:])
    meant = "".join(f"<p>{read(ENCODERS[codec](s), codec)}</p>" for s in SENTENCES[1:])
    right = f"<h1>{SENTENCES[0]}</h1>"
    decoded = decode_page((right + stored).encode(), None)
    assert decoded == Decoded(right + meant, "utf-8", (REPAIRED,))


@pytest.mark.parametrize(
    "text",
    [
        "XÃ\xa0HỘI",
        "<b>XÃ\xa0</b>",
        "ĐÃ… RÃ”, “BÃ”",
        "«Lá» «ĐÃ» «CHÂU Â»",
        "Số nº 5, 3º, 25 µm, 10 ÷ 2",
        "Samsung® giới thiệu; © 2024 · Báo Tỉnh",
        "Søren và Ærø, Ðức, ðã, Æsop, Ä",
        '‘nháy’ "thẳng" \' – — “cong” …',
        "hoà hòa thuỷ thủy",
        "Tuye\u0302n Quang",  # decomposed: the text stage composes
        "Noël, naïve, cité, São Paulo",
    ],
)
def test_right_text_stays_as_it_is(text: str) -> None:
    page = f"<p>{text}</p>{PARAGRAPHS}"
    assert decode_page(page.encode(), "text/html") == Decoded(page, "utf-8")
    assert decode_page(f"<p>{text}</p>".encode(), None).text == f"<p>{text}</p>"


def test_mojibake_that_cannot_be_undone_is_said() -> None:
    holed = misread(SENTENCES[0]).replace("\xa0", " ").replace("\u009d", "") + " đã"
    decoded = decode_page(f"<p>{holed}</p>{PARAGRAPHS}".encode(), None)
    assert decoded == Decoded(f"<p>{holed}</p>{PARAGRAPHS}", "utf-8", (BROKEN,))


# Properties ---------------------------------------------------------------------------------------

NAMES = (
    "utf-8 utf-16 utf-32 iso-8859-1 windows-1258 windows-1251 gb18030 big5 shift_jis euc-kr x"
    " iso-2022-jp koi8-r utf-7 hex base64 idna punycode unicode_escape undefined"
)
LABELS = (
    st.none()
    | st.text(max_size=30)
    | st.sampled_from([f"text/html; charset={name}" for name in NAMES.split()])
)
FRAGMENTS = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from(SENTENCES).map(str.encode),
        st.sampled_from(SENTENCES).map(to_cp1258),
        st.sampled_from(SENTENCES).map(to_tcvn3),
        st.sampled_from(SENTENCES).map(to_vni),
        st.sampled_from(SENTENCES).map(lambda s: misread(s).encode()),
        st.sampled_from([b"<p>", b"</p>", b'"', b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xcc\x94"]),
    ),
    max_size=8,
).map(b"".join)


@unhurried
@given(st.binary() | FRAGMENTS, LABELS)
def test_any_bytes_decode_under_any_label(body: bytes, content_type: str | None) -> None:
    decoded = decode_page(body, content_type)
    decoded.text.encode("utf-8")
    assert "\0" not in decoded.text
    assert ("\ufffd" not in decoded.text) or BROKEN in decoded.warnings


@unhurried
@given(st.text(), LABELS)
def test_utf8_without_odd_signs_is_never_changed(text: str, content_type: str | None) -> None:
    plain = "".join(c for c in text if c not in "\0\ufeff\ufffdÃÂÄÆáºµ®øð")
    page = f"<!DOCTYPE html><p>Chợ phiên</p>{plain}"
    assert decode_page(page.encode(), content_type) == Decoded(page, "utf-8")


@unhurried
@given(WORDS, st.sampled_from(NAMES.split()), st.sampled_from([*ENCODERS]))
def test_any_vietnamese_page_comes_back(text: str, label: str, codec: str) -> None:
    page = f"<html><body><p>{text}</p></body></html>"
    assert decode_page(ENCODERS[codec](page), f"text/html; charset={label}").text == page


@unhurried
@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]), LABELS)
def test_any_unicode_page_comes_back(text: str, codec: str, content_type: str | None) -> None:
    page = f"<html><body><p>{text}</p></body></html>"
    decoded = decode_page(page.encode(codec), content_type)
    assert decoded.text == page
    assert decoded.warnings == ()


@unhurried
@given(WORDS, st.integers(1, 3))
def test_any_vietnamese_mojibake_comes_back(text: str, times: int) -> None:
    page = body = f"<p>{text}</p>"
    for _ in range(times):
        body = misread(body)
    assert decode_page(body.encode(), None) == Decoded(page, "utf-8", (REPAIRED,))


# Bytes that libxml2 may take as they came --------------------------------------------------------

_DOUBTFUL: Final = (*_UTF8_MARKS, *_8BIT_MARKS, "\ufffd")


@given(st.text(max_size=60), st.sampled_from(["", *_DOUBTFUL]), st.text(max_size=9))
def test_a_page_that_may_need_repair_is_told_by_its_bytes(
    before: str, mark: str, after: str
) -> None:
    body = f"{before}{mark}{after}".encode("utf-8", "ignore")
    if any(letter in body.decode() for letter in (*_DOUBTFUL, "\0")):
        assert may_need_repair(body)
    elif b"\xef\xbf" not in body and not body.startswith(codecs.BOM_UTF8):
        assert not may_need_repair(body)


_BAD_BYTES: Final = [
    b"\xff", b"\xc3", b"\xe1\xba", b"\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80",
    b"\xe0\x80\x80", b"\xf4\x90\x80\x80", b"\xf0\x80\x80\x80", b"\xc1\x80", b"\xe1\xba<",
]  # fmt: skip
_GOOD_BYTES: Final = ["\ufffe".encode(), "😀".encode(), b"\xc2\x85", b"\x01", b"\x0b", b"\x7f"]
_PLACES: Final = [
    "<html><head><title>{}Tin</title></head><body><p>Lúa</p></body></html>",
    "<html{}><body><p>Lúa</p></body></html>",
    "<html><body><p title='{}'>Lúa</p></body></html>",
    "<html><body><!-- {} --><p>Lúa</p></body></html>",
    "<html><body><script>{}</script><p>Lúa</p></body></html>",
    "<html><body><p>Lúa</p></body></html>{}",
    "<html><body><p>Lúa</p{}></body></html>",
    "<html><body><p>Lúa</p></b{}></body></html>",
    "<html><body>" + "</p></div>" * 60 + "<p>Lúa{}</p></body></html>",
]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("letters", [*_BAD_BYTES, *_GOOD_BYTES])
def test_libxml2_tells_bytes_that_are_not_utf8_wherever_they_stand(
    place: str, letters: bytes
) -> None:
    page = place.encode().replace(b"{}", letters)
    try:
        page.decode()
        is_utf8 = True
    except UnicodeDecodeError:
        is_utf8 = False
    if is_utf8:
        assert page_root(page, is_known_utf8=False) is not None
    else:
        with pytest.raises(NotUtf8Error):
            page_root(page, is_known_utf8=False)


@pytest.mark.parametrize(
    ("body", "warnings", "shown"),
    [
        ("<p>Lúa chín</p>".encode(), (), "Lúa chín"),
        (b"\xef\xbb\xbf" + "<p>Lúa chín</p>".encode(), (), "Lúa chín"),
        ("<p>L\0úa chín</p>".encode(), (), "Lúa chín"),
        ("<p>Ch¶ng ®ång bµo, b¶n Th¸i ë ®©y</p>".encode(), (REPAIRED,), None),
        ("<p>Lúa chín \ufffd</p>".encode(), (BROKEN,), "Lúa chín \ufffd"),
        ("<p>ĐÃ GẶT «LÚA» 20º</p>".encode(), (), "ĐÃ GẶT «LÚA» 20º"),
    ],
)
def test_a_document_warns_as_its_decoded_text_does(
    body: bytes, warnings: tuple[str, ...], shown: str | None
) -> None:
    document = Document("https://bao.vn/", body, fetched_at=datetime(2026, 12, 1, tzinfo=UTC))
    paragraph = next(document.root.iter("p"))
    assert document.warnings == document.decoded.warnings
    if shown is not None:
        assert (document.warnings, paragraph.text) == (warnings, shown)
