"""Where a page prints its headline, and what the headline says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.article.generic.ancestry import lineage
from newscrawl.article.generic.box_roles import FURNITURE, roles
from newscrawl.page.blocks import Block
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean

_HEADINGS: Final = {"h1": 3, "h2": 1, "h3": 0}
_SITE: Final = re.compile(r"\s+[-–—|:•]+\s+|\s*\|\s*")  # between headline and newspaper in a title
_LONGEST: Final = 300
_SHORTEST: Final = 12  # letters that are no chance
_MOST: Final = 0.5
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the block that prints it; index -1 where only the page's head states it."""

    text: str
    index: int


def find_headline(document: Document, blocks: Sequence[Block]) -> Headline | None:
    """The headline: the heading that says what the page's own metadata says, else its `h1`."""
    stated = _stated(document)
    titles = {letters(words): words for words in stated}
    best, found = 0, Headline("", -1)
    aside: dict[Element, bool] = {}
    for index, block in enumerate(blocks):
        if block.text and len(block.text) <= _LONGEST:
            for line in dict.fromkeys((block.text, *block.text.split("\n"))):
                score = _score(block, clean(line), titles, aside)
                if score > best:
                    best, found = score, Headline(clean(line), index)
    if best >= _ENOUGH:
        return found
    words = _SITE.split(stated[0])[0] if stated else ""
    return Headline(words, -1) if words else None


def _score(block: Block, line: str, titles: Mapping[str, str], aside: dict[Element, bool]) -> int:
    """`aside` says of each box asked so far whether it is, or stands in, a part of no article."""
    heading = _HEADINGS.get(str(block.box.tag), 0)
    score = heading + _likeness(line, titles, is_heading=heading > 0)
    if score < _ENOUGH:
        return 0
    if "title" in roles(block.box):
        score += 1
    if block.href is not None:
        score -= 1
    return score - 2 * _is_aside(block.box, aside)


def _is_aside(box: Element, known: dict[Element, bool]) -> bool:
    asked: list[Element] = []
    for element in lineage(box):
        if element not in known:
            asked.append(element)
            if roles(element).isdisjoint(FURNITURE):
                continue
            known[element] = True
        known.update(dict.fromkeys(asked, known[element]))
        return known[element]
    known.update(dict.fromkeys(asked, False))
    return False


def _likeness(line: str, titles: Mapping[str, str], *, is_heading: bool) -> int:
    """5 for what the page's head says, 4 for most of it, 0 for anything else."""
    own = letters(line)
    if own in titles:
        return 5
    for other, words in titles.items():
        is_part = is_heading or len(own) < len(other)
        if _begins(words, line) or (is_part and _is_most_of(own, other)):
            return 4
    return 0


def _begins(title: str, text: str) -> bool:
    """Whether the title is the text with the newspaper's name behind it."""
    return title.startswith(text) and _SITE.match(title, len(text)) is not None


def _is_most_of(own: str, title: str) -> bool:
    """Whether one is the beginning or the end of the other, and most of it."""
    short, long = sorted((own, title), key=len)
    if len(short) < max(_SHORTEST, _MOST * len(long)):
        return False
    return long.startswith(short) or long.endswith(short)


def letters(text: str) -> str:
    """The letters and digits alone: quotes and dashes differ between a page and its metadata."""
    return "".join(filter(str.isalnum, text.casefold()))


def _stated(document: Document) -> list[str]:
    """What the page's head calls the headline, the surest first."""
    metadata = document.metadata
    news = metadata.news
    title = first(elements(document.root, "//title[not(ancestor::svg)]"))
    found = [
        metadata.og.get("title"),
        news.headline if news else None,
        metadata.first("twitter:title"),
        clean(title.text or "") if title is not None else None,
    ]
    return [words for words in found if words and letters(words)]
