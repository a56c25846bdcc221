"""Superscripts and subscripts as Unicode writes them."""

from typing import Final

_SUPERSCRIPT: Final = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_SUBSCRIPT: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_TABLES: Final = {"sup": _SUPERSCRIPT, "sub": _SUBSCRIPT}
_SCRIPT_MAX_CHARS: Final = 16  # a longer text is no exponent


def in_script(tag: str, text: str) -> str | None:
    """Return the text of a `<sup>` or `<sub>` in Unicode's characters for it.

    The result is None where a character has none: letters, which only phonetics uses, stay as they
    are, and so does the text around them.

    >>> in_script("sup", "2"), in_script("sub", "2"), in_script("sup", "-3"), in_script("sup", "o")
    ('²', '₂', '⁻³', None)
    """
    script = text.strip()
    if not 0 < len(script) <= _SCRIPT_MAX_CHARS or not any(map(str.isdecimal, script)):
        return None
    written = script.translate(_TABLES[tag])
    is_whole = all(ord(letter) in _TABLES[tag] for letter in script)
    return text.replace(script, written) if is_whole else None
