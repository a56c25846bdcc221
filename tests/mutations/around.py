"""What redesigns do to pictures, captions, signatures, tags and sections."""

from collections.abc import Callable
from html import escape
from typing import Final

from lxml import etree

from newscrawl.page.selectors import Element
from tests.mutations.anatomy import PART, parts
from tests.mutations.surgery import (
    Change,
    Mutation,
    drop,
    made,
    on_tree,
    plain,
    put_after,
    put_before,
    rename,
    renamed,
    text_of,
    without,
)

_PLACEHOLDER: Final = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _with_caption(root: Element) -> list[tuple[Element, Element]]:
    """Each caption with the picture before it."""
    found: list[tuple[Element, Element]] = []
    picture: Element | None = None
    pictures, captions = parts(root, "picture"), parts(root, "caption")
    for element in root.iter(etree.Element):
        if element in pictures:
            picture = element
        elif element in captions and picture is not None:
            found.append((picture, element))
            picture = None
    return found


def _whole(picture: Element, caption: Element) -> Element:
    """The piece that holds both, or the picture's own paragraph."""
    line = [picture, *picture.iterancestors()]
    both = next((e for e in line if e in caption.iterancestors()), None)
    small = both is not None and both.tag in ("table", "tbody", "figure", "p")
    if not small:
        return next((e for e in line if e.tag in ("p", "figure", "table")), picture)
    return next(e for e in line if e.tag in ("table", "figure", "p"))


def _captions(make: Callable[[Element, str], list[Element]]) -> Change:
    def change(root: Element) -> None:
        for picture, caption in _with_caption(root):
            whole, text = _whole(picture, caption), text_of(caption)
            if whole is picture:
                continue
            drop(caption)
            picture.tail = None
            new = make(picture, text)
            for element in new:
                put_before(whole, element)
            drop(whole)

    return change


def _as_figure(picture: Element, text: str) -> list[Element]:
    figure = made("<figure></figure>")
    figure.append(picture)
    figure.append(made(f"<figcaption>{escape(text)}</figcaption>"))
    return [figure]


def _as_next_paragraph(picture: Element, text: str) -> list[Element]:
    box = made("<p></p>")
    box.append(picture)
    return [box, plain(text)]


def _as_alt(picture: Element, text: str) -> list[Element]:
    box = made("<p></p>")
    picture.set("alt", text)
    box.append(picture)
    return [box]


def _lazy(place: str, placeholder: str, first: int = 0) -> Change:
    """The address moves to another attribute, from the picture number `first` on."""

    def change(root: Element) -> None:
        for picture in parts(root, "picture")[first:]:
            source = picture.get("data-src") or picture.get("src") or ""
            without(picture, "data-src")
            picture.set("src", placeholder)
            picture.set(place, source)

    return change


def _background(root: Element) -> None:
    for picture in parts(root, "picture"):
        source = picture.get("data-src") or picture.get("src") or ""
        box = made(f'<div class="x-photo" style="background-image:url({escape(source)})"></div>')
        put_before(picture, box)
        drop(picture)


def _byline_plain(root: Element) -> None:
    """The signature is set like any paragraph."""
    for element in parts(root, "byline"):
        new = plain(text_of(element))
        put_before(element, new)
        drop(element)


def _byline_in_head(root: Element) -> None:
    """Below the headline, in a box of its own; boxes that repeated it go."""
    headline = next(iter(parts(root, "headline")), None)
    for element in parts(root, "byline"):
        text = text_of(element)
        drop(element)
        for other in [e for e in root.iter() if e.tag == "span" and e.get("class")]:
            if text_of(other) and text_of(other) in text:
                drop(other)
        if headline is not None:
            put_after(headline, made(f'<div class="x-by"><b>{escape(text)}</b></div>'))


def _section_dropped(root: Element) -> None:
    for element in parts(root, "section"):
        drop(element)


def _tags_renamed(root: Element) -> None:
    """Another class for the tags and for the box that holds nothing else."""
    for tag in parts(root, "tag"):
        renamed(tag)
        box = tag.getparent()
        if box is not None and {"paragraph", "body"}.isdisjoint(_parts_in(box)):
            renamed(box)


def _parts_in(element: Element) -> set[str]:
    """The marks of what stands in the element."""
    return {name for e in element.iter(etree.Element) for name in (e.get(PART) or "").split()}


def _tags_dropped(root: Element) -> None:
    for element in parts(root, "tag"):
        drop(element)


AROUND_MUTATIONS: Final[tuple[Mutation, ...]] = (
    on_tree("caption: class", "captions body", rename("caption")),
    on_tree("caption: figure", "captions", _captions(_as_figure)),
    on_tree("caption: next paragraph", "captions", _captions(_as_next_paragraph)),
    on_tree("caption: alt", "captions", _captions(_as_alt)),
    on_tree("image: data-src", "images", _lazy("data-src", _PLACEHOLDER)),
    on_tree("image: data-original", "images", _lazy("data-original", "/images/blank.gif")),
    on_tree("image: lazy but first", "images", _lazy("data-lazy", _PLACEHOLDER, 1)),
    on_tree("image: background", "images captions", _background),
    on_tree("byline: plain", "authors source", _byline_plain),
    on_tree("byline: in the head", "authors source", _byline_in_head),
    on_tree("tags: class", "tags", _tags_renamed),
    on_tree("tags: dropped", "tags", _tags_dropped),
    on_tree("section: dropped", "section", _section_dropped),
)
