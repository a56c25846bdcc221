"""What a regular expression can begin with, read from Python's own parse of it."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

# Private modules of `re`: no public one tells how a pattern was understood.
_PARSER: Final[Any] = import_module("re._parser")
_CODES: Final[Any] = import_module("re._constants")
ANY: Final = "\0"
"""Stands for a character that may be any"""
_CATEGORIES: Final = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": "#"}
"""One character for each that stands for its kind, in beginnings that are no letters"""


def openings(pattern: str, size: int) -> set[str]:
    """Return the first characters of all texts that a pattern can match, as far as it says them.

    Args:
        pattern: the source of the expression.
        size: characters of each opening; that of a shorter text is the whole text.

    >>> sorted(openings("(?:tin )?(?:bài|tin)s?", 3))
    ['bài', 'tin']
    >>> sorted(openings(">*[ab]d?", 2))
    ['>>', '>a', '>b', 'a', 'ad', 'b', 'bd']
    """
    return _of_sequence(_PARSER.parse(pattern), size)


def _of_sequence(items: Iterable[Any], size: int) -> set[str]:
    found = {""}
    for code, argument in items:
        found = {
            begun + more
            for begun in found
            for more in (
                _of_item(code, argument, size - len(begun)) if len(begun) < size else ("",)
            )
        }
    return found


def _of_item(code: Any, argument: Any, size: int) -> set[str]:
    """Return the openings of one item; "" for one that matches a place and no character."""
    match str(code):
        case "LITERAL":
            return {chr(argument)}
        case "ANY" | "NOT_LITERAL":
            return {ANY}
        case "IN":
            return _of_class(argument)
        case "BRANCH":
            return set().union(*(_of_sequence(items, size) for items in argument[1]))
        case "SUBPATTERN":
            return _of_sequence(argument[3], size)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, repeated = argument
            return _of_repeat(least, most, repeated, size)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return {""}
    raise NotImplementedError(str(code))


def _of_class(members: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for code, argument in members:
        if code is _CODES.LITERAL:
            found.add(chr(argument))
        elif code is _CODES.RANGE:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif code is _CODES.CATEGORY:
            found.add(_CATEGORIES.get(str(argument), ANY))
        else:
            return {ANY}
    return found


def _of_repeat(least: int, most: int, items: Iterable[Any], size: int) -> set[str]:
    found: set[str] = set()
    repeated = {""}
    for count in range(min(most, max(least, size)) + 1):
        if count >= least:
            found |= repeated
        repeated = {
            begun + more
            for begun in repeated
            for more in (_of_sequence(items, size - len(begun)) if len(begun) < size else ("",))
        }
    return found
