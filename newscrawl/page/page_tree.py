"""The tree of a page as a browser shows it: libxml2's, and on suspicion an HTML5 parser's."""

from typing import Final

from lxml import etree

from newscrawl.page.html5_tree import html5_tree
from newscrawl.page.selectors import Element
from newscrawl.page.stray_div import without_stray_end
from newscrawl.page.tag_errors import has_other_tree, stray_divs
from newscrawl.page.unclosed_captions import close_captions

# Without huge_tree libxml2 silently drops every element nested deeper than 255 (measured), which
# would cut an article. `newscrawl.page.limits` bounds the page before the parser runs.
_PARSER: Final = etree.HTMLParser(
    encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
)


def page_tree(html: bytes) -> Element | None:
    """Return the element that holds a page in UTF-8; None for a page without any element.

    The usual page is parsed by libxml2 alone; telling that it is usual takes 5 µs. Where libxml2's
    tree may not be the browser's (`has_other_tree`), an HTML5 parser reads the page again within
    its limits (`html5_tree`).

    >>> html = b"<body><div><p>Mua gat.</p></body><p>Ba Tu cuoi.</p></div></body>"
    >>> [str(p.getparent().tag) for p in page_tree(html).iter("p")]
    ['div', 'div']
    """
    if not html or html.isspace():
        return None
    tree = _parsed(html)
    if tree is None:
        return None
    if next(tree.iter("figcaption"), None) is not None:
        closed = close_captions(html)
        if closed is not html:
            html, tree = closed, _parsed(closed)
            assert tree is not None
    log = _PARSER.error_log
    if strays := stray_divs(log):
        mended = without_stray_end(html, tree)
        other = None if mended is None else _parsed(mended)
        if mended is not None and other is not None:
            rest = _PARSER.error_log
            if stray_divs(rest) < strays:
                html, tree, log = mended, other, rest
    if has_other_tree(html, tree, log):
        other = html5_tree(html, tree)
        return tree if other is None else other
    return tree


def _parsed(html: bytes) -> Element | None:
    """Return libxml2's tree; None for a page without any element."""
    root = etree.fromstring(html, _PARSER)
    if root is None:
        return None
    # After a stray </html> before <head> libxml2 puts the real document beside the root element
    # (family F, 2026), so the largest of the top elements is the page.
    beside = list(root.itersiblings(etree.Element))
    largest: Element = max([root, *beside], key=_size) if beside else root
    return largest


def _size(root: Element) -> int:
    return sum(1 for _ in root.iter())
