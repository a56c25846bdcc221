"""The 8-bit encodings Vietnamese was written in before Unicode, and how to recognise each.

The encodings are VN3 of TCVN 5712:1993 as the .VnTime fonts use it ("TCVN3", "ABC"), VNI for
Windows, and Microsoft's code pages 1258 and 1252. In the right encoding the words of a text are
Vietnamese syllables, in the others they are not.
"""

import codecs
import re
import unicodedata
from itertools import islice
from typing import Final

from newscrawl.text import nfc

TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_ROOF: Final = "\u0302"
_BREVE: Final = "\u0306"


def _code_page(codec: str) -> str:
    """Return the code page's 256 characters; undefined bytes are C1 controls, as in browsers."""
    return "".join(bytes([i]).decode(codec, "ignore") or chr(i) for i in range(256))


def _with(code_page: str, letters: dict[int, str]) -> str:
    for start, run in letters.items():
        code_page = code_page[:start] + run + code_page[start + len(run) :]
    return code_page


CP1252: Final = _code_page("cp1252")
_CP1258: Final = _code_page("cp1258")
# VN3 has no capitals with a tone; the .VnTimeH fonts draw the bytes of small letters as capitals.
_TCVN3: Final = _with(
    CP1252,
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
_ALONE: Final = re.compile(r"(?<![^\s<>])[âđã](?![^\s<>])")  # no words, but signs between words
_SIGNS: Final = {"â": "©", "đ": "®", "ã": "·"}
# VNI writes a vowel, then a byte for the marks; code page 1252 has these letters at those bytes.
_VNI_MARKS: Final = {
    **dict(zip("øûõùï", TONES, strict=True)),
    **dict(zip("âàåãáä", (_ROOF, *(_ROOF + tone for tone in TONES)), strict=True)),
    **dict(zip("êèúüéë", (_BREVE, *(_BREVE + tone for tone in TONES)), strict=True)),
}
_VNI_LETTERS: Final = dict(zip("ñôöæóòîÑÔÖÆÓÒÎ", "đơưỉĩịỵĐƠƯỈĨỊỴ", strict=True))
_VNI: Final = re.compile("([aeouyôö])([øûõùïâàåãáäêèúüéë])|[ñôöæóòî]", re.IGNORECASE)

_WORD: Final = re.compile(r"[^\W\d_]+")
_BYTE_WORD: Final = re.compile(rb"[A-Za-z\x80-\xff]{1,40}")  # no syllable has 40 letters
_ONSET: Final = "ngh?|[ckpt]h|gh|gi|nh|qu|tr|[bcdđghklmnpqrstvx]"
_NUCLEUS: Final = (
    "[aăâeêioôơuưy]|a[iouy]|â[uy]|eo|êu|i[aêu]|iêu|yêu?|o[aăeo]|[oôơ]i|oa[ioy]|oeo"
    "|u[aâêôơyi]|ư[aiu]|ươ[iu]?|uôi|uây|uy[aêu]"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|n[gh]?|[ckmpt])?")
_TONE: Final = re.compile(f"[{TONES}]")
_NO_LETTER: Final = re.compile("[\x00-\x7f\xa0“”‘’–—…•«»°·©®]")

_SAMPLE_MAX_WORDS: Final = 2000
_JUDGED_MAX_CHARS: Final = 20_000
_PROOF_MIN_SYLLABLES: Final = 3  # different ones: half a letter, cut off by a CMS, decodes to "á"
_PROOF_MIN_SHARE: Final = 0.8


def read(raw: bytes, codec: str) -> str:
    """Decode the bytes; the result is in NFC where letter and mark are two bytes (VNI, cp1258).

    Args:
        raw: The bytes of a text.
        codec: "tcvn3", "vni", or the name of one of Python's codecs.

    >>> read("Tuyªn Quang: ®ång bµo".encode("cp1252"), "tcvn3")
    'Tuyên Quang: đồng bào'
    >>> read("Tuyeân Quang: ñoàng baøo".encode("cp1252"), "vni")
    'Tuyên Quang: đồng bào'
    """
    if codec == "tcvn3":
        text = codecs.charmap_decode(raw, "strict", _TCVN3)[0]
        return _WORD.sub(_capital_word, _ALONE.sub(lambda match: _SIGNS[match[0]], text))
    if codec == "vni":
        text = _VNI.sub(_vni_letter, codecs.charmap_decode(raw, "strict", CP1252)[0])
        return nfc(text)
    if codec == "cp1258":  # letter and tone are two bytes there
        text = codecs.charmap_decode(raw, "strict", _CP1258)[0]
        return nfc(text)
    if codec == "cp1252":
        return codecs.charmap_decode(raw, "strict", CP1252)[0]
    return raw.decode(codec, "replace")


def _capital_word(match: re.Match[str]) -> str:
    """Return HộI as HỘI: a word typed in capitals, whose toned letter has no capital in VN3."""
    word = match[0]
    capitals = sum("A" <= c <= "Z" for c in word)
    return word.upper() if capitals > 1 and not any("a" <= c <= "z" for c in word) else word


def _vni_letter(match: re.Match[str]) -> str:
    if match[2] is None:
        return _VNI_LETTERS[match[0]]
    return _VNI_LETTERS.get(match[1], match[1]) + _VNI_MARKS[match[2].lower()]


def proven(raw: bytes) -> str | None:
    """Return which of "cp1258", "tcvn3" and "vni" makes the bytes Vietnamese; None if none does.

    >>> proven("Sông Gâm chảy giữa núi rừng".encode("utf-8")) is None
    True
    >>> proven("S«ng G©m ch¶y gi÷a nói rõng".encode("cp1252"))
    'tcvn3'
    """
    sample = sample_of(raw)
    readings = {codec: evidence(read(sample, codec)) for codec in ("cp1258", "tcvn3", "vni")}
    best = max(readings, key=lambda codec: readings[codec])
    distinct, share = readings[best]
    is_proof = distinct >= _PROOF_MIN_SYLLABLES and share >= _PROOF_MIN_SHARE
    return best if is_proof else None


def reads_well(text: str) -> bool:
    """Return whether the text's letters beyond ASCII are Vietnamese, a few foreign names aside.

    >>> reads_well("Lễ hội Lồng Tông ở Chiêm Hóa"), reads_well("LÔ héi Lång T«ng ë Chiªm Hãa")
    (True, False)
    """
    return evidence(text[:_JUDGED_MAX_CHARS])[1] >= _PROOF_MIN_SHARE


def sample_of(raw: bytes) -> bytes:
    """Return the first 2,000 words that are not ASCII, enough to judge the encoding by."""
    words = (match[0] for match in _BYTE_WORD.finditer(raw))
    beyond_ascii = (word for word in words if not word.isascii())
    return b" ".join(islice(beyond_ascii, _SAMPLE_MAX_WORDS))


def evidence(text: str) -> tuple[int, float]:
    """Return how many different Vietnamese syllables beyond ASCII the text has, and their share.

    The share is that of the syllables' letters among all letters beyond ASCII, 0 to 1.
    """
    syllables = [w for w in _WORD.findall(text) if not w.isascii() and is_syllable(w)]
    letters = len(_NO_LETTER.sub("", text))
    held = sum(len(_NO_LETTER.sub("", syllable)) for syllable in syllables)
    return len(set(syllables)), held / letters if letters else 1.0


def is_syllable(word: str) -> bool:
    """Return whether the word (in NFC) is spelt as a Vietnamese syllable, with one tone at most.

    >>> [is_syllable(word) for word in ("nghiêng", "Khuỷu", "QUỐC", "été", "bµo", "tHế")]
    [True, True, True, False, False, False]
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    bare, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
