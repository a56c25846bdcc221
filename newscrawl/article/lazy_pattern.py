"""Regular expressions that are compiled when they are first asked.

Those of the readers took a tenth of every command's start, and most commands read no page.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

Match = re.Match[str]


class LazyPattern:
    """A regular expression with the methods of `re.Pattern`, compiled by the first one asked.

    >>> marks = LazyPattern("bình luận", re.IGNORECASE)
    >>> "compiled" in vars(marks), bool(marks.match("Bình luận (4)")), "compiled" in vars(marks)
    (False, True, True)
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Keep the source; a wrong one raises `re.error` when it is first asked.

        Args:
            pattern: the source of the expression.
            flags: flags of `re`, joined by "|".
        """
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    # Each is the compiled expression's own method: asking costs an attribute, as it did before.

    @cached_property
    def match(self) -> Callable[..., Match | None]:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., Match | None]:
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., Match | None]:
        return self.compiled.search

    @cached_property
    def finditer(self) -> Callable[..., Iterator[Match]]:
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self.compiled.sub
