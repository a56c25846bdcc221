"""What the blocks of an article's container are: paragraphs, pictures with captions, signatures.

Pure classification, one pass forward for pictures and captions, one backward for the byline and
the attribution that end an article. Every rule names where it was seen; `BodyRules` switches the
few that differ between CMSs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.article.byline import (
    LONGEST,
    Attribution,
    Byline,
    read_attribution,
    read_byline,
    split_credit,
    strip_dash,
)
from newscrawl.article.captions import Gallery
from newscrawl.items import Image
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element
from newscrawl.text import clean, same_text
from newscrawl.urls.canonical import image_url

_NO_WORD: Final = 60  # characters; what is so long and no address is no word
_SIGNATURES: Final = 4  # byline, photographer, source and one empty-looking line at most


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRules:
    """How a CMS marks what is not a paragraph."""

    caption_classes: frozenset[str] = frozenset()
    """Classes of elements that hold captions"""
    byline_classes: frozenset[str] = frozenset()
    """Classes of elements at the end of the text that hold the signature"""
    centred_caption: bool = False
    """A centred line after a picture is its caption, italic or not (family K, 2019)"""
    picture_attributes: tuple[str, ...] = ("data-src", "src")
    """Attributes that hold a picture's address, the lazy one first"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An article's text, taken apart."""

    paragraphs: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]
    """(address as printed or "" for a placeholder or a video, caption as printed or "")"""
    byline: Byline | None
    attribution: Attribution | None
    bold_lead: str | None
    """The first paragraph where the page sets it wholly bold; not among `paragraphs`"""

    def images(self, base: str) -> tuple[Image, ...]:
        """The pictures with absolute addresses, captions split from credits."""
        found = []
        for source, printed in self.pictures:
            url = image_url(base, source)
            if url is not None:
                caption, credit = split_credit(printed)
                found.append(Image(url=url, caption=caption, credit=credit))
        return tuple(found)

    @property
    def shown(self) -> int:
        """How many of the pictures have an address."""
        return sum(bool(source) for source, _ in self.pictures)

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(caption for _, caption in self.pictures if caption)

    def without(self, lead: str | None) -> "Body":
        """The body without a first paragraph that only repeats the lead."""
        if lead and self.paragraphs and same_text(strip_dash(self.paragraphs[0]), lead):
            return replace(self, paragraphs=self.paragraphs[1:])
        return self


NO_BODY: Final = Body(paragraphs=(), pictures=(), byline=None, attribution=None, bold_lead=None)


def read_body(found: Sequence[Block], layout: BodyRules, *, bold_lead: bool = False) -> Body:
    """The blocks taken apart; `bold_lead` says that this layout prints the lead as bold text."""
    texts, pictures = _captioned(found, layout)
    texts, byline, attribution = _signed(texts, layout)
    lead = None
    if bold_lead and texts and texts[0].is_bold:
        lead, texts = clean(strip_dash(texts[0].text)), texts[1:]
    paragraphs = [block.text for block in texts]
    if paragraphs:
        paragraphs[0] = strip_dash(paragraphs[0])
    return Body(
        paragraphs=tuple(filter(None, paragraphs)),
        pictures=tuple(pictures),
        byline=byline,
        attribution=attribution,
        bold_lead=lead,
    )


def _captioned(
    found: Sequence[Block], layout: BodyRules
) -> tuple[list[Block], list[tuple[str, str]]]:
    """The text blocks, and the pictures each with its caption.

    A centred line below a caption that is nothing but a credit is a part of it.
    """
    texts: list[Block] = []
    gallery = Gallery()
    classed = Classed(layout.caption_classes)
    previous: Block | None = None
    is_caption = False
    for block in found:
        if block.pictures:
            gallery.show(block, [picture_source(p, layout) or "" for p in block.pictures])
        is_credit = is_caption and block.align == "center" and split_credit(block.text)[0] is None
        is_caption = bool(block.text) and (
            is_credit or _is_caption(block, previous, layout, classed)
        )
        if is_caption:
            gallery.say(block, clean(block.text))
        elif block.text:
            gallery.tell(block)
            texts.append(block)
        previous = block
    return texts, list(gallery.pairs())


def _is_caption(
    block: Block, previous: Block | None, layout: BodyRules, classed: "Classed"
) -> bool:
    """Whether the text names the picture it stands with.

    Seen: another row of the picture's table (A, B; 2014-2024), `figcaption` (C, D; 2026), a class
    of the layout, the picture's own paragraph in italics or centred, and the next centred
    paragraph in italics (E1, K).
    """
    if block.picture_table is not None or _stands_in_figcaption(block.box):
        return True
    if classed.holds(block.box):
        return True
    if block.pictures:
        return block.is_italic or block.align == "center"
    after_picture = previous is not None and bool(previous.pictures) and not previous.text
    return after_picture and block.align == "center" and (block.is_italic or layout.centred_caption)


def _stands_in_figcaption(box: Element) -> bool:
    return box.tag == "figcaption" or next(box.iterancestors("figcaption"), None) is not None


def is_code(paragraph: str) -> bool:
    """Whether it begins with a word no language has: bodies that a script decodes (G, 2026)."""
    word = paragraph.partition(" ")[0]
    return len(word) >= _NO_WORD and "://" not in word


def has_class(element: Element, names: frozenset[str]) -> bool:
    """Whether the element or its parent carries one of the classes."""
    return Classed(names).holds(element)


class Classed:
    """Which elements carry one of the classes; each is asked once, thousands may share a parent."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.known: dict[Element, bool] = {}

    def holds(self, element: Element) -> bool:
        """Whether the element or its parent carries one."""
        parent = element.getparent()
        return self._carries(element) or (parent is not None and self._carries(parent))

    def _carries(self, element: Element) -> bool:
        if not self.names:
            return False
        if element not in self.known:
            own = (element.get("class") or "").split()
            self.known[element] = not self.names.isdisjoint(own)
        return self.known[element]


def picture_source(picture: Element, layout: BodyRules) -> str | None:
    """The picture's address as printed; None for placeholders and pictures without one."""
    for attribute in layout.picture_attributes:
        value = (picture.get(attribute) or "").strip()
        if value and not value.startswith("data:"):
            return value
    return None


def _signed(
    texts: list[Block], layout: BodyRules
) -> tuple[list[Block], Byline | None, Attribution | None]:
    """The texts without the signatures that end them, and what those say."""
    byline: Byline | None = None
    attribution: Attribution | None = None
    rest = list(texts)
    for _ in range(_SIGNATURES):
        if not rest:
            break
        last = rest[-1]
        credited = read_attribution(last.text, last.href) if attribution is None else None
        signed = _signature(last, layout) if credited is None else None
        if signed is not None and byline is not None:
            signed = _in_one(signed, byline)
        if credited is None and signed is None:
            break
        if signed is not None and not signed.authors and signed.source and attribution is None:
            # An outlet's bare name in the place of a signature; the author may stand above it.
            credited, signed = Attribution(line=last.text, source=signed.source, url=None), None
        attribution = credited or attribution
        byline = signed or byline
        rest.pop()
    return rest, byline, attribution


def _in_one(upper: Byline, lower: Byline) -> Byline | None:
    """A signature in two lines, "Bài: …" above "Ảnh: …"; None where the upper one names nobody."""
    if not upper.authors:
        return None
    return Byline(
        line=f"{upper.line} {lower.line}",
        authors=tuple(dict.fromkeys((*upper.authors, *lower.authors))),
        source=upper.source or lower.source,
    )


def _signature(block: Block, layout: BodyRules) -> Byline | None:
    """The byline a block is: set to the right or classed as one, or naming its role."""
    placed = block.align == "right" or has_class(block.box, layout.byline_classes)
    return read_byline(block.text) if placed or _names_role(block.text) else None


def _names_role(text: str) -> bool:
    """Whether roles and a colon begin the line: a signature wherever it stands (legacy K)."""
    roles, colon, names = text.partition(":")
    if not colon or len(roles) > LONGEST:
        return False
    words = set(clean(roles).casefold().replace(",", " ").replace("-", " ").split())
    return bool(names.strip() and words) and words <= _ROLES


_ROLES: Final = frozenset(
    [
        "bài", "tin", "ảnh", "hình", "video", "clip", "thơ", "và", "&", "thực", "hiện", "đồ", "họa",
        "hoạ", "biên", "soạn", "tổng", "hợp",
    ]
)  # fmt: skip
"""The words of the roles: what they say together `read_byline` judges"""
