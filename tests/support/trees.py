"""Trees of pages that tests write."""

from newscrawl.page.page_tree import page_tree
from newscrawl.page.selectors import Element


def page_root(html: bytes, *, is_known_utf8: bool = True) -> Element | None:
    """Return the element that holds a page in UTF-8; None for a page without any element."""
    tree = page_tree(html, is_known_utf8=is_known_utf8)
    return None if tree is None else tree.root
