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
    ]
)
_CONTROL: Final = {
    c: None
    for c in [*range(0x20), *range(0x7F, 0xA0)]
    if chr(c) not in "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
}
_DELETE: Final = {**_INVISIBLE, **_CONTROL}
_NEEDS_DELETING: Final = re.compile("[" + "".join(map(re.escape, map(chr, sorted(_DELETE)))) + "]")
# What still reads as an entity after parsing was encoded twice by the CMS: no text means it so.
_ENTITY: Final = re.compile(
    r"&(?:amp;|#38;)*+(?:(quot|apos|lt|gt|nbsp|ldquo|rdquo|hellip|ndash|mdash|#[0-9]{1,7});)?"
)


def visible(text: str) -> str:
    r"""The text in NFC without characters no reader can see; blanks stay as they are.

    >>> visible("Tuye\u0302n\u200b Quang\x00")
    'Tuyên Quang'
    """
    # All but U+034F of what is deleted is not printable; and what it kept apart is composed after.
    if (not text.isprintable() or "\u034f" in text) and _NEEDS_DELETING.search(text):
        text = text.translate(_DELETE)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    r"""One line: visible text, every run of blanks one space, none at the ends.

    >>> clean("  Báo\xa0Tuyên \n Quang\u2028")
    'Báo Tuyên Quang'
    >>> clean("\xa0")
    ''
    >>> clean("Tin &amp;amp; &quot;bài&quot;")
    'Tin & "bài"'
    """
    text = visible(text)
    while "&" in text and (plain := _ENTITY.sub(_character, text)) != text:
        text = visible(plain)
    # Of all blanks only the space is printable: such a text has nothing to split at. Most are read
    # more than once, and this is a fifth of splitting and joining a paragraph.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


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
