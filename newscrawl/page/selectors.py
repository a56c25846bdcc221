"""Selection with a stated count: one, optional, some, any.

A selector is CSS, or XPath when it begins with "/", "./", "(" or "id(". Selectors are constants of
the code and are compiled once a process. Text from a page enters a selector as a variable, `$name`.
`id("…")` asks the parser's table of ids and takes a microsecond, where `//*[@id="…"]` visits every
element.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final, cast

from cssselect.parser import CombinedSelector, Selector, Tree, parse
from lxml import etree
from parsel.csstranslator import HTMLTranslator

Element = etree._Element  # noqa: SLF001  (lxml has no public name for it)

# `*[@a and …]` or `*[@a = …]` at the beginning, where the condition names no other attribute.
_ONE_ATTRIBUTE: Final = re.compile(
    r"descendant-or-self::\*\[@([\w-]+) (?:and (?=\w)|(?==))((?:[^\[\]@]|@\1\b)+)\](?=/|$)"
)
# The rewritten XPath when no step follows. We fetch the parent in Python, because libxml2
# deduplicates `/parent::*` quadratically (4 s for 60,000).
_ATTRIBUTES_ONLY: Final = re.compile(r"descendant-or-self::\*/@[\w-]+\[[^\[\]]+\]")


class _Translator(HTMLTranslator):
    """Translate CSS to XPath that visits attributes instead of elements where that is enough.

    On a page of 1,200 elements `.summary` takes 280 µs by parsel's XPath and 145 by this one,
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


def _by_attribute(match: re.Match[str]) -> str:
    name, condition = match[1], match[2].replace(f"@{match[1]}", ".")
    condition = f". {condition}" if condition.startswith("=") else condition
    parent = "/parent::*" if match.end() < len(match.string) else ""
    return f"descendant-or-self::*/@{name}[{condition}]{parent}"


_TRANSLATOR: Final = _Translator()
_CLASSES: Final[Any] = etree.XPath(
    "descendant-or-self::*/@class", smart_strings=False, regexp=False
)


_ANYWHERE: Final = re.compile(r"//(?=[a-z*])")
_OF_CLASS: Final = re.compile(
    r"contains\(concat\(' ', normalize-space\((@class|\.)\), ' '\), ' ([\w-]+) '\)"
)
_BY_PLACE: Final = re.compile(r"\[\s*[0-9]+\s*\]|position\(|last\(")
_TEXTS: Final = re.compile(r"'[^']*'|\"[^\"]*\"")


class CountError(Exception):
    """A selector matched more or fewer elements than the layout allows; raised by this module."""

    def __init__(self, selector: str, wanted: str, found: int) -> None:
        super().__init__(f"{selector!r} matches {found} elements, not {wanted}")


@cache
def compiled(selector: str) -> etree.XPath:
    """Return the selector as a compiled XPath, relative to the node it is called with."""
    path = selector if is_xpath(selector) else _TRANSLATOR.css_to_xpath(selector)
    return etree.XPath(_quick(path), regexp=False)  # registering `re:` takes a fifth of a call


def is_xpath(selector: str) -> bool:
    """Return whether a selector is XPath, by its beginning; any other is CSS."""
    return selector.startswith(("/", "./", "(", "id("))


def to_xpath(css: str, prefix: str) -> str:
    """Return a CSS selector of one step as XPath that begins with the prefix.

    >>> to_xpath("p[id]", "./descendant::")
    './descendant::p[@id]'
    """
    return HTMLTranslator().css_to_xpath(css, prefix)


def _quick(xpath: str) -> str:
    """Return an XPath that finds the same elements in a fifth of the time.

    libxml2 makes a list of every node for "//"; the descendant axis visits nodes one by one. The
    condition of a class makes three strings, which is spared where the name stands nowhere.

    >>> _quick("//li[@class]/a"), _quick(".//div[@id] | //a[@href]")
    ('/descendant::li[@class]/a', './descendant::div[@id] | /descendant::a[@href]')

    An XPath with a position among siblings, or with "//" in a string, stays as it is:

    >>> _quick("//ul/li[1]"), _quick("//a[starts-with(@href, 'https://x')]")
    ('//ul/li[1]', "//a[starts-with(@href, 'https://x')]")
    """
    xpath = _OF_CLASS.sub(r"(contains(\1, '\2') and \g<0>)", xpath)
    if _BY_PLACE.search(xpath) or any("//" in text for text in _TEXTS.findall(xpath)):
        return xpath
    return _ANYWHERE.sub("/descendant::", xpath)


def elements(node: Element, selector: str, **said: str) -> list[Element]:
    """Return all matches below the node in document order; `said` fills the `$variables`."""
    chains = _chains(selector)
    if not chains:
        return _found(compiled(selector), node, **said)
    several = [found for chain in chains if (found := _last_of(chain, node))]
    if len(several) < 2:
        return several[0] if several else []
    wanted = {element for found in several for element in found}
    for found in several:
        if len(found) == len(wanted):  # this part alone found every element, in document order
            return found
    return [element for element in node.iter(etree.Element) if element in wanted]


def _found(xpath: etree.XPath, node: Element, **said: str) -> list[Element]:
    found = xpath(node, **said)
    assert isinstance(found, list)
    if found and not isinstance(found[0], Element) and _ATTRIBUTES_ONLY.fullmatch(xpath.path):
        attributes = cast("list[Any]", found)
        return [e for attribute in attributes if (e := attribute.getparent()) is not None]
    return [e for e in found if isinstance(e, Element)]


def classed(node: Element, *names: str) -> list[tuple[Element, frozenset[str]]]:
    """Return the elements that carry one of the classes, in order, each with those classes.

    One XPath reads the classes of all elements, in half the time that asking each element takes
    (160 µs and 340 for a page of 1,200). Elements are asked as far as the last that is found.
    """
    wanted = frozenset(names)
    values = _CLASSES(node)
    carried = {value: own for value in set(values) if (own := wanted.intersection(value.split()))}
    count = sum(map(carried.__contains__, values))
    found: list[tuple[Element, frozenset[str]]] = []
    walk = node.iter(etree.Element) if count else ()
    for element in walk:
        if names_carried := carried.get(element.get("class", "")):
            found.append((element, names_carried))
            if len(found) == count:
                break
    return found


# For `a b` and `a > b` we look up the ancestors of every b once. libxml2 searches below every a and
# compares each b with all b found before (hours for 20,000 nested elements of each); the ancestor
# axis judges every ancestor of every b (12 s for 2,000 nested elements).

_Chain = tuple[tuple[str, etree.XPath], ...]
"""Steps from the last to the first, each (combinator that precedes the step, " " or ">"; XPath)"""


@cache
def _chains(selector: str) -> tuple[_Chain, ...]:
    """Return the steps of each part of a CSS selector with several parts or with combinators.

    The result is () for XPath, for a selector of one step, and for combinators other than " "
    and ">".
    """
    if is_xpath(selector):
        return ()
    parts = parse(selector)
    chains = tuple(tuple(reversed(list(_steps(part.parsed_tree)))) for part in parts)
    is_plain = len(chains) == 1 and len(chains[0]) == 1
    is_known = all(combinator in (" ", ">") for chain in chains for combinator, _ in chain)
    return () if is_plain or not is_known or any(p.pseudo_element for p in parts) else chains


def _steps(tree: Tree) -> Iterator[tuple[str, etree.XPath]]:
    while isinstance(tree, CombinedSelector):
        yield tree.combinator, _step(tree.subselector)
        tree = tree.selector
    yield " ", _step(tree)


def _step(tree: Tree) -> etree.XPath:
    return etree.XPath(_quick(_TRANSLATOR.selector_to_xpath(Selector(tree))), regexp=False)


def _last_of(chain: _Chain, node: Element) -> list[Element]:
    found = _found(chain[0][1], node)
    for combinator, step in chain[1:]:
        if not found:
            break
        around = dict.fromkeys(found, True)
        if combinator == ">":
            found = [e for e in _found(step, node) if e.getparent() in around]
        else:
            found = [e for e in _found(step, node) if stands_in(e, around)]
    return found


def stands_in(element: Element, known: dict[Element, bool]) -> bool:
    """Return whether an ancestor of the element is known to count, or stands in one that does.

    Args:
        element: The element in question; it does not count itself.
        known: The elements judged so far, True for those that count. The verdict on every ancestor
            looked at is added, so that thousands of elements in one box cost one walk.
    """
    waiting = []
    box = element.getparent()
    while box is not None and box not in known:
        waiting.append(box)
        box = box.getparent()
    is_inside = box is not None and known[box]
    known.update(dict.fromkeys(waiting, is_inside))
    return is_inside


def text_in(node: Element) -> str:
    """Return every text inside the node, joined as it stands.

    For a paragraph of ten elements the serializer takes 1.6 µs, `string()` 6, `itertext` 9.
    """
    return etree.tostring(node, method="text", encoding="unicode", with_tail=False)


def one(node: Element, selector: str) -> Element:
    """Return the only match; raise `CountError` when there are none or several."""
    return only(elements(node, selector), selector)


def only(found: Sequence[Element], selector: str) -> Element:
    """Return the only element that a selector found; raise `CountError` for none or several."""
    if len(found) != 1:
        raise CountError(selector, "1", len(found))
    return found[0]


def optional(node: Element, selector: str) -> Element | None:
    """Return the only match or None; raise `CountError` when there are several."""
    return only_or_none(elements(node, selector), selector)


def only_or_none(found: Sequence[Element], selector: str) -> Element | None:
    """Return the only element that a selector found or None; raise `CountError` for several."""
    if len(found) > 1:
        raise CountError(selector, "0 or 1", len(found))
    return found[0] if found else None


def some(node: Element, selector: str) -> list[Element]:
    """Return all matches, at least one; raise `CountError` when there are none."""
    found = elements(node, selector)
    if not found:
        raise CountError(selector, "1 or more", 0)
    return found


def first(found: Sequence[Element]) -> Element | None:
    """Return the first of several equal copies, where a layout prints an element more than once."""
    return found[0] if found else None
