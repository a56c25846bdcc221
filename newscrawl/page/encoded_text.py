"""Text that only a script of the page can decode, such as an encrypted body."""

import re
from typing import Final

ENCODED_MIN_CHARS: Final = 60  # no language has so long a word
_LETTERS: Final = rf"[A-Za-z0-9+/=]{{{ENCODED_MIN_CHARS},}}"
_RUN: Final = re.compile(_LETTERS)
_CHECKSUM: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+|[=+/]+")
"""A hash, a large number or a rule: such a line is text"""
_WORD: Final = re.compile(rf"(?<![\w./:+=?&%-]){_LETTERS}(?![\w.-])")


def holds_encoded_word(text: str) -> bool:
    """Return whether a word of the text is encoded; parts of addresses do not count.

    Half of the bodies of family G hold such words, which a script decodes (2026). A checksum, a
    rule of dashes and a cry are none: they lack capitals, small letters or digits.

    >>> holds_encoded_word("A2iX" * 20), holds_encoded_word("https://bao.vn/?q=" + "A2iX" * 20)
    (True, False)
    >>> holds_encoded_word("9f86d081" * 8)
    False
    >>> holds_encoded_word("9f86d081" * 8), holds_encoded_word("A" * 70)
    (False, False)
    """
    return _may_hold(text) and any(map(_is_mixed, _WORD.findall(text)))


def _is_mixed(word: str) -> bool:
    """Return whether a word has capitals, small letters and digits, as base64 has."""
    return not (word.islower() or word.isupper()) and any(map(str.isdigit, word))


def holds_encoded_run(text: str) -> bool:
    """Return whether the text holds an encoded run of letters; parts of addresses count as well.

    The function says that a block is no prose, where `holds_encoded_word` says that an article is
    encrypted: an address of 60 characters without a stop is neither.

    >>> holds_encoded_run("https://bao.vn/?q=" + "A2iX" * 20)
    True
    """
    return _may_hold(text) and _RUN.search(text) is not None


def _may_hold(text: str) -> bool:
    """Return whether 60 characters follow each other without a space, in a tenth of the time."""
    start, last = 0, len(text) - ENCODED_MIN_CHARS
    while start <= last:
        space = text.rfind(" ", start, start + ENCODED_MIN_CHARS)
        if space < 0:
            return True
        start = space + 1
    return False


def is_encoded(text: str) -> bool:
    """Return whether the text is one encoded run and nothing else.

    >>> is_encoded("A2iX" * 20), is_encoded("A2iX " * 20)
    (True, False)
    """
    return _RUN.fullmatch(text) is not None
