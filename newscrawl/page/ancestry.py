"""Tell which elements of a page hold which others."""

from collections.abc import Iterator
from typing import Final

from newscrawl.page.selectors import Element

_ANCESTORS_MAX: Final = 400  # pages nested deeper are no news


def lineage(box: Element, within: Element | None = None) -> Iterator[Element]:
    """Yield the box and the elements that hold the box, innermost first.

    Args:
        box: the element to begin with.
        within: an element to stop before; None to go on to the page's root.
    """
    element: Element | None = box
    for _ in range(_ANCESTORS_MAX):
        if element is None or element is within:
            break
        yield element
        element = element.getparent()


def common(one: Element, other: Element) -> Element | None:
    """Return the innermost element that holds both; None for elements of two trees."""
    above = set(lineage(one))
    return next((element for element in lineage(other) if element in above), None)
