"""Tell which elements of a page hold which others."""

from collections.abc import Iterator, Sequence
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


def nearest(found: Sequence[Element], place: Element) -> list[Element]:
    """Return those of the elements that share the innermost box with the place, in order.

    >>> from lxml.html import fragment_fromstring
    >>> page = fragment_fromstring("<div><h1>Tin</h1><div><h1>Bài</h1><p>Chữ.</p></div></div>")
    >>> [e.text for e in nearest(page.xpath(".//h1"), page.find(".//p"))]
    ['Bài']
    """
    depths = {box: -depth for depth, box in enumerate(lineage(place))}
    shared = [
        next((depths[box] for box in lineage(element) if box in depths), -_ANCESTORS_MAX)
        for element in found
    ]
    most = max(shared, default=0)
    return [e for e, depth in zip(found, shared, strict=True) if depth == most]
