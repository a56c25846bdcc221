"""The tools of a redesign: a mutation, and how pieces of a page are cut, moved and renamed."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from lxml import etree
from lxml.html import fragment_fromstring

from newscrawl.page.selectors import Element
from newscrawl.text import clean
from tests.mutations.anatomy import parsed, parts, unmarked

Change = Callable[[Element], None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One redesign."""

    name: str
    fields: frozenset[str]
    apply: Callable[[str], str]
    """Marked HTML in, HTML without marks out"""

    def __call__(self, html: str) -> str:
        return self.apply(html)


def on_tree(name: str, fields: str, change: Change) -> Mutation:
    def apply(html: str) -> str:
        root = parsed(html)
        change(root)
        return unmarked(root)

    return Mutation(name, frozenset(fields.split()), apply)


def on_text(name: str, fields: str, change: Callable[[str], str]) -> Mutation:
    return Mutation(name, frozenset(fields.split()), lambda html: change(unmarked(parsed(html))))


def made(html: str) -> Element:
    element: Element = fragment_fromstring(html)
    return element


def plain(html: str) -> Element:
    """A paragraph with that text."""
    return made(f"<p>{escape(html)}</p>")


def text_of(element: Element) -> str:
    return clean("".join(map(str, element.itertext())))


def drop(element: Element) -> None:
    """The element goes, the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def put_before(element: Element, new: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element), new)


def put_after(element: Element, new: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    new.tail, element.tail = element.tail, None
    parent.insert(parent.index(element) + 1, new)


def set_text(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text


def wrap(element: Element, html: str) -> None:
    box = made(html)
    put_before(element, box)
    box.tail, element.tail = element.tail, None
    box.append(element)


def wrap_inside(element: Element, html: str) -> None:
    box = made(html)
    box.text, element.text = element.text, None
    for child in list(element):
        box.append(child)
    element.append(box)


def body(root: Element) -> Element:
    found = root.find(".//body")
    assert found is not None
    return found


def inside(root: Element) -> list[Element]:
    """The body's own pieces: the container's children from its first marked part to its last."""
    own = {e for name in ("paragraph", "picture", "caption") for e in parts(root, name)}
    own -= set(parts(root, "lead"))
    pieces: list[Element] = []
    for box in parts(root, "body"):
        found = [n for n, child in enumerate(box) if not own.isdisjoint(child.iter())]
        pieces.extend(list(box)[found[0] : found[-1] + 1] if found else [])
    return pieces


def after_text(root: Element) -> list[Element]:
    """Those pieces that are a paragraph of text, with another behind: room for something new."""
    own = parts(root, "paragraph")
    pieces = inside(root)
    return [
        piece
        for piece, following in pairwise(pieces)
        if not {piece, following}.isdisjoint(own) and piece in own
    ]


def rename(name: str, *, deep: bool = True) -> Change:
    """Another class and id for the element, what it holds, and the boxes around nothing else."""

    def change(root: Element) -> None:
        for element in parts(root, name):
            for inner in list(element.iter(etree.Element)) if deep else [element]:
                renamed(inner)
            text = text_of(element)
            outer = element.getparent()
            while outer is not None and text_of(outer) == text:
                renamed(outer)
                outer = outer.getparent()

    return change


def without(element: Element, *attributes: str) -> None:
    """The attributes go."""
    for attribute in attributes:
        if attribute in element.attrib:
            del element.attrib[attribute]


def renamed(element: Element) -> None:
    for attribute in ("class", "id", "itemprop"):
        if element.get(attribute):
            element.set(attribute, "x-4f2a")
