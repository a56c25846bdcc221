"""Find the article's lead among the blocks of a page.

The paper sets the lead apart: in a box named for leads, as a bold first paragraph, or as a heading
below the headline that is a sentence. A first paragraph is the lead too where the page's own
description repeats the paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.article.box_roles import roles
from newscrawl.article.generic.survey import Survey
from newscrawl.article.head_evidence import describes
from newscrawl.article.meta_lines import is_date_line, is_dateline
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean, letters, same_text

_LEAD_MIN_CHARS: Final = 30
_SENTENCE_MIN_CHARS: Final = 60
_LEAD_MAX_CHARS: Final = 900
_LEAD_MAX_BLOCKS: Final = 4  # in one box without a lead's name
_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5"])
_SEARCHED_MAX_PARAGRAPHS: Final = 2


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead as printed, and the number of blocks up to the lead's end."""

    text: str
    stop: int


def find_lead(survey: Survey, container: Element, texts: Sequence[Block]) -> Lead | None:
    """Return the lead among the first blocks below the headline; None where no block is one."""
    paragraphs = 0
    for number, block in enumerate(texts):
        is_lead = is_set_apart(block, container) or is_stated(survey, block.text)
        if is_lead or _is_printed_twice(texts, number):
            return _whole(container, texts, number)
        paragraphs += len(block.text) >= _SENTENCE_MIN_CHARS
        if paragraphs >= _SEARCHED_MAX_PARAGRAPHS or (
            paragraphs and container in lineage(block.box)
        ):
            break
    return _only_one_above(container, texts)


def _is_printed_twice(texts: Sequence[Block], number: int) -> bool:
    text = texts[number].text
    following = texts[number + 1 : number + 2]
    return len(text) >= _SENTENCE_MIN_CHARS and any(
        same_text(text, block.text) for block in following
    )


def _whole(container: Element, texts: Sequence[Block], number: int) -> Lead:
    """Return the lead with the dateline before block `number` and the other lines of its box."""
    start = number - 1 if number and is_dateline(texts[number - 1].text) else number
    box = _own_box(container, texts[number])
    stop = number + 1
    while stop < len(texts) and box is not None and box in lineage(texts[stop].box):
        stop += 1
    lines = texts[number:stop]
    if "lead" not in roles(texts[number].box) and not _is_lead_alone(lines):
        stop = number + 1
    return Lead(clean(" ".join(block.text for block in texts[start:stop])), stop)


def _is_lead_alone(lines: Sequence[Block]) -> bool:
    """Return whether the lines of a box are a lead; a box may hold the text too, after breaks."""
    is_short = sum(len(block.text) for block in lines) <= _LEAD_MAX_CHARS
    is_alike = len({(block.is_bold, block.is_italic) for block in lines}) == 1
    return len(lines) <= _LEAD_MAX_BLOCKS and is_short and is_alike


def _own_box(container: Element, block: Block) -> Element | None:
    """Return the box named for the lead, else the block's box; None where that holds all text."""
    whole = list(lineage(container))
    around = [element for element in lineage(block.box) if element not in whole]
    named = (element for element in around if "lead" in roles(element))
    return next(named, around[0] if around else None)


def _only_one_above(container: Element, texts: Sequence[Block]) -> Lead | None:
    """Return the only paragraph between headline and text; None for several and for none."""
    above = [
        number
        for number, block in enumerate(texts)
        if container not in lineage(block.box)
        and len(block.text) >= _SENTENCE_MIN_CHARS
        and not is_date_line(block.text)
    ]
    return _whole(container, texts, above[0]) if len(above) == 1 else None


def is_stated(survey: Survey, text: str) -> bool:
    """Return whether the page's head describes the article with this paragraph."""
    printed = letters(text)
    return any(describes(said, printed) for said in survey.descriptions)


def is_called_lead(survey: Survey, block: Block) -> bool:
    """Return whether the box's own name or the page's description makes the block the lead."""
    own = roles(block.box)
    return ("lead" in own and "caption" not in own) or is_stated(survey, block.text)


def is_set_apart(block: Block, container: Element) -> bool:
    """Return whether the block is bold, a heading, or stands in a box named for leads."""
    if not _LEAD_MIN_CHARS <= len(block.text) <= _LEAD_MAX_CHARS:
        return False
    own = list(lineage(container))
    around = [element for element in lineage(block.box) if element not in own]
    if any("lead" in roles(element) for element in around):
        return True
    is_heading = any(element.tag in _HEADINGS for element in around)
    return len(block.text) >= _SENTENCE_MIN_CHARS and (block.is_bold or is_heading)
