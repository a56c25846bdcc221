"""Where a known text stands on a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from lxml import etree

from newscrawl.page.ancestry import lineage
from newscrawl.page.element_text import text_of
from newscrawl.page.inline_style import is_hidden
from newscrawl.page.selectors import Element, text_in
from newscrawl.text import clean

_TEXTS: Final[Any] = etree.XPath("//body//text()[not(parent::script) and not(parent::style)]")
_FURTHER_MAX_CHARS: Final = 40  # that an element may hold beside the text: an icon's, a dateline's


def squeezed(text: str) -> str:
    """Return the letters of the text alone: markup moves blanks.

    >>> squeezed("Mùa lúa  mới ")
    'Mùalúamới'
    """
    return "".join(clean(text).split())


def elements_with(root: Element, text: str) -> list[Element]:
    """Return the elements that hold the text and little else, innermost first, those shown alone.

    >>> page = etree.HTML("<div><h1><a>Mùa lúa</a></h1></div><p>Mùa lúa ở Na Hang, từ lúc cấy</p>")
    >>> [element.tag for element in elements_with(page, "Mùa lúa")]
    ['a', 'h1', 'div']
    """
    wanted = squeezed(text)
    most = len(wanted) + min(_FURTHER_MAX_CHARS, len(wanted) // 2)

    def may_hold(letters: str) -> bool:
        return letters in wanted or wanted in letters

    found = _above(root, may_hold, most)
    return [element for element, letters in found if wanted in letters and is_shown(element)]


def short_elements(root: Element, most: int) -> list[Element]:
    """Return the elements of few letters with a digit among them, innermost first."""
    found = _above(root, lambda letters: any(map(str.isdigit, letters)), most)
    return [element for element, _ in found if is_shown(element)]


def is_shown(element: Element) -> bool:
    """Return whether a reader sees text in the element: neither it nor a box around it is hidden.

    >>> page = etree.HTML("<div style='display:none'><p>Tin</p></div><p>Tin</p>")
    >>> [is_shown(element) for element in page.iter("p")]
    [False, True]
    """
    return not any(map(is_hidden, lineage(element))) and bool(text_of(element))


def _above(root: Element, wants: Callable[[str], bool], most: int) -> Iterator[tuple[Element, str]]:
    """Yield the elements above the wanted texts, as long as they hold few letters, with these."""
    seen: set[Element] = set()
    for text in _TEXTS(root):
        letters = squeezed(text)
        if not letters or not wants(letters):
            continue
        place = text.getparent()
        for element in lineage(place.getparent() if text.is_tail else place):
            letters = squeezed(text_in(element)) if element not in seen else ""
            if element in seen or len(letters) > most:
                break
            seen.add(element)
            yield element, letters


def innermost_with(root: Element, texts: Sequence[str]) -> Element | None:
    """Return the innermost element that holds all texts; None where not even the root does.

    >>> page = etree.HTML("<div id='a'><div id='b'><p>Một.</p><p>Hai.</p></div></div>")
    >>> innermost_with(page, ("Một.", "Hai.")).get("id")
    'b'
    """
    wanted = [squeezed(text) for text in texts]
    place: Element | None = root if holds_all(root, wanted) else None
    while place is not None:
        inner = (child for child in place.iterchildren(etree.Element) if child.tag != "script")
        further = next((child for child in inner if holds_all(child, wanted)), None)
        if further is None:
            break
        place = further
    return place


def holds_all(element: Element, wanted: Sequence[str]) -> bool:
    """Return whether the element holds all texts, each given by its letters (`squeezed`)."""
    letters = squeezed(text_in(element))
    return all(text in letters for text in wanted)
