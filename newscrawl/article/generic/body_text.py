"""Read the article out of a page's blocks: lead, text, signatures, pictures.

The article begins below the headline and ends with the container of its text. Lead, date and
pictures may stand between the headline and the container; none of them is text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.article.body import Body, BodyRules, read_body
from newscrawl.article.byline import read_attribution, read_byline, strip_dash
from newscrawl.article.generic.boilerplate import is_date_line, is_imprint, is_label
from newscrawl.article.generic.caption_places import part_captions
from newscrawl.article.generic.lead import Lead, find_lead, is_called_lead
from newscrawl.article.generic.survey import Survey
from newscrawl.page.ancestry import common, lineage
from newscrawl.page.blocks import Block
from newscrawl.page.encoded_text import is_encoded
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_NO_WORDS: Final = re.compile(r"(?:\{\{?[^{}]*\}\}?\s*)+|\S+@\S+\.\w+|(?:[\dx ]*\d:\d\d[\d:/|x ]*)")
"""Unfilled templates, mail addresses of the newsroom, a player's clock"""
_SIGNATURE_MAX_BLOCKS: Final = 6  # from the end of a text
_SENTENCE_MIN_CHARS: Final = 80
_AUTHOR_LINE_MAX_CHARS: Final = 60
_LINK_LIST_MIN_LINKS: Final = 4
_OWN_PICTURE_MAX_DISTANCE: Final = 3  # blocks and boxes from the headline
_LABELLED_BOX_MAX_SHARE: Final = 0.5
_ALL_LINK_MIN_SHARE: Final = 0.9


@dataclass(frozen=True, slots=True)
class BodyText:
    """An article's lead and body, and the index of the block that ends the article."""

    body: Body
    lead: str | None
    last: int


def read_text(survey: Survey, container: Element) -> BodyText | None:
    """Return the article whose text the container holds; None where no block of it is left."""
    headline = survey.start
    inside = [i for i, b in enumerate(survey.blocks) if container in lineage(b.box)]
    inside = inside[: _article_length(survey, inside)]
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
        paragraphs, printed = (printed,), None  # a brief: the only paragraph is the text
    return BodyText(replace(body, pictures=pictures, paragraphs=paragraphs), printed, inside[-1])


def _article_length(survey: Survey, inside: Sequence[int]) -> int:
    """Return how many of the container's blocks the article has.

    Where no name tells the columns apart, the container may hold other columns as well. So the
    article ends before a list of links that is followed by less prose in other boxes.
    """
    own = frozenset(inside)
    prose = [index for index in survey.prose if index in own]
    for place in range(1, len(prose)):
        gap = range(prose[place - 1] + 1, prose[place])
        if sum(survey.links[index] for index in gap) >= _LINK_LIST_MIN_LINKS:
            before, after = prose[:place], prose[place:]
            boxes = {survey.blocks[index].box.getparent() for index in before}
            is_less = _characters(survey, after) < _characters(survey, before)
            if is_less and not any(survey.blocks[i].box.getparent() in boxes for i in after):
                return inside.index(before[-1]) + 1
    return len(inside)


def _characters(survey: Survey, indices: Sequence[int]) -> int:
    return sum(len(survey.blocks[index].text) for index in indices)


def _each_once(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the paragraphs, each long one once: some pages hold the text for two screens."""
    seen: set[str] = set()
    once = []
    for text in paragraphs:
        if len(text) < _SENTENCE_MIN_CHARS or text not in seen:
            once.append(text)
        seen.add(text)
    return tuple(once)


def _own_picture(survey: Survey) -> list[int]:
    """Return the blocks of pictures above the headline that share a box without text with it."""
    if survey.start < 0:
        return []
    box = survey.blocks[survey.start].box
    around = [
        e
        for e in list(lineage(box))[: _OWN_PICTURE_MAX_DISTANCE + 1]
        if e not in survey.prose_below
    ]
    found = []
    for index in range(max(0, survey.start - _OWN_PICTURE_MAX_DISTANCE), survey.start):
        block = survey.blocks[index]
        is_picture = block.pictures and not block.text and survey.hrefs[index] is None
        if is_picture and common(block.box, box) in around:
            found.append(index)
    return found


def _label_boxes(survey: Survey, container: Element, inside: Sequence[int]) -> set[Element]:
    """Return the boxes that begin with a label and hold little of the container's prose."""
    most = _LABELLED_BOX_MAX_SHARE * survey.prose_below.get(container, 0)
    boxes = set()
    for index in inside:
        around = list(lineage(survey.blocks[index].box, container))
        is_labelled = len(around) > 1 and is_label(survey.blocks[index].text)
        if is_labelled and survey.prose_below.get(around[1], 0) < most:
            boxes.add(around[1])
    return boxes


def _is_noise(survey: Survey, index: int, text_start: int, boxes: set[Element]) -> bool:
    """Return whether the block is a menu, a label, a link to another article or the headline.

    Args:
        survey: the page.
        index: the block to judge.
        text_start: the first paragraph; a date line above it is no text.
        boxes: boxes of labelled lists, as `_label_boxes` finds them.
    """
    block = survey.blocks[index]
    text = block.text
    if survey.is_furniture(block.box) or not boxes.isdisjoint(lineage(block.box)):
        return True
    if not text:
        return survey.is_picture_link(index) or "author" in survey.around(block.box)
    if (
        is_label(text)
        or is_imprint(text)
        or _NO_WORDS.fullmatch(text)
        or is_encoded(text)
        or _is_of_author(survey, block)
    ):
        return True
    if index < text_start and is_date_line(text):
        return True
    if survey.is_headline(text):
        return True
    is_link = survey.links[index] or survey.link_shares[index] >= _ALL_LINK_MIN_SHARE
    return is_link and not _is_signature(survey, block)


def _is_of_author(survey: Survey, block: Block) -> bool:
    """Return whether the line stands in the author's box and is no signature: a short portrait."""
    return "author" in survey.around(block.box) and not _is_signature(survey, block)


def _is_signature(survey: Survey, block: Block) -> bool:
    if read_attribution(block.text, block.href) is not None:
        return True
    is_placed = block.align == "right" or "author" in survey.around(block.box)
    return is_placed and read_byline(block.text) is not None


def _text_of(
    container: Element, texts: Sequence[Block], lead: Lead | None, survey: Survey
) -> list[Block]:
    """Return the container's blocks below the lead, without date and signature above the text."""
    rest = list(texts[lead.stop :] if lead is not None else texts)
    rest = [block for block in rest if container in lineage(block.box)]
    while rest and _is_head_line(survey, rest[0]):
        rest.pop(0)
    return rest


def _is_head_line(survey: Survey, block: Block) -> bool:
    """Return whether the block is a date or a signature above the text."""
    if is_date_line(block.text):
        return True
    return "author" in survey.around(block.box) and len(block.text) <= _AUTHOR_LINE_MAX_CHARS


def _placed(survey: Survey, texts: Sequence[Block]) -> list[Block]:
    """Return the blocks up to the signatures, and set the signatures to the right."""
    placed = list(texts)
    for number in range(len(placed) - 1, max(-1, len(placed) - 1 - _SIGNATURE_MAX_BLOCKS), -1):
        block = placed[number]
        if len(block.text) >= _SENTENCE_MIN_CHARS and block.align != "right":
            break
        if _is_signature_line(survey, block, is_last=number == len(placed) - 1):
            placed[number] = replace(block, align="right")
            del placed[number + 1 + _signatures(survey, placed[number + 1 :]) :]
    return placed


def _is_signature_line(survey: Survey, block: Block, *, is_last: bool) -> bool:
    """Return whether a short line is set as a signature; the last line need only read like one."""
    if len(block.text) > _SENTENCE_MIN_CHARS:
        return False
    return _is_signature(survey, block) or (is_last and read_byline(block.text) is not None)


def _signatures(survey: Survey, below: Sequence[Block]) -> int:
    """Return how many signature lines the blocks begin with; the blocks after them are no text."""
    lines = (_is_signature_line(survey, block, is_last=False) for block in below)
    return next((number for number, is_one in enumerate(lines) if not is_one), len(below))
