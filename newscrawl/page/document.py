"""A fetched page: its bytes, and the text, tree and metadata read from them once, on demand."""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import datetime
from functools import cache, cached_property
from typing import Final

from newscrawl.exceptions import IncompletePageError, PageTooLargeError
from newscrawl.page.encoding import Decoded, decode_page, may_need_repair
from newscrawl.page.limits import excess
from newscrawl.page.metadata import Metadata, read_metadata
from newscrawl.page.page_tree import NotUtf8Error, PageTree, page_tree
from newscrawl.page.selectors import Element, elements
from newscrawl.urls.canonical import resolve

_FIRST_TAGS: Final = ("h1", "time")  # of `MARKED_TAGS`: a page has one headline, a date line
_TAG_FIRST: Final = re.compile(r"(?://|/descendant::)(h1|time)((?:[\[/].*)?)")


class Document:
    """One response as the readers see it, without Scrapy, clock or settings."""

    def __init__(
        self,
        url: str,
        body: bytes,
        *,
        fetched_at: datetime,
        content_type: str | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep the response; nothing is parsed until a reader asks for it.

        Args:
            url: The absolute address the response came from.
            body: The bytes of the page, already unpacked from any content encoding.
            fetched_at: When the response arrived, with a time zone. Dates printed without a year
                are completed from this moment, and no publication date may lie after it.
            content_type: The value of the Content-Type header, None where the header is missing.
            status: The HTTP status.
            headers: Further headers of the response, by their names in lower case; list APIs
                state the number of pages there.
        """
        self.url = url
        self.body = body
        self.fetched_at = fetched_at
        self.content_type = content_type
        self.status = status
        self.headers = headers or {}
        self._found: dict[str, list[Element]] = {}

    @cached_property
    def decoded(self) -> Decoded:
        return decode_page(self.body, self.content_type)

    @property
    def text(self) -> str:
        return self.decoded.text

    @property
    def root(self) -> Element:
        """The element that holds the page.

        Raises:
            IncompletePageError: The page has no element.
            PageTooLargeError: The page exceeds a limit of `newscrawl.page.limits`.
        """
        return self._tree.root

    @cached_property
    def _tree(self) -> PageTree:
        self.check_size()
        tree = self._tree_of_bytes
        if tree is None:
            self._refuse(self._excess)
            tree = page_tree(self._html)
        if tree is None:
            raise IncompletePageError(self.url, "empty")
        return tree

    @cached_property
    def _tree_of_bytes(self) -> PageTree | None:
        """The tree of the bytes as they came; None where they must be decoded first."""
        if self._may_need_repair:
            return None
        try:
            return page_tree(self.body, is_known_utf8=False)
        except NotUtf8Error:
            return None

    @cached_property
    def _may_need_repair(self) -> bool:
        return may_need_repair(self.body)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What `Decoded.warnings` says of the page's letters."""
        return self.decoded.warnings if self._tree_of_bytes is None else ()

    def check_size(self) -> None:
        """Raise `PageTooLargeError` where the page exceeds a limit of `newscrawl.page.limits`."""
        self._refuse(self._excess if self._may_need_repair else self._excess_of_bytes)

    def _refuse(self, excess: str | None) -> None:
        if excess is not None:
            raise PageTooLargeError(self.url, excess)

    @cached_property
    def _excess(self) -> str | None:
        return excess(self._html)

    @cached_property
    def _excess_of_bytes(self) -> str | None:
        return excess(self.body)

    @property
    def _html(self) -> bytes:
        """The page's text in UTF-8.

        The body itself is returned where it is valid UTF-8, as on most pages: encoding the text
        again would take a tenth of the parser's time.
        """
        is_as_it_came = self.decoded.encoding == "utf-8" and not self.decoded.warnings
        if is_as_it_came and b"\0" not in self.body and not self.body.startswith(BOM_UTF8):
            return self.body
        return self.text.encode("utf-8", "replace")

    def elements(self, selector: str) -> list[Element]:
        """Return all matches on the page in document order; callers must not change the list.

        The matches are cached, because a layout's identifying selectors are often also the
        selectors of its fields.
        """
        if selector not in self._found:
            self._found[selector] = self._select(selector)
        return self._found[selector]

    def _select(self, selector: str) -> list[Element]:
        """Return all matches; a page with one element of the selector's first tag is not searched.

        A search takes 25 to 70 µs for each selector, asking that element for the rest takes 5.
        """
        parted = _parted(selector)
        root = self.root
        if parted is None or root.getnext() is not None or root.getprevious() is not None:
            return elements(root, selector)
        tag, rest = parted
        own = [element for element in self._tree.marks if element.tag == tag]
        if len(own) > 1:
            return elements(root, selector)
        return elements(own[0], rest) if own else []

    @cached_property
    def base_url(self) -> str:
        """The address that relative links start from: `<base href>`, else the page's own."""
        hrefs = (base.get("href") for base in self.root.iter("base"))
        href = next((href for href in hrefs if href is not None), None)
        return (resolve(self.url, href) if href else None) or self.url

    @cached_property
    def metadata(self) -> Metadata:
        return read_metadata(self.root, self.url, self._tree.marks)


@cache
def _parted(selector: str) -> tuple[str, str] | None:
    """Return the tag of `_FIRST_TAGS` that begins a selector, and the selector for its elements.

    The result is None for a selector that begins otherwise, and for a union.

    >>> _parted("//h1[@id]/a"), _parted("h1"), _parted("h1.title"), _parted("//h1 | //h2")
    (('h1', './self::h1[@id]/a'), ('h1', './self::h1'), None, None)
    """
    if selector in _FIRST_TAGS:
        return selector, f"./self::{selector}"
    match = _TAG_FIRST.fullmatch(selector)
    return None if match is None or "|" in selector else (match[1], f"./self::{match[1]}{match[2]}")
