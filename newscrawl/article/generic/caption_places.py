"""Which blocks of an article are captions, and of which picture.

A caption stands where captions stand: in a `figcaption`, in another row of the picture's table, in
a box named so, alone with the picture in a small box, or as the short line right after it that is
set otherwise than the paragraphs (centred, in italics) or names the photographer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from newscrawl.article.byline import split_credit
from newscrawl.article.captions import Gallery
from newscrawl.article.generic.ancestry import common, lineage
from newscrawl.article.generic.box_roles import roles
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_ADDRESSES: Final = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "src", "data-srcset", "srcset",
)  # fmt: skip
_LONGEST: Final = 400
_LONGEST_GUESS: Final = 300
_LONGEST_IN_BOX: Final = 200
_LONGEST_NAME: Final = 110  # of a line that names what a picture shows, without a full stop
_SMALL: Final = 2  # texts a box may hold for each of its pictures: caption and credit
_ICON: Final = 60  # pixels
_MOST: Final = 0.5

Picture = tuple[str, str]
"""Address as printed, caption as printed or "" """


def part_captions(
    found: Sequence[Block],
    scope: Element,
    container: Element,
    is_lead: Callable[[Block], bool] = lambda _: False,
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """The blocks without pictures and captions, and the pictures each with its caption.

    All blocks stand in `scope`, the paragraphs in `container`, which may be the same. What
    `is_lead` says is one is a caption only where it stands in a caption's own place.
    """
    reader = _Reader(found, scope, container, is_lead)
    texts = reader.read()
    if not texts and reader.guesses:  # a photo story: what stands under its pictures is its text
        reader = _Reader(found, scope, container, is_lead, may_guess=False)
        texts = reader.read()
    pairs = (pair for group in reader.groups for pair in group.pairs())
    return tuple(texts), tuple(pair for pair in pairs if any(pair))


def picture_source(picture: Element) -> str:
    """The picture's address as printed; "" for a placeholder a script would fill."""
    for attribute in _ADDRESSES:
        value = (picture.get(attribute) or "").strip()
        if value and not value.startswith("data:"):
            return value.split()[0] if attribute.endswith("srcset") else value
    return ""


def _is_icon(picture: Element) -> bool:
    sides = (picture.get(side) or "" for side in ("width", "height"))
    return any(side.isdecimal() and int(side) <= _ICON for side in sides)


@dataclass(slots=True)
class _Group:
    """Pictures that follow each other, and the captions after them."""

    pictures: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def pairs(self) -> Iterator[Picture]:
        """The last pictures have a caption each; captions left over continue the last one."""
        pictures = self.pictures or [""]
        own = self.captions[: len(pictures) - 1]
        if len(self.captions) > len(own):
            own.append(" ".join(self.captions[len(own) :]))
        silent = [""] * (len(pictures) - len(own))
        yield from zip(pictures, [*silent, *own], strict=True)


@dataclass(slots=True)
class _Table(_Group):
    """The pictures of one table and the captions in it, above or below them."""

    element: Element | None = None
    gallery: Gallery = field(default_factory=Gallery)

    def pairs(self) -> Iterator[Picture]:
        yield from self.gallery.pairs()


class _Reader:
    """One pass over an article's blocks."""

    def __init__(
        self,
        found: Sequence[Block],
        scope: Element,
        container: Element,
        is_lead: Callable[[Block], bool],
        *,
        may_guess: bool = True,
    ) -> None:
        self.found = found
        self.scope = scope
        self.is_lead = is_lead
        self.may_guess = may_guess
        self.guesses = 0
        self.groups: list[_Group] = []
        self.picture: Block | None = None  # the block of the last picture
        self.is_open = False  # nothing but captions since that picture
        self.sums: dict[Element, list[int]] = {}
        for block in found:
            for element in lineage(block.box, scope):
                sums = self.sums.setdefault(element, [0, 0])
                sums[0] += bool(block.text)
                sums[1] += len(block.pictures)
        for element in lineage(container):
            self.sums.pop(element, None)  # the whole text is no box of one picture
        self.is_centred = _mostly(found, lambda block: block.align == "center")
        self.is_slanted = _mostly(found, lambda block: block.is_italic)

    def read(self) -> list[Block]:
        texts: list[Block] = []
        for block in self.found:
            sources = [picture_source(p) for p in block.pictures if not _is_icon(p)]
            if block.picture_table in self.sums and not self._is_lead_beside(block):
                self._read_in_table(block, sources)
                continue
            if sources:
                self._group().pictures.extend(sources)
                self.picture, self.is_open = block, True
            if block.text and self._is_caption(block):
                if self._is_of_no_picture(block):
                    self.groups.append(_Group())
                    self.is_open = False
                self._group(is_caption=True).captions.append(clean(block.text))
            elif block.text:
                texts.append(replace(block, pictures=(), picture_table=None))
                self.is_open = False
        return texts

    def _is_lead_beside(self, block: Block) -> bool:
        """A lead that stands in a table with its picture, before it."""
        group = self.groups[-1] if self.groups else None
        is_first = not isinstance(group, _Table) or group.element is not block.picture_table
        return is_first and bool(block.text) and not block.pictures and self.is_lead(block)

    def _read_in_table(self, block: Block, sources: list[str]) -> None:
        """A picture or a caption of a table of pictures: there is nothing else in one."""
        group = self.groups[-1] if self.groups else None
        if not isinstance(group, _Table) or group.element is not block.picture_table:
            group = _Table(element=block.picture_table)
            self.groups.append(group)
            self.is_open = False
        if sources:
            group.pictures.extend(sources)
            group.gallery.show(block, sources)
            self.picture, self.is_open = block, True
        if block.text:
            group.captions.append(clean(block.text))
            group.gallery.say(block, clean(block.text))

    def _is_of_no_picture(self, block: Block) -> bool:
        """A caption in a `figure` of its own: of a video, or of what a script shows."""
        figures = (e for e in lineage(block.box, self.scope) if e.tag == "figure")
        figure = next(figures, None)
        return figure is not None and not self.sums.get(figure, (0, 1))[1]

    def _group(self, *, is_caption: bool = False) -> _Group:
        if not self.groups or (not is_caption and (self.groups[-1].captions or not self.is_open)):
            self.groups.append(_Group())
        return self.groups[-1]

    def _is_caption(self, block: Block) -> bool:
        around = list(lineage(block.box, self.scope))
        if any(element.tag == "figcaption" for element in around):
            return True
        if self.picture is None or len(block.text) > _LONGEST:
            return False
        shared = common(self.picture.box, block.box)
        if shared in around and self._is_small(shared) and _is_frame(around, shared):
            return True
        if not self.is_open:
            return False
        if self.is_lead(block):
            return False
        if any("caption" in roles(element) for element in around):
            return True
        return len(block.text) <= _LONGEST_GUESS and self._looks_like_caption(block, shared)

    def _looks_like_caption(self, block: Block, shared: Element | None) -> bool:
        caption, credit = split_credit(block.text)
        group = self.groups[-1]
        if block.align == "right" or len(group.captions) >= len(group.pictures):
            return credit is not None and caption is None and block.align != "right"
        centred = block.align == "center" and not self.is_centred
        slanted = block.is_italic and not self.is_slanted
        if centred or slanted or credit is not None:
            return True
        if (
            shared is None
            or not self.may_guess
            or next(shared.iter("figcaption"), None) is not None
        ):
            return False  # an empty place for the caption: what stands elsewhere is none
        # A paragraph that begins with a picture is no box around the two.
        is_box = self._is_small(shared) and not (shared is block.box and shared.tag == "p")
        is_box = is_box and len(block.text) <= _LONGEST_IN_BOX
        if not is_box and not self._names_picture(block):
            return False
        self.guesses += 1
        return True

    def _names_picture(self, block: Block) -> bool:
        """A short line without a full stop, and no subhead, below a picture that has no caption."""
        is_subhead = block.is_bold or re.fullmatch("h[1-6]", str(block.box.tag)) is not None
        is_short = len(block.text) <= _LONGEST_NAME and block.text[-1].isalnum()
        return is_short and not is_subhead and not self.groups[-1].captions

    def _is_small(self, box: Element) -> bool:
        """A box inside the article with hardly more in it than pictures and their captions."""
        texts, pictures = self.sums.get(box, (1, 0))
        return texts <= _SMALL * pictures


def _is_frame(around: list[Element], shared: Element) -> bool:
    """Whether picture and text stand in one table, or one figure without a place for a caption."""
    outer = around[around.index(shared) :]
    if any(element.tag == "table" for element in outer):
        return True
    figure = next((element for element in outer if element.tag == "figure"), None)
    return figure is not None and next(figure.iter("figcaption"), None) is None


def _mostly(found: Sequence[Block], test: Callable[[Block], bool]) -> bool:
    long = [block for block in found if len(block.text) >= _LONGEST_NAME]
    return sum(map(test, long)) > _MOST * len(long)
