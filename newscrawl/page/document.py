"""A fetched page: its bytes, and what is read from them once, on demand."""

from codecs import BOM_UTF8
from datetime import datetime
from functools import cached_property
from typing import Final

from lxml import etree

from newscrawl.exceptions import IncompletePageError, PageTooLargeError
from newscrawl.page.encoding import Decoded, decode_page
from newscrawl.page.limits import excess
from newscrawl.page.metadata import Metadata, read_metadata
from newscrawl.page.selectors import Element, elements

# huge_tree: without it libxml2 drops everything nested deeper than 255 (measured), and a body cut
# in silence is worse than a slow page; size is bounded before a page gets here.
_PARSER: Final = etree.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
)


class Document:
    """One response as the readers see it: no Scrapy, no clock, no settings.

    `fetched_at` is aware; dates without a year are read from it, and none may lie after it.
    """

    def __init__(
        self,
        url: str,
        body: bytes,
        *,
        fetched_at: datetime,
        content_type: str | None = None,
        status: int = 200,
    ) -> None:
        self.url = url
        self.body = body
        self.fetched_at = fetched_at
        self.content_type = content_type
        self.status = status
        self._found: dict[str, list[Element]] = {}

    @cached_property
    def decoded(self) -> Decoded:
        return decode_page(self.body, self.content_type)

    @property
    def text(self) -> str:
        return self.decoded.text

    @cached_property
    def root(self) -> Element:
        """The page's element; raises `IncompletePageError`, for too much `PageTooLargeError`."""
        self.check_size()
        html = self._html
        root = etree.fromstring(html, _PARSER) if html and not html.isspace() else None
        if root is None:
            raise IncompletePageError(self.url, "empty")
        # A stray </html> before <head> hangs the real document beside the root (family F, 2026).
        beside = list(root.itersiblings(etree.Element))
        largest: Element = max([root, *beside], key=_size) if beside else root
        return largest

    def check_size(self) -> None:
        """Nothing where a tree may be built of the page; raises `PageTooLargeError`."""
        if self._excess is not None:
            raise PageTooLargeError(self.url, self._excess)

    @cached_property
    def _excess(self) -> str | None:
        return excess(self._html)

    @property
    def _html(self) -> bytes:
        """The text in UTF-8: the very bytes of most pages (a tenth of the parser's time saved)."""
        is_as_it_came = self.decoded.encoding == "utf-8" and not self.decoded.warnings
        if is_as_it_came and b"\0" not in self.body and not self.body.startswith(BOM_UTF8):
            return self.body
        return self.text.encode("utf-8", "replace")

    def elements(self, selector: str) -> list[Element]:
        """All matches of the page in document order, looked for once: marks are places of fields.

        No one may change the list.
        """
        if selector not in self._found:
            self._found[selector] = elements(self.root, selector)
        return self._found[selector]

    @cached_property
    def metadata(self) -> Metadata:
        return read_metadata(self.root)


def _size(root: Element) -> int:
    return sum(1 for _ in root.iter())
