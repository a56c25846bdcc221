"""Read the articles that a section page lists, and the address of the next older page.

The list is the box that repeats teasers: a linked title with its description. Titles above the
list in the same column are top stories and belong to the list. Most-read and focus boxes do not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.article.box_roles import Role, named, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.data_listing import data_links
from newscrawl.discovery.next_page import next_page
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.page.ancestry import lineage
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element
from newscrawl.text import clean
from newscrawl.urls.article_keys import any_key, is_numbered_by_query, looks_like_article
from newscrawl.urls.canonical import (
    BadAddressError,
    canonical,
    resolve,
    spellings,
)

_TITLE_MIN_CHARS: Final = 15  # characters of a title
_ALIKE_MIN_TITLES: Final = 3  # that show how a list sets its titles
_SHORT_TITLE_MIN_CHARS: Final = 6
_LIST_BOX_MIN_SHARE: Final = 0.75
_ITEM_ANCESTORS: Final = 3  # boxes around a title that show how the title is set
_ASIDE_LABEL_MAX_CHARS: Final = 40
_ASIDE_WEIGHT: Final = 0.2  # of a title in an aside; 1 elsewhere
_COUNTER: Final = re.compile(r"\s*[(\[]?\s*\d[\d.,:/]*\s*[)\]]?\s*")
_COUNTER_ROLES: Final[frozenset[Role]] = frozenset(["comment", "date", "clock"])
_NO_LIST_ROLES: Final[frozenset[Role]] = frozenset(["chrome", "advert", "comment", "share"])
_ASIDE_LABEL: Final = re.compile(
    r"(?:tin |bài )?(?:(?:đọc|xem) nhiều|tiêu điểm|nổi bật|đáng chú ý|quảng cáo|rao vặt|liên kết"
    r"|video|media|multimedia|podcast|thông báo|văn bản|dòng sự kiện|chuyên đề)\b.{0,20}",
    re.IGNORECASE,
)
_ASIDE_NAME: Final = re.compile(
    r"(?:^|(?<!has)(?<!with)(?<!no)[- ])(?:most|hot|popular|trending|xem-?nhieu"
    r"|doc-?nhieu|tieu-?diem|right|side|sidebar|aside|widget|recommend|relate[ds]?|slider?"
    r"|swiper)(?:$|[- ])"
)


@dataclass(frozen=True, slots=True)
class _Title:
    """A link with an article's title."""

    link: Element
    text: str
    address: str
    weight: float
    """How much the link looks like a list's item: with description, picture or heading"""
    is_aside: bool = False
    """Whether it stands in a box beside the list"""


def read_list(document: Document, paper: Site | None = None) -> ListPage:
    """Return the page's own list and the address of the next page; no links for no list.

    The page's data is the list where the page shows titles in boxes beside the list alone, and
    where the data names all that the list shows and more.

    Args:
        document: the section page.
        paper: the newspaper whose hosts count; None for the page's own host.
    """
    survey = Survey(document)
    hosts = paper.hosts if paper is not None else spellings(urlsplit(document.url).hostname or "")
    titles = list(_titles(survey, hosts))
    stated = _stated_links(document, hosts, paper)
    listed = _listed(survey, hosts, titles, paper)
    is_beside = all(title.is_aside for title in titles)
    is_more = {link.key for link in stated} > {link.key for link in listed}
    links = stated if stated and (is_beside or is_more) else listed
    return ListPage(links=links, older=next_page(survey) if links else None)


def _stated_links(
    document: Document, hosts: Mapping[str, str], paper: Site | None
) -> tuple[Link, ...]:
    """Return the links that the page's data lists, for a script to show."""
    found = data_links(document, lambda url: _is_article(url, document.url, hosts), hosts)
    links = (_link(one.address, one.title, hosts, paper) for one in found)
    return each_once(filter(None, links))


def _listed(
    survey: Survey, hosts: Mapping[str, str], titles: Sequence[_Title], paper: Site | None
) -> tuple[Link, ...]:
    """Return the links of the page's own list."""
    if not titles:
        return ()
    box = _with_top_stories(_list_box(titles), titles)
    inside = [title for title in titles if box in lineage(title.link)]
    short = {title.link: title for title in _short_titles(survey, hosts, box, inside)}
    listed = {title.link: title for title in inside} | short
    ordered = (listed[a] for a in (box.iter("a") if short else listed) if a in listed)
    links = (_link(title.address, title.text, hosts, paper) for title in ordered)
    return each_once(filter(None, links))


def _link(address: str, text: str, hosts: Mapping[str, str], paper: Site | None) -> Link | None:
    try:
        url = canonical(address, hosts)
    except BadAddressError:
        return None
    key = (paper.read_key(url) if paper else None) or any_key(url)
    return Link(url=url, key=key, title=text)


def _titles(survey: Survey, hosts: Mapping[str, str]) -> Iterator[_Title]:
    scale = _Scale(survey)
    for link in survey.document.root.iter("a"):
        text = _title_of(link)
        if len(text) < _TITLE_MIN_CHARS or not survey.around(link).isdisjoint(_NO_LIST_ROLES):
            continue
        address = resolve(survey.document.base_url, link.get("href") or "")
        if address is not None and _is_article(address, survey.document.url, hosts):
            yield _Title(link, text, address, scale.weight(link), scale.is_aside(link))


def _short_titles(
    survey: Survey, hosts: Mapping[str, str], box: Element, listed: Sequence[_Title]
) -> Iterator[_Title]:
    """Yield the list's items whose address spells too short a title to show by itself.

    They are set as most of the list's titles are, and stand in a folder in which those stand.
    """
    sets = Counter(_set_of(title.link) for title in listed)
    usual, count = max(sets.items(), key=lambda pair: pair[1])
    folders = {_folder(title.address) for title in listed if _set_of(title.link) == usual}
    known = {title.address for title in listed}
    for link in box.iter("a") if count >= _ALIKE_MIN_TITLES else ():
        address = resolve(survey.document.base_url, link.get("href") or "")
        text = _title_of(link)
        if address is None or address in known or len(text) < _SHORT_TITLE_MIN_CHARS:
            continue
        parts = urlsplit(address)
        is_own = parts.hostname in hosts and parts.path != urlsplit(survey.document.url).path
        is_slug = "-" in parts.path.rstrip("/").rpartition("/")[2] and not parts.query
        if is_own and is_slug and _set_of(link) == usual and _folder(address) in folders:
            known.add(address)
            yield _Title(link, text, address, 1)


def _set_of(link: Element) -> tuple[str, ...]:
    """Return how a title is set: the tags and names of the boxes around it."""
    around = list(lineage(link))[1 : _ITEM_ANCESTORS + 1]
    return tuple(f"{box.tag} {named(box)}" for box in around)


def _folder(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[0]


def _title_of(link: Element) -> str:
    """Return the heading inside a link that wraps a whole teaser, else the link's text."""
    heading = next(link.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6"), None)
    place = heading if heading is not None else link
    words = _without_counters(place)
    named = clean(link.get("title") or "")
    is_named = len(named) >= _TITLE_MIN_CHARS and words.startswith(named)
    return named if is_named and _COUNTER.fullmatch(words, len(named)) else words


def _without_counters(element: Element) -> str:
    """Return the text of the element without counters of comments and times inside."""
    skipped: set[Element] = set()
    for inner in element.iterdescendants(etree.Element):
        if inner not in skipped and _is_counter(inner):
            skipped.update(inner.iter())
    if not skipped:
        return text_of(element)
    texts = cast("list[etree._ElementUnicodeResult]", element.xpath(".//text()"))  # noqa: SLF001
    return clean("".join(text for text in texts if _place_of(text) not in skipped))


def _place_of(text: "etree._ElementUnicodeResult") -> Element | None:
    """Return the element that the text stands in."""
    element = text.getparent()
    return element.getparent() if text.is_tail and element is not None else element


def _is_counter(element: Element) -> bool:
    if element.tag == "time" or not _COUNTER_ROLES.isdisjoint(roles(element)):
        return True
    return next(iter(element), None) is None and _COUNTER.fullmatch(element.text or "") is not None


def _is_article(address: str, own: str, hosts: Mapping[str, str]) -> bool:
    parts = urlsplit(address)
    is_itself = parts.path == urlsplit(own).path and not is_numbered_by_query(address)
    return parts.hostname in hosts and not is_itself and looks_like_article(address)


def _labelled_asides(survey: Survey) -> set[Element]:
    """Return the boxes around labels such as "Đọc nhiều"."""
    found = set()
    for block in survey.blocks:
        if len(block.text) <= _ASIDE_LABEL_MAX_CHARS and _ASIDE_LABEL.fullmatch(block.text):
            found.update(list(lineage(block.box))[:_ITEM_ANCESTORS])
    return found


class _Scale:
    """Weighs links to articles by the boxes around them; each box is looked at once."""

    def __init__(self, survey: Survey) -> None:
        self.described = {survey.blocks[index].box for index in survey.teasers}
        self.labelled = _labelled_asides(survey)
        self.asides: dict[Element, bool] = {}
        self.pictured: dict[Element, bool] = {}

    def weight(self, link: Element) -> float:
        around = list(lineage(link))[: _ITEM_ANCESTORS + 1]
        item = around[min(2, len(around) - 1)]
        boxes = (*around, *link.iterdescendants())
        weight = 1.0
        if any(box in self.described for box in boxes):
            weight += 3
        if self._has_picture(item):
            weight += 1
        if any(re.fullmatch("h[1-6]", str(box.tag)) for box in boxes):
            weight += 1
        return weight * (_ASIDE_WEIGHT if self.is_aside(link) else 1)

    def _has_picture(self, item: Element) -> bool:
        if item not in self.pictured:
            self.pictured[item] = next(item.iter("img"), None) is not None
        return self.pictured[item]

    def is_aside(self, link: Element) -> bool:
        """Return whether the link stands in a box beside the list."""
        waiting = []
        found = False
        for box in lineage(link):
            if box in self.asides:
                found = self.asides[box]
                break
            waiting.append(box)
        for box in reversed(waiting):
            is_side = box.tag == "aside" or box in self.labelled or _ASIDE_NAME.search(named(box))
            self.asides[box] = found = found or bool(is_side)
        return found


def _list_box(titles: Sequence[_Title]) -> Element:
    """Return the box of the titles that are set alike and weigh most together."""
    groups: dict[tuple[str, ...], list[_Title]] = {}
    for title in titles:
        groups.setdefault(_set_of(title.link), []).append(title)
    group = max(groups.values(), key=lambda found: sum(title.weight for title in found))
    sums: Counter[Element] = Counter()
    for title in group:
        sums.update(lineage(title.link))
    boxes = (box for box in lineage(group[0].link) if sums[box] >= _LIST_BOX_MIN_SHARE * len(group))
    return next(boxes, group[0].link)  # nested too deep: no box holds them all


def _with_top_stories(box: Element, titles: Sequence[_Title]) -> Element:
    """Return the box, or an outer box whose further titles are few and all above the list."""
    levels = {around: level for level, around in enumerate(lineage(box))}
    places = [
        next((levels[e] for e in lineage(title.link) if e in levels), len(levels))
        for title in titles
    ]
    own = 0
    for around, level in list(levels.items())[1:]:
        inside = [place for place in places if place <= level]
        listed = [number for number, place in enumerate(inside) if place <= own]
        if not listed or listed[-1] < len(inside) - 1 or listed[0] > len(listed):
            break
        if around.tag in ("body", "html"):
            break
        if listed[0]:
            box, own = around, level
    return box
