"""The tree of a page as a browser shows it: libxml2's, and on suspicion an HTML5 parser's."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from lxml import etree

from newscrawl.page.html5_tree import html5_tree
from newscrawl.page.metadata import METADATA_TAGS
from newscrawl.page.second_body import has_early_end, without_early_end, without_second_body
from newscrawl.page.selectors import Element
from newscrawl.page.stray_div import STRAY_ENDS_MAX, without_stray_end
from newscrawl.page.style_sheet import apply_style_sheets
from newscrawl.page.tag_errors import has_other_tree, has_stray_div
from newscrawl.page.unclosed_captions import close_captions

# Without huge_tree libxml2 silently drops every element nested deeper than 255 (measured), which
# would cut an article. `newscrawl.page.limits` bounds the page before the parser runs.
_PARSER: Final = etree.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
)


MARKED_TAGS: Final = (*METADATA_TAGS, "time", "figcaption", "svg", "style")
"""Tags that several readers look for; most pages have a few dozen elements of them"""
_BAD_BYTES: Final = etree.ErrorTypes.ERR_INVALID_ENCODING
_LOG_MAX_ERRORS: Final = 90  # libxml2 logs the first hundred errors of a page


class NotUtf8Error(ValueError):
    """The bytes of a page are not UTF-8 throughout; raised by this module."""


class PageTree(NamedTuple):
    """The tree of a page."""

    root: Element
    """The element that holds the page"""
    marks: Sequence[Element]
    """The elements of `MARKED_TAGS`, in document order"""


def page_tree(html: bytes, *, is_known_utf8: bool = True) -> PageTree | None:
    """Return the tree of a page in UTF-8; None for a page without any element.

    The usual page is parsed by libxml2 alone; telling that it is usual takes 5 µs. Where libxml2's
    tree may not be the browser's (`has_other_tree`), an HTML5 parser reads the page again within
    its limits (`html5_tree`). Raises `NotUtf8Error` for other bytes unless the caller knows the
    page's encoding.

    >>> html = b"<body><div><p>Mua gat.</p></body><p>Ba Tu cuoi.</p></div></body>"
    >>> [str(p.getparent().tag) for p in page_tree(html).root.iter("p")]
    ['div', 'div']
    """
    page = None if not html or html.isspace() else _parsed(html)
    if page is None:
        return None
    if not is_known_utf8 and not _is_utf8(page):
        raise NotUtf8Error
    for mend in _MENDERS:
        mended = mend(page)
        if mended is not None and mended is not page.html:
            page = _parsed(mended) or page
    if has_other_tree(page.html, page.tree, page.log, page.marked("svg")):
        other = html5_tree(page.html, page.tree)
        page = page if other is None else _Parsed(page.html, other, page.log)
    apply_style_sheets(page.html, page.tree, page.marked("style"))
    return PageTree(page.tree, page.marks)


@dataclass
class _Parsed:
    """A page as libxml2 parses it."""

    html: bytes
    tree: Element
    """The element that holds the page"""
    log: Sequence[etree._LogEntry]

    def marked(self, tag: str) -> list[Element]:
        """Return the elements of one of `MARKED_TAGS`, in document order."""
        return [element for element in self.marks if element.tag == tag]

    @cached_property
    def marks(self) -> list[Element]:
        """The elements of all these tags, found in one walk: each takes 20 to 70 µs."""
        return list(self.tree.iter(*MARKED_TAGS))


def _parsed(html: bytes) -> _Parsed | None:
    """Return libxml2's tree and log; None for a page without any element."""
    root = etree.fromstring(html, _PARSER)
    if root is None:
        return None
    # After a stray </html> before <head> libxml2 puts the real document beside the root element
    # (family F, 2026), so the largest of the top elements is the page.
    beside = list(root.itersiblings(etree.Element))
    largest: Element = max([root, *beside], key=_size) if beside else root
    return _Parsed(html, largest, _PARSER.error_log)


def _is_utf8(page: _Parsed) -> bool:
    """Return whether all bytes are UTF-8: libxml2 logs the first that is not, up to its limit."""
    if len(page.log) < _LOG_MAX_ERRORS:
        return all(entry.type != _BAD_BYTES for entry in page.log)
    try:
        page.html.decode()
    except UnicodeDecodeError:
        return False
    return True


def _without_second_body(page: _Parsed) -> bytes | None:
    is_alone = page.tree.getprevious() is None and page.tree.getnext() is None
    return None if is_alone else without_second_body(page.html)


def _with_closed_captions(page: _Parsed) -> bytes | None:
    return close_captions(page.html) if page.marked("figcaption") else None


def _without_early_end(page: _Parsed) -> bytes | None:
    """Return the page without its early end; the tree is asked first, a search takes 80 µs."""
    body = next(page.tree.iterchildren("body"), None)
    ends_the_page = body is None or (body.getnext() is None and not (body.tail or "").strip())
    is_alone = page.tree.getprevious() is None and page.tree.getnext() is None
    if ends_the_page and is_alone:
        return None
    return without_early_end(page.html) if has_early_end(page.html) else None


def _without_stray_end(page: _Parsed) -> bytes | None:
    return without_stray_end(page.html, page.tree) if has_stray_div(page.log) else None


_MENDERS: Final = (
    _without_second_body,
    _without_early_end,
    _with_closed_captions,
    *(_without_stray_end,) * STRAY_ENDS_MAX,
)


def _size(root: Element) -> int:
    return sum(1 for _ in root.iter())
