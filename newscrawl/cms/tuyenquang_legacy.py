"""Legacy Tuyên Quang CMS (family K): baotuyenquang.com.vn until 2025 and the province's portals.

The selectors are those of a crawler of June 2019; no page was read since. Addresses seen until
2026: articles `/{section}/…-{number}.html`, lists `/{section}/trang-{N}.html`.
"""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.byline import strip_dash
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.section import NEAREST, list_address
from newscrawl.discovery.source import (
    Link,
    ListPage,
    Source,
    each_once,
)
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import (
    Element,
    classed,
    elements,
    first,
    only_or_none,
)
from newscrawl.urls.article_keys import trailing_number_key
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

_PAGER: Final = "trang-"
_TAGS: Final = frozenset(["tags", "tag"])
# A condition on the few headings and times, because `article h1, [itemtype*=Article] h1` walks over
# the page once for each part and takes five times as long. At most 1,000 headings are asked.
_IN_ARTICLE: Final = (
    f"[position() < 1000][ancestor::*{NEAREST}[self::article or contains(@itemtype, 'Article')]]"
)


class LegacyPage(ArticlePage):
    """An article: `[itemprop=articleBody]`, lead in `.summary`, `time`; captions centred or italic.

    These selectors are of 2019 (one crawler); that headline and breadcrumb stand in `h1` and
    `.breadcrumb` is a guess. The lead begins with an ornamental dash: "- Sáng 23-1, …".
    """

    version = "k.2"
    identifying_selectors = ("[itemprop=articleBody]", "h1")
    headline_selector = f"/descendant::h1{_IN_ARTICLE}"
    published_selector = f"/descendant::time{_IN_ARTICLE}"
    body_selector = "[itemprop=articleBody]"

    @staticmethod
    def read_key(url: str) -> str | None:
        return trailing_number_key(url)

    def lead(self) -> str | None:
        return self.summary or super().lead()

    @cached_property
    def summary(self) -> str | None:
        printed = only_or_none(self.boxes_of("summary"), ".summary")
        return (strip_dash(self.text_of(printed)) if printed is not None else "") or None

    @cached_property
    def classed(self) -> list[tuple[Element, frozenset[str]]]:
        return classed(self.root, "summary", "breadcrumb", *_TAGS)

    def boxes_of(self, *names: str) -> list[Element]:
        """Return the elements of any of these classes, in document order."""
        return [box for box, own in self.classed if not own.isdisjoint(names)]

    def section_path(self) -> tuple[str, ...]:
        """Return the breadcrumb's labels without the home page."""
        trail = first(self.boxes_of("breadcrumb"))
        return () if trail is None else self.texts('a:not([href="/"])', trail)

    def tags(self) -> tuple[str, ...]:
        links: dict[Element, None] = {}
        for box in self.boxes_of(*_TAGS):
            own = next(box.iterdescendants("a"), None)
            if own is not None and own not in links:  # else the box stands in another one of tags
                links.update(dict.fromkeys(box.iterdescendants("a")))
        return tuple(dict.fromkeys(filter(None, map(self.text_of, links))))


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacySection(Source):
    """A section's pages, with pagination by the links `/{section}/trang-{N}.html`.

    No such page was read. A link counts where its address ends in an article's number and, as a
    guess, begins with the section's path and stands in the breadcrumb's column, which leaves
    sidebars out. Of the pagination only addresses were seen.
    """

    front: str = ""
    """Last part of the newest page's address: "trang-1.html" where today's CMS has taken over
    the section's own address"""

    def at(self, path: str) -> Source | None:
        folder, _, page = path.rpartition("/")
        is_list = page in ("", self.front) or _page_number(path, f"{folder}/") is not None
        return replace(self, path=f"{folder}/") if is_list else None

    def start(self, site: Site) -> str:
        return f"https://{site.domain}{self.path}{self.front}"

    def read(self, document: Document, site: Site) -> ListPage:
        links: list[Link] = []
        pages: dict[int, str] = {}
        trail = first(elements(document.root, ".breadcrumb"))
        column = trail.getparent() if trail is not None else None
        base = document.base_url
        for a in elements(document.root if column is None else column, ".//a[@href]"):
            href = a.get("href") or ""
            address = list_address(href, base, document, site) if _PAGER in href else None
            number = _page_number(address, self.path) if address else None
            if address and number is not None:
                pages.setdefault(number, address)
            elif (link := self._link(a, resolve(base, href), site)) is not None:
                links.append(link)
        if not links:
            raise ExtractionError("list", document.url, "no link to an article of the section")
        here = _page_number(document.url, self.path) or 1
        return ListPage(links=each_once(links), older=pages.get(here + 1))

    def _link(self, a: Element, address: str | None, site: Site) -> Link | None:
        try:
            url = canonical(address or "", site.hosts)
        except BadAddressError:
            return None
        key = trailing_number_key(url)
        parts = urlsplit(url)
        if key is None or parts.hostname not in site.hosts or not parts.path.startswith(self.path):
            return None
        return Link(url=url, key=key, title=text_of(a) or None)


def _page_number(address: str, path: str) -> int | None:
    match = re.fullmatch(re.escape(path) + r"trang-([0-9]{1,6})\.html", urlsplit(address).path)
    return int(match[1]) if match else None
