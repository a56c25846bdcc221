"""The pictures of an article in document order, each with the captions printed for it.

A caption in a table or `figure` belongs to a picture of that table or `figure`, and there to the
picture in the same column. A caption in the running text belongs to the picture right before it.
A caption of a video, of a picture that is not shown, or of a gallery whose pictures have captions
of their own stands without a picture: it is neither a paragraph nor the caption of another picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from newscrawl.article.byline import split_credit
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element

GALLERY_MIN_PICTURES: Final = 2
GALLERY_MAX_BOXES: Final = 100  # boxes of a gallery that are asked for captions
_CELLS: Final = ("td", "th")


@dataclass(slots=True)
class _Picture:
    """A picture and the captions printed for it."""

    source: str
    """The picture's address as printed; "" for a placeholder or no address"""
    captions: list[str] = field(default_factory=list)


_Piece = tuple[int | None, _Picture | str]
"""(column of the table, picture or caption in that column)"""


class Gallery:
    """Collects pictures and captions; blocks must be added in document order."""

    def __init__(self) -> None:
        self.pictures: list[_Picture] = []
        self.is_open = False  # nothing but captions since the last picture
        self.frame: Element | None = None  # the table or `figure` of the last block
        self.framed: list[_Piece] = []  # the pictures and captions in that table or `figure`
        self.columns: dict[Element, int] = {}
        self.waiting = ""  # the caption of the next picture

    def add_pictures(self, block: Block, sources: list[str]) -> None:
        """Add the block's pictures, by their addresses as printed."""
        self._enter(block)
        shown = [_Picture(source) for source in sources]
        if self.waiting and shown:
            shown[0].captions.append(self.waiting)
            self.waiting = ""
        self.pictures.extend(shown)
        if self.frame is not None:
            self.framed.extend((self._column(block), picture) for picture in shown)
        self.is_open = True

    def add_caption(self, block: Block, caption: str, *, is_above: bool = False) -> None:
        """Add a caption.

        Args:
            block: the caption's block; in a table the caption's picture may stand below.
            caption: the caption as printed.
            is_above: the caption's picture is the next one in the running text.
        """
        self._enter(block)
        if self.frame is not None:
            self.framed.append((self._column(block), caption))
        elif is_above:
            self.waiting = caption
        elif self.is_open and not self._is_of_gallery(block, caption):
            self.pictures[-1].captions.append(caption)
        else:
            self.pictures.append(_Picture("", [caption]))

    def _is_of_gallery(self, block: Block, caption: str) -> bool:
        """Return whether the caption stands in the box of two captioned pictures or more."""
        last = self.pictures[-1:]
        if not last or not last[0].captions or split_credit(caption)[0] is None:
            return False
        parent = block.box.getparent()
        boxes = [] if parent is None else list(islice(parent, GALLERY_MAX_BOXES))
        captioned = (box for box in boxes if next(box.iter("figcaption"), None) is not None)
        return len(list(islice(captioned, GALLERY_MIN_PICTURES))) == GALLERY_MIN_PICTURES

    def add_paragraph(self, block: Block) -> None:
        """Add a paragraph, which ends the captions of the last picture."""
        if self.frame is not None:
            self._enter(block)
        self.is_open = False

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each picture's address and captions; skip placeholders without a caption."""
        self._leave()
        for picture in self.pictures:
            if picture.source or picture.captions:
                yield picture.source, " ".join(picture.captions)

    def _enter(self, block: Block) -> None:
        frame = _frame(block)
        if frame is not self.frame:
            self._leave()
            self.frame = frame

    def _leave(self) -> None:
        """Share the frame's captions among its pictures; without any, captions stand alone."""
        framed, self.framed = self.framed, []
        captions = [said for _, said in framed if isinstance(said, str)]
        if not captions:
            return
        if len(captions) == len(framed):
            self.pictures.append(_Picture("", captions))
            self.is_open = False
        elif isinstance(framed[0][1], str) and not isinstance(framed[-1][1], str):
            _share_out(framed[::-1])  # captions stand above the pictures
            for _, picture in framed:
                if isinstance(picture, _Picture):
                    picture.captions.reverse()
        else:
            _share_out(framed)

    def _column(self, block: Block) -> int | None:
        """Return the index of the block's cell; None outside a table or across columns."""
        table = block.picture_table
        if table is None:
            return None
        cell = next(e for e in lineage(block.box) if e.tag in _CELLS or e is table)
        row = cell.getparent()
        if cell is table or row is None or cell.get("colspan", "1") != "1":
            return None
        if cell not in self.columns:
            cells = (e for e in row if e.tag in _CELLS)
            self.columns.update({e: number for number, e in enumerate(cells)})
        return self.columns[cell]


def _share_out(framed: list[_Piece]) -> None:
    """Add each caption to the last picture before it in its column, else in any column."""
    last: dict[int | None, _Picture] = {}
    waiting: list[str] = []
    for column, piece in framed:
        if isinstance(piece, _Picture):
            last[column] = last[None] = piece
            piece.captions.extend(waiting)
            waiting = []
        elif last:
            last.get(column, last[None]).captions.append(piece)
        else:
            waiting.append(piece)  # a title above the first picture


def _frame(block: Block) -> Element | None:
    """Return the outermost `figure` or table of pictures that holds the block.

    A `figure` that holds figures with captions of their own is a gallery, and no frame of theirs.
    """
    frame = None
    for element in lineage(block.box):
        is_figure = element.tag == "figure" and not (frame is not None and is_gallery(element))
        if is_figure or element is block.picture_table:
            frame = element
    return frame


def is_gallery(figure: Element) -> bool:
    """Return whether the `figure` holds figures with captions of their own."""
    inner = islice((box for box in figure.iter("figure") if box is not figure), GALLERY_MAX_BOXES)
    return any(next(box.iter("figcaption"), None) is not None for box in inner)
