"""The articles a section page lists, and the address of its next older page.

The list is where the teasers are: a linked title with its description, again and again in one box.
Titles set above it in the same column are its top stories; most-read and focus boxes are not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.article_page import Site
from newscrawl.article.generic.ancestry import lineage, text_of
from newscrawl.article.generic.box_roles import Role, named
from newscrawl.article.generic.survey import Survey, leads_elsewhere
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, first
from newscrawl.urls.article_keys import fallback_key, trailing_number_key, vnpt_key
from newscrawl.urls.canonical import (
    BadAddressError,
    canonical,
    resolve,
    spellings,
)

_SHORTEST: Final = 15  # characters of a title
_SLUG: Final = re.compile(r"[^/]*-[^/]*-[^/]*-[^/]*")  # an article's address spells its title
_NUMBER: Final = re.compile(r"[0-9]{4,}|(?=[0-9a-f]*[0-9])[0-9a-f]{7}")
_MANY: Final = 5  # dashes of a slug without a number
_SHARE: Final = 0.75
_AROUND: Final = 3  # boxes around a title that tell how it is set
_LABEL: Final = 40
_LESS: Final = 0.2  # what a title in an aside counts
_CHROME: Final[frozenset[Role]] = frozenset(["chrome", "advert", "comment", "share"])
_ASIDE: Final = re.compile(
    r"(?:tin |bài )?(?:(?:đọc|xem) nhiều|tiêu điểm|nổi bật|đáng chú ý|quảng cáo|rao vặt|liên kết"
    r"|video|media|multimedia|podcast|thông báo|văn bản|dòng sự kiện|chuyên đề)\b.{0,20}",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(
    r"(?:^|[- ])(?:most|hot|popular|trending|xem-?nhieu|doc-?nhieu|tieu-?diem|right|side|sidebar"
    r"|aside|widget|recommend|relate[ds]?|slider?|swiper)(?:$|[- ])"
)
_NEXT: Final = re.compile(
    r"»|›|>|>>|→|next|older.*|(?:trang )?(?:sau|tiếp|kế)(?: theo)?|xem (?:thêm|tiếp).*|tải thêm.*"
    r"|tin cũ hơn",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(
    r"(?:[?&/-](?:p|page|trang|pageindex|paged)[=/-]?)(\d{1,5})(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Title:
    """A link with an article's title."""

    link: Element
    text: str
    address: str
    weight: float
    """How much it looks like an item of a list: described, dated, with a picture, a heading"""


def read_list(document: Document, paper: Site | None = None) -> ListPage:
    """The page's own list and its next page; no links where it lists nothing.

    Without a paper the links on the page's own host count.
    """
    survey = Survey(document)
    hosts = paper.hosts if paper is not None else spellings(urlsplit(document.url).hostname or "")
    titles = list(_titles(survey, hosts))
    if not titles:
        return ListPage(links=(), older=None)
    box = _with_top_stories(_list_box(titles), titles)
    links = [_link(title, hosts) for title in titles if box in lineage(title.link)]
    return ListPage(links=each_once(filter(None, links)), older=_older(survey))


def _link(title: _Title, hosts: Mapping[str, str]) -> Link | None:
    try:
        url = canonical(title.address, hosts)
    except BadAddressError:
        return None
    key = vnpt_key(url) or trailing_number_key(url) or fallback_key(url)
    return Link(url=url, key=key, title=title.text)


def _titles(survey: Survey, hosts: Mapping[str, str]) -> Iterator[_Title]:
    scale = _Scale(survey)
    for link in survey.document.root.iter("a"):
        text = _title_of(link)
        if len(text) < _SHORTEST or not survey.around(link).isdisjoint(_CHROME):
            continue
        address = resolve(survey.base, link.get("href") or "")
        if address is not None and _is_article(address, survey.document.url, hosts):
            yield _Title(link, text, address, scale.weight(link))


def _title_of(link: Element) -> str:
    """The heading in the link, where it wraps a whole teaser; else the link's text."""
    heading = next(link.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6"), None)
    return text_of(heading if heading is not None else link)


def _is_article(address: str, own: str, hosts: Mapping[str, str]) -> bool:
    parts = urlsplit(address)
    if parts.hostname not in hosts or parts.path == urlsplit(own).path:
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    is_slug = any(_SLUG.fullmatch(segment) for segment in segments)
    return is_slug and bool(_NUMBER.search(segments[-1]) or segments[-1].count("-") >= _MANY)


def _labelled_asides(survey: Survey) -> set[Element]:
    """Boxes that begin with a label such as "Đọc nhiều"."""
    found = set()
    for block in survey.blocks:
        if len(block.text) <= _LABEL and _ASIDE.fullmatch(block.text):
            found.update(list(lineage(block.box))[:_AROUND])
    return found


class _Scale:
    """What a link to an article weighs, by what stands around it; each box is looked at once."""

    def __init__(self, survey: Survey) -> None:
        self.described = {survey.blocks[index].box for index in survey.teasers}
        self.labelled = _labelled_asides(survey)
        self.asides: dict[Element, bool] = {}
        self.pictured: dict[Element, bool] = {}

    def weight(self, link: Element) -> float:
        around = list(lineage(link))[: _AROUND + 1]
        item = around[min(2, len(around) - 1)]
        boxes = (*around, *link.iterdescendants())
        weight = 1.0
        if any(box in self.described for box in boxes):
            weight += 3
        if self._has_picture(item):
            weight += 1
        if any(re.fullmatch("h[1-6]", str(box.tag)) for box in boxes):
            weight += 1
        return weight * (_LESS if self._is_aside(link) else 1)

    def _has_picture(self, item: Element) -> bool:
        if item not in self.pictured:
            self.pictured[item] = next(item.iter("img"), None) is not None
        return self.pictured[item]

    def _is_aside(self, link: Element) -> bool:
        """Whether it or a box it stands in is one of those beside the list."""
        waiting = []
        found = False
        for box in lineage(link):
            if box in self.asides:
                found = self.asides[box]
                break
            waiting.append(box)
        for box in reversed(waiting):
            is_side = box.tag == "aside" or box in self.labelled or _SIDE.search(named(box))
            self.asides[box] = found = found or bool(is_side)
        return found


def _list_box(titles: Sequence[_Title]) -> Element:
    """The box of the weightiest titles that are set alike."""
    groups: dict[tuple[str, ...], list[_Title]] = {}
    for title in titles:
        around = list(lineage(title.link))[1 : _AROUND + 1]
        groups.setdefault(tuple(f"{box.tag} {named(box)}" for box in around), []).append(title)
    group = max(groups.values(), key=lambda found: sum(title.weight for title in found))
    sums: Counter[Element] = Counter()
    for title in group:
        sums.update(lineage(title.link))
    boxes = (box for box in lineage(group[0].link) if sums[box] >= _SHARE * len(group))
    return next(boxes, group[0].link)  # deeper than any list: nothing holds them all


def _with_top_stories(box: Element, titles: Sequence[_Title]) -> Element:
    """The box, or the one around it, where that has but a few more titles, all above the list."""
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


# The next page --------------------------------------------------------------------------------


def _older(survey: Survey) -> str | None:
    """The address of the next older page; None on the last one."""
    stated = first(elements(survey.document.root, "//*[@rel='next'][@href]"))
    if stated is not None:
        return _own_page(survey, stated)
    here = _page_number(survey.document.url) or 1
    for is_wanted in (lambda text: text == str(here + 1), _NEXT.fullmatch):
        for link in survey.document.root.iter("a"):
            href = link.get("href")
            if leads_elsewhere(href) and is_wanted(text_of(link)):
                address = _own_page(survey, link)
                if address is not None and _page_number(address) == here + 1:
                    return address
    return None


def _own_page(survey: Survey, link: Element) -> str | None:
    """The address the link leads to, where that is on the page's own host."""
    address = resolve(survey.base, link.get("href") or "")
    hosts = spellings(urlsplit(survey.document.url).hostname or "")
    return address if address is not None and urlsplit(address).hostname in hosts else None


def _page_number(address: str) -> int | None:
    match = _PAGE.search(address)
    return int(match[1]) if match else None
