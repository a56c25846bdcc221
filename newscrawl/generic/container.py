"""Which element of a page holds the article's text."""

from bisect import bisect
from typing import Final

from newscrawl.generic.survey import Survey, common, lineage
from newscrawl.selectors import Element

_SHARE: Final = 0.75  # of the prose a child must hold for the text to be looked for inside it
_NEAR: Final = 4  # blocks between a teaser's title and its description
_PARAGRAPH: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "li"])


def find_container(survey: Survey, after: int) -> Element | None:
    """The innermost element with nearly all prose after block `after`; None without prose.

    Prose in menus, related boxes and teasers does not count: a teaser is a description under a
    linked title, alone with it in its box.
    """
    prose = [
        index
        for index in range(after + 1, len(survey.blocks))
        if survey.prose[index] and not survey.is_furniture(survey.blocks[index].box)
    ]
    prose = [index for index in prose if not _is_teaser(survey, index, prose)]
    sums = survey.sums({index: len(survey.blocks[index].text) for index in prose})
    node = survey.document.root
    while (child := _heaviest(node, sums)) is not None and sums[child] >= _SHARE * sums[node]:
        if child.tag in _PARAGRAPH or _has_prose_beside(survey, node, child, prose):
            break
        node = child
    return node if prose else None


def _heaviest(node: Element, sums: dict[Element, int]) -> Element | None:
    return max((child for child in node if child in sums), key=sums.__getitem__, default=None)


def _has_prose_beside(survey: Survey, node: Element, child: Element, prose: list[int]) -> bool:
    """Whether paragraphs of the same text stand directly in `node`, beside the child.

    One paragraph before the child is the lead, as many papers set it.
    """
    beside = [i for i in prose if survey.blocks[i].box.getparent() is node]
    inside = next(i for i in prose if child in lineage(survey.blocks[i].box, node))
    return len(beside) > 1 or any(index > inside for index in beside)


def _is_teaser(survey: Survey, index: int, prose: list[int]) -> bool:
    box = survey.blocks[index].box
    place = bisect(prose, index)  # of the next prose block
    before = prose[place - 2] if place > 1 else -1
    for other in range(index - 1, max(before, index - _NEAR), -1):
        if survey.links[other]:
            item = common(survey.blocks[other].box, box)
            beside = [before] * (before >= 0) + prose[place : place + 1]
            return not any(item in lineage(survey.blocks[i].box, None) for i in beside)
    return False
