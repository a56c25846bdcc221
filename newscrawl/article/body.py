"""Classify the blocks of an article's container: paragraphs, pictures with captions, signatures.

One pass forward finds pictures and captions, one pass backward finds the byline and the attribution
that end an article. Every rule names where it was seen; `BodyRules` holds the rules that differ
between CMSs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from newscrawl.article.byline import (
    SIGNATURE_MAX_CHARS,
    Attribution,
    Byline,
    read_attribution,
    read_byline,
    read_outlet_line,
    split_credit,
    strip_dash,
    strip_dateline,
)
from newscrawl.article.caption_rules import CaptionRules, part_picture_block, without_text_tables
from newscrawl.article.captions import Gallery
from newscrawl.items import Image
from newscrawl.page.blocks import Block
from newscrawl.page.pictures import picture_address
from newscrawl.page.selectors import Element, text_in
from newscrawl.text import clean, same_text
from newscrawl.urls.canonical import image_url

BOLD_SIGNATURE_MIN_WORDS: Final = 2
_RIGHT_CLASS: Final = re.compile(  # text-right, alignright, text-end, has-text-align-right
    r"(?:^|\s)(?:has-)?(?:text|txt|align|ta)?[-_]?(?:align[-_]?)?(?:right|text-end)(?:$|\s)"
    r"|(?:^|\s)text-end(?:$|\s)"
)
_AUTHOR_CLASS: Final = re.compile(
    r"(?:^|[\s_-])p?(?:author|byline|pseudonym|tac-?gia|but-?danh)(?![a-z])", re.IGNORECASE
)
_SIGNATURE_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:sig|sign|signature|ky-?ten|pauthor)(?![a-z])", re.IGNORECASE
)
OPENING_MAX_BLOCKS: Final = 2  # a lead, and the byline before or behind the lead
_INVITATION: Final = re.compile(
    r"\W*(?:xin |kính )?mời (?:quý )?(?:bạn đọc|độc giả|bạn xem|bạn|các bạn|khán giả|vị)\b",
    re.IGNORECASE,
)
BOLD_LINE_LEAD_MIN_CHARS: Final = 40  # a shorter bold line above a text is a subhead
INVITATION_MAX_CHARS: Final = 160
SIGNATURE_MAX_LINES: Final = 4  # byline, photographer, source and one line without letters


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRules:
    """How a CMS marks what is not a paragraph."""

    caption_classes: frozenset[str] = frozenset()
    """Classes of elements that hold captions"""
    byline_classes: frozenset[str] = frozenset()
    """Classes of elements at the end of the text that hold the signature"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The parts of an article's body."""

    paragraphs: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]
    """(address as printed or "" for a placeholder or a video, caption as printed or "")"""
    byline: Byline | None
    attribution: Attribution | None
    bold_lead: str | None
    """The first paragraph where all of it is bold; not among `paragraphs`"""
    has_credited_caption: bool = False
    """A caption is set as the paragraphs and told by its photo credit alone"""

    def images(self, base: str) -> tuple[Image, ...]:
        """Return the pictures with absolute addresses, captions split from credits.

        Args:
            base: the address that relative addresses are resolved against.
        """
        found = []
        for source, printed in self.pictures:
            url = image_url(base, source)
            if url is not None:
                caption, credit = split_credit(printed)
                found.append(Image(url=url, caption=caption, credit=credit))
        return tuple(found)

    @property
    def picture_count(self) -> int:
        """How many of the pictures have an address."""
        return sum(bool(source) for source, _ in self.pictures)

    @property
    def captions(self) -> tuple[str, ...]:
        return tuple(caption for _, caption in self.pictures if caption)

    def without(self, lead: str | None) -> "Body":
        """Return the body without a first paragraph that only repeats the lead.

        Either may begin with the name of the paper or of a place: "(ĐV) - …".
        """
        if not lead or not self.paragraphs:
            return self
        first = strip_dash(self.paragraphs[0])
        is_lead = same_text(first, lead) or same_text(strip_dateline(first), strip_dateline(lead))
        return replace(self, paragraphs=self.paragraphs[1:]) if is_lead else self


CREDITED: Final = "caption_by_credit"
"""Flag of an article with a caption that only its photo credit told; many are a redesign's"""
EMPTY_BODY: Final = Body(paragraphs=(), pictures=(), byline=None, attribution=None, bold_lead=None)


def read_body(found: Sequence[Block], rules: BodyRules, *, has_bold_lead: bool = False) -> Body:
    """Return the parts of a body.

    Args:
        found: the container's blocks in document order.
        rules: how the CMS marks what is not a paragraph.
        has_bold_lead: the layout prints the lead as a bold first paragraph.
    """
    texts, pictures, has_credited_caption = _without_captions(found, rules)
    texts, byline, attribution = _without_signatures(texts, rules)
    texts, byline = _without_opening_signature(texts, byline, rules)
    lead = None
    if has_bold_lead and texts:
        lead, texts = _bold_lead(texts)
    paragraphs = [block.text for block in texts]
    if paragraphs:
        paragraphs[0] = strip_dash(paragraphs[0])
    return Body(
        paragraphs=tuple(filter(None, paragraphs)),
        pictures=tuple(pictures),
        byline=byline,
        attribution=attribution,
        bold_lead=lead,
        has_credited_caption=has_credited_caption,
    )


def _bold_lead(texts: list[Block]) -> tuple[str | None, list[Block]]:
    """Return the bold lead that begins the texts, and the texts behind the lead.

    The lead is a bold paragraph, or the bold first line of one: "<b>Lead</b><br>Text".
    """
    first = texts[0]
    if first.is_bold:
        return clean(strip_dash(first.text)), texts[1:]
    line, parted, rest = first.text.partition("\n")
    bold = next(first.box.iter("b", "strong"), None) if parted else None
    is_long = len(line) >= BOLD_LINE_LEAD_MIN_CHARS
    if bold is None or not is_long or clean(text_in(bold)) != line:
        return None, texts
    return clean(strip_dash(line)), [first._replace(text=rest), *texts[1:]]


def _without_captions(
    found: Sequence[Block], rules: BodyRules
) -> tuple[list[Block], list[tuple[str, str]], bool]:
    """Return the texts, the pictures with captions, and whether a credit alone told a caption."""
    found = without_text_tables(found)

    def is_signature(block: Block) -> bool:
        is_source = read_attribution(block.text, block.href) is not None
        return is_source or _signature(block, rules) is not None

    captions = CaptionRules(found, rules.caption_classes, is_signature)
    texts: list[Block] = []
    gallery = Gallery()
    is_caption = False
    for index, block in enumerate(found):
        if block.pictures:
            gallery.add_pictures(block, [picture_address(p) for p in block.pictures])
        caption, text = part_picture_block(block)
        if text:
            gallery.add_caption(block, clean(caption))
            gallery.add_paragraph(block)
            texts.append(block._replace(text=text))
            is_caption = False
            continue
        is_caption = captions.is_caption(index, is_below_caption=is_caption)
        if is_caption:
            is_above = not block.pictures and captions.is_above_picture(index)
            gallery.add_caption(block, clean(block.text), is_above=is_above)
        elif block.text:
            gallery.add_paragraph(block)
            texts.append(block)
    return texts, list(gallery.pairs()), captions.has_credited


def has_class(element: Element, names: frozenset[str]) -> bool:
    """Return whether the element or its parent carries one of the classes."""
    return Classed(names).holds(element)


class Classed:
    """Which elements carry one of the classes.

    The answer for an element is kept, because thousands of elements may share a parent.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.known: dict[Element, bool] = {}

    def holds(self, element: Element) -> bool:
        """Return whether the element or its parent carries one of the classes."""
        parent = element.getparent()
        return self._carries(element) or (parent is not None and self._carries(parent))

    def _carries(self, element: Element) -> bool:
        if not self.names:
            return False
        if element not in self.known:
            own = (element.get("class") or "").split()
            self.known[element] = not self.names.isdisjoint(own)
        return self.known[element]


def _without_signatures(
    texts: list[Block], rules: BodyRules
) -> tuple[list[Block], Byline | None, Attribution | None]:
    """Return the texts without the signatures at their end, the byline and the attribution."""
    byline: Byline | None = None
    attribution: Attribution | None = None
    rest = list(texts)
    for _ in range(SIGNATURE_MAX_LINES):
        if not rest:
            break
        last = rest[-1]
        credited = read_attribution(last.text, last.href) if attribution is None else None
        signed = _signature(last, rules) if credited is None else None
        if signed is not None and byline is not None:
            signed = _in_one(signed, byline)
        if credited is None and attribution is None and _may_be_outlet_line(signed, rest, rules):
            # An outlet's name in a signature's place is the source; the author may stand above.
            credited, signed = read_outlet_line(last.text, last.href), None
        if credited is None and signed is None:
            is_label = byline is not None and _is_signature_label(last)
            if not is_label and not _is_invitation_below_signature(rest, rules):
                break
        elif credited is not None and byline is None:
            signed = _author_of(last.text)  # "Theo Hà An (TTXVN)"
        attribution = credited or attribution
        byline = signed or byline
        rest.pop()
    return rest, byline, attribution


def _is_signature_label(block: Block) -> bool:
    """Return whether the line is "Bài và ảnh:", the label of a name in the paragraph below."""
    roles = block.text.rstrip()
    return roles.endswith(":") and _names_role(f"{roles} x")


def _is_invitation_below_signature(texts: list[Block], rules: BodyRules) -> bool:
    """Return whether a person's signature is followed by "Mời bạn đọc đón xem kỳ sau …"."""
    is_short = len(texts[-1].text) <= INVITATION_MAX_CHARS
    if not is_short or _INVITATION.match(texts[-1].text) is None or len(texts) < 2:
        return False
    above = _signature(texts[-2], rules)
    return above is not None and bool(above.authors)


def _author_of(line: str) -> Byline | None:
    signed = read_byline(line)
    return signed if signed is not None and signed.authors else None


def _may_be_outlet_line(signed: Byline | None, texts: list[Block], rules: BodyRules) -> bool:
    """Return whether the last text signs for an outlet alone, or stands below a person's name."""
    if signed is not None:
        return not signed.authors and signed.source is not None
    above = _signature(texts[-2], rules) if len(texts) > 1 else None
    return above is not None and bool(above.authors)


def _without_opening_signature(
    texts: list[Block], byline: Byline | None, rules: BodyRules
) -> tuple[list[Block], Byline | None]:
    """Return the texts without a byline above the text, and the byline of both places.

    A byline above the text stands in a `header` or in a class that names an author, before or
    behind a lead.
    """
    for index, block in enumerate(texts[:OPENING_MAX_BLOCKS]):
        signed = read_byline(block.text) if _opens_as_byline(block, rules) else None
        if signed is None or not signed.authors or len(texts) == 1:
            continue
        rest = [*texts[:index], *texts[index + 1 :]]
        if byline is None:
            return rest, signed
        is_repeated = set(signed.authors) <= set(byline.authors)
        return rest, byline if is_repeated else _in_one(signed, byline)
    return texts, byline


def _opens_as_byline(block: Block, rules: BodyRules) -> bool:
    is_header = next(block.box.iterancestors("header"), None) is not None
    is_named = _AUTHOR_CLASS.search(block.box.get("class") or "") is not None
    return is_header or is_named or has_class(block.box, rules.byline_classes)


def _in_one(upper: Byline, lower: Byline) -> Byline | None:
    """Return one byline of two lines, "Bài: …" above "Ảnh: …"; None if `upper` has no author."""
    if not upper.authors:
        return None
    return Byline(
        line=f"{upper.line} {lower.line}",
        authors=tuple(dict.fromkeys((*upper.authors, *lower.authors))),
        source=upper.source or lower.source,
    )


def _signature(block: Block, rules: BodyRules) -> Byline | None:
    """Return the byline of a block that stands in a signature's place or names a role.

    A signature stands at the right by style or class, in a class of the layout, or in bold at the
    left; a bold signature names two words or more, because a bold word alone may be a subhead.
    """
    is_placed = (
        block.align == "right"
        or has_class(block.box, rules.byline_classes)
        or _is_placed_by_class(block.box)
    )
    if is_placed or _names_role(block.text):
        return read_byline(block.text)
    if not block.is_bold or len(block.text.split()) < BOLD_SIGNATURE_MIN_WORDS:
        return None
    signed = read_byline(block.text)
    return signed if signed is not None and signed.authors else None


def _is_placed_by_class(box: Element) -> bool:
    parent = box.getparent()
    names = " ".join(element.get("class") or "" for element in (box, parent) if element is not None)
    return _names_place(names)


@lru_cache(maxsize=512)  # the pages of a paper repeat a few dozen class attributes
def _names_place(names: str) -> bool:
    return _RIGHT_CLASS.search(names) is not None or _SIGNATURE_CLASS.search(names) is not None


def _names_role(text: str) -> bool:
    """Return whether the line begins with roles and a colon, as signatures do (family K)."""
    roles, colon, names = text.partition(":")
    if not colon or len(roles) > SIGNATURE_MAX_CHARS:
        return False
    words = set(clean(roles).casefold().replace(",", " ").replace("-", " ").split())
    return bool(names.strip() and words) and words <= _ROLE_WORDS


_ROLE_WORDS: Final = frozenset(
    [
        "bài", "tin", "ảnh", "hình", "video", "clip", "thơ", "và", "&", "thực", "hiện", "đồ", "họa",
        "hoạ", "biên", "soạn", "tổng", "hợp", "ghi", "chép", "nhanh", "bút", "ký", "phóng", "sự",
        "tùy", "tuỳ", "tản", "văn", "truyện", "ngắn", "tác", "giả", "người", "viết", "bởi",
        "nhóm", "pv", "viên", "ctv", "tranh", "lời", "bình", "text", "photo", "photos",
    ]
)  # fmt: skip
"""Words that may stand before the colon of a byline; `read_byline` parses the combination."""
