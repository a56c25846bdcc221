"""A small newspaper on loopback whose articles stand in sources of every kind.

Its lists, feeds, sitemaps, WordPress answers and day pages name the same articles; a test declares
which of them the newspaper has. Articles are of no known CMS.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.discovery.source import Source
from newscrawl.items import VIETNAM
from tests.support.moody_site import (
    FIRST_DAY,
    PER_PAGE,
    MoodySite,
    Newspaper,
    Reply,
    page,
    running_site,
)

NEWEST: Final = 23
NOON: Final = FIRST_DAY + timedelta(days=NEWEST, hours=12)
XML: Final = (("Content-Type", "application/xml"),)
JSON: Final = (("Content-Type", "application/json"),)
HOME: Final = "https://baos.vn"


def days_until(moment: datetime) -> float:
    """How far the clock is put forward, in days, for the run to be at that moment."""
    return (moment - datetime.now(UTC)) / timedelta(days=1)


def xml(text: str, status: int = 200) -> Reply:
    return Reply(status, text.encode(), XML)


def rss(items: str) -> Reply:
    return xml(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>')


@dataclass
class SourceSite(MoodySite):
    """The articles, and which of them each source leaves out."""

    sources: tuple[Source, ...] = ()
    feed_size: int = 10
    unlisted: set[int] = field(default_factory=set)
    """Articles that the HTML list leaves out"""
    unfed: set[int] = field(default_factory=set)
    """Articles that the feeds leave out"""
    alternate: str = ""
    """The front page's links to feeds"""
    robots: str = ""

    @property
    def paper(self) -> type[Newspaper]:
        declared = {
            "name": "baos",
            "title": "Báo S",
            "domain": "baos.vn",
            "pages": (GenericPage,),
            "sources": self.sources,
            "__module__": __name__,
        }
        return type("PaperS", (Newspaper,), declared)

    def path(self, number: int) -> str:
        return f"/xa-hoi/chuyen-lang-so-{number}-ke-lai-{100000 + number}.html"

    def moment(self, number: int) -> datetime:
        """One article a day up to the newest; later ones all on that day, ten minutes apart."""
        day, late = min(number, NEWEST), max(0, number - NEWEST)
        return (FIRST_DAY + timedelta(days=day, minutes=10 * late)).astimezone(VIETNAM)

    def article(self, number: int) -> Reply:
        text = "".join(
            f"<p>Đoạn {n} của chuyện thứ {number}, kể rằng làng dựng lại mái đình vào mùa khô.</p>"
            for n in range(1, 5)
        )
        return page(
            f"<article><h1>{self.title(number)}</h1><time>{self.moment(number):%d/%m/%Y %H:%M}"
            f'</time><div class="noi-dung">{text}</div></article>'
        )

    def title(self, number: int) -> str:
        return f"Chuyện làng số {number} kể lại từ đầu mùa"

    def at(self, moment: datetime) -> float:
        return days_until(moment)

    def answer(self, target: str) -> Reply:
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/robots.txt":
            return Reply(200, self.robots.encode(), (("Content-Type", "text/plain"),))
        for number in self.numbers:
            if parts.path == self.path(number):
                return self.article(number)
        by_kind: dict[str, Callable[[], Reply]] = {
            "/": self._home,
            "/xa-hoi/": lambda: self._list(int(query.get("page", "1"))),
            "/rss.xml": lambda: self._feed(1, self.feed_size),
            "/feed/": lambda: self._feed(int(query.get("paged", "1")), self.feed_size),
            "/sitemap.xml": self._index,
            "/sitemap-tin.xml": lambda: self._sitemap(self.numbers[:12]),
            "/sitemap-cu.xml.gz": lambda: self._sitemap(self.numbers[12:], packed=True),
            "/sitemap-news.xml": self._news,
            "/wp-json/wp/v2/posts": lambda: self._posts(int(query["page"])),
        }
        if parts.path in by_kind:
            return by_kind[parts.path]()
        if parts.path.startswith("/ngay/"):
            return self._day(parts.path.removeprefix("/ngay/").removesuffix(".html"))
        return page("", 404)

    def _links(self, numbers: list[int]) -> str:
        return "".join(
            f'<div class="tin"><h3><a href="{self.path(n)}">{self.title(n)}</a></h3>'
            f"<p>Lời dẫn của chuyện thứ {n}, viết cho người đọc vội.</p></div>"
            for n in numbers
        )

    def _home(self) -> Reply:
        body = f"<body>{self._links(self.numbers[:3])}</body>"
        return Reply(200, f"<html><head>{self.alternate}</head>{body}</html>".encode())

    def _list(self, number: int) -> Reply:
        listed = [n for n in self.numbers if n not in self.unlisted]
        shown = listed[(number - 1) * PER_PAGE : number * PER_PAGE]
        more = number * PER_PAGE < len(listed)
        pager = f'<a rel="next" href="/xa-hoi/?page={number + 1}">{number + 1}</a>' if more else ""
        return page(f'<div id="ds">{self._links(shown)}</div>{pager}') if shown else page("", 404)

    def _feed(self, number: int, size: int) -> Reply:
        fed = [n for n in self.numbers if n not in self.unfed]
        shown = fed[(number - 1) * size : number * size]
        items = "".join(
            f"<item><title>{self.title(n)}</title><link>{HOME}{self.path(n)}</link>"
            f"<pubDate>{self.moment(n):%a, %d %b %Y %H:%M:%S} +0700</pubDate></item>"
            for n in shown
        )
        return rss(items) if shown else page("", 404)

    def _index(self) -> Reply:
        newest = self.moment(self.numbers[0]).isoformat()
        return xml(
            f"<sitemapindex><sitemap><loc>{HOME}/sitemap-tin.xml</loc><lastmod>{newest}</lastmod>"
            f"</sitemap><sitemap><loc>{HOME}/sitemap-cu.xml.gz</loc><lastmod>2026-01-01</lastmod>"
            "</sitemap></sitemapindex>"
        )

    def _sitemap(self, numbers: list[int], *, packed: bool = False) -> Reply:
        urls = "".join(
            f"<url><loc>{HOME}{self.path(n)}</loc>"
            f"<lastmod>{self.moment(n).isoformat()}</lastmod></url>"
            for n in numbers
        )
        text = f"<urlset><url><loc>{HOME}/xa-hoi/</loc></url>{urls}</urlset>"
        return Reply(200, gzip.compress(text.encode()), ()) if packed else xml(text)

    def _news(self) -> Reply:
        urls = "".join(
            f"<url><loc>{HOME}{self.path(n)}</loc><news><publication_date>"
            f"{self.moment(n).isoformat()}</publication_date><title>{self.title(n)}</title></news>"
            "</url>"
            for n in self.numbers[: self.feed_size]
            if n not in self.unfed
        )
        return xml(f"<urlset>{urls}</urlset>")

    def _posts(self, number: int) -> Reply:
        size = 10
        last = -(-len(self.numbers) // size)
        if number > last:
            return Reply(400, b'{"code":"rest_post_invalid_page_number"}', JSON)
        posts = [
            {
                "id": n,
                "link": f"{HOME}{self.path(n)}",
                "date_gmt": f"{self.moment(n).astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
                "title": {"rendered": self.title(n)},
            }
            for n in self.numbers[(number - 1) * size : number * size]
        ]
        headers = (*JSON, ("X-WP-TotalPages", str(last)))
        return Reply(200, json.dumps(posts).encode(), headers)

    def _day(self, day: str) -> Reply:
        shown = [n for n in self.numbers if f"{self.moment(n):%Y-%m-%d}" == day]
        return page(f'<div id="ds">{self._links(shown)}</div>') if shown else page("", 404)


@contextmanager
def source_site(*sources: Source) -> Iterator[SourceSite]:
    """A site that listens until the block ends, with these sources declared."""
    site = SourceSite(family="S", sources=sources)
    with running_site(site):
        yield site
