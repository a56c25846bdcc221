"""Find the elements of a page's date line, and the texts beside a date line that complete it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newscrawl.article.date_patterns import COMPLETE_DATE
from newscrawl.items import Evidence
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element

_UPDATE_NAME: Final = re.compile(r"modif|updat|cap-?nhat", re.IGNORECASE)
_MOMENT_ATTRIBUTES: Final = ("datetime", "content", "title", "data-time", "data-date")
_NAMES: Final = ("class", "id", "itemprop")
BESIDE_MAX_CHARS: Final = 60  # of a sibling that may hold the clock of a printed day


def date_line_of(found: Sequence[Element]) -> Sequence[Element]:
    """Return the elements without those named as the update, unless nothing else is left."""
    if len(found) < len(("date", "update")):
        return found
    return [element for element in found if not is_update_element(element)] or found


def is_update_element(element: Element) -> bool:
    """Return whether the element's names say that it holds the time of an update."""
    names = " ".join(element.get(name) or "" for name in _NAMES)
    return _UPDATE_NAME.search(names) is not None and "publish" not in names.casefold()


def is_one_line(found: Sequence[Element]) -> bool:
    """Return whether the elements are parts of one date line: one parent, at most one date."""
    if len(found) < len(("day", "clock")):
        return True
    dated = [element for element in found if COMPLETE_DATE.search(text_of(element))]
    return len(dated) <= 1 and len({element.getparent() for element in found}) == 1


def printed_beside(found: Sequence[Element]) -> Iterator[tuple[Evidence, str]]:
    """Yield the date line's own attributes, then the line together with its siblings.

    A script fills in "3 giờ trước" or nothing, and the attribute states the moment (C, K); day and
    clock stand in two boxes, of which the date line is one.
    """
    for element in found:
        for inner in (element, *element.iter("time", "meta")):
            for name in _MOMENT_ATTRIBUTES:
                if value := inner.get(name):
                    yield "page", value
    if found:
        before, after = _beside(found[0], -1), _beside(found[-1], 1)
        line = " ".join(text_of(element) for element in found)
        yield from (("page", f"{line} {text}") for text in after if text)
        yield from (("page", f"{text} {line}") for text in before if text)


def _beside(element: Element, step: int) -> list[str]:
    """Return the text of the sibling before (-1) or after (1), climbing out of only children."""
    place: Element | None = element
    while place is not None:
        sibling = place.getnext() if step > 0 else place.getprevious()
        if sibling is not None:
            text = text_of(sibling)
            return [text] if len(text) <= BESIDE_MAX_CHARS else []
        place = place.getparent()
        if place is not None and len(place) > 1:
            break
    return []
