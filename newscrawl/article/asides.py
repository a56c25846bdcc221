"""Tell what stands among an article's paragraphs and is not the article.

Three things stand there on the pages of every family: lines of the page itself (labels, controls,
notices, see `boilerplate`), lines that are nothing but a link to another article, and boxes of
either. A box is dropped whole where the box's name or first line says what the box is, and where
the box holds links or a form and little of the text. In doubt a text stays.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from newscrawl.article.boilerplate import (
    heads_other_texts,
    is_boilerplate,
    is_notice,
    may_be_subhead,
    may_head_paragraph,
)
from newscrawl.article.box_roles import FURNITURE, roles
from newscrawl.article.byline import read_attribution, read_byline
from newscrawl.article.discussion import ACTIONS_MAX_CHARS, find_discussion, may_discuss
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import BLOCK_TAGS, UNSEEN_TAGS, Block
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element

_ASIDE_MAX_SHARE: Final = 0.4  # of the container's text; a larger box holds the article
_SURE_ASIDE_MAX_SHARE: Final = 0.8  # of a box whose name and content agree: comments, teasers
_SUMMARY_MAX_SHARE: Final = 0.8  # of a related box's text; the rest is its linked titles
_HEADING_MAX_CHARS: Final = 60  # "Tin liên quan", "Đăng ký nhận bản tin"
_LINK_LINE_MIN_SHARE: Final = 0.9
_CONTROL_MAX_CHARS: Final = 60  # of a box whose name is a control's: "Nghe đọc bài 0:00/3:12"
_TITLE_MIN_CHARS: Final = 15  # a shorter link is a word of the text or a label
_PARAGRAPH_MIN_CHARS: Final = 40  # of a text below a subhead that reads like a control
_NAMED_TAGS: Final = frozenset(["div", "section", "aside", "ul", "ol", "table", "blockquote"])
_BOXES_MAX_DEPTH: Final = 400  # around a block; pages nested deeper are no news
_PAGE_TAGS: Final = frozenset(["dialog", "nav"])
_PAGE_ROLES: Final = frozenset(["dialog", "alertdialog", "navigation", "search"])
_HEADING_TAGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_FORM_TAGS: Final = ("form", "input", "textarea", "button", "select")
_INNER_BOX_TAGS: Final = BLOCK_TAGS | UNSEEN_TAGS
_SENTENCE_ENDS: Final = (".", ":", ";")  # a headline may ask or exclaim
_PAGER: Final = re.compile(
    r"(?=.*(?:\d|trang|page))(?:trang|page)?(?:[\s\d:|/«»<>‹›←→….·-]"
    r"|trang (?:trước|sau|đầu|cuối|tiếp(?: theo)?)|(?:previous|prev|next|first|last)(?: page)?"
    r"|tiếp(?: theo)?|sau|trước|đầu|cuối|of)+",
    re.IGNORECASE,
)

_PART: Final = re.compile(r"(?:bài|kỳ|phần) (?:\d{1,2}|trước|sau|cuối)", re.IGNORECASE)
_DATE_BESIDE_LINK: Final = re.compile(
    r" ?\(?\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?(?:[ ,|-]*\d{1,2}:\d\d)?\)?$"
)
_LENGTH: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")  # of a video, before its title
_PLAYER: Final = re.compile(
    r"\d:\d\d|^(?:nghe (?:đọc|bài|audio|podcast|tin|nội dung)|listen to)|giọng (?:nam|nữ)",
    re.IGNORECASE,
)
_POINTERS: Final = ">»→"
_LABEL_EDGES: Final = " \n-–—•*|>»:.…()[]"
_TURN: Final = re.compile(
    r"[‹›«»<>←→ ]*(?:tiếp(?: theo)?|trước|next|prev(?:ious)?)[‹›«»<>←→ ]*", re.IGNORECASE
)
"""A button that turns the pictures of a gallery or the pages of a list"""

AddressTest = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the newspaper says of an address as printed in a link."""

    is_article: AddressTest
    """Another article of the newspaper"""
    is_own: AddressTest
    """A page of the newspaper, no file"""
    is_foreign: AddressTest
    """A page of another site, no file"""


def without_asides(found: Sequence[Block], container: Element, where: Addresses) -> list[Block]:
    """Return the blocks that are the article's.

    Args:
        found: the blocks of the article's container in document order.
        container: the element that holds the blocks.
        where: tells where links lead.
    """
    return list(_Reader(found, container, where).kept())


@dataclass(slots=True)
class _Box:
    """What an element around some of the blocks holds."""

    chars: int = 0
    linked: int = 0
    count: int = 0
    first: Block | None = None
    """The first block with text"""
    last: str = ""
    """The last text"""
    has_pictures: bool = False


@dataclass
class _Reader:
    """Judges the blocks of one container; each box around them is judged once."""

    found: Sequence[Block]
    container: Element
    where: Addresses
    judged: dict[Element, bool] = field(default_factory=dict)
    around: dict[Element, tuple[Element, ...]] = field(default_factory=dict)
    links: dict[Element, tuple[str, ...]] = field(default_factory=dict)
    """For each block's box the texts of the links in it"""

    def kept(self) -> Iterator[Block]:
        is_list = False  # below the heading of a list of other articles
        for place, block in enumerate(self.found):
            if place in self.comments:
                continue
            is_list = is_list and self._is_link(block) and self.where.is_own(block.href or "")
            if is_list or self._stands_in_aside(block):
                continue
            if _is_of_page(block) and not self._heads_paragraph(place):
                is_list = _is_heading(block)
                if block.pictures:
                    yield block._replace(text="")
            elif not self._leads_away(block):
                yield block

    def _heads_paragraph(self, place: int) -> bool:
        """Return whether a label in the text is the subhead of the paragraph below: "Bình luận"."""
        block, after = self.found[place], self.found[place + 1 : place + 2]
        if not may_head_paragraph(block.text) or not place or not after:
            return False
        is_set = block.box.tag in _HEADING_TAGS or block.is_bold
        is_own = is_set and block.href is None and not self._is_link(after[0])
        return is_own and stands_above_paragraph(block, after[0])

    @cached_property
    def comments(self) -> frozenset[int]:
        """The places of the readers' comments that no class tells from the text."""
        short = (b.text for b in self.found if len(b.text) <= ACTIONS_MAX_CHARS)
        if not may_discuss("\n".join(short)):
            return frozenset()
        texts = (i for i, b in enumerate(self.found) if len(b.text) >= _PARAGRAPH_MIN_CHARS)
        below = range(next(texts, len(self.found)) + 1, len(self.found))
        said = find_discussion(self.found, below)
        return said.lines | {
            place
            for place in below
            if not said.boxes.isdisjoint(lineage(self.found[place].box, self.container))
        }

    # Boxes --------------------------------------------------------------------------------------

    def _stands_in_aside(self, block: Block) -> bool:
        """Return whether a box around the block is an aside; blocks share their boxes."""
        return any(map(self._is_known_aside, self._boxes_around(block.box, 0)))

    def _is_known_aside(self, box: Element) -> bool:
        known = self.judged.get(box)
        if known is None:
            known = self.judged[box] = self._is_aside(box)
        return known

    def _is_aside(self, box: Element) -> bool:
        is_of_page = _is_of_page_by_kind(box)
        own = self.boxes[box]
        names = roles(box)
        is_headed = own.count > 1 and own.first is not None and _heads(own.first)
        if not (is_of_page or is_headed or names & FURNITURE):
            return False
        share = own.chars / max(1, self.boxes[self.container].chars)
        is_control = 0 < own.chars <= _CONTROL_MAX_CHARS and not _ends_sentence(own.last)
        is_named = names & FURNITURE not in ({"chrome"}, set()) or (
            "chrome" in names and _PLAYER.search(own.last) is not None
        )
        if is_named and is_control and not own.has_pictures:
            return True
        if "comment" in names and share <= _SURE_ASIDE_MAX_SHARE:
            return is_headed or next(box.iter("a", *_FORM_TAGS), None) is not None
        is_teaser = "related" in names and (
            own.linked * 2 >= own.chars or (own.first is not None and self._leads_away(own.first))
        )
        if share > (_SURE_ASIDE_MAX_SHARE if is_teaser else _ASIDE_MAX_SHARE):
            return False
        is_list = own.linked > 0 and own.chars - own.linked <= _SUMMARY_MAX_SHARE * own.chars
        return is_of_page or is_list or next(box.iter(*_FORM_TAGS), None) is not None

    @cached_property
    def boxes(self) -> dict[Element, _Box]:
        """What the container holds, and each box in it that may be an aside."""
        known: dict[Element, _Box] = {self.container: _Box()}
        for block in self.found:
            linked = self._linked_chars(block)
            has_picture = bool(block.pictures) and not (
                block.href is not None and self.where.is_foreign(block.href)
            )
            for element in (self.container, *self._boxes_around(block.box, 0)):
                box = known.setdefault(element, _Box())
                box.chars += len(block.text)
                box.linked += linked
                box.count += 1
                box.first = box.first or (block if block.text else None)
                box.last = block.text or box.last
                box.has_pictures = box.has_pictures or has_picture
        return known

    def _boxes_around(self, element: Element | None, depth: int) -> tuple[Element, ...]:
        """Return the boxes in the container, around the element, that may be asides."""
        if element is None or element is self.container or depth > _BOXES_MAX_DEPTH:
            return ()
        known = self.around.get(element)
        if known is None:  # paragraphs share their parents
            known = self._boxes_around(element.getparent(), depth + 1)
            known = self.around[element] = (*known, element) if _may_be_aside(element) else known
        return known

    # Lines --------------------------------------------------------------------------------------

    def _is_link(self, block: Block) -> bool:
        """Return whether the block is nothing but links, or a picture that leads to an article."""
        if block.href is None:
            return False
        if not block.text:
            return self.where.is_article(block.href)
        texts = self._link_texts(block.box)
        if not texts or block.text in texts:  # none: the block's box stands in the link
            return True
        if _DATE_BESIDE_LINK.sub("", block.text) in texts:
            return True
        return sum(map(len, texts)) >= _LINK_LINE_MIN_SHARE * self.sizes[block.box]

    def _link_texts(self, box: Element) -> tuple[str, ...]:
        if box not in self.links:
            self.links[box] = tuple(map(text_of, _own_links(box)))
        return self.links[box]

    def _linked_chars(self, block: Block) -> int:
        """Return how many characters of the block stand in links; in a table each link counts."""
        if self._is_link(block):
            return len(block.text)
        return sum(map(len, self._link_texts(block.box))) if block.box.tag == "table" else 0

    @cached_property
    def sizes(self) -> dict[Element, int]:
        """How many characters the blocks of each box have: line breaks part one box in several."""
        sizes: dict[Element, int] = {}
        for block in self.found:
            sizes[block.box] = sizes.get(block.box, 0) + len(block.text)
        return sizes

    def _leads_away(self, block: Block) -> bool:
        """Return whether the block is a pager, or the picture or title of another article.

        A title is nothing but a link and ends like no sentence. Its address is an article's of the
        newspaper, or the page lists the same title a second time.
        """
        text, href = block.text, block.href
        if href is None:  # of a data table no link is told
            return block.box.tag == "table" and self._is_labelled(block)
        if _PAGER.fullmatch(text) or self._is_labelled(block):
            return True
        if not self._is_link(block):
            return False
        if href.startswith("#") and is_contents_entry(block.box, href):
            return True
        if not text or all(word.startswith("#") for word in self._link_texts(block.box) or "-"):
            return True
        if len(text) < _TITLE_MIN_CHARS or text.endswith(_SENTENCE_ENDS):
            return False
        if block.align == "right" or read_attribution(text, href) is not None:
            return False
        return self.where.is_article(href) or (self.where.is_own(href) and self._is_listed(text))

    def _is_labelled(self, block: Block) -> bool:
        """Return whether a line is a label and links: "Kỳ trước: <title>", "[Xem thêm] <title>"."""
        links = self._link_texts(block.box)
        if sum(map(len, links)) < _TITLE_MIN_CHARS:
            return False
        rest = block.text
        for words in links:
            rest = rest.replace(words, "", 1) if words else rest
        label = rest.strip(_LABEL_EDGES)
        if not label:  # buttons in one line, as "In bài viết | Về đầu trang"
            return len(links) > 1 and all(map(_leads_nowhere, _own_links(block.box)))
        return is_boilerplate(label) or is_part_or_length(label)

    def _is_listed(self, text: str) -> bool:
        """Return whether two links of the page or more carry the text."""
        return self.titles.get(text.casefold(), 0) > 1

    @cached_property
    def titles(self) -> dict[str, int]:
        """How many links of the page carry each text, in small letters."""
        titles: dict[str, int] = {}
        for link in self.container.getroottree().getroot().iter("a"):
            title = text_of(link).casefold()
            titles[title] = titles.get(title, 0) + 1
        return titles


def _may_be_aside(box: Element) -> bool:
    return box.tag in _NAMED_TAGS or _is_of_page_by_kind(box)


def _is_of_page_by_kind(box: Element) -> bool:
    """Return whether tag or role say that a box is the page's: a menu, a dialog, a search."""
    return box.tag in _PAGE_TAGS or box.get("role") in _PAGE_ROLES


def _is_of_page(block: Block) -> bool:
    """Return whether a line is the page's, not the article's.

    A subheading of one word ("Zalo") and a signature ("Video: Hà Lan") may read like a control.
    """
    text = block.text
    is_heading = block.box.tag in _HEADING_TAGS and block.href is None
    if _TURN.fullmatch(text):
        return not is_heading
    if not text or not is_boilerplate(text):
        return False
    if is_heading and not heads_other_texts(text) and not is_notice(text):
        return False  # a subheading: "Tốc độ", "Đánh giá"
    if block.href is None and text[0] in _POINTERS and text.endswith("."):
        return False  # a sentence with a mark before it
    is_word = text.isalpha() or may_be_subhead(text)
    is_subheading = block.is_bold and is_word and block.href is None
    return not is_subheading and not (":" in text and read_byline(text) is not None)


def stands_above_paragraph(line: Block, below: Block) -> bool:
    """Return whether a sentence of the text stands right below the line, in the same box."""
    is_next = line.box.getnext() is below.box or line.box is below.box
    is_long = len(below.text) >= _PARAGRAPH_MIN_CHARS and _ends_sentence(below.text)
    return is_next and is_long and not is_boilerplate(below.text)


def is_contents_entry(box: Element, href: str) -> bool:
    """Return whether a link to a place in the page is an item of a list: a table of contents."""
    in_list = box.tag == "li" or next(box.iterancestors("li"), None) is not None
    return in_list and len(href) > 1


def is_part_or_length(label: str) -> bool:
    """Return whether all that stands beside a link is "Kỳ 2" or a video's length, "2:05".

    >>> is_part_or_length("Kỳ 2"), is_part_or_length("2:05"), is_part_or_length("14 giờ")
    (True, True, False)
    """
    return _PART.fullmatch(label) is not None or _LENGTH.fullmatch(label) is not None


def _leads_nowhere(link: Element) -> bool:
    """Return whether a link is a button of the page: a script, a mail or a place in the page."""
    return (link.get("href") or "#").strip().lower().startswith(("#", "javascript:", "mailto:"))


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?", "…", "”", '"'))


def _heads(block: Block) -> bool:
    return _is_heading(block) and _is_of_page(block)


def _is_heading(block: Block) -> bool:
    """Return whether a line is short and names no article behind its label."""
    return len(block.text) <= _HEADING_MAX_CHARS and block.href is None


def _own_links(box: Element) -> Iterator[Element]:
    """Yield the links of the box that stand in no inner box; in a data table all links."""
    if box.tag == "table":
        yield from box.iter("a")
        return
    waiting = list(reversed(box))
    while waiting:
        child = waiting.pop()
        if child.tag == "a":
            yield child
        elif child.tag not in _INNER_BOX_TAGS:
            waiting.extend(reversed(child))
