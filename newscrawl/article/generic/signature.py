"""Who signed the article and whom it credits, where that does not end its text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newscrawl.article.byline import (
    Attribution,
    Byline,
    read_attribution,
    read_byline,
)
from newscrawl.article.generic.ancestry import lineage, text_of
from newscrawl.article.generic.box_roles import roles
from newscrawl.article.generic.survey import Survey
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_AFTER: Final = 12  # blocks below the text where a signature named as one may stand
_BELOW: Final = 4  # and one that only looks like a signature
_UP: Final = 3  # boxes a signature's own box may stand in
_LONGEST: Final = 80
_LABELLED: Final = re.compile(
    r"(?:tác giả(?: bài viết)?|người (?:viết|đăng))\s*:\s*(?=\S)", re.IGNORECASE
)


def find_byline(survey: Survey, last: int) -> Byline | None:
    """The signature printed between the headline and block `last`, which ends the text, or below.

    First a line labelled or boxed as the author's, then one that is the name the page's head
    states (alone that is an account as often as an author), then a bold or right-hand name right
    below the text.
    """
    lines = [
        index for index in _lines(survey, last) if not survey.is_furniture(survey.blocks[index].box)
    ]
    named = _author_texts(survey, lines)
    stated = {clean(name).casefold() for name in _stated_names(survey)}
    repeated = (
        survey.blocks[index].text
        for index in lines
        if clean(survey.blocks[index].text).casefold() in stated
    )
    below = (survey.blocks[index].text for index in lines if _is_set_below(survey, index, last))
    texts = (*named, *repeated, *below)
    return next((byline for text in texts if (byline := read_byline(text)) is not None), None)


def find_attribution(survey: Survey, last: int) -> Attribution | None:
    """The outlet credited right below the text, or in a box named for it."""
    for index in _lines(survey, last):
        block = survey.blocks[index]
        if survey.is_furniture(block.box) or len(block.text) > _LONGEST:
            continue
        if last < index <= last + _BELOW or "source" in survey.around(block.box):
            found = read_attribution(block.text, block.href)
            if found is not None:
                return found
    return None


def _lines(survey: Survey, last: int) -> range:
    return range(max(0, survey.start + 1), min(len(survey.blocks), last + _AFTER))


def _author_texts(survey: Survey, lines: Sequence[int]) -> Iterator[str]:
    """What the lines say of the author: one that is labelled, or what is named so in its box."""
    seen: set[Element] = set()  # a box may hold thousands of lines
    for index in lines:
        block = survey.blocks[index]
        if len(block.text) > _LONGEST and not block.href:
            continue
        labelled = _LABELLED.match(block.text)
        if labelled:
            yield block.text[labelled.end() :]
        if block.box not in seen:
            seen.add(block.box)
            yield from map(text_of, filter(_is_of_author, block.box.iterdescendants()))
        if any(map(_is_of_author, list(lineage(block.box))[:_UP])):
            yield block.text


def _is_of_author(element: Element) -> bool:
    return "author" in roles(element)


def _stated_names(survey: Survey) -> Sequence[str]:
    """The names the page's head calls authors."""
    metadata = survey.document.metadata
    news = metadata.news
    values = [v for key, found in metadata.meta.items() if key.endswith("author") for v in found]
    return [*(news.authors if news else ()), *values]


def _is_set_below(survey: Survey, index: int, last: int) -> bool:
    block = survey.blocks[index]
    is_placed = block.is_bold or block.align == "right"
    return last < index <= last + _BELOW and is_placed and not survey.links[index]
