"""A piece of a page as the blocks a browser shows: paragraphs, pictures, tables, in order.

One walk over the tree, no copies. Text nodes are joined without blanks, as a browser joins them
(drop caps and Word spans split words over elements); `<br>` is a line break, two of them end the
paragraph. Cells and rows of a data table are joined as HTML's innerText does (HTML Living Standard,
section 3.2.7): tab and newline.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from newscrawl.selectors import Element
from newscrawl.text import clean, visible

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
_STYLE_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLE_ITALIC: Final = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_STYLE_ALIGN: Final = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)
_STYLE_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS: Final = re.compile(r"\s+")
_ROUND_BREAK: Final = re.compile(r" ?\n ?")
_MAX_DEPTH: Final = 400  # Python's own stack is the bound; deeper pages do not occur in news


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

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)
    pictures: list[Element] = field(default_factory=list)
    href: str | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element inherits from those it stands in."""

    box: Element
    align: Align
    bold: bool
    italic: bool
    in_picture_table: bool
    depth: int


Skip = Callable[[Element], bool]


def blocks(container: Element, skip: Skip = lambda _: False) -> list[Block]:
    """The container's blocks in document order, without what no reader sees or `skip` names."""
    walker = _Walker(skip)
    context = _Context(container, _align(container) or "", False, False, False, 0)
    walker.inside(container, context)
    walker.flush(context)
    return walker.found


class _Walker:
    def __init__(self, skip: Skip) -> None:
        self.skip = skip
        self.found: list[Block] = []
        self.run = _Run()

    def inside(self, element: Element, context: _Context) -> None:
        if element.text:
            self._text(element.text, context)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, child.tag, context)
            if child.tail:
                self._text(child.tail, context)

    def _text(self, text: str, context: _Context) -> None:
        self.run.pieces.append((_BLANKS.sub(" ", text), context.bold, context.italic))

    def _child(self, child: Element, tag: str, context: _Context) -> None:
        if tag == "br":
            self.run.pieces.append(("\n", context.bold, context.italic))
        elif tag == "img":
            self.run.pictures.append(child)
        elif tag in UNSEEN_TAGS or _is_hidden(child) or self.skip(child):
            return
        elif context.depth >= _MAX_DEPTH:
            self._text("".join(map(str, child.itertext())), context)
        elif tag in BLOCK_TAGS:
            self._block(child, tag, context)
        else:
            if tag == "a" and self.run.href is None:
                self.run.href = child.get("href")
            self.inside(child, _inherit(child, tag, context, context.box))

    def _block(self, child: Element, tag: str, context: _Context) -> None:
        self.flush(context)
        inner = _inherit(child, tag, context, child)
        if tag == "table" and _is_data_table(child):
            self._data_table(child, inner)
        else:
            self.inside(child, inner)
            self.flush(inner)

    def _data_table(self, table: Element, context: _Context) -> None:
        rows = []
        for row in _rows(table):
            cells = [" ".join(b.text for b in blocks(cell, self.skip)) for cell in _cells(row)]
            rows.append("\t".join(clean(cell) for cell in cells).rstrip("\t"))
        text = "\n".join(row for row in rows if row.strip())
        if text:
            self._add(text, (), context, False, False, None)

    def flush(self, context: _Context) -> None:
        """End the current block."""
        run = self.run
        if not run.pieces and not run.pictures:
            return
        self.run = _Run()
        pictures = tuple(run.pictures)
        for part in _paragraphs(run.pieces):
            text = _ROUND_BREAK.sub("\n", "".join(piece for piece, _, _ in part))
            text = "\n".join(filter(None, map(clean, visible(text).split("\n"))))
            if text or pictures:
                bold = all(b for piece, b, _ in part if piece.strip())
                italic = all(i for piece, _, i in part if piece.strip())
                self._add(text, pictures, context, bold, italic, run.href)
                pictures = ()
        if pictures:
            self._add("", pictures, context, False, False, run.href)

    def _add(
        self,
        text: str,
        pictures: tuple[Element, ...],
        context: _Context,
        bold: bool,
        italic: bool,
        href: str | None,
    ) -> None:
        self.found.append(
            Block(
                text=text,
                pictures=pictures,
                box=context.box,
                align=context.align,
                is_bold=bold and bool(text),
                is_italic=italic and bool(text),
                href=href,
                in_picture_table=context.in_picture_table,
            )
        )


def _paragraphs(pieces: list[tuple[str, bool, bool]]) -> Iterator[list[tuple[str, bool, bool]]]:
    """The run cut where two or more line breaks follow each other."""
    part: list[tuple[str, bool, bool]] = []
    breaks = 0
    for piece in pieces:
        if piece[0] == "\n":
            breaks += 1
        elif piece[0].strip():
            if breaks > 1:
                yield part
                part = []
            breaks = 0
        part.append(piece)
    yield part


def _inherit(element: Element, tag: str, context: _Context, box: Element) -> _Context:
    style = element.get("style") or ""
    weight = _STYLE_BOLD.search(style) is not None if style else False
    slant = _STYLE_ITALIC.search(style) is not None if style else False
    return _Context(
        box=box,
        align=("center" if tag == "center" else _align(element)) or context.align,
        bold=context.bold or tag in _BOLD or weight,
        italic=context.italic or tag in _ITALIC or slant,
        in_picture_table=context.in_picture_table or (tag == "table" and _has_picture(element)),
        depth=context.depth + 1,
    )


def _align(element: Element) -> Align | None:
    style = element.get("style")
    match = _STYLE_ALIGN.search(style) if style else None
    value = (match[1] if match else element.get("align") or "").lower()
    # The align of a table places the box, not the text in it.
    if element.tag == "table" and not match:
        return None
    return value if value in ("left", "right", "center", "justify") else None  # type: ignore[return-value]


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    hidden = style is not None and _STYLE_HIDDEN.search(style) is not None
    return hidden or element.get("hidden") is not None


def _has_picture(table: Element) -> bool:
    return table.find(".//img") is not None


def _is_data_table(table: Element) -> bool:
    """A table of facts: several cells and no picture; one cell is a frame around paragraphs."""
    return table.find(".//img") is None and sum(1 for row in _rows(table) for _ in _cells(row)) > 1


def _rows(table: Element) -> list[Element]:
    return list(table.iter("tr"))


def _cells(row: Element) -> list[Element]:
    return [e for e in row if e.tag in ("td", "th")]
