"""Numbers that look thrown and never change: the same on every machine and Python version."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

Thing = TypeVar("Thing")

_MASK = (1 << 64) - 1


def digest(*parts: object) -> int:
    """Return 64 bits that depend on every part and on nothing else.

    >>> digest("a", 1) == digest("a", 1) != digest("a", 2)
    True
    """
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class Dice:
    """A splitmix64 generator (Steele, Lea and Flood 2014); `random` promises less across versions.

    >>> Dice("x").pick("abc") == Dice("x").pick("abc")
    True
    """

    __slots__ = ("_state",)

    def __init__(self, *seed: object) -> None:
        self._state = digest(*seed)

    def below(self, limit: int) -> int:
        """Throw a number from 0 to limit - 1."""
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((state ^ (state >> 31)) >> 11) % limit

    def between(self, low: int, high: int) -> int:
        """Throw a number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one_in(self, count: int) -> bool:
        """Throw whether this is the one of `count`."""
        return self.below(count) == 0

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Throw one of the things, each as likely."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """Throw `count` different things in thrown order, or all where there are fewer."""
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in range(min(count, len(rest)))]
