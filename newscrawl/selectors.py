"""Selection with a stated count: one, optional, some, any.

A selector is CSS, or XPath when it begins with "/", "./", "(" or "id(", and is compiled once a
process. `id("…")` asks the parser's own table of ids: a microsecond, where `//*[@id="…"]` visits
every element.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element  # noqa: SLF001  (lxml has no public name for it)
_TRANSLATOR: Final = HTMLTranslator()


class CountError(Exception):
    """A selector matched more or fewer elements than the layout allows."""

    def __init__(self, selector: str, wanted: str, found: int) -> None:
        super().__init__(f"{selector!r} matches {found} elements, not {wanted}")


@cache
def compiled(selector: str) -> etree.XPath:
    """The selector as a compiled XPath, relative to the node it is called with."""
    if selector.startswith(("/", "./", "(", "id(")):
        return etree.XPath(selector)
    return etree.XPath(_TRANSLATOR.css_to_xpath(selector))


def elements(node: Element, selector: str) -> list[Element]:
    """All matches in document order; empty when there are none."""
    found = compiled(selector)(node)
    assert isinstance(found, list)
    return [e for e in found if isinstance(e, Element)]


def one(node: Element, selector: str) -> Element:
    """The only match; raises `CountError` when there are none or several."""
    found = elements(node, selector)
    if len(found) != 1:
        raise CountError(selector, "1", len(found))
    return found[0]


def optional(node: Element, selector: str) -> Element | None:
    """The only match or None; raises `CountError` when there are several."""
    found = elements(node, selector)
    if len(found) > 1:
        raise CountError(selector, "0 or 1", len(found))
    return found[0] if found else None


def some(node: Element, selector: str) -> list[Element]:
    """At least one match; raises `CountError` when there are none."""
    found = elements(node, selector)
    if not found:
        raise CountError(selector, "1 or more", 0)
    return found


def first(found: Sequence[Element]) -> Element | None:
    """The first of several equal copies, where the layout prints them more than once."""
    return found[0] if found else None
