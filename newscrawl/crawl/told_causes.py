"""The warnings of a run: one line for one cause, however many pages it met."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_NUMBER: Final = re.compile(r"\d+")


class ToldCauses:
    """Why pages could not be read, each cause once, with the first page and a count.

    >>> causes = ToldCauses()
    >>> causes.note("no headline", "https://bao.vn/tin-1.html")
    >>> causes.note("no headline", "https://bao.vn/tin-2.html")
    >>> causes.note("no date", "https://bao.vn/tin-3.html")
    >>> list(causes.lines())
    ['no headline: https://bao.vn/tin-1.html and 1 more', 'no date: https://bao.vn/tin-3.html']
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, tuple[str, str]] = {}

    def note(self, why: str, url: str, cause: str | None = None) -> None:
        """Count a page that could not be read.

        Args:
            why: What is told of it.
            url: Its address.
            cause: What all pages of one cause share; None = `why` without its numbers.
        """
        cause = _NUMBER.sub("0", why) if cause is None else cause
        self._counts[cause] += 1
        self._firsts.setdefault(cause, (why, url))

    def lines(self) -> Iterator[str]:
        """Yield what is told, in the order in which the causes were met."""
        for cause, (why, url) in self._firsts.items():
            more = self._counts[cause] - 1
            yield f"{why}: {url} and {more} more" if more else f"{why}: {url}"
