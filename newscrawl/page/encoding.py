"""Decode a page's bytes so that its words are Vietnamese, whatever encoding the page declares.

A declared encoding is only a claim: headers lie (UTF-8 sent as iso-8859-1), pages mix two
encodings, and text stored in a wrong encoding is served in a right one. A reading that contradicts
the declaration must prove itself by Vietnamese syllables. Otherwise the order of evidence is that
of the WHATWG Encoding Standard.
"""

import re
import unicodedata
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import Final

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from newscrawl.page.vietnamese_codepages import (
    CP1252,
    TONES,
    proven,
    read,
    reads_well,
    sample_of,
)
from newscrawl.text import nfc

REPAIRED: Final = "encoding_repaired"
BROKEN: Final = "encoding_broken"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, without byte order mark and NULs, and how the bytes were decoded."""

    text: str
    encoding: str
    """Encoding of the bytes: "tcvn3", "vni", or the name of a Python codec"""
    warnings: tuple[str, ...] = ()
    """encoding_repaired: the bytes contradict their declaration or each other, and were decoded to
    Vietnamese all the same; encoding_broken: letters are lost (U+FFFD or mojibake is left)"""


def decode_page(body: bytes, content_type: str | None) -> Decoded:
    """Return the page's text and encoding; never raises.

    A byte order mark wins, then valid UTF-8, then the encoding declared by the Content-Type header,
    then the encoding declared in the page, unless another reading is Vietnamese and the declared
    one is not.

    Args:
        body: The bytes of the page.
        content_type: The value of the Content-Type header, None where the header is missing.

    >>> decode_page("Báo Hà Giang".encode(), "text/html; charset=iso-8859-1").text
    'Báo Hà Giang'
    >>> page = decode_page("ë b¶n Th¸i, ®ång bµo".encode("cp1252"), "text/html; charset=utf-8")
    >>> page.text, page.encoding, page.warnings
    ('ở bản Thái, đồng bào', 'tcvn3', ('encoding_repaired',))
    """
    marked, mark = read_bom(body)
    body = body[len(mark or b"") :]
    wide = _wide(body) if marked in (None, "utf-8") else marked
    if wide is not None:
        return _decoded(body.decode(wide, "replace").replace("\0", ""), wide)
    body = body.replace(b"\0", b"")
    try:
        return _decoded(body.decode(), "utf-8")
    except UnicodeDecodeError:
        return _decode_8bit(body, None if marked else _label(body, content_type))


# The letters of `_UTF8_MARKS` and `_8BIT_MARKS` and U+FFFD in UTF-8, by their first bytes.
_MARKS_BY_BYTE: Final = tuple(
    (first, re.compile(first + second))
    for first, second in (
        (b"\xc2", rb"[\xae\xb5\xba\xbb]"),
        (b"\xc3", rb"[\x83\x84\x86\xb0\xb8]"),
        (b"\xef", rb"\xbf\xbd"),
    )
)


def may_need_repair(body: bytes) -> bool:
    r"""Return whether `decode_page` must read the page even if its bytes are UTF-8.

    Of most pages the reader needs no text: libxml2 takes their bytes, and logs bytes that are not
    UTF-8. Decoding a page takes 200 µs, a fifth of the tree; looking for those letters takes 40.

    >>> may_need_repair("Báo Hà Giang".encode()), may_need_repair("BÃ¡o HÃ\xa0 Giang".encode())
    (False, True)
    """
    if b"\0" in body or body.startswith(BOM_UTF8):
        return True
    return any(first in body and marks.search(body) for first, marks in _MARKS_BY_BYTE)


# For each encoding, which of every four bytes are often NUL, and which hardly ever are.
_WIDE: Final = {
    "utf-32-le": ((2, 3), (0,)),
    "utf-32-be": ((0, 1), (3,)),
    "utf-16-le": ((1, 3), (0, 2)),
    "utf-16-be": ((0, 2), (1, 3)),
}
_HEAD_BYTES: Final = 4096
_OFTEN_MIN_SHARE: Final = 0.4
_HARDLY_MAX_SHARE: Final = 0.1


def _wide(body: bytes) -> str | None:
    """Return the name of UTF-16 or UTF-32 without a byte order mark, told by the places of NULs."""
    if b"\0" not in body or len(body) < len(_WIDE):
        return None
    lanes = (body[lane:_HEAD_BYTES:4] for lane in range(4))
    nul = [lane.count(0) / len(lane) for lane in lanes]
    for encoding, (empty, full) in _WIDE.items():
        is_empty = all(nul[i] > _OFTEN_MIN_SHARE for i in empty)
        if is_empty and all(nul[i] < _HARDLY_MAX_SHARE for i in full):
            return encoding
    return None


# The 8-bit encodings browsers know, in Python's names; other codecs (hex, punycode …) do not count.
_ASIAN: Final = frozenset(("big5hkscs", "cp932", "cp949", "euc_jp", "gb18030", "iso2022_jp"))
_SINGLE: Final = re.compile(
    r"cp(?:866|874|125[0-8])|iso8859-(?:[2-8]|1[03-6])|koi8-[ru]|mac-(?:cyrillic|roman)"
)


def _label(body: bytes, content_type: str | None) -> str | None:
    """Return the first declared 8-bit encoding; utf-8 is refuted before this function is called."""
    labels = (http_content_type_encoding(content_type), html_body_declared_encoding(body))
    return next((name for name in labels if name in _ASIAN or _SINGLE.fullmatch(name or "")), None)


_UTF8_LETTER: Final = re.compile(
    rb"\xc3[\x80-\xbf]|\xc4[\x82\x83\x90\x91\xa8\xa9]|\xc5[\xa8\xa9]|\xc6[\xa0\xa1\xaf\xb0]"
    rb"|\xe1[\xba\xbb][\x80-\xbf]"
)
_MOJIBAKE_MIN_PAIRS: Final = 3  # fewer pairs may stand side by side by chance


def _decode_8bit(body: bytes, label: str | None) -> Decoded:
    """Decode a body that is not valid UTF-8 throughout; the label is an 8-bit encoding or None."""
    codec = proven(body)
    if label in _ASIAN:
        text = None if codec else _strictly(body, label)
        if text is not None:
            return _decoded(text, label)
        label = None
    if len(_UTF8_LETTER.findall(body)) >= _MOJIBAKE_MIN_PAIRS:
        return _decode_mixed(body)
    if label and reads_well(read(sample_of(body), label)):
        codec = label
    codec = codec or label
    if codec is None:
        return _decode_mixed(body)
    return _decoded(read(body, codec), codec, *_repaired(codec != label))


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _repaired(state: bool) -> tuple[str, ...]:
    return (REPAIRED,) if state else ()


# A run is ASCII, bytes that are not UTF-8 (surrogateescape), and the odd letters that UTF-8 makes
# of a tone byte of code page 1258 and the sign after it. A run ends at tags and at right letters.
_RUN: Final = re.compile(
    r"[\x00-;=?-\x7f\u0304\u0305\u0307\u0308\u030a-\u031a\u031c-\u0322\u0324-\u07ff\udc80-\udcff]+"
)
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
# … ‘ ’ “ ” • – — as every Windows code page has them, at a word's edge.
_SIGN: Final = re.compile(
    r"(?<![\w\udc80-\udcff])[\udc85\udc91-\udc97](?![\udc80-\udcff])"
    r"|(?<![\udc80-\udcff])[\udc85\udc91-\udc97](?![\w\udc80-\udcff])"
)
# CMSs cut descriptions and teasers after a number of bytes, sometimes in the middle of a letter.
_CUT: Final = re.compile("(?:[\udcc2-\udcc6]|[\udce1\udce2][\udc80-\udcbf]?)(?=\\.\\.\\.|[…\"'])")


def _decode_mixed(body: bytes) -> Decoded:
    """Decode UTF-8 with runs of another encoding; bytes that prove no encoding become U+FFFD."""
    text = found = body.decode("utf-8", "surrogateescape")
    codec = proven(b" ".join(_bytes(r) for r in _RUN.findall(text) if _ESCAPED.search(r)))
    if codec is not None:
        text = _RUN.sub(lambda match: _reread(match[0], codec), text)
    text = _SIGN.sub(lambda match: read(_bytes(match[0]), "cp1252"), _CUT.sub("", text))
    return _decoded(_ESCAPED.sub("\ufffd", text), "utf-8", *_repaired(text != found))


def _bytes(run: str) -> bytes:
    return run.encode("utf-8", "surrogateescape")


def _reread(run: str, codec: str) -> str:
    if not _ESCAPED.search(run):
        return run
    reading = read(_bytes(run), codec)
    return reading if reads_well(reading) else run


# Text that was decoded wrongly before it was stored, and is served as UTF-8 -----------------------

# Wrongly decoded Vietnamese holds some of these letters; Vietnamese holds hardly any.
_UTF8_MARKS: Final = "ÃÄÆº»"
_8BIT_MARKS: Final = "µ®øð"
_TAIL: Final = "[" + re.escape(CP1252[0x80:0xC0]) + "]"
# No text holds "Ä‘" or "Ã©". A text may hold "XÃ\xa0HỘI", "ĐÃ…" and "«ĐÃ»", but no small letter
# before such an Ã.
_PAIR: Final = re.compile(f"á[º»]{_TAIL}|[ÄÆ]{_TAIL}|[ÃÂ][¡-ª¬®-º¼-¿]|Ã(?<=[a-z]Ã){_TAIL}")
_SEGMENT: Final = re.compile("[^<>]+")
_VIETNAMESE: Final = re.compile(f"[{TONES}\u0302\u0306\u031bđĐ]")  # in NFD
_BYTES: Final = {ord(letter): byte for byte, letter in enumerate(CP1252)}
_UNREAD_MAX_ROUNDS: Final = 3


def _decoded(text: str, encoding: str, *warnings: str) -> Decoded:
    again = text
    is_doubtful = _is_doubtful(text)
    if is_doubtful and _PAIR.search(text):
        again = _unread_utf8(text)
    if any(mark in again for mark in _8BIT_MARKS):
        again = _unread_8bit(again)
    if again != text:
        warnings, is_doubtful = (REPAIRED,), _is_doubtful(again)
    is_garbled = is_doubtful and len(_PAIR.findall(again)) >= _MOJIBAKE_MIN_PAIRS
    is_broken = "\ufffd" in again or is_garbled
    return Decoded(again, encoding, (*warnings, BROKEN) if is_broken else warnings)


def _is_doubtful(text: str) -> bool:
    return any(mark in text for mark in _UTF8_MARKS)


def _unread_utf8(text: str) -> str:
    """Undo mojibake: UTF-8 that was decoded as code page 1252 or latin-1 up to three times."""
    for _ in range(_UNREAD_MAX_ROUNDS):
        if not _PAIR.search(text):
            break
        text = _SEGMENT.sub(_utf8_segment, text)
    return text


def _utf8_segment(match: re.Match[str]) -> str:
    segment = match[0]
    raw = _as_cp1252(segment) if _PAIR.search(segment) else None
    if raw is None:
        return segment
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return segment
    return text if _VIETNAMESE.search(unicodedata.normalize("NFD", nfc(text))) else segment


def _unread_8bit(text: str) -> str:
    """Undo mojibake: 8-bit Vietnamese that was decoded as code page 1252."""
    segments = (segment for segment in _SEGMENT.findall(text) if not segment.isascii())
    raws = {segment: raw for segment in segments if (raw := _as_cp1252(segment))}
    wrong = {segment: raw for segment, raw in raws.items() if not reads_well(segment)}
    codec = proven(b" ".join(wrong.values()))
    if codec is None:
        return text
    readings = {segment: read(raw, codec) for segment, raw in wrong.items()}
    right = {segment: reading for segment, reading in readings.items() if reads_well(reading)}
    return _SEGMENT.sub(lambda match: right.get(match[0], match[0]), text)


def _as_cp1252(segment: str) -> bytes | None:
    try:
        return segment.translate(_BYTES).encode("latin-1")
    except UnicodeEncodeError:
        return None
