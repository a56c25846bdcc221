"""Where a page prints its headline, and what the headline says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.blocks import Block
from newscrawl.document import Document
from newscrawl.generic.names import FURNITURE, roles
from newscrawl.selectors import elements, first
from newscrawl.text import clean

_HEADINGS: Final = {"h1": 3, "h2": 1, "h3": 0}
_SITE: Final = re.compile(r"\s+[-–—|:•]+\s+|\s*\|\s*")  # between headline and newspaper in a title
_LONGEST: Final = 300
_SHORTEST: Final = 10
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the block that prints it; index -1 where only the page's head states it."""

    text: str
    index: int


def find_headline(document: Document, blocks: Sequence[Block]) -> Headline | None:
    """The headline: the heading that says what the page's own metadata says, else its `h1`."""
    said, title = _stated(document), _title(document)
    stated = {_letters(words) for words in said}
    best, found = 0, -1
    for index, block in enumerate(blocks):
        if block.text and len(block.text) <= _LONGEST:
            score = _score(block, stated, title)
            if score > best:
                best, found = score, index
    if best >= _ENOUGH:
        return Headline(clean(blocks[found].text), found)
    words = said[0] if said else _SITE.split(title)[0]
    return Headline(words, -1) if words else None


def _score(block: Block, stated: set[str], title: str) -> int:
    text, box = clean(block.text), block.box
    score = _HEADINGS.get(str(box.tag), 0)
    if _letters(text) in stated:
        score += 5
    elif _begins(title, text):
        score += 4
    elif score < _HEADINGS["h1"]:
        return 0
    if "title" in roles(box):
        score += 1
    if block.href is not None:
        score -= 1
    if any(not roles(e).isdisjoint(FURNITURE) for e in (box, *box.iterancestors())):
        score -= 2
    return score


def _begins(title: str, text: str) -> bool:
    """Whether the title is the text, perhaps with the newspaper's name behind it."""
    length = len(text)
    if _letters(title[:length]) != _letters(text) or not text:
        return False
    return length >= len(title) or (length > _SHORTEST and _SITE.match(title, length) is not None)


def _letters(text: str) -> str:
    """Letters and digits alone: quotes and dashes differ between a page and its metadata."""
    return "".join(filter(str.isalnum, text.casefold()))


def _stated(document: Document) -> list[str]:
    metadata = document.metadata
    news = metadata.news
    found = [metadata.og.get("title"), news.headline if news else None, metadata.first("twitter:title")]
    return [words for words in found if words]


def _title(document: Document) -> str:
    found = first(elements(document.root, "//head/title"))
    return clean(found.text or "") if found is not None else ""
