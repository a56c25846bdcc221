"""A whole page as the blocks a browser shows, with what the other readers ask of each block.

Everything is read off one list of blocks: which of them are prose, which are links to elsewhere,
what they stand in. Asking twice costs nothing; the page is walked once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from newscrawl.blocks import BLOCK_TAGS, UNSEEN_TAGS, Block, blocks
from newscrawl.document import Document
from newscrawl.generic.names import FURNITURE, Role, roles
from newscrawl.generic.phrases import is_date_line, is_label
from newscrawl.selectors import Element, elements, first
from newscrawl.text import clean
from newscrawl.urls import resolve

_LONG: Final = 80
_SENTENCE: Final = 40
_ENDS: Final = (".", "!", "?", "…", ":", ";", "”", '"', ")", "]", "’")
_CHROME: Final[frozenset[Role]] = frozenset(["chrome"])
_CHROME_TAGS: Final = frozenset(["nav", "footer", "form", "dialog", "menu"])
_MOST: Final = 0.6
_MOSTLY_LINK: Final = 0.6
_TITLE: Final = 15  # characters: a shorter link is a label
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?:$|\?)", re.IGNORECASE)
_HIDDEN_TEXT: Final = re.compile(r"[A-Za-z0-9+/=]{60,}")


@dataclass
class Survey:
    """A page's blocks, in order, and what stands around them."""

    document: Document
    is_piece: bool = False
    """A cut-out piece of a page: short lines may be all its text"""
    blocks: list[Block] = field(init=False)
    _around: dict[Element, frozenset[Role]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.blocks = blocks(self.document.root)

    # The blocks ---------------------------------------------------------------------------------

    @cached_property
    def links(self) -> list[bool]:
        """For each block whether it is a link to elsewhere, with little or nothing beside it."""
        return [
            share >= _MOSTLY_LINK
            and len(block.text) >= _TITLE
            and resolve(self.base, block.href or "") is not None
            for block, share in zip(self.blocks, self.link_shares, strict=True)
        ]

    @cached_property
    def prose(self) -> list[bool]:
        """For each block whether it is a paragraph: long, or shorter and ended like a sentence."""
        return [
            share < _MOSTLY_LINK and _is_prose(block.text, is_piece=self.is_piece)
            for block, share in zip(self.blocks, self.link_shares, strict=True)
        ]

    @cached_property
    def link_shares(self) -> list[float]:
        """For each block the share of its characters that are links, 0 to 1."""
        return [_link_share(block) for block in self.blocks]

    def is_picture_link(self, index: int) -> bool:
        """A picture without text that leads to another page of the paper, not to its own file."""
        href = self.blocks[index].href
        address = resolve(self.base, href) if href else None
        return address is not None and not _PICTURE_FILE.search(address)

    @cached_property
    def base(self) -> str:
        """The address relative links start from: `<base href>` where the page has one."""
        found = first(elements(self.document.root, "//base[@href]"))
        href = (found.get("href") or "") if found is not None else ""
        return (resolve(self.document.url, href) if href else None) or self.document.url

    # What it stands in --------------------------------------------------------------------------

    @cached_property
    def prose_below(self) -> dict[Element, int]:
        """Characters of prose below each element, links and furniture included."""
        return self.sums({i: len(b.text) for i, b in enumerate(self.blocks) if self.prose[i]})

    def sums(self, weights: dict[int, int]) -> dict[Element, int]:
        """The blocks' weights added up for every element they stand in."""
        found: dict[Element, int] = {}
        for index, weight in weights.items():
            for element in lineage(self.blocks[index].box, None):
                found[element] = found.get(element, 0) + weight
        return found

    def around(self, box: Element) -> frozenset[Role]:
        """Every role stated for the box or for one it stands in.

        A box that holds most of the page's prose states none, whatever its name.
        """
        known = self._around.get(box)
        if known is None:
            parent = box.getparent()
            known = (self.around(parent) if parent is not None else frozenset()) | self._own(box)
            self._around[box] = known
        return known

    def is_furniture(self, box: Element) -> bool:
        """Whether it stands in a box that serves the page, not the article: menu, sharing, related."""
        return not self.around(box).isdisjoint(FURNITURE)

    def _own(self, box: Element) -> frozenset[Role]:
        found = roles(box) | (_CHROME if box.tag in _CHROME_TAGS else frozenset())
        if found and self.prose_below.get(box, 0) >= _MOST * max(1, self.prose_below_all):
            return frozenset()
        return found

    @cached_property
    def prose_below_all(self) -> int:
        return self.prose_below.get(self.document.root, 0)


def _is_prose(text: str, *, is_piece: bool) -> bool:
    if is_piece and text and not is_label(text) and not is_date_line(text):
        return True
    if len(text) < _SENTENCE or (len(text) < _LONG and not text.endswith(_ENDS)):
        return False
    return not _HIDDEN_TEXT.search(text)


def lineage(box: Element, within: Element | None) -> Iterator[Element]:
    """The box and those it stands in, innermost first, up to but without `within`."""
    element: Element | None = box
    while element is not None and element is not within:
        yield element
        element = element.getparent()


def common(one: Element, other: Element) -> Element | None:
    """The innermost element both stand in."""
    above = set(lineage(one, None))
    return next((element for element in lineage(other, None) if element in above), None)


def _link_share(block: Block) -> float:
    """The box's own lines count, not those of boxes inside it; a data table counts whole."""
    if not block.text or (block.href is None and block.box.tag != "table"):
        return 0.0
    wrapped = next((element for element in lineage(block.box, None) if element.tag == "a"), None)
    if wrapped is not None:
        return 1.0
    if block.box.tag == "table":
        lengths = [len(_text(link)) for link in block.box.iter("a")]
    else:
        lengths = list(_links_inside(block.box))
    return min(1.0, sum(lengths) / len(block.text))


def _text(element: Element) -> str:
    return clean("".join(map(str, element.itertext())))


def _links_inside(box: Element) -> Iterator[int]:
    for child in box:
        if child.tag == "a":
            yield len(_text(child))
        elif isinstance(child.tag, str) and child.tag not in BLOCK_TAGS | UNSEEN_TAGS:
            yield from _links_inside(child)
