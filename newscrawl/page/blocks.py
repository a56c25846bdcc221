"""A part of a page as the blocks a browser shows: paragraphs, pictures, tables, in order.

One walk over the tree reads the blocks and copies nothing. Text nodes are joined without blanks, as
a browser joins them (drop caps and spans from Word split words over elements); `<br>` is a line
break, two of them end the paragraph. Cells of a data table are joined by tabs and rows by newlines,
as by HTML's innerText (HTML Living Standard, section 3.2.7).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from lxml import etree

from newscrawl.page.inline_style import (
    Align,
    StyleProperty,
    changes_nothing,
    display_of,
    inherit,
    is_hidden,
    setting_of,
)
from newscrawl.page.pictures import (
    IMAGE_TAGS,
    emoji_sign,
    image_without_script,
    is_picture,
)
from newscrawl.page.scripts import in_script
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
        "textarea", "map", "colgroup", "datalist", "annotation", "annotation-xml", "amp-ad",
        "amp-sticky-ad", "amp-consent", "amp-sidebar", "amp-lightbox", "amp-user-notification",
    ]
)  # fmt: skip
_ROW_TAGS: Final = frozenset(["thead", "tbody", "tfoot", "tr"])
_CELL_TAGS: Final = frozenset(["td", "th"])
_COLUMN_TAGS: Final = ("p", "h1", "h2", "h3", "h4", "br")
_MEDIA: Final = ("img", "iframe", "video", "audio", "object", "embed")
_PLAIN_TAGS: Final = frozenset(["span", "font", "u", "o:p"])
_ASKED_TAGS: Final = frozenset(["p", "strong", "b", "em", "i"])  # whether all in them is plain
_WRITTEN_TAGS: Final = frozenset(["q", "sup", "sub"])
_ANCHOR_SIGNS: Final = frozenset(["#", "¶", "§", "🔗"])
_ANCHORED_TAGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_QUOTES: Final = ('"', "“", "”", "«", "'", "‘", "„")
_WALK_MAX_DEPTH: Final = 150  # a level takes three Python frames; no news page seen is deeper
_PICTURE_MAX_TEXTS: Final = 2  # a picture table holds a caption and a credit for each picture
_FRAME_MAX_CELLS: Final = 3
_PROSE_CELL_MIN_CHARS: Final = 60
_ENDS: Final = (".", "!", "?", "…", "”", '"', ":", ";")
_STANZA_MIN_LINES: Final = 4  # of a cell that keeps its lines, a stanza; others are joined
_CAPTION_MAX_CHARS: Final = 500  # a longer text is a paragraph
_Piece = tuple[str, StyleProperty, Element | None]
"""(text as in the source, how the text is set, the picture that stands in place of text)"""


class Block(NamedTuple):
    """One paragraph, caption, list item, data table or run of pictures."""

    text: str
    """Cleaned; "\n" only where the page breaks the line; "" = pictures without text"""
    pictures: tuple[Element, ...]
    box: Element
    """The innermost block-level element the text stands in"""
    align: Align
    is_bold: bool
    """Every letter and digit is bold; False for a text without letters and digits"""
    is_italic: bool
    href: str | None
    """Address of the first link in or around the block, as printed"""
    picture_table: Element | None = None
    """The outermost table of pictures around the block; these CMSs put captions into such tables"""


Skip = Callable[[Element], bool]


def blocks(container: Element, skip: Skip = lambda _: False) -> list[Block]:
    """Return the container's blocks in document order.

    Args:
        container: The element whose content is read.
        skip: Tells of an element whether to leave it out with all its content. Hidden elements and
            `UNSEEN_TAGS` are always left out.
    """
    setting = setting_of(container)
    walker = _Walker(container, skip)
    walker.inside(container, setting, 0)
    walker.flush(setting)
    return walker.marked()


class _Walker:
    def __init__(self, box: Element, skip: Skip) -> None:
        self.box = box  # the innermost block-level element
        self.skip = skip
        self.found: list[Block] = []
        self.run: list[_Piece] = []  # inline content since the last block boundary
        self.is_broken = False  # the run holds a line break
        self.tables: list[tuple[int, int, Element]] = []
        """(first block, end, table) of each table of pictures, inner tables before outer ones"""

    def marked(self) -> list[Block]:
        """Return the blocks, each with the outermost table of pictures around it."""
        limit = len(self.found)
        for start, end, table in reversed(self.tables):
            if end <= limit:
                for place in range(start, end):
                    self.found[place] = self.found[place]._replace(picture_table=table)
                limit = start
        return self.found

    def inside(self, element: Element, setting: StyleProperty, depth: int) -> None:
        """Read the element's content; `setting` is how text directly in the element is set."""
        if text := element.text:  # reading it takes as long as saying it
            self._say(text, setting)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._break()
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:  # type: ignore[redundant-expr]
                self._child(child, tag, setting, depth)
            elif tag == "noscript":
                self._picture(image_without_script(child), setting)
            if tail := child.tail:
                self._say(tail, setting)

    def _say(self, text: str, setting: StyleProperty) -> None:
        """Add the text to the run; blanks begin no run, because two of three would hold no more."""
        if setting.keeps_lines and ("\n" in text or "\r" in text):
            self._say_lines(text, setting)
        elif self.run or not text.isspace():
            self.run.append((text, setting, None))

    def _say_lines(self, text: str, setting: StyleProperty) -> None:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self._break()
            if self.run or line.strip():
                self.run.append((line, setting, None))

    def _break(self) -> None:
        self.run.append(_BREAK)
        self.is_broken = True

    def _picture(self, image: Element | None, setting: StyleProperty) -> None:
        """Add an image to the run: a picture, or the sign of an emoji."""
        if image is None:
            return
        sign = emoji_sign(image)
        if sign:
            self._say(sign, setting)
        elif sign is None and is_picture(image):
            self.run.append(("", setting, image))

    def _child(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        inner = inherit(child, tag, setting)
        if inner is None or self.skip(child):
            return
        if inner is setting and tag in _PLAIN_TAGS and depth < _WALK_MAX_DEPTH:
            self.inside(child, setting, depth + 1)  # at once: pasted text has six in a paragraph
            return
        is_block = tag in BLOCK_TAGS
        if inner is not setting and "display" in (style := child.get("style") or ""):
            display = display_of(style)
            is_block = display == "block" or (is_block and display != "inline")
        if tag in IMAGE_TAGS:
            self._picture(child, inner)
        elif depth >= _WALK_MAX_DEPTH:
            self._say(text_in(child), inner)
        elif is_block:
            if self.run:
                self.flush(setting)
            self._block(child, tag, inner, depth)
        elif tag in _WRITTEN_TAGS:
            self._written(child, tag, inner, depth)
        else:
            self._inline(child, tag, inner, depth)

    def _inline(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        """Read an element in a line, or a paragraph: at once where nothing in it is set apart."""
        if tag == "a" and child.text in _ANCHOR_SIGNS and self.box.tag in _ANCHORED_TAGS:
            return  # the link of a heading to itself
        is_asked = tag in _ASKED_TAGS and len(child) and not setting.keeps_lines
        if is_asked and self._is_plain(child):
            self._say(text_in(child), setting)
        else:
            self.inside(child, setting, depth + 1)

    def _written(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        """Read an element that is set in signs of its own: a quotation, an exponent, an index."""
        if tag == "q":
            opening, closing = _quotes(child)
            self._say(opening, setting)
            self.inside(child, setting, depth + 1)
            self._say(closing, setting)
            return
        written = in_script(tag, text_in(child))
        if written is None:
            self.inside(child, setting, depth + 1)
        else:
            self._say(written, setting)

    def _block(self, child: Element, tag: str, setting: StyleProperty, depth: int) -> None:
        around, self.box = self.box, child
        if tag == "table":
            self._table(child, setting, depth)
        else:
            self._inline(child, tag, setting, depth)
            if self.run:
                self.flush(setting)
        self.box = around

    def _is_plain(self, box: Element) -> bool:
        """Return whether all text in the box is set alike, in one line, with nothing left out.

        Of ten paragraphs nine are plain, and their text is read at once: walking the six spans that
        pasted paragraphs have takes three times as long.
        """
        inner = box.iter()
        next(inner)  # the box itself
        for element in inner:
            if element.tag not in _PLAIN_TAGS or not changes_nothing(element) or self.skip(element):
                return False
        return True

    # Tables -------------------------------------------------------------------------------------

    def _table(self, table: Element, setting: StyleProperty, depth: int) -> None:
        if self._has_facts(table):
            self._data_table(table, setting, depth)
            return
        start = len(self.found)
        self.inside(table, setting, depth + 1)
        self.flush(setting)
        if self._has_pictures(table, start):
            self.tables.append((start, len(self.found), table))

    def _has_facts(self, table: Element) -> bool:
        """Return whether the table is data: several short cells and no picture.

        A table of one cell or around another table is a frame. A cell with three paragraphs or a
        heading is a column of text. A table of one cell a row holds paragraphs where most cells are
        sentences, and the caption below a video or a hidden picture.
        """
        if next(islice(table.iter("table"), 1, None), None) is not None:
            return False
        rows = [[e for e in row if e.tag in _CELL_TAGS] for row in table.iter("tr")]
        cells = [cell for row in rows for cell in row]
        is_single = len(cells) == sum(map(bool, rows))
        if len(cells) < 2 or (is_single and next(table.iter(*_MEDIA), None) is not None):
            return False
        if is_single and _hold_prose(cells):
            return False
        if len(cells) <= _FRAME_MAX_CELLS and sum(map(_has_text, cells)) < 2:
            return False  # one cell is filled: a signature set to the right
        return not any(map(_is_column, cells)) and not self._shows_picture(table)

    def _shows_picture(self, table: Element) -> bool:
        if next(table.iter("img"), None) is None:
            return False
        walk = etree.iterwalk(table, events=("start",))
        for _, element in walk:
            if element.tag in UNSEEN_TAGS or is_hidden(element) or self.skip(element):
                walk.skip_subtree()
            elif element.tag == "img" and is_picture(element):
                return True
        return False

    def _has_pictures(self, table: Element, start: int) -> bool:
        """Return whether the table holds pictures and captions; with more text it is a frame.

        `start` is the index of the table's first block.
        """
        if next(table.iter(*_MEDIA), None) is None:
            return False
        pictures = sum(len(block.pictures) for block in self.found[start:])
        sizes = [len(block.text) for block in self.found[start:] if block.text]
        most = _PICTURE_MAX_TEXTS * max(pictures, 1)  # a video is no picture, but has a caption
        return len(sizes) <= most and max(sizes, default=0) <= _CAPTION_MAX_CHARS

    def _data_table(self, table: Element, setting: StyleProperty, depth: int) -> None:
        """Add the table as one block, after text outside of its cells, as browsers show it."""
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
        if depth >= _WALK_MAX_DEPTH:
            self._say(text_in(part), setting)
            return
        self._say(part.text or "", setting)
        for child in part:
            tag = child.tag
            if tag in _ROW_TAGS or tag in _CELL_TAGS:
                inner = None if self.skip(child) else inherit(child, tag, setting)
                if inner is not None and tag in _CELL_TAGS:
                    rows[-1].append(self._cell(child, inner, depth))
                elif inner is not None:
                    if tag == "tr":
                        rows.append([])
                    self._rows(child, inner, rows, depth + 1)
            elif isinstance(tag, str) and tag not in UNSEEN_TAGS:  # type: ignore[redundant-expr]
                self._child(child, tag, setting, depth)
            self._say(child.tail or "", setting)

    def _cell(self, cell: Element, setting: StyleProperty, depth: int) -> str:
        walker = _Walker(cell, self.skip)
        walker.inside(cell, setting, depth + 1)
        walker.flush(setting)
        lines = [line for block in walker.found for line in block.text.split("\n")]
        is_poem = len(lines) >= _STANZA_MIN_LINES
        return "\n".join(filter(None, lines)) if is_poem else clean(" ".join(lines))

    # Blocks -------------------------------------------------------------------------------------

    def flush(self, setting: StyleProperty) -> None:
        """End the current block; `setting` is how text directly in the enclosing box is set."""
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
                Block(text, tuple(pictures), self.box, setting.align, bold, italic, href)
            )


def _is_column(cell: Element) -> bool:
    """Return whether a cell holds a text: paragraphs, a heading, or parts between double breaks.

    Pages of ASP.NET lay out title, date and text in the rows of one table and part the text by
    `<br><br>`.
    """
    if next(cell.iter(*_COLUMN_TAGS), None) is None:
        return False
    if next(cell.iter("h1", "h2", "h3", "h4"), None) is not None:
        return True
    breaks = (e for e in cell.iter("br") if not (e.tail or "").strip())
    return sum(1 for _ in cell.iter("p")) > 2 or any(_is_break(e.getnext()) for e in breaks)


def _has_text(cell: Element) -> bool:
    return bool(text_in(cell).strip())


def _hold_prose(cells: Sequence[Element]) -> bool:
    """Return whether most of the cells are long and end as sentences do."""
    texts = (text_in(cell).rstrip() for cell in cells)
    long = sum(len(text) >= _PROSE_CELL_MIN_CHARS and text.endswith(_ENDS) for text in texts)
    return 2 * long > len(cells)


def _is_break(element: Element | None) -> bool:
    return element is not None and element.tag == "br"


_BREAK: Final[_Piece] = ("\n", StyleProperty(), None)


def _quotes(quotation: Element) -> tuple[str, str]:
    """Return the marks a browser sets around `<q>`; none where the text brings its own."""
    if text_in(quotation).strip()[:1] in _QUOTES:
        return "", ""
    level = sum(1 for _ in quotation.iterancestors("q"))
    return ("‘", "’") if level % 2 else ("“", "”")


def _is_blank(text: str) -> bool:
    """Return whether a reader sees nothing of the text; zero-width characters are not seen."""
    return not text or text.isspace() or (not text.isprintable() and not clean(text))


def _looks(part: list[_Piece]) -> tuple[bool, bool]:
    """Return whether all letters and digits are bold, and whether all are italic.

    Other characters do not count, because `strong` often leaves out the full stop.
    """
    bold = italic = True
    for text, setting, _ in part:
        is_other = (bold and not setting.bold) or (italic and not setting.italic)
        if is_other and any(map(str.isalnum, text)):
            bold, italic = bold and setting.bold, italic and setting.italic
            if not (bold or italic):  # most paragraphs end the loop at their first piece
                break
    return bold, italic


def _text(part: list[_Piece]) -> str:
    """Return the pieces as one paragraph, joined as they stand and cleaned line by line."""
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
    """Yield the parts of a run that two or more consecutive line breaks separate."""
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
