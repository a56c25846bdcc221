"""Text as a browser shows it, cleaned once: NFC, one kind of blank, nothing invisible.

Rules and measurements: quotes and tone placement stay as printed; only what no reader can see goes.
"""

import html
import re
import unicodedata
from typing import Final

# Zero-width and direction marks, soft hyphen, byte order mark: no reader sees them, and they split
# words for every search. ZWJ/ZWNJ have no use in Vietnamese.
_INVISIBLE: Final = dict.fromkeys(
    [
        *(0x00AD, 0x034F, 0x061C, 0x180E, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xD800, 0xE000),  # lone surrogates cannot be encoded
        *range(0xFDD0, 0xFDF0),
        *range(0x13430, 0x13440),  # formats of other scripts and of music
        *range(0x1BCA0, 0x1BCA4),
        *range(0x1D173, 0x1D17B),
        *range(0xE0000, 0xE0080),  # tags: a whole text can be hidden in them
    ]
)
_CONTROL: Final = {
    c: None
    for c in [*range(0x20), *range(0x7F, 0xA0)]
    if chr(c) not in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
}
_DELETE: Final = {**_INVISIBLE, **_CONTROL}
# What still reads as an entity after parsing was encoded twice by the CMS: no text means it so.
_ENTITY: Final = re.compile(
    r"&(?:amp;|#0*38;)*+(?:(quot|apos|lt|gt|nbsp|ldquo|rdquo|hellip|ndash|mdash|#[0-9]{1,7});)?"
)
_MOST_MARKS: Final = 30
_LONG: Final = 500  # what is shorter sorts in 0.3 ms
_MARKS: Final = re.compile(rf"[^\w\s]{{{_MOST_MARKS + 1},}}")  # punctuation too
_ROUNDS: Final = 9  # no CMS encodes so often; a page made to could ask for 400,000


def visible(text: str) -> str:
    r"""The text in NFC without characters no reader can see; blanks stay as they are.

    >>> visible("Tuye\u0302n\u200b Quang\x00")
    'Tuyên Quang'
    """
    if _may_hide(text):
        text = text.translate(_DELETE)  # before composing: what it kept apart may belong together
    return text if text.isascii() else nfc(text)


def _may_hide(text: str) -> bool:
    """Whether anything in it but blanks is not printable: all that is deleted, save U+034F.

    Looking at each character takes 100 ns, and many a paragraph has a no-break space.
    """
    is_plain = text.isprintable() or "".join(text.split()).isprintable()
    return not is_plain or "\u034f" in text


def nfc(text: str) -> str:
    r"""The text in NFC; a long one that is not may lose marks of a letter with more than 30.

    Python sorts the marks of a letter one by one: two seconds for 40,000, and four times as long
    for twice as many (3.11, measured). 30 is what the Stream-Safe Text Format allows (Unicode
    Standard Annex 15, section 13).

    >>> nfc("Tuye\u0302n"), len(nfc("a" + "\u0301\u0323" * 99_000))
    ('Tuyên', 30)
    """
    if len(text) > _LONG:
        if unicodedata.is_normalized("NFC", text):
            return text
        text = _MARKS.sub(_fewer_marks, text)
    return unicodedata.normalize("NFC", text)


def _fewer_marks(match: re.Match[str]) -> str:
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def clean(text: str) -> str:
    r"""One line: visible text, every run of blanks one space, none at the ends.

    >>> clean("  Báo\xa0Tuyên \n Quang\u2028")
    'Báo Tuyên Quang'
    >>> clean("\xa0")
    ''
    >>> clean("Tin &amp;amp; &quot;bài&quot;")
    'Tin & "bài"'
    """
    if is_clean(text):
        return text
    text = visible(text)
    if "&" in text:
        text = _decoded(text)
    return " ".join(text.split())


def is_clean(text: str) -> bool:
    """Whether cleaning may leave it as it is: most texts are read more than once.

    Of all blanks only the space is printable: such a text has nothing to split at.

    >>> is_clean("Báo Tuyên Quang"), is_clean("Báo  Tuyên Quang"), is_clean("Tin &amp; bài")
    (True, False, False)
    """
    return (
        text.isprintable()
        and "  " not in text
        and "&" not in text
        and "\u034f" not in text
        and text[:1] != " "
        and text[-1:] != " "
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def _decoded(text: str) -> str:
    """The text without entities; one that has some again and again loses their ampersands."""
    for _ in range(_ROUNDS):
        plain = _ENTITY.sub(_character, text)
        if plain == text:
            return text
        text = visible(plain)
    return text.replace("&", "")


def _character(match: re.Match[str]) -> str:
    return html.unescape(f"&{match[1]};") if match[1] else "&"


def clean_lines(text: str) -> str:
    r"""Visible text whose line breaks are kept, one "\n" each; empty lines go.

    >>> clean_lines(" Một \r\n\n  hai\xa0ba ")
    'Một\nhai ba'
    """
    if text.isprintable():  # no break in it
        return clean(text)
    lines = (clean(line) for line in re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]", text))
    return "\n".join(line for line in lines if line)


def syllables(text: str) -> int:
    """Whitespace-separated tokens: Vietnamese syllables, not words.

    >>> syllables("Thành ủy Tuyên Quang")
    4
    """
    return len(text.split())


def same_text(one: str, other: str) -> bool:
    """Whether two texts read the same: blanks and letter case aside.

    >>> same_text("THIẾU MÁU", "Thiếu  máu")
    True
    """
    return clean(one).casefold() == clean(other).casefold()
