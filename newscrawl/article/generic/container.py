"""Find the element of a page that holds the article's text."""

import re
from collections.abc import Sequence
from typing import Final

from newscrawl.article.boilerplate import is_boilerplate, is_contact, is_imprint
from newscrawl.article.box_roles import roles, signature
from newscrawl.article.generic.survey import Survey
from newscrawl.article.meta_lines import is_date_line
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element

_CHILD_MIN_SHARE: Final = 0.75  # of the prose: a child with less does not hold the text
_COLUMN_MIN_SHARE: Final = 0.5  # for a child that holds the headline too: the main column
_COLUMN_MIN_PARAGRAPHS: Final = 2  # a column with fewer may hold nothing but headline and lead
_DISCUSSION_MIN_ITEMS: Final = 3
_NAME_MAX_CHARS: Final = 40
_AGE: Final = re.compile(  # "2 days ago", beside the name of who comments
    r"\d{1,3} (?:giây|phút|giờ|ngày|tuần|tháng|năm|seconds?|minutes?|mins?|hours?|days?|weeks?"
    r"|months?|years?) (?:trước|ago)",
    re.IGNORECASE,
)
_HEADING_TAGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_PICTURE_WEIGHT_CHARS: Final = 200  # on a page without prose a picture counts like a text
_SHORT_TEXT_MIN_CHARS: Final = 60  # of the lines of a text without paragraphs
_PARAGRAPH_TAGS: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"])
_PART_TAGS: Final = frozenset(["div", "section", "article"])
_GRID_WORDS: Final = frozenset(["col", "column", "columns", "grid", "cell", "span"])


def find_container(survey: Survey) -> Element | None:
    """Return the innermost element with nearly all prose below the headline; None without prose.

    Prose in menus, comments and related boxes does not count. On a page without prose the element
    that holds the pictures is returned.
    """
    below = range(survey.start + 1, len(survey.blocks))
    own = [i for i in below if not survey.is_furniture(survey.blocks[i].box)]
    prose = sorted(set(survey.prose).intersection(own))
    prose = _without_discussion(survey, prose)
    sums = survey.sums(prose)
    if not prose:
        prose = [i for i in own if _is_short_text(survey, i)]
        sums = survey.sums(prose, _weight_without_prose)
        if sums.get(survey.document.root, 0) < _SHORT_TEXT_MIN_CHARS:
            return None
    if not prose:
        return None
    counts = survey.sums(prose, lambda _: 1)
    node = survey.document.root
    while (child := _heaviest(node, sums)) is not None and child.tag not in _PARAGRAPH_TAGS:
        if sums[child] == sums[node]:
            node = child
            continue
        share = _min_share(survey, child)
        is_slight = sums[child] < share * sums[node]
        if is_slight and sums[child] < share * _without_lead(survey, node, child, prose, sums):
            break
        if _has_prose_beside(survey, node, child, prose) or _has_part_beside(
            survey, node, child, counts
        ):
            break
        node = child
    return node


def _is_short_text(survey: Survey, index: int) -> bool:
    """Return whether the block is a picture or a line of a text without paragraphs, as a poem."""
    block = survey.blocks[index]
    if block.pictures and survey.hrefs[index] is None:
        return True
    is_line = bool(block.text) and survey.link_shares[index] == 0
    return is_line and survey.start >= 0 and not _is_of_page(block.text)


def _is_of_page(text: str) -> bool:
    return is_boilerplate(text) or is_date_line(text) or is_imprint(text) or is_contact(text)


def _weight_without_prose(block: Block) -> int:
    return len(block.text) + _PICTURE_WEIGHT_CHARS * len(block.pictures)


def _without_discussion(survey: Survey, prose: Sequence[int]) -> list[int]:
    """Return the prose without lists of comments, which may be longer than the article.

    Where the headline's own column holds a text, a list outside of the column, each of whose items
    holds a name and what that person says, is a discussion.
    """
    counts = survey.sums(list(prose), lambda _: 1)
    columns = (box for box in survey.spine_outwards if counts.get(box, 0) >= _COLUMN_MIN_PARAGRAPHS)
    column = next(columns, None)
    if column is None or counts[column] == len(prose):
        return list(prose)
    inside = set(column.iter())
    items: dict[tuple[Element, str], list[int]] = {}
    for index in prose:
        item = _comment(survey, index)
        if item is not None and item not in inside and (parent := item.getparent()) is not None:
            items.setdefault((parent, signature(item)), []).append(index)
    dropped = {i for found in items.values() if len(found) >= _DISCUSSION_MIN_ITEMS for i in found}
    return [index for index in prose if index not in dropped]


def _comment(survey: Survey, index: int) -> Element | None:
    """Return the box of a paragraph with a name above it, as comments are set; None for others.

    Above the paragraphs of an article and the entries of a live blog stand headings and times.
    """
    box = survey.blocks[index].box
    label = survey.blocks[index - 1] if index else None
    if label is None or not 0 < len(label.text) <= _NAME_MAX_CHARS:
        return None
    if label.box.tag in _HEADING_TAGS or any(map(str.isdigit, _AGE.sub("", label.text))):
        return None
    if box.tag == "dd" and label.box.tag == "dt":
        return box
    item = next((element for element in lineage(box) if element.tag == "li"), box.getparent())
    is_item = item is not None and item is not box and item in set(lineage(label.box))
    return item if is_item else None


def _min_share(survey: Survey, child: Element) -> float:
    """Return the share of the prose that the child must hold; less where other signs agree."""
    is_marked = child in survey.spine or "text" in roles(child)
    return _COLUMN_MIN_SHARE if is_marked else _CHILD_MIN_SHARE


def _without_lead(
    survey: Survey, node: Element, child: Element, prose: list[int], sums: dict[Element, int]
) -> int:
    """Return the characters of prose in the node, without a single paragraph before the child.

    That paragraph is the lead, which many papers set above a box with two paragraphs or more.
    """
    places = [number for number, i in enumerate(prose) if child in lineage(survey.blocks[i].box)]
    if len(places) > 1 and places[0] == 1 and node in lineage(survey.blocks[prose[0]].box):
        return sums[node] - len(survey.blocks[prose[0]].text)
    return sums[node]


def _heaviest(node: Element, sums: dict[Element, int]) -> Element | None:
    return max((child for child in node if child in sums), key=sums.__getitem__, default=None)


def _has_prose_beside(survey: Survey, node: Element, child: Element, prose: list[int]) -> bool:
    """Return whether paragraphs of the same text stand directly in `node`, beside the child.

    One paragraph before the child is the lead: many papers set the lead above the text's box.
    """
    boxes = {index: survey.blocks[index].box for index in prose}
    beside = [i for i, box in boxes.items() if box is not child and box.getparent() is node]
    inside = next(index for index, box in boxes.items() if child in lineage(box, node))
    return len(beside) > 1 or any(index > inside for index in beside)


def _has_part_beside(
    survey: Survey, node: Element, child: Element, counts: dict[Element, int]
) -> bool:
    """Return whether another box beside the child holds a part of the same text.

    Papers part a text by advertisements and set each part in a box of the same name. A box above
    the child with two paragraphs or more is a part too, whatever its name: one is the lead.
    """
    if child in survey.spine or child.tag not in _PART_TAGS:
        return False
    is_above = True
    for other in node:
        if other is child:
            is_above = False
        elif other in counts and other.tag in _PART_TAGS:
            is_text = counts[other] > 1
            if _are_parts(child, other, is_text=is_text) or (is_above and is_text):
                return True
    return False


def _are_parts(child: Element, other: Element, *, is_text: bool) -> bool:
    """Return whether two boxes are set alike; columns of a grid are so and hold different texts."""
    own = signature(child)
    if own != signature(other):
        return False
    names = own.partition(" ")[2]
    if _GRID_WORDS.intersection(names.replace("-", " ").split()):
        return child.get("class") == other.get("class")
    return bool(names) or is_text or next(other.iter("p"), None) is not None
