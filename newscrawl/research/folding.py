"""Words of Vietnamese text in two spellings: without marks, and with marks wherever they stand.

A *word* is a run of letters and digits, as SQLite's `unicode61` tokenizer takes it; in Vietnamese
it is a syllable. Folding makes "Đồng" and "dong" one word. The exact spelling keeps every mark and
makes one of the two places a tone may stand in ("hòa" and "hoà").
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from newscrawl.text import nfc

_WORD: Final = re.compile(r"(?:[^\W_]+|[\u0300-\u036f]+)+")
_TONES: Final = {mark: chr(0xE000 + n) for n, mark in enumerate("\u0300\u0301\u0303\u0309\u0323")}
"""Each tone's mark, and the letter of the private use area that stands for it behind the word"""
START_MAX_LETTERS: Final = 2
"""Beginnings of words are indexed up to this length"""
_TONED_START_MAX_LETTERS: Final = 7  # as the longest syllables have, "nghiêng"
_EXACT_START: Final = "\ue010"  # of the private use area, before a beginning with its marks
_CACHE_MAX_WORDS: Final = 100_000  # a year of a paper has some 20,000 spellings
_CACHED_MAX_CHARS: Final = 64  # a hostile word may be a megabyte, and is not kept


class Word(NamedTuple):
    """A word of a text."""

    text: str
    """As printed"""
    start: int
    """Offset of its first character"""
    end: int
    """Offset behind its last one"""


def words(text: str) -> Iterator[Word]:
    """Return the words of a text in order.

    >>> [word.text for word in words("Đồng bào: 54 dân tộc")]
    ['Đồng', 'bào', '54', 'dân', 'tộc']
    """
    for match in _WORD.finditer(text):
        yield Word(match[0], match.start(), match.end())


def word_texts(text: str) -> list[str]:
    """Return the words of a text as printed: `words` without the places, seven times as fast.

    >>> word_texts("Đồng bào: 54")
    ['Đồng', 'bào', '54']
    """
    found: list[str] = _WORD.findall(text)
    return found


def folded(word: str) -> str:
    """Return a word in small letters without any mark, đ as d.

    >>> folded("Đồng"), folded("ƯỚC"), folded("2026")
    ('dong', 'uoc', '2026')
    """
    return _short_folded(word) if len(word) <= _CACHED_MAX_CHARS else _folded(word)


def _folded(word: str) -> str:
    parts = unicodedata.normalize("NFD", nfc(word.lower().replace("đ", "d")))
    return "".join(c for c in parts if not unicodedata.combining(c))


_short_folded: Final = lru_cache(_CACHE_MAX_WORDS)(_folded)


def exact(word: str) -> str:
    """Return a word in small letters with all marks, its tone behind it.

    >>> exact("Hòa") == exact("hoà") != exact("hoa")
    True
    >>> exact("đông") == exact("đồng")
    False
    """
    return _short_exact(word) if len(word) <= _CACHED_MAX_CHARS else _exact(word)


def _exact(word: str) -> str:
    parts = unicodedata.normalize("NFD", nfc(word.lower()))
    tones = "".join(_TONES[c] for c in parts if c in _TONES)
    rest = "".join(c for c in parts if c not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


_short_exact: Final = lru_cache(_CACHE_MAX_WORDS)(_exact)


def has_marks(word: str) -> bool:
    """Return whether a word has a letter or a tone that folding would change.

    >>> has_marks("Đong"), has_marks("DONG")
    (True, False)
    """
    return folded(word) != word.lower()


def folded_text(text: str) -> str:
    """Return the folded words of a text, parted by blanks.

    >>> folded_text("Đồng bào, ơi!")
    'dong bao oi'
    """
    return " ".join(folded(match) for match in _WORD.findall(text))


def exact_text(text: str) -> str:
    """Return the exact words of a text, parted by blanks."""
    return " ".join(exact(match) for match in _WORD.findall(text))


def starts_text(folded_words: Iterable[str], exact_words: Iterable[str]) -> str:
    r"""Return the beginnings of words in both spellings, each once, parted by blanks.

    A word with a tone has each of its beginnings with the tone behind it, too.

    >>> starts_text(["do"], ["đo\ue001"])
    'd do \ue010đ \ue010đo \ue010đo\ue001 \ue010đ\ue001'
    """
    sizes = range(1, START_MAX_LETTERS + 1)
    found = {word[:size] for word in set(folded_words) for size in sizes}
    for word in set(exact_words):
        is_short = len(word) <= _CACHED_MAX_CHARS
        found.update(_short_exact_starts(word) if is_short else _exact_starts(word))
    return " ".join(sorted(found))


def _exact_starts(word: str) -> tuple[str, ...]:
    letters, tone = _parted(word)
    bare = [letters[:size] for size in range(1, START_MAX_LETTERS + 1)]
    longest = min(len(letters), _TONED_START_MAX_LETTERS) if tone else 0
    toned = [letters[:size] + tone for size in range(1, longest + 1)]
    return tuple(map(exact_start, bare + toned))


_short_exact_starts: Final = lru_cache(_CACHE_MAX_WORDS)(_exact_starts)


def _parted(word: str) -> tuple[str, str]:
    """Return the letters of an exact word and its tone, "" for none."""
    return (word[:-1], word[-1]) if word[-1:] in _TONES.values() else (word, "")


def exact_start(start: str) -> str:
    """Return the beginning of an exact word as the index of beginnings holds it."""
    return _EXACT_START + start


def is_start_indexed(start: str) -> bool:
    """Return whether the index of beginnings holds a beginning of this length, exact or folded."""
    letters, tone = _parted(start)
    return 0 < len(letters) <= (_TONED_START_MAX_LETTERS if tone else START_MAX_LETTERS)


def beginning_with(start: str) -> Callable[[str], bool]:
    """Return what tells whether a word begins with a start, both folded or both exact.

    A tone of the start is the whole word's: "lũ" begins "lũy" and "lũng", not "lung" or "lụt".

    >>> [*map(beginning_with(exact("lũ")), map(exact, ["lũng", "lụt"]))]
    [True, False]
    >>> beginning_with(exact("hòa"))(exact("hoàng")), beginning_with("do")("dong")
    (True, True)
    """
    letters, tone = _parted(start)
    if tone and is_start_indexed(start):
        return lambda word: word.endswith(tone) and word.startswith(letters)
    return lambda word: word.startswith(start)
