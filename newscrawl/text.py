"""Clean text: Unicode NFC, one kind of blank, no invisible characters.

Quotes and the placement of tone marks stay as printed; only characters that no reader can see are
removed.
"""

import html
import re
import unicodedata
from functools import lru_cache
from html.entities import html5
from typing import Final

# Zero-width and direction marks, soft hyphen, byte order mark: no reader sees these characters, and
# they split words for every search. ZWJ and ZWNJ have no use in Vietnamese.
_INVISIBLE: Final = dict.fromkeys(
    [
        *(0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),  # lone surrogates cannot be encoded
        *range(0xFDD0, 0xFDF0),
        *range(0x13430, 0x13440),  # format controls of other scripts and of music
        *range(0x1BCA0, 0x1BCA4),
        *range(0x1D173, 0x1D17B),
        *range(0xE0000, 0xE0080),  # tag characters, which can hide a whole text
    ]
)
_CONTROL: Final = {
    c: None
    for c in [*range(0x20), *range(0x7F, 0xA0)]
    if chr(c) not in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
}
_DELETE: Final = {**_INVISIBLE, **_CONTROL}
# An entity that is left after parsing was encoded twice by the CMS; no text prints one on purpose.
_ENTITY: Final = re.compile(
    r"&(?:amp;|#0*38;)*+(?:([A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)?"
)
_LETTER_MAX_MARKS: Final = 30
_SORTED_MAX_CHARS: Final = 500  # Python sorts the marks of a shorter text in 0.3 ms
_MARKS: Final = re.compile(rf"[^\w\s]{{{_LETTER_MAX_MARKS + 1},}}")  # matches punctuation too
_KEPT_MAX_CHARS: Final = 500  # of a text whose cleaned form is kept in memory
_DECODE_MAX_ROUNDS: Final = 9  # no CMS encodes so often; a hostile page could ask for 400,000


def visible(text: str) -> str:
    r"""Return the text in NFC without invisible characters; blanks stay as they are.

    >>> visible("Tuye\u0302n\u200b Quang\x00")
    'Tuyên Quang'
    """
    if _may_hide(text):
        # Remove before composing: an invisible character may stand between a letter and its mark.
        text = text.translate(_DELETE)
    return text if text.isascii() else nfc(text)


def _may_hide(text: str) -> bool:
    """Return whether the text may hold a character that `visible` removes.

    Every such character but U+034F is unprintable. The text is split at blanks, because many a
    paragraph has a no-break space, which is unprintable too; looking at each character instead
    takes 100 ns a character.
    """
    is_plain = text.isprintable() or "".join(text.split()).isprintable()
    return not is_plain or "\u034f" in text


def nfc(text: str) -> str:
    r"""Return the text in NFC; a letter of a long text keeps at most 30 marks.

    Python sorts the marks of a letter quadratically: two seconds for 40,000 marks (3.11, measured).
    The Stream-Safe Text Format allows 30 (Unicode Standard Annex 15, section 13).

    >>> nfc("Tuye\u0302n"), len(nfc("a" + "\u0301\u0323" * 99_000))
    ('Tuyên', 30)
    """
    if len(text) > _SORTED_MAX_CHARS:
        if unicodedata.is_normalized("NFC", text):
            return text
        text = _MARKS.sub(_fewer_marks, text)
    return unicodedata.normalize("NFC", text)


def _fewer_marks(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _LETTER_MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def clean(text: str) -> str:
    r"""Return the visible text as one line: one space for a run of blanks, none at the ends.

    >>> clean("  Báo\xa0Tuyên \n Quang\u2028")
    'Báo Tuyên Quang'
    >>> clean("\xa0")
    ''
    >>> clean("Tin &amp;amp; &quot;b&agrave;i&quot; &Aacute;; R&D;")
    'Tin & "bài" Á; R&D;'
    """
    return _cleaned(text) if len(text) > _KEPT_MAX_CHARS else _kept_clean(text)


def _cleaned(text: str) -> str:
    if is_clean(text):
        return text
    text = visible(text)
    if "&" in text:
        text = _decoded(text)
    return " ".join(text.split())


# Half of the texts that a page gives to `clean` were cleaned before: a headline is compared, a
# signature is tried as several things. Looking a text up takes 0.1 µs, telling it is clean 2.
_kept_clean = lru_cache(maxsize=512)(_cleaned)


def is_clean(text: str) -> bool:
    """Return whether `clean` would leave the text as it is; most texts are cleaned more than once.

    Of all blanks only the space is printable, so a printable text holds no other blank.

    >>> is_clean("Báo Tuyên Quang"), is_clean("Báo  Tuyên Quang"), is_clean("Tin &amp; bài")
    (True, False, False)
    """
    return (
        text.isprintable()
        and "  " not in text
        and "&" not in text
        and "\u034f" not in text
        and text == text.strip()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def _decoded(text: str) -> str:
    """Return the text with entities decoded; beyond nine rounds the ampersands are removed."""
    for _ in range(_DECODE_MAX_ROUNDS):
        plain = _ENTITY.sub(_character, text)
        if plain == text:
            return text
        text = visible(plain)
    return text.replace("&", "")


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&"
    is_reference = name.startswith("#") or f"{name};" in html5
    return html.unescape(f"&{name};") if is_reference else f"&{name};"


def clean_lines(text: str) -> str:
    r"""Return the visible text with each line break as one "\n" and without empty lines.

    >>> clean_lines(" Một \r\n\n  hai\xa0ba ")
    'Một\nhai ba'
    """
    if text.isprintable():  # a printable text holds no line break
        return clean(text)
    lines = (clean(line) for line in re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]", text))
    return "\n".join(line for line in lines if line)


def syllables(text: str) -> int:
    """Return the number of whitespace-separated tokens: Vietnamese syllables, not words.

    >>> syllables("Thành ủy Tuyên Quang")
    4
    """
    return len(text.split())


def same_text(one: str, other: str) -> bool:
    """Return whether two texts are the same but for blanks and letter case.

    >>> same_text("THIẾU MÁU", "Thiếu  máu")
    True
    """
    one, other = clean(one), clean(other)
    if one[:1].casefold()[:1] != other[:1].casefold()[:1]:  # of most texts, in a tenth of the time
        return False
    return one.casefold() == other.casefold()


def letters(text: str) -> str:
    """Return the letters and digits alone, because metadata print other quotes and dashes.

    >>> letters("Chợ Đồn: “mở” lúc 5h")
    'chợđồnmởlúc5h'
    """
    return "".join(filter(str.isalnum, text.casefold()))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which is given in the singular.

    >>> counted(1, "problem"), counted(0, "list"), counted(48_000, "new article")
    ('1 problem', '0 lists', '48,000 new articles')
    >>> counted(2, "address"), counted(2, "entry"), counted(2, "day")
    ('2 addresses', '2 entries', '2 days')
    """
    if number == 1:
        return f"1 {noun}"
    stem, ending = noun, "s"
    if noun.endswith(("s", "x", "ch", "sh")):
        ending = "es"
    elif noun.endswith("y") and noun[-2] not in "aeou":
        stem, ending = noun[:-1], "ies"
    return f"{number:,} {stem}{ending}"
