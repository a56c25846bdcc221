"""Which block of a page is the article's lead.

The lead is what the paper sets apart as one: a box named so, a bold first paragraph, a heading
below the headline that is a sentence; or the first paragraph, where the page's own description
says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.article.generic.ancestry import lineage
from newscrawl.article.generic.boilerplate import is_date_line, is_dateline
from newscrawl.article.generic.box_roles import roles
from newscrawl.article.generic.headline import letters
from newscrawl.article.generic.survey import Survey
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean, same_text

_SHORTEST: Final = 30
_SENTENCE: Final = 60
_LONGEST: Final = 900
_PROOF: Final = 40  # letters of a description that prove a longer paragraph
_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5"])
_CUT: Final = 3  # letters at its end that a description may have of its own
_SEARCHED: Final = 2  # paragraphs among which the lead stands


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead as printed, and the number of blocks up to its end."""

    text: str
    stop: int


def find_lead(survey: Survey, container: Element, texts: Sequence[Block]) -> Lead | None:
    """The lead among the first of the blocks below the headline; None where the page sets none."""
    paragraphs = 0
    for number, block in enumerate(texts):
        is_lead = is_set_apart(block, container) or is_stated(survey, block.text)
        if is_lead or _is_printed_twice(texts, number):
            return _whole(container, texts, number)
        paragraphs += len(block.text) >= _SENTENCE
        if paragraphs >= _SEARCHED or (paragraphs and container in lineage(block.box)):
            break
    return _only_one_above(container, texts)


def _is_printed_twice(texts: Sequence[Block], number: int) -> bool:
    text = texts[number].text
    following = texts[number + 1 : number + 2]
    return len(text) >= _SENTENCE and any(same_text(text, block.text) for block in following)


def _whole(container: Element, texts: Sequence[Block], number: int) -> Lead:
    """The lead with the dateline before it and the other lines of its box."""
    start = number - 1 if number and is_dateline(texts[number - 1].text) else number
    stop = number + 1
    box = _own_box(container, texts[number])
    while stop < len(texts) and box is not None and box in lineage(texts[stop].box):
        stop += 1
    return Lead(clean(" ".join(block.text for block in texts[start:stop])), stop)


def _own_box(container: Element, block: Block) -> Element | None:
    """The box named for the lead, else the one its text stands in; None where that holds all."""
    whole = list(lineage(container))
    around = [element for element in lineage(block.box) if element not in whole]
    named = (element for element in around if "lead" in roles(element))
    return next(named, around[0] if around else None)


def _only_one_above(container: Element, texts: Sequence[Block]) -> Lead | None:
    """The one paragraph between headline and text, whatever its box is called."""
    above = [
        number
        for number, block in enumerate(texts)
        if container not in lineage(block.box)
        and len(block.text) >= _SENTENCE
        and not is_date_line(block.text)
    ]
    return _whole(container, texts, above[0]) if len(above) == 1 else None


def is_stated(survey: Survey, text: str) -> bool:
    """Whether the page's head describes the article with this paragraph."""
    printed = letters(text)
    return any(_describes(said, printed) for said in survey.descriptions)


def is_called_lead(survey: Survey, block: Block) -> bool:
    """Whether the box's own name or the page's description says the block is the lead."""
    own = roles(block.box)
    return ("lead" in own and "caption" not in own) or is_stated(survey, block.text)


def is_described(text: str, description: str | None) -> bool:
    """Whether the page's description is this paragraph, whole or cut; a dateline may be missing.

    >>> is_described("(BQ) - Chợ phiên cuối năm họp sớm.", "Chợ phiên cuối năm họp sớm.")
    True
    >>> is_described("Chợ phiên cuối năm họp sớm. Bà con các bản xuống núi.", "Chợ phiên")
    False
    """
    return _describes(letters(description or ""), letters(text))


def _describes(said: str, printed: str) -> bool:
    place = printed.find(said[:_PROOF])
    if len(said) < _SHORTEST // 2 or not 0 <= place <= _SHORTEST:
        return False
    if len(said) > len(printed) - place + _CUT:  # before a long one is copied
        return False
    if printed[place:] == said:
        return True
    return len(said) >= _PROOF and printed.startswith(said[:-_CUT], place)


def is_set_apart(block: Block, container: Element) -> bool:
    """Whether the block is set as a lead: its box is named so, it is bold, or a heading."""
    if not _SHORTEST <= len(block.text) <= _LONGEST:
        return False
    own = list(lineage(container))
    around = [element for element in lineage(block.box) if element not in own]
    if any("lead" in roles(element) for element in around):
        return True
    is_heading = any(element.tag in _HEADINGS for element in around)
    return len(block.text) >= _SENTENCE and (block.is_bold or is_heading)
