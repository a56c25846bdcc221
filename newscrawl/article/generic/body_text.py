"""Read the article out of a page's blocks: lead, text, signatures, pictures.

The article begins below the headline and ends with the container of its text. Lead, date and
pictures may stand between the headline and the container; none of them is text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.article.body import Body, BodyRules, read_body
from newscrawl.article.boilerplate import heads_other_texts
from newscrawl.article.box_roles import named, signature
from newscrawl.article.byline import read_attribution, read_byline, strip_dash
from newscrawl.article.english_byline import (
    english_names,
    is_photo_credit,
    named_with_role,
    signed_names,
)
from newscrawl.article.generic.caption_places import part_captions
from newscrawl.article.generic.lead import Lead, find_lead, is_called_lead
from newscrawl.article.generic.noise import Noise, is_signature
from newscrawl.article.generic.survey import Survey
from newscrawl.article.meta_lines import is_date_line
from newscrawl.page.ancestry import common, lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_SIGNATURE_MAX_BLOCKS: Final = 6  # from the end of a text
_SENTENCE_MIN_CHARS: Final = 80
_AUTHOR_LINE_MAX_CHARS: Final = 60
_BY_LINE: Final = re.compile(r"(?:by|written by|reported by|story by) (?=[A-Z])", re.IGNORECASE)
_HEADING_TAGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6"])
_LEAD_MAX_BLOCKS: Final = 4  # above the text
_LINK_LIST_MIN_LINKS: Final = 4
_OWN_PICTURE_MAX_DISTANCE: Final = 3  # blocks and boxes from the headline


@dataclass(frozen=True, slots=True)
class BodyText:
    """An article's lead and body, and the index of the block that ends the article."""

    body: Body
    lead: str | None
    last: int


def read_text(survey: Survey, container: Element) -> BodyText | None:
    """Return the article whose text the container holds; None where no block of it is left."""
    headline = survey.start
    held = set(container.iter())
    inside = [i for i, block in enumerate(survey.blocks) if block.box in held]
    inside = inside[: _article_length(survey, inside)]
    if not inside:
        return None
    start = _lead_above(survey, inside[0]) if headline < 0 else headline + 1
    scope = common(container, survey.blocks[start if headline < 0 else headline].box)
    noise = Noise(survey, container, inside)
    kept = _own_picture(survey)
    kept += [index for index in range(start, inside[-1] + 1) if noise.leaves(index)]
    texts, pictures = part_captions(
        [noise.without_words(index) for index in kept],
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


def _lead_above(survey: Survey, first: int) -> int:
    """Return the block of the lead right above the text; the text's first block for none.

    Where the page shows its headline in a picture, nothing else tells where the article begins.
    """
    for index in range(first - 1, max(-1, first - 1 - _LEAD_MAX_BLOCKS), -1):
        block = survey.blocks[index]
        if is_called_lead(survey, block) and not survey.is_furniture(block.box):
            return index
    return first


def _article_length(survey: Survey, inside: Sequence[int]) -> int:
    """Return how many of the container's blocks the article has.

    Where no name tells the columns apart, the container may hold other columns as well. So the
    article ends before a list of links that is followed by less prose in boxes of other names. A
    single link is a list where a label such as "Related stories" heads it.
    """
    own = frozenset(inside)
    prose = [index for index in survey.prose if index in own]
    for place in range(1, len(prose)):
        gap = range(prose[place - 1] + 1, prose[place])
        links = sum(survey.links[index] for index in gap)
        if links and any(_heads_list(survey, index) for index in gap):
            links = _LINK_LIST_MIN_LINKS
            if _are_teasers(survey, prose[place:]):
                return inside.index(prose[place - 1]) + 1
        if links >= _LINK_LIST_MIN_LINKS:
            before, after = prose[:place], prose[place:]
            is_less = _characters(survey, after) < _characters(survey, before)
            if is_less and not _stand_alike(survey, before, after):
                return inside.index(before[-1]) + 1
    return len(inside)


def _heads_list(survey: Survey, index: int) -> bool:
    """Return whether the block heads a list of other articles, and is no link itself."""
    return survey.hrefs[index] is None and heads_other_texts(survey.blocks[index].text)


def _are_teasers(survey: Survey, prose: Sequence[int]) -> bool:
    """Return whether every paragraph stands right below a link, both in one box."""
    return all(
        survey.links[index - 1]
        and survey.blocks[index - 1].box.getparent() is survey.blocks[index].box.getparent()
        and not _is_headed_itself(survey, index - 1)
        for index in prose
    )


def _is_headed_itself(survey: Survey, index: int) -> bool:
    """Return whether the link's own box holds the label above it: a box between two paragraphs."""
    box = survey.blocks[index].box
    heading = survey.blocks[index - 1].box
    return _heads_list(survey, index - 1) and (heading is box or box in lineage(heading))


def _stand_alike(survey: Survey, before: Sequence[int], after: Sequence[int]) -> bool:
    """Return whether a later paragraph stands in an earlier one's box or in one named alike.

    Names are alike where one box has all names of the other: "text", "text xs-mb4".
    """
    parents = {survey.blocks[index].box.getparent() for index in before}
    names = {signature(parent) for parent in parents if parent is not None and named(parent)}
    others = {survey.blocks[index].box.getparent() for index in after}
    if not parents.isdisjoint(others):
        return True
    words = [frozenset(name.split()) for name in names]
    own = (frozenset(signature(other).split()) for other in others if other is not None)
    return any(len(o) > 1 and any(o <= name or name <= o for name in words) for o in own)


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


def _text_of(
    container: Element, texts: Sequence[Block], lead: Lead | None, survey: Survey
) -> list[Block]:
    """Return the container's blocks below the lead, without date and signature above the text."""
    rest = list(texts[lead.stop :] if lead is not None else texts)
    rest = [block for block in rest if container in lineage(block.box)]
    prose = {survey.blocks[index].box for index in survey.prose}
    first = next((block.box.getparent() for block in rest if block.box in prose), None)
    is_whole = container in survey.spine
    while rest and _is_head_line(survey, rest[0], first if is_whole else rest[0].box.getparent()):
        rest.pop(0)
    if rest and "\n" in rest[0].text:
        rest[0] = rest[0]._replace(text=_without_head_lines(rest[0].text, survey.is_headline))
    return [block for block in rest if not is_photo_credit(block.text)]


def _without_head_lines(text: str, is_headline: Callable[[str], bool]) -> str:
    r"""Return the first paragraph without the lines above it that single breaks part from it.

    They are the headline, the date and the byline.

    >>> _without_head_lines("Gat\n12/09/2024\nBy Ada Quill\nMua gat.", "Gat".__eq__)
    'Mua gat.'
    """
    line, parted, rest = text.partition("\n")
    while parted and (is_date_line(line) or english_names(line) or is_headline(line)):
        text = rest
        line, parted, rest = text.partition("\n")
    return text


def _is_head_line(survey: Survey, block: Block, parent: Element | None) -> bool:
    """Return whether the block is a date, a signature or another label above the text.

    Args:
        survey: the page.
        block: the first block that is left.
        parent: the box of the first paragraph; short lines of other boxes above are labels.
    """
    is_short = len(block.text) <= _AUTHOR_LINE_MAX_CHARS
    if is_date_line(block.text) or (is_short and _BY_LINE.match(block.text)):
        return True
    if english_names(block.text) or (is_short and named_with_role(block.text)):
        return True
    if "author" in survey.around(block.box) and is_short:
        return True
    is_heading = block.box.tag in _HEADING_TAGS
    is_sentence = block.text.endswith((".", "!", "?", "…", ":", "”"))
    return block.box.getparent() is not parent and is_short and not (is_heading or is_sentence)


def _placed(survey: Survey, texts: Sequence[Block]) -> list[Block]:
    """Return the blocks up to the signatures, and set the signatures to the right."""
    placed = list(texts)
    is_last = True  # below stand credits of outlets alone
    for number in range(len(placed) - 1, max(-1, len(placed) - 1 - _SIGNATURE_MAX_BLOCKS), -1):
        block = placed[number]
        if len(block.text) >= _SENTENCE_MIN_CHARS and block.align != "right":
            break
        is_credit = read_attribution(block.text, block.href) is not None
        is_one = is_credit or _is_signature_line(survey, block, is_last=is_last)
        is_last = is_last and is_credit
        if is_one:
            placed[number] = block._replace(align="right")
            del placed[number + 1 + _signatures(survey, placed[number + 1 :]) :]
    return placed


def _is_signature_line(survey: Survey, block: Block, *, is_last: bool) -> bool:
    """Return whether a short line is set as a signature; the last line need only read like one."""
    if len(block.text) > _SENTENCE_MIN_CHARS:
        return False
    if is_signature(survey, block):
        return True
    if not is_last:
        return False
    if survey.is_vietnamese:
        return read_byline(block.text) is not None
    is_quoted = next(block.box.iterancestors("blockquote"), block.box).tag == "blockquote"
    return not is_quoted and bool(signed_names(block.text) or english_names(block.text))


def _signatures(survey: Survey, below: Sequence[Block]) -> int:
    """Return how many signature lines the blocks begin with; the blocks after them are no text."""
    lines = (_is_signature_line(survey, block, is_last=False) for block in below)
    return next((number for number, is_one in enumerate(lines) if not is_one), len(below))
