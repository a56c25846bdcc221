"""Where elements of a page stand to each other."""

from collections.abc import Iterator
from typing import Final

from newscrawl.page.selectors import Element
from newscrawl.text import clean

_DEEPEST: Final = 400  # boxes; deeper pages are no news


def lineage(box: Element, within: Element | None = None) -> Iterator[Element]:
    """The box and those it stands in, innermost first, up to but without `within`."""
    element: Element | None = box
    for _ in range(_DEEPEST):
        if element is None or element is within:
            break
        yield element
        element = element.getparent()


def common(one: Element, other: Element) -> Element | None:
    """The innermost element both stand in."""
    above = set(lineage(one))
    return next((element for element in lineage(other) if element in above), None)


def text_of(element: Element) -> str:
    """All text in the element, one line."""
    return clean("".join(map(str, element.itertext())))
