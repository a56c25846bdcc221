"""A piece of a page as the blocks a browser shows: paragraphs, pictures, tables, in order.

One walk over the tree, no copies. Text nodes are joined without blanks, as a browser joins them
(drop caps and Word spans split words over elements); `<br>` is a line break, two of them end the
paragraph. Cells and rows of a data table are joined as HTML's innerText does (HTML Living Standard,
section 3.2.7): tab and newline.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from newscrawl.page.inline_style import (
    Align,
    StyleProperty,
    inherit,
    is_hidden,
    setting_of,
)
from newscrawl.page.selectors import Element, text_in
from newscrawl.text import clean

BLOCK_TAGS: Final = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
        "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "ul", "caption",
    ]
)  # fmt: skip
UNSEEN_TAGS: Final = frozenset(
    [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "head", "title",
        "meta", "link", "audio", "video", "canvas", "svg", "button", "input", "select",
        "textarea", "map", "colgroup", "datalist",
    ]
)  # fmt: skip
_ROW_TAGS: Final = frozenset(["thead", "tbody", "tfoot", "tr"])
_CELL_TAGS: Final = frozenset(["td", "th"])
_MEDIA: Final = ("img", "iframe", "video", "audio", "object", "embed")
_MAX_DEPTH: Final = 150  # three Python frames a level; deeper pages do not occur in news
_TEXTS: Final = 2  # a picture table has for each picture: caption and credit
_LONGEST_CAPTION: Final = 500  # characters; what is longer is a paragraph of a text
_Piece = tuple[str, StyleProperty, Element | None]
"""(text as in the source, how it is set, the picture that stands there instead of text)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, caption, list item, data table or run of pictures."""

    text: str
    """Cleaned; "\n" only where the page breaks the line; "" for pictures without text"""
    pictures: tuple[Element, ...]
    box: Element
    """The innermost block-level element the text stands in"""
    align: Align
    is_bold: bool
    """Every letter and digit is bold; False without any"""
    is_italic: bool
    href: str | None
    """Address of the first link in it or around it, as printed"""
    picture_table: Element | None = None
    """The outermost table of pictures it stands in: where these CMSs put captions"""


Skip = Callable[[Element], bool]


def blocks(container: Element, skip: Skip = lambda _: False) -> list[Block]:
    """The container's blocks in document order, without what no reader sees or `skip` names."""
    setting = setting_of(container)
    walker = _Walker(skip)
    walker.inside(container, setting, 0)
    walker.flush(setting)
    return walker.marked()


class _Walker:
    def __init__(self, skip: Skip) -> None:
        self.skip = skip
        self.found: list[Block] = []
        self.run: list[_Piece] = []  # inline content since the last block boundary
        self.is_broken = False  # a line break stands in it
        self.tables: list[tuple[int, int, Element]] = []  # of pictures: their blocks, inner first

    def marked(self) -> list[Block]:
        """What was found, each block with the outermost table of pictures it stands in."""
        limit = len(self.found)
        for start, end, table in reversed(self.tables):
            if end <= limit:
                for place in range(start, end):
                    self.found[place] = replace(self.found[place], picture_table=table)
                limit = start
        return self.found

    def inside(self, element: Element, setting: StyleProperty, depth: int) -> None:
        if element.text:
            self._say(element.text, setting)
        for child in element:
            tag = child.tag
            if tag == "br":
                self.run.append(_BREAK)
                self.is_broken = True
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:  # type: ignore[redundant-expr]
                self._child(child, tag, setting, depth)
            if child.tail:
                self._say(child.tail, setting)

    def _say(self, text: str, setting: StyleProperty) -> None:
        """The text joins the run; blanks begin none: two of three runs would be nothing else."""
        if self.run or not text.isspace():
            self.run.append((text, setting, None))

    def _child(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        inner = inherit(child, tag, setting)
        if inner is None or self.skip(child):
            return
        if tag == "img":
            self.run.append(("", inner, child))
        elif depth >= _MAX_DEPTH:
            self._say(text_in(child), inner)
        elif tag in BLOCK_TAGS:
            self.flush(setting)
            self._block(child, tag, StyleProperty(child, *inner[1:]), depth)
        else:
            self.inside(child, inner, depth + 1)

    def _block(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        if tag == "table" and self._has_facts(child):
            self._data_table(child, setting, depth)
            return
        start = len(self.found)
        self.inside(child, setting, depth + 1)
        self.flush(setting)
        if tag == "table" and self._has_pictures(child, start):
            self.tables.append((start, len(self.found), child))

    # Tables -------------------------------------------------------------------------------------

    def _has_facts(self, table: Element) -> bool:
        """A table of facts: several cells, none holding a text, no picture among them.

        One cell is a frame, and so is what holds a table; three paragraphs or a heading make a
        column. One cell a row below a video or a picture nobody sees is that one's caption.
        """
        if table.find(".//table") is not None:
            return False
        rows = [cells for row in table.iter("tr") if (cells := [e for e in row if _is_cell(e)])]
        cells = [cell for row in rows for cell in row]
        if len(cells) < 2 or any(map(_is_column, cells)):
            return False
        is_single = len(rows) == len(cells) and next(table.iter(*_MEDIA), None) is not None
        return not is_single and not self._shows_picture(table)

    def _shows_picture(self, table: Element) -> bool:
        if next(table.iter("img"), None) is None:
            return False
        walk = etree.iterwalk(table, events=("start",))
        for _, element in walk:
            if element.tag in UNSEEN_TAGS or is_hidden(element) or self.skip(element):
                walk.skip_subtree()
            elif element.tag == "img":
                return True
        return False

    def _has_pictures(self, table: Element, start: int) -> bool:
        """A table of pictures, of whose blocks the first is `start`; with more texts, a frame."""
        if next(table.iter(*_MEDIA), None) is None:
            return False
        pictures = sum(len(block.pictures) for block in self.found[start:])
        sizes = [len(block.text) for block in self.found[start:] if block.text]
        most = _TEXTS * max(pictures, 1)  # 1: a video, or what only a script shows
        return len(sizes) <= most and max(sizes, default=0) <= _LONGEST_CAPTION

    def _data_table(self, table: Element, setting: StyleProperty, depth: int) -> None:
        """One block; what stands outside of the cells comes first, as browsers show it."""
        rows: list[list[str]] = [[]]
        self._rows(table, setting, rows, depth + 1)
        self.flush(setting)
        lines = ("\t".join(row).rstrip("\t") for row in rows)
        text = "\n".join(line for line in lines if line.strip())
        if text:
            self._add([], text, setting)

    def _rows(
        self, part: Element, setting: StyleProperty, rows: list[list[str]], depth: int
    ) -> None:
        if depth >= _MAX_DEPTH:
            self._say(text_in(part), setting)
            return
        self._say(part.text or "", setting)
        for child in part:
            tag = child.tag
            if tag in _ROW_TAGS or tag in _CELL_TAGS:
                inner = None if self.skip(child) else inherit(child, tag, setting)
                if inner is not None and tag in _CELL_TAGS:
                    rows[-1].append(self._cell(child, StyleProperty(child, *inner[1:]), depth))
                elif inner is not None:
                    if tag == "tr":
                        rows.append([])
                    self._rows(child, inner, rows, depth + 1)
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:  # type: ignore[redundant-expr]
                self._child(child, tag, setting, depth)
            self._say(child.tail or "", setting)

    def _cell(self, cell: Element, setting: StyleProperty, depth: int) -> str:
        walker = _Walker(self.skip)
        walker.inside(cell, setting, depth + 1)
        walker.flush(setting)
        return clean(" ".join(block.text for block in walker.found))

    # Blocks -------------------------------------------------------------------------------------

    def flush(self, setting: StyleProperty) -> None:
        """End the current block."""
        run = self.run
        if run:
            parts = _paragraphs(run) if self.is_broken else (run,)
            self.run, self.is_broken = [], False
            for part in parts:
                self._add(part, _text(part), setting)

    def _add(self, part: list[_Piece], text: str, setting: StyleProperty) -> None:
        pictures: list[Element] = []
        href = None
        for words, inner, picture in part:
            if picture is not None:
                pictures.append(picture)
            if href is None and inner.href is not None:
                href = inner.href if picture is not None or not _is_blank(words) else None
        if text or pictures:
            is_set = bool(part) and any(map(str.isalnum, text))
            bold, italic = _looks(part) if is_set else (False, False)
            self.found.append(
                Block(
                    text=text,
                    pictures=tuple(pictures),
                    box=setting.box,
                    align=setting.align,
                    is_bold=bold,
                    is_italic=italic,
                    href=href,
                )
            )


def _is_column(cell: Element) -> bool:
    return sum(1 for _ in cell.iter("p")) > 2 or bool(list(cell.iter("h1", "h2", "h3", "h4")))


def _is_cell(element: Element) -> bool:
    return element.tag in _CELL_TAGS


_BREAK: Final[_Piece] = ("\n", StyleProperty(etree.Element("br")), None)


def _is_blank(text: str) -> bool:
    """Whether a reader sees nothing of it; zero-width characters are no letters."""
    return not text or text.isspace() or (not text.isprintable() and not clean(text))


def _looks(part: list[_Piece]) -> tuple[bool, bool]:
    """Whether all letters and digits are bold, and italic: `strong` often leaves the stop out."""
    bold = italic = True
    for text, setting, _ in part:
        is_other = (bold and not setting.bold) or (italic and not setting.italic)
        if is_other and any(map(str.isalnum, text)):
            bold, italic = bold and setting.bold, italic and setting.italic
            if not (bold or italic):  # most paragraphs, at their first piece
                break
    return bold, italic


def _text(part: list[_Piece]) -> str:
    """The pieces as one paragraph: joined as they stand, cleaned line by line."""
    if _BREAK not in part:
        return clean("".join([text for text, _, _ in part]))
    lines: list[list[str]] = [[]]
    for piece in part:
        if piece is _BREAK:
            lines.append([])
        else:
            lines[-1].append(piece[0])
    return "\n".join(filter(None, [clean("".join(line)) for line in lines]))


def _paragraphs(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The run cut where two or more line breaks follow each other."""
    part: list[_Piece] = []
    breaks = 0
    for piece in pieces:
        if piece is _BREAK:
            breaks += 1
        elif piece[2] is not None or not _is_blank(piece[0]):
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        part.append(piece)
    yield part
