"""Limits on what a page may hold, checked before a tree is built of it.

libxml2 searches all attributes of an element for each new one: 20,000 attributes on one tag took
0.8 s and 200,000 more than a minute, in which nothing else can run (libxml2 2.14, measured). Only a
parser can tell where a tag begins and ends, because quotes, comments and scripts hide both. The
same parser therefore counts first, without building a tree, which is linear (4 ms for 20,000).
"""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

ARTICLE_MAX_TAGS: Final = 60_000  # start and end tags; the longest articles seen have 2,500
PAGE_MAX_ELEMENTS: Final = 250_000  # a list page with 200,000 links is still read
TAG_MAX_ATTRIBUTES: Final = 1_000
NAMES_MAX_CHARS: Final = 8 * 1024  # the readers read these attributes again for each line of a box
UNCOUNTED_MAX_BYTES: Final = 128 * 1024  # the worst page of this size takes two seconds to parse
_NAME_ATTRIBUTES: Final = ("class", "id", "itemprop", "rel", "role", "data-role", "data-field")


class _LimitExceeded(Exception):  # noqa: N818
    pass


class _Counter:
    """A parser target that counts elements and builds nothing."""

    elements = 0

    def start(self, tag: str | bytes, attrib: Mapping[Any, Any]) -> None:  # noqa: ARG002
        self.elements += 1
        if len(attrib) > TAG_MAX_ATTRIBUTES:
            raise _LimitExceeded(f"a tag with more than {TAG_MAX_ATTRIBUTES} attributes")
        if any(len(attrib[name]) > NAMES_MAX_CHARS for name in _NAME_ATTRIBUTES if name in attrib):
            raise _LimitExceeded(f"names of more than {NAMES_MAX_CHARS} characters")
        if self.elements > PAGE_MAX_ELEMENTS:
            raise _LimitExceeded(f"more than {PAGE_MAX_ELEMENTS} elements")

    def end(self, tag: str | bytes) -> None: ...

    def data(self, data: str | bytes) -> None: ...

    def comment(self, text: str | bytes) -> None: ...

    def close(self) -> None: ...


def excess(html: bytes) -> str | None:
    """Return which limit a page in UTF-8 exceeds, or None for a page within all limits.

    A page of at most `UNCOUNTED_MAX_BYTES` is not counted.

    >>> excess(b"<p " + b" ".join(b"a%d" % i for i in range(30_000)) + b">")
    'a tag with more than 1000 attributes'
    >>> excess(b"<p>" * 300_000)
    'more than 250000 elements'
    """
    if len(html) <= UNCOUNTED_MAX_BYTES:
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_Counter())
    try:
        etree.fromstring(html, parser)
    except _LimitExceeded as found:
        return str(found)
    except etree.ParserError:  # libxml2 finds no document in the bytes
        return None
    return None
