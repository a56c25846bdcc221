"""What the replica answers to an address, without a socket: host, path and query in, page out."""

import gzip
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final

from newscrawl.replica import chrome, lists
from newscrawl.replica.a1 import A1
from newscrawl.replica.a2 import A2
from newscrawl.replica.dice import Dice
from newscrawl.replica.legacy import Legacy
from newscrawl.replica.paper import Paper
from newscrawl.replica.site import (
    SITES,
    Options,
    ReplicaSite,
    Section,
    by_host,
)

Template = A1 | A2 | Legacy

HTML: Final = "text/html;charset=UTF-8"
KEPT_PAGES: Final = 512
"""Rendered pages kept in memory, newest use first; --warm keeps all"""
REDESIGN_PREFIX: Final = "moi-"
"""Stands before what boxes are called on the article pages of a redesigned newspaper"""

_BOX_NAME: Final = re.compile(r' (?:class|itemprop)="')
_LIST_PAGE: Final = re.compile(r"(/.+/)trang-(\d{1,6})\.html")


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: status, bytes, and what the headers say."""

    status: int
    body: bytes = b""
    content_type: str = HTML
    location: str = ""
    modified: datetime | None = None
    """Last change; None = not stated (lists, errors)"""

    @property
    def etag(self) -> str:
        """A strong validator: equal for equal bytes."""
        return f'"{blake2b(self.body, digest_size=12).hexdigest()}"'


class Kept:
    """A rendered article page, with what is dear to work out."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.etag = page.etag

    @cached_property
    def packed(self) -> bytes:
        """The body in gzip, without a clock in its head."""
        return gzip.compress(self.page.body, 1, mtime=0)


NOT_FOUND: Final = Page(404, "<html><body><h1>Không tìm thấy trang</h1></body></html>".encode())
GONE: Final = Page(410, "<html><body><h1>Bài viết đã được gỡ</h1></body></html>".encode())
MISDIRECTED: Final = Page(421, b"no such newspaper here\n", "text/plain")


class Press:
    """All papers of one replica, at every edition asked for."""

    def __init__(
        self,
        options: Options,
        kept_pages: int = KEPT_PAGES,
        sites: Sequence[ReplicaSite] = SITES,
    ) -> None:
        self.options, self.sites = options, tuple(sites)
        self.site_of_host = by_host(sites)
        self.edition = options.edition
        self._papers = lru_cache(maxsize=64)(self._paper)
        self._template = lru_cache(maxsize=64)(self._new_template)
        self._kept = lru_cache(maxsize=kept_pages)(self._render)

    def _paper(self, host: str, edition: int) -> Paper:
        return Paper(self.site_of_host[host], self.options, edition)

    def paper(self, site: ReplicaSite, edition: int) -> Paper:
        """Return the site's paper at an edition; always the same object while it is in use."""
        return self._papers(site.host, edition)

    def _new_template(self, host: str, edition: int, old: bool) -> Template:
        paper = self._papers(host, edition)
        if old:
            return Legacy(paper)
        return A1(paper) if paper.room.site.cms == "A1" else A2(paper)

    def current(self, site: ReplicaSite) -> Paper:
        """Return the site's paper at the present edition."""
        return self.paper(site, self.edition)

    def _render(self, host: str, item: int, touched: int) -> Kept:
        """Return an item's page as of the edition that last changed it: equal bytes ever after."""
        paper = self._papers(host, touched)
        template = self._template(host, touched, paper.room.is_old(item))
        if paper.room.is_article(item):
            html = template.article(item)
        else:
            html = lists.media_page(template, item)
        if paper.room.look(item).nfd:
            html = unicodedata.normalize("NFD", html)
        if host in self.options.redesigned and paper.room.is_article(item):
            html = _BOX_NAME.sub(rf"\g<0>{REDESIGN_PREFIX}", html)
        if self.options.page_bytes:
            html = self._padded(html, host, item, self.options.page_bytes)
        return Kept(Page(200, html.encode(), modified=paper.room.modified(item)))

    @cached_property
    def _padding(self) -> list[str]:
        """What stands around an article on real pages, by the kilobyte; a part in twelve is code.

        Saved pages of 50 to 160 KB (baodaklak.vn, baodongnai.com.vn, baocantho.com.vn, 2024-2026)
        have 8 to 13 elements and 12 to 16 attributes a kilobyte and 5 to 8 % scripts and styles;
        a parser reads pages padded with code alone twice as fast as real ones.
        """
        code = (chrome.styles, chrome.script)
        return [
            chrome.link_box(f"padding {number}", 2)
            if number % 12
            else code[number // 12 % 2](f"padding {number}", 8)
            for number in range(96)
        ]

    def _padded(self, html: str, host: str, item: int, limits: tuple[int, int]) -> str:
        """Return the page padded with boxes of links to a size between the limits."""
        dice = Dice(self.options.seed, host, item, "size")
        missing = dice.between(*limits) - len(html.encode())
        more, number = [], dice.below(len(self._padding))
        while missing > 0:
            piece = self._padding[number % len(self._padding)]
            if (size := len(piece.encode())) > missing:
                piece = f"<!--{'.' * max(0, missing - 7)}-->"
                size = len(piece)
            more.append(piece)
            missing -= size
            number += 1
        return html.replace("</body>", f"{''.join(more)}</body>")

    def kept(self, site: ReplicaSite, item: int) -> Kept:
        """Return the item's page in the present edition."""
        return self._kept(site.host, item, self.current(site).room.history(item).touched)

    def warm(self) -> None:
        """Render every page and keep it."""
        for site in self.sites:
            for item in self.current(site).items():
                _ = self.kept(site, item).packed

    def answer(self, host: str, path: str, query: Mapping[str, str]) -> Page | Kept:
        """Return what an address holds now."""
        site = self.site_of_host.get(host)
        if site is None:
            return MISDIRECTED
        if path == "/robots.txt":
            return Page(200, lists.robots(self.current(site)).encode(), "text/plain")
        if site.api and path == site.api:
            text, content_type = lists.api(self.current(site), query)
            return Page(200, text.encode(), f"{content_type};charset=UTF-8")
        if (listed := self._list(site, path, query)) is not None:
            return Page(200, listed.encode())
        return self._article(site, path)

    def _list(self, site: ReplicaSite, path: str, query: Mapping[str, str]) -> str | None:
        if path == "/":
            return lists.home(self._template(site.host, self.edition, not site.sections))
        if section := _named(site.sections, path):
            template = self._template(site.host, self.edition, False)
            page = lists.number(query.get("paged", ""), 1)
            if not isinstance(template, Legacy):
                return lists.section_page(template, section, max(1, page))
        match = _LIST_PAGE.fullmatch(path)
        place, number = (match[1], int(match[2])) if match else (path, 1)
        old = _named(site.old_sections, place)
        template = self._template(site.host, self.edition, True)
        if old is None or not isinstance(template, Legacy):
            return None
        return lists.legacy_page(template, old, number)

    def _article(self, site: ReplicaSite, path: str) -> Page | Kept:
        found = self.current(site).resolve(path)
        if found.status == 200:
            return self.kept(site, found.item)
        if found.status == 301:
            return Page(301, location=f"https://{site.host}{found.location}")
        return GONE if found.status == 410 else NOT_FOUND


def _named(sections: tuple[Section, ...], path: str) -> Section | None:
    return next((section for section in sections if section.path == path), None)
