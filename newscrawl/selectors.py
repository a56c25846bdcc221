"""Selection with a stated count: one, optional, some, any.

A selector is CSS, or XPath when it begins with "/", "./", "(" or "id(", and is compiled once a
process: it is a constant of the code. What a page says goes into it as a variable, `$name`.
`id("…")` asks the parser's own table of ids: a microsecond, where `//*[@id="…"]` visits every
element.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from cssselect.parser import Selector
from cssselect.xpath import XPathExpr
from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element  # noqa: SLF001  (lxml has no public name for it)

# `*[@a and …]` or `*[@a = …]` at the beginning, the condition about that attribute alone.
_ONE_ATTRIBUTE: Final = re.compile(
    r"descendant-or-self::\*\[@([\w-]+) (?:and (?=\w)|(?==))((?:[^\[\]@]|@\1\b)+)\](?=/|$)"
)


class _Translator(HTMLTranslator):
    """CSS to XPath that asks attributes instead of elements where a selector begins with one.

    `a b` and `a > b` look for every b and ask what it stands in: libxml2 looks from every a, and
    compares each b it finds with all it has (hours for 20,000 of each, nested).

    On a page of 1,200 elements: `.summary` 280 µs by parsel's XPath and 145 by this one,
    `[itemprop=articleBody]` 165 and 29.
    """

    def selector_to_xpath(
        self,
        selector: Selector,
        prefix: str = "descendant-or-self::",
        translate_pseudo_elements: bool = False,
    ) -> str:
        xpath = super().selector_to_xpath(selector, prefix, translate_pseudo_elements)
        return _ONE_ATTRIBUTE.sub(_by_attribute, xpath, count=1)

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return _where(right, f"ancestor::{_step(left)}")

    def xpath_child_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        return _where(right, f"parent::{_step(left)}")


def _where(found: XPathExpr, condition: str) -> XPathExpr:
    """With one more predicate: libxml2 ends the search of one at its first match.

    Behind an "and" it collects every match and sorts them: 12 s for 2,000 nested elements.
    """
    found.condition = f"{found.condition}][{condition}" if found.condition else condition
    return found


def _step(found: XPathExpr) -> str:
    condition = f"[{found.condition}]" if found.condition else ""
    return f"{found.path}{found.element}{condition}"


def _by_attribute(match: re.Match[str]) -> str:
    name, condition = match[1], match[2].replace(f"@{match[1]}", ".")
    condition = f". {condition}" if condition.startswith("=") else condition
    return f"descendant-or-self::*/@{name}[{condition}]/parent::*"


_TRANSLATOR: Final = _Translator()
_STRING: Final = etree.XPath("string()", smart_strings=False)


_ANYWHERE: Final = re.compile(r"//(?=[a-z*])")
_BY_PLACE: Final = re.compile(r"\[\s*[0-9]+\s*\]|position\(|last\(")
_TEXTS: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


class CountError(Exception):
    """A selector matched more or fewer elements than the layout allows."""

    def __init__(self, selector: str, wanted: str, found: int) -> None:
        super().__init__(f"{selector!r} matches {found} elements, not {wanted}")


@cache
def compiled(selector: str) -> etree.XPath:
    """The selector as a compiled XPath, relative to the node it is called with."""
    is_xpath = selector.startswith(("/", "./", "(", "id("))
    return etree.XPath(_quick(selector if is_xpath else _TRANSLATOR.css_to_xpath(selector)))


def _quick(xpath: str) -> str:
    """The same elements, a fifth of the time: libxml2 makes a list of every node for "//".

    >>> _quick("//li[@class]/a"), _quick(".//div[@id] | //a[@href]")
    ('/descendant::li[@class]/a', './descendant::div[@id] | /descendant::a[@href]')

    Not where a place among siblings is meant, nor with "//" in a text:

    >>> _quick("//ul/li[1]"), _quick("//a[starts-with(@href, 'https://x')]")
    ('//ul/li[1]', "//a[starts-with(@href, 'https://x')]")
    """
    if _BY_PLACE.search(xpath) or any("//" in text for text in _TEXTS.findall(xpath)):
        return xpath
    return _ANYWHERE.sub("/descendant::", xpath)


def elements(node: Element, selector: str, **said: str) -> list[Element]:
    """All matches in document order; empty when there are none. `said` fills the `$variables`."""
    found = compiled(selector)(node, **said)
    assert isinstance(found, list)
    return [e for e in found if isinstance(e, Element)]


def text_in(node: Element) -> str:
    """Every text inside, joined as it stands; a tenth of the time `itertext` takes over a body."""
    return str(_STRING(node))


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
