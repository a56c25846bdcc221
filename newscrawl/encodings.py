"""A page's bytes as text: the reading in which its words are Vietnamese, whatever the labels say.

A label is only a claim: headers lie (UTF-8 sent as iso-8859-1), pages mix two encodings, and old
articles stand in the font encodings of the 1990s. A reading that contradicts its label must prove
itself by its syllables. Sources: WHATWG Encoding Standard (order of evidence, code pages);
TCVN 5712:1993, VN3, as the .VnTime fonts use it ("ABC"); VNI for Windows.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

REPAIRED: Final = "encoding_repaired"
BROKEN: Final = "encoding_broken"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, without byte order mark and NULs, and how it was read."""

    text: str
    encoding: str
    """What the bytes are: a Python codec's name, "tcvn3" or "vni"""
    warnings: tuple[str, ...] = ()
    """encoding_repaired: the bytes contradict their label or each other, and read as Vietnamese
    all the same; encoding_broken: letters are lost (U+FFFD or mojibake is left)"""


# --- The 8-bit encodings of Vietnamese ----------------------------------------------------------


def _code_page(codec: str) -> str:
    """Its 256 characters; bytes it leaves open are C1 controls, as browsers have it."""
    read = (bytes([i]).decode(codec, "ignore") or chr(i) for i in range(256))
    return "".join(read)


def _with(code_page: str, letters: dict[int, str]) -> str:
    for start, run in letters.items():
        code_page = code_page[:start] + run + code_page[start + len(run) :]
    return code_page


_CP1252: Final = _code_page("cp1252")
_CP1258: Final = _code_page("cp1258")
# VN3 has no capitals with a tone: the .VnTimeH fonts draw the small letter's byte as a capital.
_TCVN3: Final = _with(
    _CP1252,
    {
        0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
        0xB5: "àảãáạ",
        0xBB: "ằẳẵắ",
        0xC6: "ặầẩẫấậè",
        0xCE: "ẻẽéẹềểễếệìỉ",
        0xDC: "ĩíịò",
        0xE1: "ỏõóọồổỗốộờởỡớợù",
        0xF1: "ủũúụừửữứựỳỷỹýỵ",
    },
)
_ALONE: Final = re.compile(r"(?<![^\s<>])[âđã](?![^\s<>])")  # no words: signs of the text around
_SIGNS: Final = {"â": "©", "đ": "®", "ã": "·"}
_WORD: Final = re.compile(r"[^\W\d_]+")

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = TONES = "\u0300\u0309\u0303\u0301\u0323"
_ROOF, _BREVE = "\u0302", "\u0306"
# VNI writes a vowel, then a byte for its marks; on code page 1252 those bytes are these letters.
_VNI_MARKS: Final = {
    **dict(zip("øûõùï", TONES, strict=True)),
    **dict(zip("âàåãáä", (_ROOF, *(_ROOF + tone for tone in TONES)), strict=True)),
    **dict(zip("êèúüéë", (_BREVE, *(_BREVE + tone for tone in TONES)), strict=True)),
}
_VNI_LETTERS: Final = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI: Final = re.compile("([aeouyôöAEOUYÔÖ])([øûõùïâàåãáäêèúüéëØÛÕÙÏÂÀÅÃÁÄÊÈÚÜÉË])|[ñôöæóòîÑÔÖÆÓÒÎ]")


def _read(raw: bytes, codec: str) -> str:
    """The bytes in one of the encodings Python lacks or has only half of, NFC."""
    if codec == "tcvn3":
        text = _ALONE.sub(lambda m: _SIGNS[m[0]], codecs.charmap_decode(raw, "strict", _TCVN3)[0])
        return _WORD.sub(_capital_word, text)
    if codec == "vni":
        text = _VNI.sub(_vni_letter, codecs.charmap_decode(raw, "strict", _CP1252)[0])
        return unicodedata.normalize("NFC", text)
    if codec == "cp1258":
        # Letter and tone are two bytes there: "o" + hook; NFC makes them the one letter again.
        text = codecs.charmap_decode(raw, "strict", _CP1258)[0]
        return unicodedata.normalize("NFC", text)
    if codec == "cp1252":
        return codecs.charmap_decode(raw, "strict", _CP1252)[0]
    return raw.decode(codec, "replace")


def _capital_word(match: re.Match[str]) -> str:
    """HộI as HỘI: typed in capitals, its toned letter has none in VN3."""
    word = match[0]
    capitals = sum(map(str.isupper, word))
    return word.upper() if capitals > 1 and not any("a" <= c <= "z" for c in word) else word


def _vni_letter(match: re.Match[str]) -> str:
    if match[2] is None:
        return _VNI_LETTERS[match[0]]
    return _VNI_LETTERS.get(match[1], match[1]) + _VNI_MARKS[match[2].lower()]


# --- What is Vietnamese -------------------------------------------------------------------------

_ONSET = "ngh?|[ckpt]h|gh|gi|nh|qu|tr|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "[aăâeêioôơuưy]|a[iouy]|â[uy]|e?o|êu|i[aêu]|iêu|yêu?|o[aăeo]|[oôơ]i|oa[ioy]|oeo|u[aâêôơyi]"
    "|ư[aơiu]|uôi|ươ[iu]|uây|uy[aêu]"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|n[gh]?|[ckmpt])?")
_TONE: Final = re.compile(f"[{TONES}]")
_NEUTRAL: Final = re.compile("[\x00-\x7f\xa0“”‘’–—…•«»°·©®\ufffd]")
_BYTE_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]+")
_SAMPLE: Final = 2000
_DISTINCT: Final = 3  # a letter cut in half by the CMS reads as "á": one word proves nothing
_SHARE: Final = 0.8


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    marks = unicodedata.normalize("NFD", word.lower())
    bare, tones = _TONE.subn("", marks)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _evidence(text: str) -> tuple[int, float]:
    """Different Vietnamese syllables beyond ASCII, and the share of such letters they hold."""
    words = [w for w in _WORD.findall(text) if not w.isascii() and _is_syllable(w)]
    letters = len(_NEUTRAL.sub("", text))
    held = sum(len(_NEUTRAL.sub("", word)) for word in words)
    return len(set(words)), held / letters if letters else 1.0


def _sample(raw: bytes) -> bytes:
    words = (match[0] for match in _BYTE_WORD.finditer(raw))
    beyond = (word for word in words if not word.isascii())
    return b" ".join(word for word, _ in zip(beyond, range(_SAMPLE), strict=False))


def _proven(raw: bytes) -> str | None:
    """The 8-bit encoding in which the bytes are Vietnamese; None where none of them proves it."""
    sample = _sample(raw)
    readings = {codec: _evidence(_read(sample, codec)) for codec in ("cp1258", "tcvn3", "vni")}
    best = max(readings, key=lambda codec: readings[codec])
    distinct, share = readings[best]
    return best if distinct >= _DISTINCT and share >= _SHARE else None


# --- From bytes to text -------------------------------------------------------------------------

_ASIAN: Final = frozenset("big5hkscs cp932 cp949 euc_jp gb18030 iso2022_jp".split())
_SINGLE: Final = frozenset(
    "cp866 cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 iso8859-2 iso8859-3"
    " iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15"
    " iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman".split()
)
_UTF8_LETTER: Final = re.compile(
    rb"\xc3[\x80-\xbf]|\xc4[\x82\x83\x90\x91\xa8\xa9]|\xc5[\xa8\xa9]|\xc6[\xa0\xa1\xaf\xb0]"
    rb"|\xe1[\xba\xbb][\x80-\xbf]"
)
_HEAD: Final = 4096


def decode_page(body: bytes, content_type: str | None) -> Decoded:
    r"""The page's text and the encoding it is in; never raises.

    A byte order mark wins, then valid UTF-8, then the label of the Content-Type header, then the
    page's own; but a reading that gives Vietnamese beats a label that does not.

    >>> decode_page("Báo Hà Giang".encode(), "text/html; charset=iso-8859-1").text
    'Báo Hà Giang'
    >>> decode_page(b"<p>Tuy\xaan Quang: \xae\xe5ng b\xb5o, b\xb6n Th\xb8i", "text/html")
    Decoded(text='<p>Tuyên Quang: đồng bào, bản Thái', encoding='tcvn3', warnings=('encoding_repaired',))
    """
    marked, mark = read_bom(body)
    body = body[len(mark or b"") :]
    wide = _wide(body) if marked in (None, "utf-8") else marked
    if wide is not None:
        return _whole(body.decode(wide, "replace"), wide)
    try:
        return _whole(body.decode(), "utf-8")
    except UnicodeDecodeError:
        return _decode_8bit(body, marked or _label(body, content_type))


# Of every four bytes those that are NUL nearly always or often, and those that hardly ever are.
_WIDE: Final = {
    "utf-32-le": ((2, 3), (0,)),
    "utf-32-be": ((0, 1), (3,)),
    "utf-16-le": ((1, 3), (0, 2)),
    "utf-16-be": ((0, 2), (1, 3)),
}


def _wide(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, known by where its NULs stand."""
    if b"\0" not in body or len(body) < 8:
        return None
    lanes = (body[i:_HEAD:4] for i in range(4))
    nul = [lane.count(0) / len(lane) for lane in lanes]
    for encoding, (empty, full) in _WIDE.items():
        if all(nul[i] > 0.4 for i in empty) and all(nul[i] < 0.1 for i in full):
            return encoding
    return None


def _label(body: bytes, content_type: str | None) -> str | None:
    return http_content_type_encoding(content_type) or html_body_declared_encoding(body)


def _decode_8bit(body: bytes, label: str | None) -> Decoded:
    """A body that is not valid UTF-8 throughout."""
    if label in _ASIAN:
        try:
            return _whole(body.decode(label), label)
        except UnicodeDecodeError:
            label = None
    if len(_UTF8_LETTER.findall(body)) >= _DISTINCT:
        return _mixed(body)
    if label not in _SINGLE:
        proven = _proven(body)
        return _whole(_read(body, proven), proven, REPAIRED) if proven else _mixed(body)
    if _evidence(_read(_sample(body), label))[1] >= _SHARE:
        return _whole(_read(body, label), label)
    codec = _proven(body) or label
    return _whole(_read(body, codec), codec, *(() if codec == label else (REPAIRED,)))


_LETTERS: Final = "".join(
    sorted(
        {
            letter
            for vowel in "aăâeêioôơuưy"
            for mark in ("", *TONES)
            for case in (vowel, vowel.upper())
            if not (letter := unicodedata.normalize("NFC", case + mark)).isascii()
        }
        | {"đ", "Đ"}
    )
)
# ASCII, bytes that are no UTF-8 (surrogateescape), and the odd letters that code page 1258 makes of
# a tone byte and the sign after it. It ends at tags and at what is right already.
_RUN: Final = re.compile(
    r"[\x00-;=?-\x7f\u0304\u0305\u0307\u0308\u030a-\u031a\u031c-\u0322\u0324-\u07ff\udc80-\udcff]+"
)
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
# … ‘ ’ “ ” • – — as every Windows code page has them, at a word's edge.
_SIGN_BYTE: Final = re.compile(
    r"(?<![\w\udc80-\udcff])[\udc85\udc91-\udc97](?![\udc80-\udcff])"
    r"|(?<![\udc80-\udcff])[\udc85\udc91-\udc97](?![\w\udc80-\udcff])"
)
# CMSs cut the description of the head at a number of bytes, in the middle of a letter.
_CUT: Final = re.compile("(?:[\udcc2-\udcc6]|[\udce1\udce2][\udc80-\udcbf]?)(?=(?:\\.\\.\\.|…)?[\"'])")


def _mixed(body: bytes) -> Decoded:
    """UTF-8 with runs of another encoding in it; what proves itself in none stays U+FFFD."""
    text = body.decode("utf-8", "surrogateescape")
    runs = [run for run in _RUN.findall(text) if _ESCAPED.search(run)]
    codec = _proven(b" ".join(map(_bytes, runs)))
    if codec is not None:
        text = _RUN.sub(lambda match: _reread(match[0], codec), text)
    text = _SIGN_BYTE.sub(lambda match: _read(_bytes(match[0]), "cp1252"), _CUT.sub("", text))
    repaired = len(_ESCAPED.findall(text)) < sum(len(_ESCAPED.findall(run)) for run in runs)
    return _whole(_ESCAPED.sub("\ufffd", text), "utf-8", *((REPAIRED,) if repaired else ()))


def _bytes(run: str) -> bytes:
    return run.encode("utf-8", "surrogateescape")


def _reread(run: str, codec: str) -> str:
    if not _ESCAPED.search(run):
        return run
    reading = _read(_bytes(run), codec)
    return reading if _evidence(reading)[1] >= _SHARE else run


# --- Text that was read wrongly before it was stored --------------------------------------------

_CONTINUATION = "[" + re.escape(_CP1252[0x80:0xC0]) + "]"
# Ã© and Ä‘ stand in no text; "XÃ\xa0HỘI" and "ĐÃ…" do, hence a small letter before those.
_PAIR: Final = re.compile(
    f"á[º»]{_CONTINUATION}|[ÄÆ]{_CONTINUATION}|[ÃÂ][¡-¬®-¿]|(?<=[a-z])Ã{_CONTINUATION}"
)
_SEGMENT: Final = re.compile("[^<>]+")
_TO_CP1252: Final = {ord(letter): byte for byte, letter in enumerate(_CP1252)}
_TIMES: Final = 3
