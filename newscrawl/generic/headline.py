"""Where a page prints its headline, and what the headline says."""

import re
from dataclasses import dataclass
from typing import Final

from newscrawl.generic.names import roles
from newscrawl.generic.survey import Survey
from newscrawl.selectors import elements, first
from newscrawl.text import clean

_HEADINGS: Final = {"h1": 3, "h2": 1, "h3": 0}
_SITE: Final = re.compile(r"\s+[-–—|:•]+\s+|\s*\|\s*")  # between headline and newspaper in a title
_LONGEST: Final = 300
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the block that prints it; index -1 where only the page's head states it."""

    text: str
    index: int


def find_headline(survey: Survey) -> Headline | None:
    """The headline: the heading that says what the page's own metadata says, else its `h1`."""
    stated = _stated(survey)
    title = _title(survey)
    best, found = 0, -1
    for index, block in enumerate(survey.blocks):
        if block.text and len(block.text) <= _LONGEST:
            score = _score(survey, index, stated, title)
            if score > best:
                best, found = score, index
    if best >= _ENOUGH:
        return Headline(clean(survey.blocks[found].text), found)
    said = stated[0] if stated else _SITE.split(title)[0]
    return Headline(said, -1) if said else None


def _score(survey: Survey, index: int, stated: list[str], title: str) -> int:
    block = survey.blocks[index]
    text = clean(block.text)
    box = block.box
    heading = _HEADINGS.get(str(box.tag), 0)
    named = "title" in roles(box)
    score = 0
    if any(_same(text, words) for words in stated):
        score = 5
    elif title and (_same(text, title) or _begins(title, text)):
        score = 4
    elif heading < _HEADINGS["h1"]:
        return 0
    score += heading + (1 if named else 0)
    if survey.is_furniture(box):
        score -= 4
    if survey.links[index]:
        score -= 3
    return score


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _begins(title: str, text: str) -> bool:
    """Whether the title is the text and then the newspaper's name."""
    return len(text) > 10 and bool(_SITE.match(title, len(text))) and _same(title[: len(text)], text)


def _letters(text: str) -> str:
    """Letters and digits alone: quotes and dashes differ between a page and its metadata."""
    return "".join(filter(str.isalnum, text.casefold()))


def _stated(survey: Survey) -> list[str]:
    metadata = survey.document.metadata
    news = metadata.news
    found = [metadata.og.get("title"), news.headline if news else None, metadata.first("twitter:title")]
    return [words for words in found if words]


def _title(survey: Survey) -> str:
    found = first(elements(survey.document.root, "//head/title"))
    return clean(found.text or "") if found is not None else ""
