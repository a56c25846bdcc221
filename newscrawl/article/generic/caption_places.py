"""Tell which blocks of an article are captions, and of which pictures.

A caption stands in a `figcaption`, in another row of the picture's table, in a box named for
captions, or alone with the picture in a small box. A short line right after the picture is a
caption too, where it is set otherwise than the paragraphs (centred, in italics) or names the
photographer.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from newscrawl.article.box_roles import roles
from newscrawl.article.byline import split_credit
from newscrawl.article.caption_rules import (
    BOX_CAPTION_MAX_SENTENCES,
    follows_media,
    is_passage,
    is_sentence,
    is_subhead,
    is_usual,
    names_quotation,
    next_text,
    without_text_tables,
)
from newscrawl.article.captions import Gallery, is_gallery
from newscrawl.page.ancestry import common, lineage
from newscrawl.page.blocks import Block
from newscrawl.page.element_text import text_of
from newscrawl.page.pictures import picture_address
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_CAPTION_MAX_CHARS: Final = 400
_GUESSED_CAPTION_MAX_CHARS: Final = 300
_BOXED_CAPTION_MAX_CHARS: Final = 200
_PICTURE_NAME_MAX_CHARS: Final = 110  # a line that names the picture's subject, without a full stop
_TEXTS_PER_PICTURE_MAX: Final = 2  # caption and credit
_TEXT_MIN_CHARS: Final = 60  # a signature is shorter
_HEADINGS: Final = ("h2", "h3", "h4")  # captions are set as h5 and h6
_ICON_MAX_PIXELS: Final = 60

Picture = tuple[str, str]
"""Address as printed, caption as printed or "" """


def part_captions(
    found: Sequence[Block],
    scope: Element,
    container: Element,
    is_lead: Callable[[Block], bool] = lambda _: False,
) -> tuple[tuple[Block, ...], tuple[Picture, ...]]:
    """Return the blocks without pictures and captions, and each picture with its caption.

    Args:
        found: the article's blocks in document order.
        scope: the element that holds all blocks.
        container: the element that holds the paragraphs; may be `scope`.
        is_lead: tells a lead; such a block is a caption only in a place made for captions.
    """
    reader = _Reader(found, scope, container, is_lead)
    texts = reader.read()
    if not texts and reader.guesses:  # a photo story: the lines under its pictures are its text
        reader = _Reader(found, scope, container, is_lead, may_guess=False)
        texts = reader.read()
    pairs = (pair for group in reader.groups for pair in group.pairs())
    return tuple(texts), tuple(pair for pair in pairs if any(pair))


def _is_icon(picture: Element) -> bool:
    sides = (picture.get(side) or "" for side in ("width", "height"))
    return any(side.isdecimal() and int(side) <= _ICON_MAX_PIXELS for side in sides)


@dataclass(slots=True)
class _Group:
    """Pictures that follow each other, and the captions printed after them."""

    pictures: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def pairs(self) -> Iterator[Picture]:
        """Yield each picture with its caption; surplus captions continue the last picture's.

        Where pictures outnumber captions, the last pictures have the captions.
        """
        pictures = self.pictures or [""]
        own = self.captions[: len(pictures) - 1]
        if len(self.captions) > len(own):
            own.append(" ".join(self.captions[len(own) :]))
        silent = [""] * (len(pictures) - len(own))
        yield from zip(pictures, [*silent, *own], strict=True)


@dataclass(slots=True)
class _Table(_Group):
    """The pictures of one table, and the captions above or below them."""

    element: Element | None = None
    gallery: Gallery = field(default_factory=Gallery)

    def pairs(self) -> Iterator[Picture]:
        yield from self.gallery.pairs()


class _Reader:
    """Read an article's blocks in one pass."""

    def __init__(
        self,
        found: Sequence[Block],
        scope: Element,
        container: Element,
        is_lead: Callable[[Block], bool],
        *,
        may_guess: bool = True,
    ) -> None:
        self.found = without_text_tables(found)
        self.scope = scope
        self.is_lead = is_lead
        self.may_guess = may_guess
        self.guesses = 0
        self.groups: list[_Group] = []
        self.picture: Block | None = None  # the block of the latest picture
        self.is_open = False  # nothing but captions since that picture
        self.index = 0  # of the block that is read
        self.last_long = max(
            (i for i, block in enumerate(found) if len(block.text) >= _TEXT_MIN_CHARS),
            default=-1,
        )
        self.sums: dict[Element, list[int]] = {}
        for block in found:
            is_prose = block.box.tag == "p" and is_sentence(block.text)
            for element in lineage(block.box, scope):
                sums = self.sums.setdefault(element, [0, 0, 0])
                sums[0] += bool(block.text)
                sums[1] += len(block.pictures)
                sums[2] += is_prose
        for element in lineage(container):
            self.sums.pop(element, None)  # the article's container is no picture's box
        self.is_centred = is_usual(self.found, lambda block: block.align == "center")
        self.is_slanted = is_usual(self.found, lambda block: block.is_italic)

    def read(self) -> list[Block]:
        """Return the blocks that are text; pictures and captions are kept in `groups`."""
        texts: list[Block] = []
        before: Block | None = None
        for index, block in enumerate(self.found):
            self.index = index
            is_below_media = self._is_below_media(block, before)
            before = block
            sources = [picture_address(p) for p in block.pictures if not _is_icon(p)]
            if block.picture_table in self.sums and not self._is_lead_beside(block):
                self._read_in_table(block, sources)
                continue
            if sources:
                self._group().pictures.extend(sources)
                self.picture, self.is_open = block, True
            if block.text and (is_below_media or self._is_caption(block)):
                if is_below_media or self._is_of_no_picture(block):
                    self.groups.append(_Group())
                    self.is_open = False
                self._group(is_caption=True).captions.append(clean(block.text))
            elif block.text:
                texts.append(block._replace(pictures=(), picture_table=None))
                self.is_open = False
        return texts

    def _is_below_media(self, block: Block, before: Block | None) -> bool:
        """Return whether the line below a video is set or credited as a caption."""
        if not block.text or block.pictures or len(block.text) > _GUESSED_CAPTION_MAX_CHARS:
            return False
        is_set = (block.align == "center" and not self.is_centred) or (
            block.is_italic and not self.is_slanted
        )
        if not is_set and split_credit(block.text)[1] is None:
            return False
        return follows_media(block.box, None if before is None else before.box)

    def _is_lead_beside(self, block: Block) -> bool:
        """Return whether the block is a lead above the picture of its table."""
        group = self.groups[-1] if self.groups else None
        is_first = not isinstance(group, _Table) or group.element is not block.picture_table
        return is_first and bool(block.text) and not block.pictures and self.is_lead(block)

    def _read_in_table(self, block: Block, sources: list[str]) -> None:
        """Keep the block's pictures and text as pictures and caption of its picture table."""
        group = self.groups[-1] if self.groups else None
        if not isinstance(group, _Table) or group.element is not block.picture_table:
            group = _Table(element=block.picture_table)
            self.groups.append(group)
            self.is_open = False
        if sources:
            group.pictures.extend(sources)
            group.gallery.add_pictures(block, sources)
            self.picture, self.is_open = block, True
        if block.text:
            group.captions.append(clean(block.text))
            group.gallery.add_caption(block, clean(block.text))

    def _is_of_no_picture(self, block: Block) -> bool:
        """Return whether the block is the caption of a video's `figure` or of a whole gallery."""
        figures = (e for e in lineage(block.box, self.scope) if e.tag == "figure")
        figure = next(figures, None)
        if figure is None:
            return False
        return not self.sums.get(figure, (0, 1, 0))[1] or is_gallery(figure)

    def _group(self, *, is_caption: bool = False) -> _Group:
        if not self.groups or (not is_caption and (self.groups[-1].captions or not self.is_open)):
            self.groups.append(_Group())
        return self.groups[-1]

    def _is_caption(self, block: Block) -> bool:
        around = list(lineage(block.box, self.scope))
        caption = next((element for element in around if element.tag == "figcaption"), None)
        if caption is not None:
            return not names_quotation(caption)
        if self.picture is None or len(block.text) > _CAPTION_MAX_CHARS:
            return False
        shared = common(self.picture.box, block.box)
        if shared in around and self._is_small(shared) and _is_frame(around, shared):
            return True
        if not self.is_open:
            return False
        if self.is_lead(block):
            return False
        if any("caption" in roles(element) and self._is_brief(element) for element in around):
            return True
        if block.pictures and _is_named_inside(block):
            return True
        return len(block.text) <= _GUESSED_CAPTION_MAX_CHARS and self._looks_like_caption(
            block, shared
        )

    def _looks_like_caption(self, block: Block, shared: Element | None) -> bool:
        caption, credit = split_credit(block.text)
        group = self.groups[-1]
        if block.align == "right" and self.index > self.last_long:
            return False  # a signature
        is_full = len(group.captions) >= len(group.pictures)
        if is_full and not self._shares_small_box(block, shared):
            return credit is not None and caption is None
        if credit is not None:
            return True
        centred = block.align == "center" and not self.is_centred
        slanted = block.is_italic and not self.is_slanted
        if centred or slanted:
            is_text = is_subhead(block) and not (centred and slanted)
            return not is_text and (
                centred or not is_passage(block, next_text(self.found, self.index))
            )
        if (
            shared is None
            or not self.may_guess
            or next(shared.iter("figcaption"), None) is not None
        ):
            return False  # the figcaption is empty: the picture has no caption
        if block.box.tag in _HEADINGS or next(shared.iter(*_HEADINGS), None) is not None:
            return False  # an item of a list: heading, picture, text
        # A paragraph that begins with a picture is no box around the two.
        is_box = self._is_small(shared) and not (shared is block.box and shared.tag == "p")
        is_box = is_box and len(block.text) <= _BOXED_CAPTION_MAX_CHARS
        if not is_box and not self._names_picture(block):
            return False
        self.guesses += 1
        return True

    def _shares_small_box(self, block: Block, shared: Element | None) -> bool:
        """Return whether a box holds but the picture, its caption and this credit."""
        is_box = shared is not None and shared is not block.box and self._is_small(shared)
        return is_box and len(block.text) <= _BOXED_CAPTION_MAX_CHARS

    def _names_picture(self, block: Block) -> bool:
        """Return whether a short line without a full stop may name the picture above.

        The line is no subhead, and the picture has no caption yet.
        """
        is_subhead = block.is_bold or re.fullmatch("h[1-6]", str(block.box.tag)) is not None
        is_short = len(block.text) <= _PICTURE_NAME_MAX_CHARS and block.text[-1].isalnum()
        return is_short and not is_subhead and not self.groups[-1].captions

    def _is_brief(self, box: Element) -> bool:
        """Return whether the box holds no more than a caption and a credit."""
        texts, _, sentences = self.sums.get(box, (_TEXTS_PER_PICTURE_MAX + 1, 0, 0))
        return texts <= _TEXTS_PER_PICTURE_MAX and sentences <= BOX_CAPTION_MAX_SENTENCES

    def _is_small(self, box: Element) -> bool:
        """Return whether the box holds hardly more than pictures and their captions."""
        texts, pictures, _ = self.sums.get(box, (1, 0, 0))
        return texts <= _TEXTS_PER_PICTURE_MAX * pictures


def _is_named_inside(block: Block) -> bool:
    """Return whether an inline element around the picture or the words is named for captions."""
    around = lineage(block.pictures[0], block.box)
    if any("caption" in roles(element) for element in around):
        return True
    inner = (element for element in block.box.iter("span", "small", "em") if element.get("class"))
    return any("caption" in roles(e) and text_of(e) == block.text for e in inner)


def _is_frame(around: list[Element], shared: Element) -> bool:
    """Return whether the shared box stands in a table or in a figure without a `figcaption`."""
    outer = around[around.index(shared) :]
    if any(element.tag == "table" for element in outer):
        return True
    figure = next((element for element in outer if element.tag == "figure"), None)
    return figure is not None and next(figure.iter("figcaption"), None) is None
