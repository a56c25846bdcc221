"""A piece of a page as the blocks a browser shows: paragraphs, pictures, tables, in order.

One walk over the tree, no copies. Text nodes are joined without blanks, as a browser joins them
(drop caps and Word spans split words over elements); `<br>` is a line break, two of them end the
paragraph. Cells and rows of a data table are joined as HTML's innerText does (HTML Living Standard,
section 3.2.7): tab and newline.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newscrawl.selectors import Element, text_in
from newscrawl.text import clean

Align = Literal["left", "right", "center", "justify", ""]

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
_BOLD: Final = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC: Final = frozenset(["i", "em", "cite", "dfn", "address"])
_STYLE: Final = re.compile(  # what of a style matters here; Word's spans are full of the rest
    r"(?P<bold>font-weight\s*:\s*(?:bold|[6-9]00))"
    r"|(?P<italic>font-style\s*:\s*italic)"
    r"|text-align\s*:\s*(?P<align>left|right|center|justify)"
    r"|(?P<hidden>display\s*:\s*none|visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
_ALIGNS: Final[dict[str, Align]] = {
    "left": "left", "right": "right", "center": "center", "justify": "justify",
}  # fmt: skip
_MAX_DEPTH: Final = 150  # three Python frames a level; deeper pages do not occur in news
_Piece = tuple[str, bool, bool]
"""(text as in the source, is it bold, is it italic)"""
_BREAK: Final[_Piece] = ("\n", True, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, caption, list item, data table or run of pictures."""

    text: str
    """Cleaned; "\\n" only where the page breaks the line; "" for pictures without text"""
    pictures: tuple[Element, ...]
    box: Element
    """The innermost block-level element the text stands in"""
    align: Align
    is_bold: bool
    """Every visible character is bold; False without text"""
    is_italic: bool
    href: str | None
    """Address of the first link in it, as printed"""
    in_picture_table: bool
    """Stands in a table that holds a picture: where these CMSs put captions"""


@dataclass(slots=True)
class _Run:
    """Inline content gathered until the next block boundary."""

    pieces: list[_Piece] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    href: str | None = None


class _Context(NamedTuple):
    """What an element inherits from those it stands in."""

    box: Element
    align: Align = ""
    bold: bool = False
    italic: bool = False
    in_picture_table: bool = False


Skip = Callable[[Element], bool]


def blocks(container: Element, skip: Skip = lambda _: False) -> list[Block]:
    """The container's blocks in document order, without what no reader sees or `skip` names."""
    walker = _Walker(skip)
    own = _read_style(container.get("style")).align or _printed_align(container)
    context = _Context(container, own or "")
    walker.inside(container, context, 0)
    walker.flush(context)
    return walker.found


class _Walker:
    def __init__(self, skip: Skip) -> None:
        self.skip = skip
        self.found: list[Block] = []
        self.run = _Run()

    def inside(self, element: Element, context: _Context, depth: int) -> None:
        if element.text:
            self._say(element.text, context)
        for child in element:
            tag = child.tag
            if tag == "br":
                self.run.pieces.append(_BREAK)
            elif tag == "img":
                self.run.pictures.append(child)
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:  # type: ignore[redundant-expr]
                self._child(child, tag, context, depth)
            if child.tail:
                self._say(child.tail, context)

    def _say(self, text: str, context: _Context) -> None:
        """The text joins the run; blanks begin none: two of three runs would be nothing else."""
        pieces = self.run.pieces
        if pieces or not text.isspace():
            pieces.append((text, context.bold, context.italic))

    def _child(self, child: Element, tag: str, context: _Context, depth: int) -> None:
        inner = _inherit(child, tag, context)
        if inner is None or self.skip(child):
            return
        if depth >= _MAX_DEPTH:
            self._say(text_in(child), inner)
        elif tag in BLOCK_TAGS:
            self._block(child, tag, context, inner, depth)
        else:
            if tag == "a" and self.run.href is None:
                self.run.href = child.get("href")
            self.inside(child, inner, depth + 1)

    def _block(
        self, child: Element, tag: str, outer: _Context, inner: _Context, depth: int
    ) -> None:
        self.flush(outer)
        _, align, bold, italic, is_pictured = inner
        has_picture = tag == "table" and next(child.iter("img"), None) is not None
        inner = _Context(child, align, bold, italic, is_pictured or has_picture)
        if tag == "table" and not has_picture and _has_cells(child):
            self._data_table(child, inner)
        else:
            self.inside(child, inner, depth + 1)
            self.flush(inner)

    def _data_table(self, table: Element, context: _Context) -> None:
        rows = []
        for row in table.iter("tr"):
            cells = [" ".join(b.text for b in blocks(cell, self.skip)) for cell in _cells(row)]
            rows.append("\t".join(clean(cell) for cell in cells).rstrip("\t"))
        text = "\n".join(row for row in rows if row.strip())
        if text:
            self._add([(text, False, False)], text, (), context, None)

    def flush(self, context: _Context) -> None:
        """End the current block."""
        run = self.run
        if not run.pieces and not run.pictures:
            return
        self.run = _Run()
        pictures = tuple(run.pictures)
        for part in _paragraphs(run.pieces):
            text = _text(part)
            if text or pictures:
                self._add(part, text, pictures, context, run.href)
                pictures = ()

    def _add(
        self,
        part: list[_Piece],
        text: str,
        pictures: tuple[Element, ...],
        context: _Context,
        href: str | None,
    ) -> None:
        bold, italic = _looks(part) if text else (False, False)
        self.found.append(
            Block(
                text=text,
                pictures=pictures,
                box=context.box,
                align=context.align,
                is_bold=bold,
                is_italic=italic,
                href=href,
                in_picture_table=context.in_picture_table,
            )
        )


def _looks(part: list[_Piece]) -> tuple[bool, bool]:
    """Whether every visible piece is bold, and whether every one is italic."""
    bold = italic = True
    for piece, is_bold, is_italic in part:
        if not piece.isspace():
            bold, italic = bold and is_bold, italic and is_italic
            if not (bold or italic):  # most paragraphs, at their first piece
                break
    return bold, italic


def _text(part: list[_Piece]) -> str:
    """The pieces as one paragraph: joined as they stand, cleaned line by line."""
    if _BREAK not in part:
        return clean("".join([piece for piece, _, _ in part]))
    lines: list[list[str]] = [[]]
    for piece in part:
        if piece is _BREAK:
            lines.append([])
        else:
            lines[-1].append(piece[0])
    return "\n".join(filter(None, (clean("".join(line)) for line in lines)))


def _paragraphs(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The run cut where two or more line breaks follow each other."""
    if _BREAK not in pieces:
        yield pieces
        return
    part: list[_Piece] = []
    breaks = 0
    for piece in pieces:
        if piece is _BREAK:
            breaks += 1
        elif not piece[0].isspace():
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        part.append(piece)
    yield part


def _inherit(element: Element, tag: str, context: _Context) -> _Context | None:
    """The context of what stands in the element; None where it is not shown."""
    box, align, bold, italic, is_pictured = context
    if element.keys():  # most have no attribute at all: one question instead of three
        look = _read_style(element.get("style"))
        if look.hidden or element.get("hidden") is not None:
            return None
        align = look.align or _printed_align(element) or align
        bold, italic = bold or look.bold, italic or look.italic
    align = "center" if tag == "center" else align
    bold, italic = bold or tag in _BOLD, italic or tag in _ITALIC
    if (align, bold, italic) == context[1:4]:
        return context
    return _Context(box, align, bold, italic, is_pictured)


class _Look(NamedTuple):
    """What an element's own style says."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    align: Align | None = None


@lru_cache(maxsize=256)  # Word writes the same few styles into every span of a page
def _read_style(style: str | None) -> _Look:
    kinds: set[str | None] = set()
    align: Align | None = None
    for match in _STYLE.finditer(style or ""):
        kinds.add(match.lastgroup)
        align = align or (_ALIGNS[match["align"].lower()] if match["align"] else None)
    return _Look("bold" in kinds, "italic" in kinds, "hidden" in kinds, align)


def _printed_align(element: Element) -> Align | None:
    """What the attribute says; a table's places the box, not the text in it."""
    printed = None if element.tag == "table" else element.get("align")
    return _ALIGNS.get(printed.lower()) if printed else None


def _has_cells(table: Element) -> bool:
    """A table of facts, if it has no picture: several cells, none of them holding a text.

    One cell is a frame, and so is what holds a table; three paragraphs or a heading make a column.
    """
    cells = [cell for row in table.iter("tr") for cell in _cells(row)]
    return table.find(".//table") is None and len(cells) > 1 and not any(map(_is_column, cells))


def _is_column(cell: Element) -> bool:
    return sum(1 for _ in cell.iter("p")) > 2 or bool(list(cell.iter("h1", "h2", "h3", "h4")))


def _cells(row: Element) -> list[Element]:
    return [e for e in row if e.tag in ("td", "th")]
