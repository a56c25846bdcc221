"""Sentences from rules: a small grammar, compiled once, expanded with thrown dice.

A rule's line is text with slots: `{name}` is a line of the rule of that name or a word bound for
the whole article, `{3..40}` a number.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from newscrawl.replica.dice import Dice
from newscrawl.replica.words import WORDS

_SLOT: Final = re.compile(r"\{([^{}]+)\}")
_FOLD: Final = str.maketrans(
    dict.fromkeys("àáảãạăằắẳẵặâầấẩẫậ", "a")
    | dict.fromkeys("èéẻẽẹêềếểễệ", "e")
    | dict.fromkeys("ìíỉĩị", "i")
    | dict.fromkeys("òóỏõọôồốổỗộơờớởỡợ", "o")
    | dict.fromkeys("ùúủũụưừứửữự", "u")
    | dict.fromkeys("ỳýỷỹỵ", "y")
    | {"đ": "d"}
)

Words = Mapping[str, str]


@cache
def _parts(line: str) -> tuple[tuple[str, str], ...]:
    """Return the line as (text, slot) pairs; the last slot is empty."""
    pieces = _SLOT.split(line)
    return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


@cache
def _range(slot: str) -> tuple[int, int] | None:
    low, dots, high = slot.partition("..")
    return (int(low), int(high)) if dots else None


def expand(line: str, dice: Dice, bound: Words) -> str:
    """Return the line with every slot filled.

    >>> expand("{xa0} có {7..7} thôn", Dice(1), {"xa0": "xã Nà Tông"})
    'xã Nà Tông có 7 thôn'
    """
    out = []
    for text, slot in _parts(line):
        out.append(text)
        if not slot:
            continue
        if (limits := _range(slot)) is not None:
            out.append(str(dice.between(*limits)))
        elif slot in bound:
            out.append(bound[slot])
        else:
            out.append(expand(dice.pick(WORDS[slot]), dice, bound))
    return "".join(out)


def capital(text: str) -> str:
    """Return the text with its first letter large.

    >>> capital("đồng bào"), capital("“ở đây”")
    ('Đồng bào', '“ở đây”')
    """
    return text[:1].upper() + text[1:]


def sentence(lines: Sequence[str], dice: Dice, bound: Words) -> str:
    """Return one of the lines, filled, its first letter large."""
    return capital(expand(dice.pick(lines), dice, bound))


class Deck:
    """Lines dealt one by one; none comes twice before all have come."""

    __slots__ = ("_dice", "_left", "_lines")

    def __init__(self, lines: Sequence[str], dice: Dice) -> None:
        self._lines, self._dice, self._left = lines, dice, list[str]()

    def deal(self) -> str:
        """Deal the next line."""
        if not self._left:
            self._left = list(self._lines)
        return self._left.pop(self._dice.below(len(self._left)))


def paragraph(lines: Deck, more: Deck, dice: Dice, bound: Words) -> str:
    """Return one to four sentences: the first from `lines`, then from either."""
    said = [capital(expand(lines.deal(), dice, bound))]
    for _ in range(dice.below(4)):
        deck = more if dice.one_in(3) else lines
        said.append(capital(expand(deck.deal(), dice, bound)))
    return " ".join(said)


def slug(title: str) -> str:
    """Return the title as the papers' addresses spell it.

    >>> slug("Đổi đời nhờ 2,5 ha chè: “vàng xanh”!")
    'doi-doi-nho-25-ha-che-vang-xanh'
    """
    plain = title.lower().translate(_FOLD).replace("-", " ")
    return "-".join(re.sub(r"[^a-z0-9 ]", "", plain).split())
