"""Where elements of a page stand to each other."""

from collections.abc import Iterator

from newscrawl.selectors import Element
from newscrawl.text import clean


def lineage(box: Element, within: Element | None = None) -> Iterator[Element]:
    """The box and those it stands in, innermost first, up to but without `within`."""
    element: Element | None = box
    while element is not None and element is not within:
        yield element
        element = element.getparent()


def common(one: Element, other: Element) -> Element | None:
    """The innermost element both stand in."""
    above = set(lineage(one))
    return next((element for element in lineage(other) if element in above), None)


def text_of(element: Element) -> str:
    """All text in the element, one line."""
    return clean("".join(map(str, element.itertext())))
