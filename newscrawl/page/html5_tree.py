"""The tree that an HTML5 parser builds, as an lxml tree.

Lexbor (the C library below selectolax) builds the tree of the HTML Living Standard, section 13.2,
in the time libxml2 takes; copying the tree to lxml takes six times as long, so that only suspicious
pages are read in this way (`newscrawl.page.tag_errors`).

A hostile page could cost an HTML5 parser more than the linear time libxml2 takes: each end tag may
search all open elements (10 s for 60,000 nested ones), and each unclosed `<font>` is opened again
in every later block (a million elements of two thousand tags). The limits below keep the worst page
under a second; no genuine page has come near one.
"""

import re
from typing import Final

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.page.selectors import Element

PARSED_MAX_BYTES: Final = 4 * 1024 * 1024
PARSED_MAX_TAGS: Final = 10_000  # start and end tags; the longest articles seen have 2,500
TAG_MAX_ATTRIBUTES: Final = 200
_REOPENED_MAX_ELEMENTS: Final = 1_000_000
_COPIED_MAX_NODES: Final = 50_000
_REOPENED_EACH: Final = 3  # equal ones that a block opens again (the standard's "Noah's Ark")
_FORMATTING: Final = re.compile(
    rb"<(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)[\s/>][^>]*", re.IGNORECASE
)
_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD_NOSCRIPT: Final = re.compile(
    rb"<noscript[^<>]*>(?:(?!</noscript)[^\0]){0,4000}</noscript\s*>", re.IGNORECASE
)
_TAG: Final = re.compile(r"[a-z][\w:.-]*", re.IGNORECASE)
_FACTORY: Final = etree.HTMLParser()  # makes elements of an HTML document, whose ids XPath knows


def html5_tree(html: bytes, tree: Element) -> Element | None:
    """Return the root of the tree a browser builds of the page; None for a page beyond the limits.

    Comments, processing instructions and the content of templates are left out, and the
    `<noscript>` elements of the head, which a browser that runs scripts does not show.

    Args:
        html: The page in UTF-8.
        tree: The root of libxml2's tree of the same page.
    """
    if not _is_bounded(html, tree):
        return None
    copy = _copied(LexborHTMLParser(_without_head_noscript(html).decode("utf-8", "replace")))
    if copy is not None:
        _close_links(copy, html)
    return copy


def _close_links(tree: Element, html: bytes) -> None:
    """Unlink the copies of a link that is never closed, which every later block opens again."""
    links: dict[str, list[Element]] = {}
    for link in tree.iter("a"):
        if href := link.get("href"):
            links.setdefault(href, []).append(link)
    for href, copies in links.items():
        written = html.count(href.encode())
        if written and len(copies) > max(_REOPENED_EACH, written):
            for link in copies[1:]:
                link.tag = "span"
                del link.attrib["href"]


def _is_bounded(html: bytes, tree: Element) -> bool:
    tags = html.count(b"<")
    if len(html) > PARSED_MAX_BYTES or tags > PARSED_MAX_TAGS:
        return False
    if any(len(element.attrib) > TAG_MAX_ATTRIBUTES for element in tree.iter(etree.Element)):
        return False
    return tags * _REOPENED_EACH * _formats(html) <= _REOPENED_MAX_ELEMENTS


def _formats(html: bytes) -> int:
    """Return at least the number of different formatting tags on the page.

    A tag with quotes of both kinds, or an odd number of one, counts as often as it occurs: its end
    cannot be told without a parser, so that different tags may look the same.
    """
    found = _FORMATTING.findall(html)
    different = set(found)
    doubtful = sum(1 for tag in found if tag.count(b'"') % 2 or b"'" in tag)
    return len(different) + doubtful


def _without_head_noscript(html: bytes) -> bytes:
    """Return the page without `<noscript>` in the head, which Lexbor would move to the body."""
    end = html.find(b"<body")
    if end < 0 or html.find(b"<noscript", 0, end) < 0:
        return html
    return _HEAD_NOSCRIPT.sub(b"", html[:end]) + html[end:]


def _copied(page: LexborHTMLParser) -> Element | None:
    """Return the copy of Lexbor's tree; None for one of more than `_COPIED_MAX_NODES` nodes."""
    top = page.root
    if top is None:
        return None
    copy = _Copy(top)
    node, depth = top.child, 0
    for _ in range(_COPIED_MAX_NODES):
        if node is None:
            return copy.finished()
        if node.is_element_node:
            copy.begin(node)
            if node.child is not None:
                node, depth = node.child, depth + 1
                continue
            copy.end()
        elif node.is_text_node:
            copy.add_text(node.text_content or "")
        while node is not None and node.next is None and depth:
            node, depth = node.parent, depth - 1
            copy.end()
        node = node.next if node is not None else None
    return None


class _Copy:
    """An lxml tree that grows in document order."""

    def __init__(self, top: LexborNode) -> None:
        self.element = _FACTORY.makeelement("html")
        _set_readable(self.element, top)
        self.before: Element | None = None  # the last child of `element`
        self.texts: list[str] = []  # since then

    def begin(self, node: LexborNode) -> None:
        """Append an element and go on in it."""
        self._set_text()
        self.element = _appended(self.element, node)
        self.before = None

    def end(self) -> None:
        """End the element and go on behind it."""
        self._set_text()
        parent = self.element.getparent()
        assert parent is not None
        self.element, self.before = parent, self.element

    def add_text(self, text: str) -> None:
        self.texts.append(text)

    def finished(self) -> Element:
        """Return the root."""
        self._set_text()
        return self.element

    def _set_text(self) -> None:
        if self.texts:
            text = _UNREADABLE.sub("", "".join(self.texts)).replace("\f", " ")
            if self.before is None:
                self.element.text = text
            else:
                self.before.tail = text
            self.texts = []


def _appended(parent: Element, node: LexborNode) -> Element:
    """Append a copy of the node; an element whose name lxml refuses becomes a `span`."""
    tag = node.tag or ""
    try:
        return etree.SubElement(parent, tag, _attributes(node))
    except ValueError:
        copy = etree.SubElement(parent, tag if _TAG.fullmatch(tag) else "span")
        _set_readable(copy, node)
        return copy


def _set_readable(copy: Element, node: LexborNode) -> None:
    """Set the attributes of the node but those whose names lxml refuses, such as `{{`."""
    for name, value in _attributes(node).items():
        if name and "{" not in name and "}" not in name:
            copy.set(name, value)


def _attributes(node: LexborNode) -> dict[str, str]:
    """Return the node's attributes; one without a value has "", as in libxml2's tree."""
    return {
        _UNREADABLE.sub("", name): _UNREADABLE.sub("", value or "").replace("\f", " ")
        for name, value in node.attributes.items()
    }
