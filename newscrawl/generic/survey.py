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
from newscrawl.selectors import Element, compiled
from newscrawl.text import clean
from newscrawl.urls import resolve

_LONG: Final = 80
_SENTENCE: Final = 40
_ENDS: Final = (".", "!", "?", "…", ":", ";", "”", '"', ")", "’")
_FURNITURE_TAGS: Final = frozenset(["nav", "footer", "form", "dialog", "menu"])
_MOST: Final = 0.6
_MOSTLY_LINK: Final = 0.6
_TITLE: Final = 15  # characters: a shorter link is a label
_HIDDEN_TEXT: Final = re.compile(r"[A-Za-z0-9+/=]{60,}")


@dataclass
class Survey:
    """A page's blocks, in order, and what stands around them."""

    document: Document
    blocks: list[Block] = field(init=False)
    _linked: dict[int, float] = field(init=False, default_factory=dict)
    _furniture: dict[Element, bool] = field(init=False, default_factory=dict)
    _whole: Element | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.blocks = blocks(self.document.root)

    # One block ----------------------------------------------------------------------------------

    def link_share(self, index: int) -> float:
        """Share of the block's characters that are links, 0 to 1."""
        if index not in self._linked:
            block = self.blocks[index]
            linked = 0 if block.href is None else _link_length(block.box)
            self._linked[index] = min(1.0, linked / len(block.text)) if block.text else 0.0
        return self._linked[index]

    def is_link(self, index: int) -> bool:
        """A block that is a link to elsewhere, with little or nothing beside it."""
        block = self.blocks[index]
        if block.href is None or self.link_share(index) < _MOSTLY_LINK:
            return False
        return len(block.text) >= _TITLE and resolve(self.base, block.href) is not None

    def is_prose(self, index: int) -> bool:
        """A paragraph of a text: long, or a shorter one that ends like a sentence."""
        text = self.blocks[index].text
        if len(text) < _SENTENCE or (len(text) < _LONG and not text.endswith(_ENDS)):
            return False
        return self.link_share(index) < _MOSTLY_LINK and not _HIDDEN_TEXT.search(text)

    @cached_property
    def base(self) -> str:
        """The address relative links start from: `<base href>` where the page has one."""
        found = compiled("//base/@href")(self.document.root)
        href = clean(str(found[0])) if isinstance(found, list) and found else ""
        return (resolve(self.document.url, href) if href else None) or self.document.url

    # What it stands in --------------------------------------------------------------------------

    def in_role(self, box: Element, role: Role, within: Element | None) -> bool:
        """Whether the box, or one it stands in below `within`, is named so."""
        return any(role in roles(element) for element in lineage(box, within))

    @cached_property
    def prose_below(self) -> dict[Element, int]:
        """Characters of prose below each element, links and furniture included."""
        return self.sums({i: len(b.text) for i, b in enumerate(self.blocks) if self.is_prose(i)})

    def sums(self, weights: dict[int, int]) -> dict[Element, int]:
        """The blocks' weights added up for every element they stand in."""
        found: dict[Element, int] = {}
        for index, weight in weights.items():
            for element in lineage(self.blocks[index].box, None):
                found[element] = found.get(element, 0) + weight
        return found

    def is_furniture(self, box: Element) -> bool:
        """Whether it stands in a box that serves the page, not the article: menu, sharing, related.

        A box that holds most of the page's prose is none, whatever its name.
        """
        known = self._furniture.get(box)
        if known is None:
            parent = box.getparent()
            known = (parent is not None and self.is_furniture(parent)) or self._serves(box)
            self._furniture[box] = known
        return known

    def _serves(self, box: Element) -> bool:
        if box.tag not in _FURNITURE_TAGS and roles(box).isdisjoint(FURNITURE):
            return False
        prose = self.prose_below.get(box, 0)
        return prose < _MOST * self.prose_below.get(self.document.root, 0) or prose == 0


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


def _link_length(box: Element) -> int:
    """Characters of the links in the box's own lines, not in those of boxes inside it."""
    wrapped = next((e for e in lineage(box, None) if e.tag == "a"), None)
    if wrapped is not None:
        return len(clean("".join(map(str, wrapped.itertext()))))
    return sum(_links_inside(box))


def _links_inside(box: Element) -> Iterator[int]:
    for child in box:
        if child.tag == "a":
            yield len(clean("".join(map(str, child.itertext()))))
        elif isinstance(child.tag, str) and child.tag not in BLOCK_TAGS | UNSEEN_TAGS:
            yield from _links_inside(child)
