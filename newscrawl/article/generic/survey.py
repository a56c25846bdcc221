"""A whole page as the blocks a browser shows, with what the other readers ask of each block.

Everything is read off one list of blocks: which of them are prose, which are links to elsewhere,
what they stand in. Asking twice costs nothing; the page is walked once.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.generic.ancestry import common, lineage, text_of
from newscrawl.article.generic.boilerplate import (
    is_contact,
    is_date_line,
    is_imprint,
    is_label,
)
from newscrawl.article.generic.box_roles import FURNITURE, Role, roles
from newscrawl.article.generic.headline import Headline, find_headline, letters
from newscrawl.page.blocks import (
    BLOCK_TAGS,
    UNSEEN_TAGS,
    Block,
    blocks,
)
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_LONG: Final = 80
_SENTENCE: Final = 40
_ENDS: Final = (".", "!", "?", "…", ":", ";", "”", '"', ")", "]", "’")
_NOTHING: Final[frozenset[Role]] = frozenset()
_CHROME: Final[frozenset[Role]] = frozenset(["chrome"])
_CHROME_TAGS: Final = frozenset(["nav", "footer", "form", "dialog", "menu"])
_SURE_TAGS: Final = frozenset(["nav", "footer"])  # ASP.NET pages are one form
_MOST: Final = 0.6
_MOSTLY_LINK: Final = 0.6
_TITLE: Final = 15  # characters: a shorter link is a label
_NEAR: Final = 4  # blocks between a teaser's title and its description
_CLOSED: Final = BLOCK_TAGS | UNSEEN_TAGS
_NOWHERE: Final = re.compile(r"\s*+(?:#|javascript:|mailto:|tel:|data:|$)", re.IGNORECASE)
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?:$|\?)", re.IGNORECASE)
_HIDDEN_TEXT: Final = re.compile(r"[A-Za-z0-9+/=]{60,}")


@dataclass
class Survey:
    """A page's blocks, in order, and what stands around them."""

    document: Document
    is_piece: bool = False
    """A cut-out piece of a page: short lines may be all its text"""
    blocks: list[Block] = field(init=False)
    headline: Headline | None = field(init=False)
    _around: dict[Element, frozenset[Role]] = field(init=False, default_factory=dict)
    _addresses: dict[Element, str | None] = field(init=False, default_factory=dict)
    """Of the links that boxes stand in: thousands may stand in one"""

    def __post_init__(self) -> None:
        self.blocks = blocks(self.document.root)
        self.headline = find_headline(self.document, self.blocks)

    @property
    def start(self) -> int:
        """The headline's block; -1 where none prints it."""
        return -1 if self.headline is None else self.headline.index

    @cached_property
    def base(self) -> str:
        """The address relative links start from: `<base href>` where the page has one."""
        found = first(elements(self.document.root, "//base[@href]"))
        href = (found.get("href") or "") if found is not None else ""
        return (resolve(self.document.url, href) if href else None) or self.document.url

    # What the page's head and its headline say, once for all blocks ----------------------------

    @cached_property
    def descriptions(self) -> tuple[str, ...]:
        """The letters of each description of the article in the page's head."""
        metadata = self.document.metadata
        news = metadata.news
        said = (
            metadata.og.get("description"),
            news.description if news else None,
            metadata.first("description"),
        )
        return tuple(letters(words) for words in dict.fromkeys(said) if words)

    def is_headline(self, text: str) -> bool:
        """Whether the text is the headline again: blanks and letter case aside."""
        return self.headline is not None and clean(text).casefold() == self._folded_headline

    @cached_property
    def _folded_headline(self) -> str:
        return "" if self.headline is None else clean(self.headline.text).casefold()

    # The blocks ---------------------------------------------------------------------------------

    @cached_property
    def link_shares(self) -> list[float]:
        """For each block the share of its characters that are links, 0 to 1."""
        linked: dict[Element, int] = {}  # a box may hold thousands of lines
        return [
            1.0 if block.text and self._wrapping_link(block.box) else _link_share(block, linked)
            for block in self.blocks
        ]

    @cached_property
    def hrefs(self) -> list[str | None]:
        """For each block the address of the link it holds or stands in."""
        return [block.href or self._wrapping_link(block.box) for block in self.blocks]

    def _wrapping_link(self, box: Element) -> str | None:
        for link in box.iterancestors("a"):
            if link not in self._addresses:
                self._addresses[link] = link.get("href")
            if href := self._addresses[link]:
                return href
        return None

    @cached_property
    def links(self) -> list[bool]:
        """For each block whether it is a link to elsewhere, with little or nothing beside it."""
        return [
            share >= _MOSTLY_LINK and len(block.text) >= _TITLE and leads_elsewhere(href)
            for block, share, href in zip(self.blocks, self.link_shares, self.hrefs, strict=True)
        ]

    @cached_property
    def prose(self) -> list[int]:
        """The blocks that are paragraphs: long, or shorter and ended like a sentence.

        The headline is none, nor a teaser: a description under a linked title, alone with it in
        its box.
        """
        sentences = (index for index in self._sentences if index != self.start)
        return [index for index in sentences if self._teased_by(index) is None]

    @cached_property
    def teasers(self) -> list[int]:
        """The blocks that are titles with a description below them."""
        found = (self._teased_by(index) for index in self._sentences)
        return [title for title in found if title is not None]

    @cached_property
    def _sentences(self) -> list[int]:
        return [
            index
            for index, (block, share) in enumerate(zip(self.blocks, self.link_shares, strict=True))
            if share < _MOSTLY_LINK and _is_prose(block.text, is_piece=self.is_piece)
        ]

    def _teased_by(self, index: int) -> int | None:
        """The linked title whose description the block is."""
        box = self.blocks[index].box
        place = bisect(self._sentences, index)  # of the next one
        before = self._sentences[place - 2] if place > 1 else -1
        for other in range(index - 1, max(before, index - _NEAR), -1):
            if self.links[other]:
                item = common(self.blocks[other].box, box)
                beside = [before] * (before >= 0) + self._sentences[place : place + 1]
                around = (element for i in beside for element in lineage(self.blocks[i].box))
                return None if any(element is item for element in around) else other
        return None

    def is_picture_link(self, index: int) -> bool:
        """A picture without text that leads to another article or site, not to itself."""
        href = self.hrefs[index]
        address = _resolved(self.base, href) if href and leads_elsewhere(href) else None
        if address is None or _PICTURE_FILE.search(address):
            return False
        own, other = urlsplit(self.document.url), urlsplit(address)
        is_slug = "-" in other.path.rstrip("/").rpartition("/")[2] and other.path != own.path
        return is_slug or other.hostname != own.hostname

    # What they stand in -------------------------------------------------------------------------

    @cached_property
    def prose_below(self) -> dict[Element, int]:
        """Characters of prose below each element."""
        return self.sums(self.prose)

    def sums(
        self, indices: list[int], weight: Callable[[Block], int] = lambda block: len(block.text)
    ) -> dict[Element, int]:
        """The blocks' weights, their characters at first, added up for all they stand in."""
        found: dict[Element, int] = {}
        for index in indices:
            block = self.blocks[index]
            for element in lineage(block.box):
                found[element] = found.get(element, 0) + weight(block)
        return found

    def around(self, box: Element) -> frozenset[Role]:
        """Every role stated for the box or for one it stands in.

        A box that holds the headline states none, nor one that holds most of the page's prose
        unless it is for comments, whatever its name.
        """
        waiting = []
        for element in lineage(box):
            if element in self._around:
                break
            waiting.append(element)
        for element in reversed(waiting):
            parent = element.getparent()
            above = self._around.get(parent, _NOTHING) if parent is not None else _NOTHING
            self._around[element] = above | self._own(element)
        return self._around[box]

    def is_furniture(self, box: Element) -> bool:
        """Whether it stands in a box that serves the page: a menu, sharing, related articles."""
        return not self.around(box).isdisjoint(FURNITURE)

    def _own(self, box: Element) -> frozenset[Role]:
        found = roles(box) | (_CHROME if box.tag in _CHROME_TAGS else _NOTHING)
        if not found or box in self.spine:
            return _NOTHING
        is_sure = box.tag in _SURE_TAGS or "comment" in found
        whole = self.prose_below.get(self.document.root, 0)
        is_main = whole and self.prose_below.get(box, 0) >= _MOST * whole
        return _NOTHING if is_main and not is_sure else found

    @cached_property
    def spine(self) -> frozenset[Element]:
        """The boxes the headline stands in."""
        return frozenset() if self.start < 0 else frozenset(lineage(self.blocks[self.start].box))


_resolved: Final = lru_cache(maxsize=256)(resolve)


@lru_cache(maxsize=256)  # of a link with thousands of lines or pictures
def leads_elsewhere(href: str | None) -> bool:
    """Whether a link's address is one of a page, not a script or a place in this page."""
    return href is not None and _NOWHERE.match(href) is None


def _is_prose(text: str, *, is_piece: bool) -> bool:
    if is_piece and text and not is_label(text) and not is_date_line(text):
        return True
    if len(text) < _SENTENCE or (len(text) < _LONG and not text.endswith(_ENDS)):
        return False
    if _HIDDEN_TEXT.search(text):
        return False
    return not (is_imprint(text) or is_contact(text) or is_label(text))


def _link_share(block: Block, linked: dict[Element, int]) -> float:
    """The share in a box that stands in no link; a data table counts whole.

    Of other boxes their own lines count, not those of boxes inside.

    `linked` keeps the characters of a box's links.
    """
    if not block.text:
        return 0.0
    if block.href is None and block.box.tag != "table":
        return 0.0
    if block.box not in linked:
        linked[block.box] = sum(_links_inside(block.box))
    return min(1.0, linked[block.box] / len(block.text))


def _links_inside(box: Element) -> Iterator[int]:
    if box.tag == "table":
        yield from (len(text_of(link)) for link in box.iter("a"))
        return
    waiting = list(box)
    while waiting:
        child = waiting.pop()
        if child.tag == "a":
            yield len(text_of(child))
        elif child.tag not in _CLOSED:
            waiting.extend(child)
