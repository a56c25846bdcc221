"""The blocks of a page that are its article: what is kept of the container, what is lead, what text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.blocks import Block
from newscrawl.body import Body, Layout, read_body
from newscrawl.bylines import read_attribution, read_byline
from newscrawl.generic.captions import part_captions
from newscrawl.generic.lead import is_described, is_set_apart, joined
from newscrawl.generic.phrases import is_date_line, is_dateline, is_label
from newscrawl.generic.survey import Survey, lineage
from newscrawl.selectors import Element

_TEMPLATE: Final = re.compile(r"\{\{?[^{}]*\}\}?|[A-Za-z0-9+/=]{60,}")
_ADDRESS: Final = re.compile(r"\S+@\S+\.\w+")
_TAIL: Final = 3  # last lines of a text among which a signature stands
_LEAD_LINES: Final = 12  # blocks between headline and text
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text and the lead that precedes it."""

    body: Body
    lead: str | None
    first: int
    """Block the article's text begins with, in the page"""
    last: int


def read_text(survey: Survey, container: Element, headline: int) -> Text | None:
    """The article in the container, below the headline's block; None where nothing is left."""
    inside = [
        index
        for index, block in enumerate(survey.blocks)
        if container in lineage(block.box, None)
    ]
    if headline in inside:
        inside = inside[inside.index(headline) + 1 :]
    kept = _kept(survey, inside)
    if not kept:
        return None
    found = [survey.blocks[index] for index in kept]
    texts, pictures = part_captions(found, container)
    lead, texts = _lead(survey, container, range(max(headline + 1, inside[0] - _LEAD_LINES), inside[0]), texts)
    body = read_body(_placed(survey, container, texts), Layout())
    return Text(replace(body, pictures=pictures), lead, inside[0], inside[-1])


def _kept(survey: Survey, inside: Sequence[int]) -> list[int]:
    """The blocks that are neither furniture nor links to other articles."""
    kept: list[int] = []
    has_prose = False
    for index in inside:
        block = survey.blocks[index]
        has_prose = has_prose or survey.prose[index]
        if survey.is_furniture(block.box) or _is_noise(survey, index, has_prose=has_prose):
            continue
        kept.append(index)
    return kept


def _is_noise(survey: Survey, index: int, *, has_prose: bool) -> bool:
    block = survey.blocks[index]
    text = block.text
    if not text:
        return survey.is_picture_link(index)
    if is_label(text) or _TEMPLATE.fullmatch(text) or _ADDRESS.fullmatch(text):
        return True
    if survey.links[index]:
        return not _is_signature(survey, block)
    return not has_prose and is_date_line(text)


def _is_signature(survey: Survey, block: Block) -> bool:
    if read_attribution(block.text, block.href) is not None:
        return True
    is_placed = block.align == "right" or survey.in_role(block.box, "author", None)
    return is_placed and read_byline(block.text) is not None


def _lead(
    survey: Survey, container: Element, above: range, texts: tuple[Block, ...]
) -> tuple[str | None, tuple[Block, ...]]:
    """The lead, from the blocks above the container or from the text, and the rest of the text."""
    lines = [
        survey.blocks[i]
        for i in above
        if survey.blocks[i].text
        and not survey.is_furniture(survey.blocks[i].box)
        and not survey.links[i]
        and not is_date_line(survey.blocks[i].text)
    ]
    lead = _marked(survey, lines, None)
    if lead:
        return joined(lead), texts
    first = _marked(survey, texts[:2], container)
    if first and (first[0] is texts[0]):
        return joined(first), texts[len(first) :]
    return None, texts


def _marked(survey: Survey, lines: Sequence[Block], within: Element | None) -> list[Block]:
    """The first block that is a lead, with the dateline before it and the rest of its box."""
    description = describe(survey)
    for number, block in enumerate(lines):
        if is_set_apart(block, within) or is_described(block.text, description):
            start = number - 1 if number and is_dateline(lines[number - 1].text) else number
            stop = number + 1
            while stop < len(lines) and lines[stop].box is block.box:
                stop += 1
            return list(lines[start:stop])
    return []


def describe(survey: Survey) -> str | None:
    """The page's own description of the article."""
    metadata = survey.document.metadata
    news = metadata.news
    found = (metadata.og.get("description"), news.description if news else None, metadata.first("description"))
    return next((text for text in found if text), None)


def _placed(survey: Survey, container: Element, texts: Sequence[Block]) -> list[Block]:
    """The text, its signatures set to the right as most papers set them."""
    placed = list(texts)
    for number in range(max(0, len(placed) - _TAIL), len(placed)):
        block = placed[number]
        is_last = number == len(placed) - 1
        if len(block.text) <= _SHORT and read_byline(block.text) is not None:
            if is_last or block.is_bold or survey.in_role(block.box, "author", container):
                placed[number] = replace(block, align="right")
    return placed
