"""Which element of a page holds the article's text."""

from typing import Final

from newscrawl.article.generic.ancestry import lineage
from newscrawl.article.generic.survey import Survey
from newscrawl.page.selectors import Element

_SHARE: Final = 0.75  # of the prose a child must hold for the text to be looked for inside it
_SHARE_OF_COLUMN: Final = 0.5  # where the child holds the headline too: the main column
_PARAGRAPH: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"])


def find_container(survey: Survey) -> Element | None:
    """The innermost element with nearly all prose below the headline; None without prose.

    Prose in menus, comments and related boxes does not count. A page that shows but pictures has
    its text where these stand.
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
    while (child := _heaviest(node, sums)) is not None and child.tag not in _PARAGRAPH:
        share = _SHARE_OF_COLUMN if child in survey.spine else _SHARE
        if sums[child] < share * sums[node] and not _holds_all_but_first(survey, child, prose):
            break
        if _has_prose_beside(survey, node, child, prose):
            break
        node = child
    return node


def _holds_all_but_first(survey: Survey, child: Element, prose: list[int]) -> bool:
    """Whether two paragraphs or more and all but the first, the lead, stand in the child."""
    rest = [i for i in prose[1:] if child in lineage(survey.blocks[i].box)]
    return len(rest) > 1 and len(rest) == len(prose) - 1


def _heaviest(node: Element, sums: dict[Element, int]) -> Element | None:
    return max((child for child in node if child in sums), key=sums.__getitem__, default=None)


def _has_prose_beside(survey: Survey, node: Element, child: Element, prose: list[int]) -> bool:
    """Whether paragraphs of the same text stand directly in `node`, beside the child.

    One paragraph before the child is the lead, as many papers set it.
    """
    boxes = {index: survey.blocks[index].box for index in prose}
    beside = [i for i, box in boxes.items() if box is not child and box.getparent() is node]
    inside = next(index for index, box in boxes.items() if child in lineage(box, node))
    return len(beside) > 1 or any(index > inside for index in beside)
