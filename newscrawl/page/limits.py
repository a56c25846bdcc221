"""How much a page may hold, told before a tree of it is built.

libxml2 looks for the end of an element's attributes from their beginning, for each of them: 20,000
on one tag cost it 0.8 s, 200,000 more than a minute in which nothing else can run (2.14, measured).
Where a tag begins and ends only a parser says: quotes, comments and scripts hide both. So the
parser itself is asked, without a tree, which is linear (4 ms for 20,000).
"""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

MOST_TAGS: Final = 60_000  # of an article, start and end; the longest pages seen have 2,500
MOST_ELEMENTS: Final = 250_000  # of any page: a list with 200,000 links is read like another
MOST_ATTRIBUTES: Final = 1_000
LONGEST_NAMES: Final = 8 * 1024  # characters; they are read again for each line of a box
LARGE: Final = 128 * 1024  # bytes; what a smaller page can hold costs two seconds at most
_NAMES: Final = ("class", "id", "itemprop", "rel", "role", "data-role", "data-field")


class _TooMuch(Exception):  # noqa: N818
    pass


class _Counter:
    """A parser's target that only counts."""

    elements = 0

    def start(self, tag: str | bytes, attrib: Mapping[Any, Any]) -> None:  # noqa: ARG002
        self.elements += 1
        if len(attrib) > MOST_ATTRIBUTES:
            raise _TooMuch(f"a tag with more than {MOST_ATTRIBUTES} attributes")
        if any(len(attrib[name]) > LONGEST_NAMES for name in _NAMES if name in attrib):
            raise _TooMuch(f"names of more than {LONGEST_NAMES} characters")
        if self.elements > MOST_ELEMENTS:
            raise _TooMuch(f"more than {MOST_ELEMENTS} elements")

    def end(self, tag: str | bytes) -> None: ...

    def data(self, data: str | bytes) -> None: ...

    def comment(self, text: str | bytes) -> None: ...

    def close(self) -> None: ...


def excess(html: bytes) -> str | None:
    """What of a page in UTF-8 is too much to be read; None for a small page or a usual one.

    >>> excess(b"<p " + b" ".join(b"a%d" % i for i in range(30_000)) + b">")
    'a tag with more than 1000 attributes'
    >>> excess(b"<p>" * 300_000)
    'more than 250000 elements'
    """
    if len(html) <= LARGE:
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Counter())
    try:
        etree.fromstring(html, parser)
    except _TooMuch as found:
        return str(found)
    except etree.ParserError:  # nothing to read in it
        return None
    return None
