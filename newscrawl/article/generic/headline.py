"""Find the headline of a page and the block that prints it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.box_roles import FURNITURE, named, roles
from newscrawl.article.outlet_names import named_outlet
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element, elements, first
from newscrawl.text import clean, letters
from newscrawl.urls.canonical import resolve

_ANY_PAGE: Final = (
    "https://page.invalid/tin/"  # what a relative link is read from: its host is not asked
)
_HEADING_SCORES: Final = {"h1": 3, "h2": 1, "h3": 0}
_SITE_NAME_SEPARATOR: Final = re.compile(r"\s+[-–—|:•]+\s+|\s*\|\s*")
_SITE_NAME: Final = re.compile(r"[^\W\d_a-z]\w*(?: [^\W\d_]\w*){0,3}(?:\.\w+)?")
_HEADLINE_MAX_CHARS: Final = 300
_LIKENESS_MIN_LETTERS: Final = 12  # fewer letters may agree by chance
_LIKENESS_MIN_SHARE: Final = 0.5
_PORTAL_NAME_MAX_CHARS: Final = 90
_HOST_NAME_MIN_LETTERS: Final = 5
_PORTAL_WORDS: Final = re.compile(  # beside the name: "Trang thông tin điện tử tổng hợp …"
    r"(?:trangchu|trangthongtin|congthongtin|tintuc|dientu|tonghop|tapchi|bao|online|news|official"
    r"|home|cua|tinh|thanhpho|thixa|huyen|xa|phuong|va|chinhthuc|website|com|vn|net|the)*"
)
_HEADLINE_MIN_SCORE: Final = 3
_INLINE_TAGS: Final = frozenset(["span", "b", "strong", "font", "label"])
_NAMED_MIN_CHARS: Final = 15  # of a headline that only its box's name tells


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and the index of its block; -1 where only the page's head states the headline."""

    text: str
    index: int


def find_headline(document: Document, blocks: Sequence[Block]) -> Headline | None:
    """Return the heading that agrees with the page's metadata, else its `h1`, else the metadata's.

    Return None for a page that neither prints nor states a headline.
    """
    stated = [words for words in _stated(document) if not _is_portal(document, words)]
    titles = {letters(words): words for words in stated}
    best, found = 0, Headline("", -1)
    aside: dict[Element, bool] = {}
    for index, block in enumerate(blocks):
        if block.text and len(block.text) <= _HEADLINE_MAX_CHARS:
            for line in dict.fromkeys((block.text, *block.text.split("\n"))):
                score = _score(block, clean(line), titles, aside)
                if score > best and not _is_portal(document, clean(line)):
                    best, found = score, Headline(clean(line), index)
    is_weak = best == _HEADLINE_MIN_SCORE and blocks[found.index].href is not None
    if best >= _HEADLINE_MIN_SCORE and not is_weak:
        return found
    if (called := _called_headline(document, blocks, aside)) is not None:
        return called
    if is_weak:  # a link with the words of the title, which may be the section's name
        return found
    words = _without_site_name(document, stated)
    return Headline(words, -1) if words else None


def _is_portal(document: Document, words: str) -> bool:
    """Return whether the words are the portal's own name, as its host has it, and nothing else.

    The name stands in the heading around the logo, and as the title of every page of some portals.
    """
    if len(words) > _PORTAL_NAME_MAX_CHARS:
        return False
    host = (urlsplit(document.url).hostname or "").removeprefix("www.").removeprefix("m.")
    name = letters(host.partition(".")[0])
    if len(name) < _HOST_NAME_MIN_LETTERS:  # an address may have no host at all
        return False
    before, found, behind = _bare(words).partition(name)
    return bool(found) and _PORTAL_WORDS.fullmatch(before + behind) is not None


def _called_headline(
    document: Document, blocks: Sequence[Block], aside: dict[Element, bool]
) -> Headline | None:
    """Return the first text in a box named for titles; None where the page's head states one.

    Old sites give every page the newspaper's name as title and print the headline in no heading.
    The name of the headline's box stands once on the page; the labels of side boxes share theirs.
    """
    metadata = document.metadata
    if metadata.og.get("title") or metadata.news or metadata.first("twitter:title"):
        return None
    shown = [(index, *_innermost(block)) for index, block in enumerate(blocks) if block.text]
    count = Counter(map(named, dict.fromkeys(place for _, place, _ in shown)))
    for index, place, text in shown:
        if _NAMED_MIN_CHARS <= len(text) <= _HEADLINE_MAX_CHARS and blocks[index].href is None:
            is_called = "title" in roles(place) and count[named(place)] == 1
            if is_called and not _is_aside(blocks[index].box, aside):
                return Headline(clean(text), index)
    return None


def _innermost(block: Block) -> tuple[Element, str]:
    """Return the element that alone holds the block's text or its first line, and the text.

    Such an element is the span in a table's cell; the cell may hold more, such as the date below
    a line break and further boxes.
    """
    box, text = block.box, block.text
    line = text.partition("\n")[0]
    for inner in box:
        if inner.tag in _INLINE_TAGS and clean(text_of(inner)) == clean(line):
            box, text = inner, line
            break
    while len(box) == 1 and not f"{box.text or ''}{box[0].tail or ''}".strip():
        box = box[0]
    return box, text


def _without_site_name(document: Document, stated: Sequence[str]) -> str:
    """Return the most trusted title of the page's head without the newspaper's name.

    Headlines hold dashes and bars as well, so only a last part that names the newspaper goes, or
    the part by which another title of the same head is longer.
    """
    if not stated:
        return ""
    title = stated[0]
    if any(_begins(other, title) for other in stated[1:]):
        return title
    places = list(_SITE_NAME_SEPARATOR.finditer(title))
    for place in places:
        if _names_site(document, title[place.end() :]):
            return title[: place.start()]
    if places and ("|" in places[-1][0] or len(stated) == 1):
        last = title[places[-1].end() :]
        if "|" in places[-1][0] or _SITE_NAME.fullmatch(last):
            return title[: places[-1].start()]
    return title


def _names_site(document: Document, words: str) -> bool:
    """Return whether the words name the newspaper: as stated, as known outlet or as the host."""
    metadata = document.metadata
    stated = (metadata.og.get("site_name"), metadata.news.publisher if metadata.news else None)
    own = letters(words)
    if any(own == letters(name) for name in stated if name):
        return True
    if named_outlet(words) is not None:
        return True
    host = (urlsplit(document.url).hostname or "").removeprefix("www.")
    bare = _bare(words)
    return bool(bare) and bare in (letters(host), *map(letters, host.split(".")))


def _bare(words: str) -> str:
    """Return the letters of the words without their marks, as in addresses."""
    return letters(unicodedata.normalize("NFD", words)).replace("đ", "d")


def _score(block: Block, line: str, titles: Mapping[str, str], aside: dict[Element, bool]) -> int:
    """Return how much the line looks like the headline, from 0 up.

    Args:
        block: the block that prints the line.
        line: the block's text or one line of the text, cleaned.
        titles: the letters of each title in the page's head, and the title.
        aside: for each box asked before whether the box belongs to no article; answers are added.
    """
    if block.href is not None and _leads_home(block.href):
        return 0  # the newspaper's name
    heading = _HEADING_SCORES.get(str(block.box.tag), 0)
    score = heading + _likeness(line, titles, is_heading=heading > 0)
    if score < _HEADLINE_MIN_SCORE:
        return 0
    if "title" in roles(block.box):
        score += 1
    if block.href is not None:
        score -= 1
    return score - 2 * _is_aside(block.box, aside)


def _leads_home(href: str) -> bool:
    """Return whether a link as printed leads to a host's front page; an unreadable one does not."""
    address = resolve(_ANY_PAGE, href)
    return address is not None and urlsplit(address).path == "/"


def _is_aside(box: Element, known: dict[Element, bool]) -> bool:
    asked: list[Element] = []
    for element in lineage(box):
        if element not in known:
            asked.append(element)
            if roles(element).isdisjoint(FURNITURE):
                continue
            known[element] = True
        known.update(dict.fromkeys(asked, known[element]))
        return known[element]
    known.update(dict.fromkeys(asked, False))
    return False


def _likeness(line: str, titles: Mapping[str, str], *, is_heading: bool) -> int:
    """Return 5 for a title of the page's head, 4 for most of one, 0 for any other line."""
    own = letters(line)
    if own in titles:
        return 5
    for other, words in titles.items():
        is_part = is_heading or len(own) < len(other)
        if _begins(words, line) or (is_part and _is_most_of(own, other)):
            return 4
    return 0


def _begins(title: str, text: str) -> bool:
    """Return whether the title is the text followed by the newspaper's name."""
    return title.startswith(text) and _SITE_NAME_SEPARATOR.match(title, len(text)) is not None


def _is_most_of(own: str, title: str) -> bool:
    """Return whether one text begins or ends the other and makes up most of it."""
    short, long = sorted((own, title), key=len)
    if len(short) < max(_LIKENESS_MIN_LETTERS, _LIKENESS_MIN_SHARE * len(long)):
        return False
    return long.startswith(short) or long.endswith(short)


def _stated(document: Document) -> list[str]:
    """Return the titles in the page's head, the most trusted one first."""
    metadata = document.metadata
    news = metadata.news
    title = first(elements(document.root, "//title[not(ancestor::svg)]"))
    found = [
        metadata.og.get("title"),
        news.headline if news else None,
        metadata.first("twitter:title"),
        clean(title.text or "") if title is not None else None,
    ]
    return [words for words in found if words and letters(words)]
