"""Find the boxes of forms and buttons among an article's paragraphs, whatever their names are.

Scripts make up the names of many sites' boxes, as "css-1ad9x", so that no name tells a newsletter's
form from the text. The form itself does: such a box holds a field or a button, begins with a line
that is no paragraph, and holds a paragraph or two at most.
"""

import re
from collections.abc import Sequence
from typing import Final

from newscrawl.article.generic.survey import Survey
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element

_FIELD_TYPES: Final = frozenset(["email", "text", "submit"])
_FORM_BOX_MAX_TEXTS: Final = 6
_FORM_BOX_MAX_PARAGRAPHS: Final = 2
_FORM_BOX_MAX_SHARE: Final = 0.25  # of the article's prose
_BUTTON_BOX_MAX_TEXTS: Final = 2
_BOX_TAGS: Final = frozenset(["div", "section", "aside", "form", "fieldset"])
_ASKING: Final = re.compile(
    r"\b(?:subscri|member|donat|support us|sign ?up|join|contribut|log ?in|register)", re.IGNORECASE
)

_ASKING_LINK: Final = re.compile(
    r"\s*(?:donate|subscribe|join|sign up|become a member|support us)(?: now| today| here)?\W*",
    re.IGNORECASE,
)


def form_boxes(survey: Survey, container: Element, inside: Sequence[int]) -> set[Element]:
    """Return the boxes within the container that hold a form or a button and are not the text.

    Args:
        survey: the page.
        container: the element that holds the article's text.
        inside: the indices of the blocks in the container.
    """
    controls = [e for e in container.iter("form", "input", "button", "a") if _is_control(e)]
    if not controls:
        return set()
    found = _FormBoxes(survey, container, inside)
    boxes = (found.around(control) for control in controls)
    return {box for box in boxes if box is not None}


class _FormBoxes:
    """What the boxes of one container hold: texts, paragraphs, pictures."""

    def __init__(self, survey: Survey, container: Element, inside: Sequence[int]) -> None:
        self.survey = survey
        self.container = container
        self.texts = [index for index in inside if survey.blocks[index].text]
        self.lines = {survey.blocks[index].box for index in self.texts}
        self.counts = survey.sums(self.texts, _one)
        own = frozenset(inside)
        self.paragraphs = survey.sums([i for i in survey.prose if i in own], _one)
        self.pictured = survey.sums([i for i in inside if survey.blocks[i].pictures], _one)
        self.most = _FORM_BOX_MAX_SHARE * survey.prose_below.get(container, 0)

    def around(self, control: Element) -> Element | None:
        """Return the outermost box around the control that is the control's; None for none."""
        found = None
        is_formed = False
        is_button = control.tag == "button" and not _ASKING.search(text_of(control))
        for box in lineage(control, self.container):
            is_lone = self.counts.get(box) == 1 and not is_formed  # a form is no part of a line
            if box in self.lines and (is_lone or box.tag not in _BOX_TAGS):
                return None  # the control stands within a line of text
            is_formed = is_formed or box.tag == "form"
            if not self._is_small(box, is_button=is_button):
                break
            found = box
        if found is None or found not in self.counts or self._begins_with_paragraph(found):
            return None
        return found

    def _is_small(self, box: Element, *, is_button: bool) -> bool:
        if box in self.pictured or box in self.survey.spine:
            return False
        texts = _BUTTON_BOX_MAX_TEXTS if is_button else _FORM_BOX_MAX_TEXTS
        paragraphs = 0 if is_button else _FORM_BOX_MAX_PARAGRAPHS
        is_short = self.survey.prose_below.get(box, 0) <= self.most
        return (
            is_short
            and self.counts.get(box, 0) <= texts
            and self.paragraphs.get(box, 0) <= paragraphs
        )

    def _begins_with_paragraph(self, box: Element) -> bool:
        held = set(box.iter())
        first = next(index for index in self.texts if self.survey.blocks[index].box in held)
        return first in self.survey.prose


def _one(_: Block) -> int:
    return 1


def _is_control(element: Element) -> bool:
    if element.tag == "a":
        return element.text is not None and _ASKING_LINK.fullmatch(element.text) is not None
    return element.tag != "input" or (element.get("type") or "text").lower() in _FIELD_TYPES
