"""A piece of a page as the blocks a browser shows: paragraphs, pictures, tables, in order.

One walk over the tree, no copies. Text nodes are joined without blanks, as a browser joins them
(drop caps and Word spans split words over elements); `<br>` is a line break, two of them end the
paragraph. Cells and rows of a data table are joined as HTML's innerText does (HTML Living Standard,
section 3.2.7): tab and newline.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from newscrawl.selectors import Element
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
_MAX_DEPTH: Final = 400  # Python's own stack is the bound; deeper pages do not occur in news
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
    context = _Context(container, _align(container) or "")
    walker.inside(container, context, 0)
    walker.flush(context)
    return walker.found


class _Walker:
    def __init__(self, skip: Skip) -> None:
        self.skip = skip
        self.found: list[Block] = []
        self.run = _Run()

    def inside(self, element: Element, context: _Context, depth: int) -> None:
        _, _, bold, italic, _ = context
        if element.text:
            self.run.pieces.append((element.text, bold, italic))
        for child in element:
            tag = child.tag
            if tag == "br":
                self.run.pieces.append(_BREAK)
            elif tag == "img":
                self.run.pictures.append(child)
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:
                self._child(child, tag, context, depth)
            if child.tail:
                self.run.pieces.append((child.tail, bold, italic))

    def _child(self, child: Element, tag: str, context: _Context, depth: int) -> None:
        inner = _inherit(child, tag, context)
        if inner is None or self.skip(child):
            return
        if depth >= _MAX_DEPTH:
            self.run.pieces.append(("".join(map(str, child.itertext())), inner.bold, inner.italic))
        elif tag in BLOCK_TAGS:
            self._block(child, tag, context, inner._replace(box=child), depth)
        else:
            if tag == "a" and self.run.href is None:
                self.run.href = child.get("href")
            self.inside(child, inner, depth + 1)

    def _block(
        self, child: Element, tag: str, outer: _Context, inner: _Context, depth: int
    ) -> None:
        self.flush(outer)
        if tag == "table" and child.find(".//img") is not None:
            inner = inner._replace(in_picture_table=True)
        if tag == "table" and _is_data_table(child):
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
        self.found.append(
            Block(
                text=text,
                pictures=pictures,
                box=context.box,
                align=context.align,
                is_bold=bool(text) and all(b or not piece.strip() for piece, b, _ in part),
                is_italic=bool(text) and all(i or not piece.strip() for piece, _, i in part),
                href=href,
                in_picture_table=context.in_picture_table,
            )
        )


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
    _, align, bold, italic, _ = context
    style, own = element.get("style"), _align(element)
    if style:
        for match in _STYLE.finditer(style):
            kind = match.lastgroup
            if kind == "hidden":
                return None
            bold, italic = bold or kind == "bold", italic or kind == "italic"
    if element.get("hidden") is not None:
        return None
    align = "center" if tag == "center" else own or align
    bold, italic = bold or tag in _BOLD, italic or tag in _ITALIC
    if (align, bold, italic) == context[1:4]:
        return context
    return context._replace(align=align, bold=bold, italic=italic)


def _align(element: Element) -> Align | None:
    style = element.get("style")
    if style:
        for match in _STYLE.finditer(style):
            if match["align"]:
                return _ALIGNS[match["align"].lower()]
    if element.tag == "table":  # its align places the box, not the text in it
        return None
    printed = element.get("align")
    return _ALIGNS.get(printed.lower()) if printed else None


def _is_data_table(table: Element) -> bool:
    """A table of facts: several cells and no picture; one cell is a frame around paragraphs."""
    return table.find(".//img") is None and sum(1 for r in table.iter("tr") for _ in _cells(r)) > 1


def _cells(row: Element) -> list[Element]:
    return [e for e in row if e.tag in ("td", "th")]
