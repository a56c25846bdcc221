"""Find the element of a page that holds the article's text."""

from typing import Final

from newscrawl.article.generic.survey import Survey
from newscrawl.page.ancestry import lineage
from newscrawl.page.selectors import Element

_CHILD_MIN_SHARE: Final = 0.75  # of the prose: a child with less does not hold the text
_COLUMN_MIN_SHARE: Final = 0.5  # for a child that holds the headline too: the main column
_PARAGRAPH_TAGS: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"])


def find_container(survey: Survey) -> Element | None:
    """Return the innermost element with nearly all prose below the headline; None without prose.

    Prose in menus, comments and related boxes does not count. On a page without prose the element
    that holds the pictures is returned.
    """
    below = range(survey.start + 1, len(survey.blocks))
    own = [i for i in below if not survey.is_furniture(survey.blocks[i].box)]
    prose = sorted(set(survey.prose).intersection(own))
    sums = survey.sums(prose)
    if not prose:
        prose = [i for i in own if survey.blocks[i].pictures and survey.hrefs[i] is None]
        sums = survey.sums(prose, lambda block: len(block.pictures))
    if not prose:
        return None
    node = survey.document.root
    while (child := _heaviest(node, sums)) is not None and child.tag not in _PARAGRAPH_TAGS:
        share = _COLUMN_MIN_SHARE if child in survey.spine else _CHILD_MIN_SHARE
        if sums[child] < share * sums[node] and not _holds_all_but_first(survey, child, prose):
            break
        if _has_prose_beside(survey, node, child, prose):
            break
        node = child
    return node


def _holds_all_but_first(survey: Survey, child: Element, prose: list[int]) -> bool:
    """Return whether the child holds all paragraphs but the first, the lead, and two at least."""
    rest = [i for i in prose[1:] if child in lineage(survey.blocks[i].box)]
    return len(rest) > 1 and len(rest) == len(prose) - 1


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
