"""The names of an element: its path on the page, and the selectors by which it may be found."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from newscrawl.page.ancestry import lineage
from newscrawl.page.selectors import Element

_NAME: Final = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
_NUMBER: Final = re.compile(r"\d{3}")  # of one article, not of a layout
_BOXES_MAX: Final = 5  # that hold the element, in whose terms it is named
_CLASSES_MAX: Final = 4
_TELLING_TAGS: Final = frozenset(["h1", "time"])  # one of them to a page, as a rule


def path_of(element: Element) -> str:
    """Return where the element stands, from the page's root, with ids and classes.

    >>> from lxml import etree
    >>> page = etree.HTML("<div id='main'><div class='bai to'><h1>Tin</h1></div></div>")
    >>> path_of(page.find(".//h1"))
    'html > body > div#main > div.bai.to > h1'
    """
    return " > ".join(map(_step, reversed(list(lineage(element)))))


def _step(element: Element) -> str:
    identifier = element.get("id") or ""
    named = f"#{identifier}" if identifier.split() == [identifier] else ""
    return f"{element.tag}{named}{''.join(f'.{name}' for name in classes_of(element))}"


def classes_of(element: Element) -> list[str]:
    """Return the element's classes, those that a selector can name."""
    return [name for name in (element.get("class") or "").split() if _is_name(name)]


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and _NUMBER.search(name) is None


def selectors_of(element: Element) -> Iterator[str]:
    """Yield CSS selectors that match the element, the simplest first.

    >>> from lxml import etree
    >>> page = etree.HTML("<div class='bai'><p class='sapo m-2'>Tin</p></div>")
    >>> list(selectors_of(page.find(".//p")))[:5]
    ['p.sapo', 'p.m-2', 'p.sapo.m-2', 'div.bai > p', 'div.bai > p.sapo']
    """
    own = list(_own(element))
    yield from own
    tag = str(element.tag)
    if tag in _TELLING_TAGS:
        yield tag
    boxes = list(lineage(element))[1 : _BOXES_MAX + 1]
    for depth, box in enumerate(boxes):
        for name in _own(box):
            yield from (f"{name} {'> ' if depth == 0 else ''}{one}" for one in (tag, *own))


def _own(element: Element) -> Iterator[str]:
    """Yield the selectors that name the element by its own id, property and classes."""
    tag, identifier = str(element.tag), element.get("id") or ""
    if tag in ("html", "body"):
        return
    if _is_name(identifier):
        yield f"{tag}#{identifier}"
    if _is_name(element.get("itemprop") or ""):
        yield f'{tag}[itemprop="{element.get("itemprop")}"]'
    classes = classes_of(element)[:_CLASSES_MAX]
    yield from (f"{tag}.{name}" for name in sorted(classes, key=len, reverse=True))
    for size in range(2, len(classes) + 1):
        yield from (f"{tag}.{'.'.join(names)}" for names in combinations(classes, size))


def simplicity(selector: str) -> tuple[int, int, int]:
    """Return the order of a selector among those that find the same: the simplest is least.

    >>> sorted(["div.a > h1.b", "h1.b.c", "h1", "h1.b"], key=simplicity)
    ['h1.b', 'h1.b.c', 'h1', 'div.a > h1.b']
    """
    steps = selector.replace(">", " ").split()
    bare = sum(not re.search(r"[.#\[]", step) for step in steps)
    return len(steps), bare, len(re.findall(r"[.#\[]", selector))
