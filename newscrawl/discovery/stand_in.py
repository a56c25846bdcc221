"""What stands in for a list that cannot be read: its page read by form, then feeds and sitemaps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_listing import read_list
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link, ListPage, Source, each_once
from newscrawl.discovery.stated_link import own_address
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import elements

FOUND_MAX: Final = 10  # feeds, and sitemaps, that a front page and a robots.txt may name
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn(Source):
    """A list whose own reading fails, read by the generic list reader.

    It has a progress of its own in the ledger. That of the list stays as it was: once the list is
    mended, it is walked down to what was known before the fault.
    """

    of: Source
    """The list that it stands in for"""

    @property
    def name(self) -> str:
        return f"StandIn:{self.of.name}"

    def start(self, paper: Site) -> str:
        return self.of.start(paper)

    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the page's list by its form, then every link in the form of the CMS's articles.

        A link too many costs one request, a missing list costs the articles.
        """
        page = read_list(document, paper)
        links = each_once((*page.links, *_links_of_own_form(document, paper)))
        if not links:
            raise ExtractionError("list", document.url, "no linked titles")
        return replace(page, links=links)


def _links_of_own_form(document: Document, paper: Site) -> Iterator[Link]:
    """Yield the page's links to articles, where the paper's CMS gives these a form of their own."""
    for a in elements(document.root, "//a[@href]") if paper.has_own_form else ():
        url = own_address(document.base_url, a.get("href") or "", paper)
        key = paper.read_key(url) if url is not None else None
        if url is not None and key is not None:
            yield Link(url=url, key=key, title=text_of(a) or None)


def stand_in_of(source: Source) -> StandIn:
    """Return the generic reading of a list."""
    return StandIn(path=source.path, closed=source.closed, front_only=True, of=source)


def feeds_named_by(document: Document, paper: Site) -> tuple[Feed, ...]:
    """Return the feeds on the paper's hosts that the page's head names, at most `FOUND_MAX`."""
    links = elements(document.root, "//link[@href][contains(@rel, 'alternate')]")
    stated = (
        own_address(document.base_url, link.get("href") or "", paper)
        for link in links
        if (link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
    )
    return tuple(Feed(url) for url in list(dict.fromkeys(filter(None, stated)))[:FOUND_MAX])


def sitemaps_named(addresses: Iterable[str], paper: Site) -> tuple[Sitemap, ...]:
    """Return the sitemaps on the paper's hosts that its robots.txt names, at most `FOUND_MAX`.

    A news sitemap is known by its address.

    >>> paper = Site(name="baothu", domain="baothu.vn", hosts={"baothu.vn": "baothu.vn"})
    >>> [m.news for m in sitemaps_named(["/sitemap.xml", "/sitemap-news.xml"], paper)]
    [False, True]
    """
    home = f"https://{paper.domain}/"
    stated = (own_address(home, address, paper) for address in addresses)
    found = list(dict.fromkeys(filter(None, stated)))[:FOUND_MAX]
    return tuple(Sitemap(url, news="news" in url.rpartition("/")[2].lower()) for url in found)
