"""Survey a whole page: its blocks as a browser shows them, and the roles of the boxes around them.

Every answer comes from one list of blocks: which blocks are prose, which are links to other pages,
which boxes the blocks stand in. The page is walked once and each answer is kept.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.boilerplate import (
    heads_comments,
    is_boilerplate,
    is_contact,
    is_imprint,
    is_label,
)
from newscrawl.article.box_roles import FURNITURE, Role, named, roles
from newscrawl.article.discussion import Discussion, find_discussion, may_discuss
from newscrawl.article.english_byline import english_names
from newscrawl.article.generic.headline import Headline, find_headline
from newscrawl.article.head_evidence import descriptions
from newscrawl.article.meta_lines import is_date_line
from newscrawl.page.ancestry import common, lineage
from newscrawl.page.blocks import (
    BLOCK_TAGS,
    UNSEEN_TAGS,
    Block,
    blocks,
)
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.encoded_text import holds_encoded_run
from newscrawl.page.selectors import Element
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_PARAGRAPH_MIN_CHARS: Final = 80
_SENTENCE_MIN_CHARS: Final = 40
_SENTENCE_ENDS: Final = (".", "!", "?", "…", ":", ";", "”", '"', ")", "]", "’")
_NO_ROLES: Final[frozenset[Role]] = frozenset()
_CHROME_ROLE: Final[frozenset[Role]] = frozenset(["chrome"])
_COMMENT_ROLE: Final[frozenset[Role]] = frozenset(["comment"])
_HEADING_TAGS: Final = frozenset(["h2", "h3", "h4"])
_CHROME_TAGS: Final = frozenset(["nav", "footer", "form", "dialog", "menu"])
_PICTURE_TAGS: Final = frozenset(["figure", "picture", "figcaption"])
_ALWAYS_CHROME_TAGS: Final = frozenset(["nav", "footer"])  # a form may hold the page (ASP.NET)
_OWN_FOOTER: Final = re.compile(r"(?:^|[- ])(?:post|entry|article|story|node)-foot(?:er)?(?![a-z])")
_FOOTER_MAX_ANCESTORS: Final = 3
_MAIN_BOX_MIN_SHARE: Final = 0.6
_VIETNAMESE_LETTER: Final = re.compile(
    r"[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE
)
_VIETNAMESE_MIN_SHARE: Final = 0.02  # of the characters; Vietnamese texts have some 0.15
_TEXT_MIN_CHARS: Final = 400  # of a box beside comments; an imprint alone has less
_HEAD_MAX_CHARS: Final = 240
_NAMED_MAX_BOXES: Final = 4  # from a paragraph outwards
_LINK_MIN_SHARE: Final = 0.6
_LINK_TITLE_MIN_CHARS: Final = 15  # a shorter link is a label
_TEASER_MAX_BLOCKS: Final = 4  # from a teaser's title to its description
_OTHER_BOX_TAGS: Final = BLOCK_TAGS | UNSEEN_TAGS
_HREF_OF_NO_PAGE: Final = re.compile(r"\s*+(?:#|javascript:|mailto:|tel:|data:|$)", re.IGNORECASE)
_PICTURE_FILE_NAME: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?:$|\?)", re.IGNORECASE)


@dataclass
class Survey:
    """A page's blocks in document order, and the boxes that hold them."""

    document: Document
    is_piece: bool = False
    """True for a cut-out piece of a page, whose text may be short lines only"""
    blocks: list[Block] = field(init=False)
    headline: Headline | None = field(init=False)
    _around: dict[Element, frozenset[Role]] = field(init=False, default_factory=dict)
    _addresses: dict[Element, str | None] = field(init=False, default_factory=dict)
    """The address of each link that holds boxes: one link may hold thousands of boxes"""

    def __post_init__(self) -> None:
        self.blocks = blocks(self.document.root)
        self.headline = find_headline(self.document, self.blocks)

    @property
    def start(self) -> int:
        """Return the index of the headline's block; -1 where no block prints the headline."""
        return -1 if self.headline is None else self.headline.index

    # The page's head and headline ---------------------------------------------------------------

    @cached_property
    def descriptions(self) -> tuple[str, ...]:
        """Return the letters of each description of the article in the page's head."""
        return descriptions(self.document.metadata)

    def is_headline(self, text: str) -> bool:
        """Return whether the text repeats the headline; blanks and letter case do not count."""
        return self.headline is not None and clean(text).casefold() == self._folded_headline

    @cached_property
    def _folded_headline(self) -> str:
        return "" if self.headline is None else clean(self.headline.text).casefold()

    # The blocks ---------------------------------------------------------------------------------

    @cached_property
    def link_shares(self) -> list[float]:
        """Return for each block the share of its characters that stand in links, 0 to 1."""
        linked: dict[Element, int] = {}  # by box: one box may hold thousands of lines
        return [
            1.0 if block.text and self._wrapping_link(block.box) else _link_share(block, linked)
            for block in self.blocks
        ]

    @cached_property
    def hrefs(self) -> list[str | None]:
        """Return for each block the address of the link that it holds or stands in."""
        return [block.href or self._wrapping_link(block.box) for block in self.blocks]

    def stands_in_link(self, box: Element) -> bool:
        """Return whether a link wraps the whole box, as links around teasers do."""
        return self._wrapping_link(box) is not None

    def _wrapping_link(self, box: Element) -> str | None:
        for link in box.iterancestors("a"):
            if link not in self._addresses:
                self._addresses[link] = None if _is_never_closed(link) else link.get("href")
            if href := self._addresses[link]:
                return href
        return None

    @cached_property
    def links(self) -> list[bool]:
        """Return for each block whether it is a link to another page with hardly any other text."""
        return [
            share >= _LINK_MIN_SHARE
            and len(block.text) >= _LINK_TITLE_MIN_CHARS
            and leads_elsewhere(href)
            for block, share, href in zip(self.blocks, self.link_shares, self.hrefs, strict=True)
        ]

    def leads_to_itself(self, href: str) -> bool:
        """Return whether the href leads to this very page, as a linked headline does."""
        address = _resolved(self.document.base_url, href)
        return address is not None and _path(address) == _path(self.document.url)

    @cached_property
    def is_vietnamese(self) -> bool:
        """Return whether the page's prose is written in Vietnamese letters."""
        return is_vietnamese("".join(self.blocks[index].text for index in self.prose))

    @cached_property
    def link_labels(self) -> frozenset[str]:
        """Return the texts of the page's links in small letters, such as the names of sections."""
        return frozenset(text_of(link).casefold() for link in self.document.root.iter("a"))

    @cached_property
    def prose(self) -> list[int]:
        """Return the indices of the paragraphs: long blocks, and shorter ones that end a sentence.

        The headline is no paragraph. A teaser, which is a description under a linked title in a
        box without other prose, is no paragraph either.
        """
        return [i for i in self._sentences if i != self.start and i not in self.teased]

    @cached_property
    def teasers(self) -> list[int]:
        """Return the indices of the linked titles that have a description below them."""
        return list(self.teased.values())

    @cached_property
    def teased(self) -> dict[int, int]:
        """Return for each description of another article the index of the title above."""
        found = ((index, self._teased_by(index)) for index in self._sentences)
        return {index: title for index, title in found if title is not None}

    @cached_property
    def _sentences(self) -> list[int]:
        return [
            index
            for index, (block, share) in enumerate(zip(self.blocks, self.link_shares, strict=True))
            if share < _LINK_MIN_SHARE
            and _is_prose(block.text, is_piece=self.is_piece)
            and block.box.tag != "figcaption"
        ]

    def _teased_by(self, index: int) -> int | None:
        """Return the index of the linked title that the block describes; None for no title."""
        box = self.blocks[index].box
        place = bisect(self._sentences, index)  # of the next sentence
        before = self._sentences[place - 2] if place > 1 else -1
        for other in range(index - 1, max(before, index - _TEASER_MAX_BLOCKS), -1):
            if self.links[other] and other != self.start:
                item = common(self.blocks[other].box, box)
                beside = [before] * (before >= 0) + self._sentences[place : place + 1]
                around = (element for i in beside for element in lineage(self.blocks[i].box))
                return None if any(element is item for element in around) else other
        return None

    def is_picture_link(self, index: int) -> bool:
        """Return whether the block's picture leads to another article or site.

        A link to a picture file shows the same picture larger and leads nowhere else.
        """
        href = self.hrefs[index]
        address = (
            _resolved(self.document.base_url, href) if href and leads_elsewhere(href) else None
        )
        if address is None or _PICTURE_FILE_NAME.search(address):
            return False
        own, other = urlsplit(self.document.url), urlsplit(address)
        is_slug = "-" in other.path.rstrip("/").rpartition("/")[2] and other.path != own.path
        return is_slug or other.hostname != own.hostname

    # The boxes ----------------------------------------------------------------------------------

    @cached_property
    def prose_below(self) -> dict[Element, int]:
        """Return the characters of prose below each element that has any."""
        return self.sums(self.prose)

    def sums(
        self, indices: list[int], weight: Callable[[Block], int] = lambda block: len(block.text)
    ) -> dict[Element, int]:
        """Return for each element the sum of the weights of the blocks below it.

        Args:
            indices: the blocks that count, by their place in `blocks`.
            weight: what a block weighs; its number of characters by default.
        """
        found: dict[Element, int] = {}
        for index in indices:
            block = self.blocks[index]
            for element in lineage(block.box):
                found[element] = found.get(element, 0) + weight(block)
        return found

    def around(self, box: Element) -> frozenset[Role]:
        """Return every role that the name of the box or of a box around it states.

        The name of a box that holds the headline or most of the page's prose does not count,
        because such a box is the page's main column; the name of a comment box always counts.
        """
        waiting = []
        for element in lineage(box):
            if element in self._around:
                break
            waiting.append(element)
        for element in reversed(waiting):
            parent = element.getparent()
            above = self._around.get(parent, _NO_ROLES) if parent is not None else _NO_ROLES
            self._around[element] = above | self._own(element)
        return self._around[box]

    def stands_in_own_footer(self, box: Element) -> bool:
        """Return whether the box stands in the footer of a post, which holds author and date."""
        near = islice(lineage(box), _FOOTER_MAX_ANCESTORS)
        return any(_OWN_FOOTER.search(named(element)) for element in near)

    def is_furniture(self, box: Element) -> bool:
        """Return whether the box is a menu, a sharing or related box or the like."""
        return not self.around(box).isdisjoint(FURNITURE)

    def _own(self, box: Element) -> frozenset[Role]:
        is_own = self._heads_article(box) or self._is_form_of_page(box)
        is_chrome = box.tag in _CHROME_TAGS and not is_own
        found = roles(box) | (_CHROME_ROLE if is_chrome else _NO_ROLES)
        is_picture = box.tag in _PICTURE_TAGS and next(box.iter("img"), None) is not None
        if is_picture or box.tag == "blockquote":
            # Names such as "has-shares" and "twitter-tweet" say what is shown, or whence it is.
            found -= {"share", "advert", "tags"}
        elif box.tag in _HEADING_TAGS:
            found -= {"tags"}  # its own name says how it is set: "ed-tag"
        elif box.tag == "p" and box in self.prose_below:
            found -= {"chrome"}  # "body-footer" is the text's last paragraph
        if box in self._discussions:
            return found | _COMMENT_ROLE
        if not found or box in self.spine:
            return _NO_ROLES
        is_sure = (is_chrome and box.tag in _ALWAYS_CHROME_TAGS) or "comment" in found
        below = max(self.prose_below.get(box, 0), self._prose_of_names.get(named(box), 0))
        is_text = below >= _TEXT_MIN_CHARS and "foot" not in named(box)
        whole = self._prose_of_page if is_text else self.prose_below.get(self.document.root, 0)
        is_main = whole and below >= _MAIN_BOX_MIN_SHARE * whole
        return _NO_ROLES if is_main and not is_sure else found

    def _is_form_of_page(self, box: Element) -> bool:
        """Return whether a form holds most of the page, as each page of ASP.NET WebForms has it.

        On an article's page the prose tells the same; a list's page has none.
        """
        if box.tag != "form":
            return False
        held = set(box.iter())
        own = sum(len(block.text) for block in self.blocks if block.box in held)
        return own >= _MAIN_BOX_MIN_SHARE * sum(len(block.text) for block in self.blocks)

    def _heads_article(self, box: Element) -> bool:
        """Return whether a footer stands above its article's text: Drupal's author and date."""
        if box.tag != "footer" or box in self.prose_below:
            return False
        parent = box.getparent()
        is_of_article = parent is not None and parent.tag == "article"
        return is_of_article and any(e in self.prose_below for e in box.itersiblings())

    @cached_property
    def _discussions(self) -> frozenset[Element]:
        """Return the boxes below the first paragraph that begin with the head of the comments."""
        prose = next((index for index in self.prose if index > self.start), len(self.blocks))
        found = set()
        for index in range(prose + 1, len(self.blocks)):
            block = self.blocks[index]
            if 0 < len(block.text) <= _HEAD_MAX_CHARS and heads_comments(block.text):
                parent = block.box.getparent()
                if parent is None or parent in self.spine:
                    continue
                if parent not in lineage(self.blocks[index - 1].box):
                    found.add(parent)
        return frozenset(found) | self._unnamed_comments.boxes

    @cached_property
    def _unnamed_comments(self) -> Discussion:
        first = next((index for index in self.prose if index > self.start), len(self.blocks))
        below = range(first + 1, len(self.blocks))
        if not below or not may_discuss(self.document.text):
            return Discussion()
        return find_discussion(self.blocks, below, self.document.root)

    @property
    def comment_lines(self) -> frozenset[int]:
        """Return the blocks of the readers' comments that stand among the article's paragraphs."""
        return self._unnamed_comments.lines

    @cached_property
    def _prose_of_page(self) -> int:
        """Return the characters of the page's prose without the readers' comments.

        Comments are often longer than the article, whose box then holds little of all prose.
        """
        boxes = {
            box
            for box in self.prose_below
            if box not in self.spine and ("comment" in roles(box) or box in self._discussions)
        }
        outer = (box for box in boxes if boxes.isdisjoint(islice(lineage(box), 1, None)))
        said = sum(self.prose_below[box] for box in outer)
        return self.prose_below.get(self.document.root, 0) - said

    @cached_property
    def _prose_of_names(self) -> dict[str, int]:
        """Return the characters of prose in boxes of each name, the nearest boxes around included.

        Paragraphs may all be "teaser", and page builders set each part of a text in a "widget".
        """
        found: dict[str, int] = {}
        for index in self.prose:
            block = self.blocks[index]
            for name in {named(box) for box in islice(lineage(block.box), _NAMED_MAX_BOXES)}:
                found[name] = found.get(name, 0) + len(block.text)
        found.pop("", None)
        return found

    @cached_property
    def spine(self) -> frozenset[Element]:
        """Return the elements that hold the headline."""
        return frozenset(self.spine_outwards)

    @cached_property
    def spine_outwards(self) -> tuple[Element, ...]:
        """Return the elements that hold the headline, innermost first."""
        return () if self.start < 0 else tuple(lineage(self.blocks[self.start].box))


def _is_never_closed(link: Element) -> bool:
    """Return whether a link in a paragraph holds paragraphs: in a browser a paragraph ends it."""
    is_in_paragraph = next(link.iterancestors("p"), None) is not None
    return is_in_paragraph and len(list(islice(link.iter("p"), 2))) > 1


def is_vietnamese(text: str) -> bool:
    """Return whether enough letters of the text are letters of Vietnamese alone.

    >>> is_vietnamese("Chợ phiên cuối năm họp sớm"), is_vietnamese("Le marché a fermé tôt")
    (True, False)
    """
    return len(_VIETNAMESE_LETTER.findall(text)) >= _VIETNAMESE_MIN_SHARE * max(1, len(text))


_resolved: Final = lru_cache(maxsize=256)(resolve)


def _path(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.path.rstrip("/"), parts.query


@lru_cache(maxsize=256)  # one link may hold thousands of lines or pictures
def leads_elsewhere(href: str | None) -> bool:
    """Return whether the href names a page, not a script, a mail address or a place in the page."""
    return href is not None and _HREF_OF_NO_PAGE.match(href) is None


def _is_prose(text: str, *, is_piece: bool) -> bool:
    if is_piece and text and not is_label(text) and not is_date_line(text):
        return True
    if len(text) < _SENTENCE_MIN_CHARS or (
        len(text) < _PARAGRAPH_MIN_CHARS and not text.endswith(_SENTENCE_ENDS)
    ):
        return False
    if holds_encoded_run(text):
        return False
    is_of_page = is_imprint(text) or is_contact(text) or is_boilerplate(text)
    return not is_of_page and not english_names(text)


def _link_share(block: Block, linked: dict[Element, int]) -> float:
    """Return the share of linked characters of a block whose box stands in no link.

    In a data table all links count. In any other box only the links outside of inner boxes count.

    Args:
        block: the block to judge.
        linked: characters in links for each box that was asked before; the answer is added.
    """
    if not block.text:
        return 0.0
    if block.href is None and block.box.tag != "table":
        return 0.0
    if block.box not in linked:
        linked[block.box] = sum(_links_inside(block.box))
    return min(1.0, linked[block.box] / len(block.text))


def _links_inside(box: Element) -> Iterator[int]:
    if box.tag == "table":
        yield from (len(text_of(link)) for link in box.iter("a"))
        return
    waiting = list(box)
    while waiting:
        child = waiting.pop()
        if child.tag == "a":
            yield len(text_of(child))
        elif child.tag not in _OTHER_BOX_TAGS:
            waiting.extend(child)
