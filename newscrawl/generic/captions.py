"""Which blocks of an article are captions, and of which picture.

A caption stands where captions stand: in a `figcaption`, in another row of the picture's table, in
a box named so, alone with the picture in a small box, or as the short line right after it that is
set otherwise than the paragraphs (centred, in italics) or names the photographer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.blocks import Block
from newscrawl.bylines import split_credit
from newscrawl.generic.names import roles
from newscrawl.generic.survey import common, lineage
from newscrawl.selectors import Element
from newscrawl.text import clean

LAZY: Final = ("data-src", "data-original", "data-lazy-src", "data-image", "src")
"""Attributes that hold a picture's address, lazy ones before the placeholder"""
_LONGEST: Final = 400
_SMALL_BOX: Final = 2  # texts a picture's own box may hold: caption and credit
_ICON: Final = 60  # pixels


@dataclass(frozen=True, slots=True)
class Captioned:
    """An article's blocks taken apart."""

    texts: tuple[Block, ...]
    """What is left: paragraphs, signatures; without pictures"""
    pictures: tuple[tuple[str, str], ...]
    """(address as printed, caption as printed or "")"""


@dataclass(slots=True)
class _Group:
    """Pictures that follow each other, and the captions after them."""

    pictures: list[str]
    captions: list[str]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The last pictures have a caption each; captions left over continue the last one."""
        count = len(self.pictures)
        own = self.captions[: count - 1] if len(self.captions) >= count else self.captions[:-1]
        last = " ".join(self.captions[len(own) :])
        spoken = [*own, last] if last else []
        silent = [""] * (count - len(spoken))
        yield from zip(self.pictures, [*silent, *spoken], strict=True)


def part_captions(found: Sequence[Block], container: Element) -> Captioned:
    """The blocks without pictures and captions, and the pictures each with its caption."""
    reader = _Reader(found, container)
    for index, block in enumerate(found):
        reader.take(index, block)
    if not reader.texts and reader.guessed:
        # A photo story: what stands under its pictures is the text.
        reader = _Reader(found, container, is_strict=True)
        for index, block in enumerate(found):
            reader.take(index, block)
    pictures = tuple(pair for group in reader.groups for pair in group.pairs())
    return Captioned(tuple(reader.texts), pictures)


class _Reader:
    def __init__(self, found: Sequence[Block], container: Element, *, is_strict: bool = False):
        self.found = found
        self.container = container
        self.is_strict = is_strict
        self.guessed = False
        self.texts: list[Block] = []
        self.groups: list[_Group] = []
        self.last_picture: Block | None = None
        self.centred = _share(found, lambda block: block.align == "center")
        self.slanted = _share(found, lambda block: block.is_italic)

    def take(self, index: int, block: Block) -> None:
        sources = [source for picture in block.pictures if (source := picture_source(picture))]
        if sources:
            self._open_group().pictures.extend(sources)
            self.last_picture = block
        if not block.text:
            return
        if self.groups and self.last_picture is not None and self._is_caption(index, block):
            self.groups[-1].captions.append(clean(block.text))
        else:
            self.texts.append(_plain(block))
            self.last_picture = self.last_picture if self._in_box(block) else None

    def _open_group(self) -> _Group:
        if not self.groups or self.groups[-1].captions or self.last_picture is None:
            self.groups.append(_Group([], []))
        return self.groups[-1]

    def _in_box(self, block: Block) -> bool:
        return block.in_picture_table

    def _is_caption(self, index: int, block: Block) -> bool:
        if len(block.text) > _LONGEST:
            return False
        box = self._box(block)
        if _stands_in(block.box, box, "figcaption") or "caption" in _names(block.box, box):
            return True
        if self.is_strict:
            return False
        if box is not None and self._is_small(box):
            self.guessed = True
            return not _has_own_place(box)
        return self._is_set_apart(block) and self._follows_picture(index)

    def _box(self, block: Block) -> Element | None:
        """The box picture and text share, where that is less than the whole text."""
        assert self.last_picture is not None
        box = common(self.last_picture.box, block.box)
        return None if box is None or box is self.container else box

    def _is_small(self, box: Element) -> bool:
        if self.container in lineage(box, None) and box is not self.container:
            inside = [b for b in self.found if b.text and box in lineage(b.box, self.container)]
            pictures = sum(len(b.pictures) for b in self.found if box in lineage(b.box, self.container))
            return len(inside) <= _SMALL_BOX * max(1, pictures)
        return False

    def _is_set_apart(self, block: Block) -> bool:
        is_centred = block.align == "center" and self.centred < 0.5
        is_slanted = block.is_italic and self.slanted < 0.5
        return is_centred or is_slanted or split_credit(block.text)[1] is not None

    def _follows_picture(self, index: int) -> bool:
        """Directly after the picture or in its line, or after another caption of it."""
        before = self.found[index - 1] if index else None
        here = self.found[index]
        return bool(here.pictures) or (before is not None and not before.text) or bool(
            self.groups[-1].captions
        )
