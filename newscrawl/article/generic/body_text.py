"""The blocks of a page that are its article: lead, text, signatures, pictures.

What is read begins below the headline and ends with the container of the text. Between the two
stand the lead, the date, a picture; none of them is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.article.body import Body, BodyRules, read_body
from newscrawl.article.byline import read_attribution, read_byline, strip_dash
from newscrawl.article.generic.ancestry import common, lineage
from newscrawl.article.generic.boilerplate import is_date_line, is_imprint, is_label
from newscrawl.article.generic.caption_places import part_captions
from newscrawl.article.generic.lead import Lead, find_lead, is_called_lead
from newscrawl.article.generic.survey import Survey
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_EMPTY: Final = re.compile(
    r"(?:\{\{?[^{}]*\}\}?\s*)+|[A-Za-z0-9+/=]{60,}|\S+@\S+\.\w+|(?:[\dx ]*\d:\d\d[\d:/|x ]*)"
)
"""Templates nobody filled, encrypted text, addresses of the newsroom, a player's clock"""
_TAIL: Final = 6  # last lines of a text among which its signatures stand
_SENTENCE: Final = 80
_SHORT: Final = 60
_MANY_LINKS: Final = 4
_BESIDE: Final = 3  # blocks and boxes a headline's own picture may be away
_MOST: Final = 0.5
_ALL: Final = 0.9


@dataclass(frozen=True, slots=True)
class BodyText:
    """An article's text, and the blocks of the page between which it stands."""

    body: Body
    lead: str | None
    last: int


def read_text(survey: Survey, container: Element) -> BodyText | None:
    """The article whose text is in the container; None where nothing is left of it."""
    headline = survey.start
    inside = [i for i, b in enumerate(survey.blocks) if container in lineage(b.box)]
    inside = inside[: _length(survey, inside)]
    if not inside:
        return None
    start = inside[0] if headline < 0 else headline + 1
    scope = container if headline < 0 else common(container, survey.blocks[headline].box)
    text_start = next((i for i in survey.prose if i >= max(start, inside[0])), inside[0])
    boxes = _label_boxes(survey, container, inside)
    kept = _own_picture(survey) + [
        index
        for index in range(start, inside[-1] + 1)
        if not _is_noise(survey, index, text_start, boxes)
    ]
    texts, pictures = part_captions(
        [survey.blocks[i] for i in kept],
        scope if scope is not None else container,
        container,
        lambda block: is_called_lead(survey, block),
    )
    lead = find_lead(survey, container, texts)
    body = read_body(_placed(survey, _text_of(container, texts, lead, survey)), BodyRules())
    paragraphs = _each_once(body.paragraphs)
    printed = clean(strip_dash(lead.text)) if lead is not None else None
    if printed is not None and not paragraphs and not pictures:
        paragraphs, printed = (printed,), None  # a brief: its only paragraph is its text
    return BodyText(replace(body, pictures=pictures, paragraphs=paragraphs), printed, inside[-1])


def _length(survey: Survey, inside: Sequence[int]) -> int:
    """How many of the blocks come before a list of links with less prose, set elsewhere, behind it.

    Where nothing names the columns, the container may hold those beside the article too.
    """
    own = frozenset(inside)
    prose = [index for index in survey.prose if index in own]
    for place in range(1, len(prose)):
        gap = range(prose[place - 1] + 1, prose[place])
        if sum(survey.links[index] for index in gap) >= _MANY_LINKS:
            before, after = prose[:place], prose[place:]
            boxes = {survey.blocks[index].box.getparent() for index in before}
            is_less = _size(survey, after) < _size(survey, before)
            if is_less and not any(survey.blocks[i].box.getparent() in boxes for i in after):
                return inside.index(before[-1]) + 1
    return len(inside)


def _size(survey: Survey, indices: Sequence[int]) -> int:
    return sum(len(survey.blocks[index].text) for index in indices)


def _each_once(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs without long ones printed before: some pages hold the text for two screens."""
    seen: set[str] = set()
    once = []
    for text in paragraphs:
        if len(text) < _SENTENCE or text not in seen:
            once.append(text)
        seen.add(text)
    return tuple(once)


def _own_picture(survey: Survey) -> list[int]:
    """A picture set above the headline, in a box with it and without text."""
    if survey.start < 0:
        return []
    box = survey.blocks[survey.start].box
    around = [e for e in list(lineage(box))[: _BESIDE + 1] if e not in survey.prose_below]
    found = []
    for index in range(max(0, survey.start - _BESIDE), survey.start):
        block = survey.blocks[index]
        is_picture = block.pictures and not block.text and survey.hrefs[index] is None
        if is_picture and common(block.box, box) in around:
            found.append(index)
    return found


def _label_boxes(survey: Survey, container: Element, inside: Sequence[int]) -> set[Element]:
    """Boxes in the container that begin with a label and hold little of its prose."""
    most = _MOST * survey.prose_below.get(container, 0)
    boxes = set()
    for index in inside:
        around = list(lineage(survey.blocks[index].box, container))
        is_labelled = len(around) > 1 and is_label(survey.blocks[index].text)
        if is_labelled and survey.prose_below.get(around[1], 0) < most:
            boxes.add(around[1])
    return boxes


def _is_noise(survey: Survey, index: int, text_start: int, boxes: set[Element]) -> bool:
    """Furniture, labels, links to other articles, the headline again."""
    block = survey.blocks[index]
    text = block.text
    if survey.is_furniture(block.box) or not boxes.isdisjoint(lineage(block.box)):
        return True
    if not text:
        return survey.is_picture_link(index) or "author" in survey.around(block.box)
    if is_label(text) or is_imprint(text) or _EMPTY.fullmatch(text) or _is_of_author(survey, block):
        return True
    if index < text_start and is_date_line(text):
        return True
    if survey.is_headline(text):
        return True
    is_link = survey.links[index] or survey.link_shares[index] >= _ALL
    return is_link and not _is_signature(survey, block)


def _is_of_author(survey: Survey, block: Block) -> bool:
    """A line in the author's box that is no signature: a placeholder, a portrait in words."""
    return "author" in survey.around(block.box) and not _is_signature(survey, block)


def _is_signature(survey: Survey, block: Block) -> bool:
    if read_attribution(block.text, block.href) is not None:
        return True
    is_placed = block.align == "right" or "author" in survey.around(block.box)
    return is_placed and read_byline(block.text) is not None


def _text_of(
    container: Element, texts: Sequence[Block], lead: Lead | None, survey: Survey
) -> list[Block]:
    """The blocks of the text: those in the container, below the lead and the lines of its head."""
    rest = list(texts[lead.stop :] if lead is not None else texts)
    rest = [block for block in rest if container in lineage(block.box)]
    while rest and _is_head_line(survey, rest[0]):
        rest.pop(0)
    return rest


def _is_head_line(survey: Survey, block: Block) -> bool:
    """A date or a signature above the text."""
    if is_date_line(block.text):
        return True
    return "author" in survey.around(block.box) and len(block.text) <= _SHORT


def _placed(survey: Survey, texts: Sequence[Block]) -> list[Block]:
    """The text up to its signatures, these set to the right as most papers set them."""
    placed = list(texts)
    for number in range(len(placed) - 1, max(-1, len(placed) - 1 - _TAIL), -1):
        block = placed[number]
        if len(block.text) >= _SENTENCE and block.align != "right":
            break
        if _is_signature_line(survey, block, is_last=number == len(placed) - 1):
            placed[number] = replace(block, align="right")
            del placed[number + 1 + _signatures(survey, placed[number + 1 :]) :]
    return placed


def _is_signature_line(survey: Survey, block: Block, *, is_last: bool) -> bool:
    """A short line set as a signature; the last line of a text needs but to read like one."""
    if len(block.text) > _SENTENCE:
        return False
    return _is_signature(survey, block) or (is_last and read_byline(block.text) is not None)


def _signatures(survey: Survey, below: Sequence[Block]) -> int:
    """How many signature lines the lines below one begin with; the rest is not the article."""
    lines = (_is_signature_line(survey, block, is_last=False) for block in below)
    return next((number for number, is_one in enumerate(lines) if not is_one), len(below))
