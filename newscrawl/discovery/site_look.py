"""The look at an unknown newspaper's site: which lists, feeds and sitemaps name its articles.

The look asks few addresses, one after the other, and each answer decides what is asked next: the
front page, what its head and its marks promise, what robots.txt names, the menu, three articles.
Nothing here knows how an address is asked: the caller hands in `ask`.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.generic.survey import Survey
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_menu import MenuLink, menu_links
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link, ListPage, Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.metadata import HOME_LABELS
from newscrawl.page.selectors import elements, first
from newscrawl.text import clean, counted
from newscrawl.urls.article_keys import looks_like_article
from newscrawl.urls.canonical import BadAddressError, canonical, resolve, spellings
from newscrawl.urls.url_parts import read_parts

LOOK_REQUESTS_MAX: Final = 40
SECTION_MIN_LINKS: Final = 3
ARTICLES_LOOKED_AT: Final = 3
_TITLE_MIN_CHARS: Final = 12  # of a link that may name an article
_ARTICLE_MIN_CHARS: Final = 400  # of prose below a headline
_FEEDS_MAX: Final = 8
_SITEMAPS_MAX: Final = 3
_USUAL_FEEDS: Final = ("/rss", "/feed/", "/rss.xml", "/rss/home.rss")
_USUAL_SITEMAPS: Final = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-news.xml")
_FEED_TYPES: Final = "//link[@href][contains(@type, 'rss') or contains(@type, 'atom')]"
_FEED_ADDRESS: Final = re.compile(r"\.rss$|\.xml$|/rss/.+|/feed/?$", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"comment|binh-?luan|bình luận", re.IGNORECASE)
_NEWS_SPACE: Final = b"sitemap-news/0.9"
_WORDPRESS: Final = re.compile(rb"api\.w\.org|/wp-content/|/wp-json/|content=.WordPress")
_OUTLET_BORDER: Final = re.compile(r"\s+[-–|]\s+|\s*\|\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteAnswer:
    """What an address answered."""

    url: str
    """The address that was asked"""
    document: Document | None
    """The answer's bytes and final address; None = no answer that may be read"""
    why: str = ""
    """Why there is none: "HTTP 404", "robots", "redirects to another host: …" """

    @property
    def told(self) -> str:
        """Return the answer in a few words."""
        if self.document is None:
            return self.why
        kind = (self.document.content_type or "no type").partition(";")[0]
        return f"{self.document.status} {kind}, {len(self.document.body):,} bytes"


Ask = Callable[[str], Awaitable[SiteAnswer]]
"""Asks for an address and returns what it answered; it never raises for a bad answer"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """A source, and what speaks for it."""

    source: Source
    evidence: str
    label: str = ""
    """The menu's word for it; "" = none"""
    links: tuple[Link, ...] = ()
    """The links of its newest page; () where it was not read"""


@dataclass(slots=True, kw_only=True)
class SiteLook:
    """What a look has found, and what it asked."""

    address: str
    paper: Site
    title: str = ""
    sources: list[FoundSource] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    """Place → why it is no source"""
    skip_paths: tuple[str, ...] = ()
    """Menu places that hold films, print editions, forms"""
    asked: dict[str, str] = field(default_factory=dict)
    """Every address that was asked → the answer in a few words"""
    pages: dict[str, Document] = field(default_factory=dict)
    """The front page, the sections and articles that answered, by the address asked"""
    articles: list[str] = field(default_factory=list)
    """Addresses of the articles that were read for their layout; keys of `pages`"""
    problem: str = ""
    """Why nothing was found; "" = something was"""


def site_of(address: str, name: str) -> Site:
    """Return the site of an address; raise `BadAddressError` where it cannot be read."""
    host = read_parts(address).host
    return Site(name=name, domain=host, hosts=spellings(host))


async def look_at(
    address: str,
    name: str,
    ask: Ask,
    sitemaps: Callable[[], Sequence[str]],
    known: Sequence[Source] = (),
) -> SiteLook:
    """Return what the site offers.

    Args:
        address: The front page, absolute.
        name: The newspaper's name in the archive.
        ask: Asks for one address.
        sitemaps: Returns the sitemaps that robots.txt names; called once a page was asked for.
        known: Sources of an earlier look, asked for where this one does not meet them.
    """
    looking = _Looking(SiteLook(address=address, paper=site_of(address, name)), ask)
    front = await looking.document(address)
    if front is None:
        looking.look.problem = f"{address}: {looking.look.asked[address]}"
        return looking.look
    looking.take_front(front)
    await looking.wordpress(front)
    await looking.feeds(front)
    await looking.sitemaps(sitemaps())
    await looking.known(known)
    await looking.sections(front)
    await looking.sample()
    if not looking.look.sources:
        looking.look.problem = f"{address}: no list, feed or sitemap that names articles"
    return looking.look


@dataclass(slots=True)
class _Looking:
    """One look under way."""

    look: SiteLook
    ask: Ask

    @property
    def is_spent(self) -> bool:
        return len(self.look.asked) >= LOOK_REQUESTS_MAX - ARTICLES_LOOKED_AT

    async def document(self, url: str) -> Document | None:
        """Ask for an address, note the answer, and return its document; None for no good one."""
        if url in self.look.asked:
            return self.look.pages.get(url)
        answer = await self.ask(url)
        self.look.asked[url] = answer.told
        if answer.document is not None:
            self.look.pages[url] = answer.document
        return answer.document

    def take_front(self, front: Document) -> None:
        """Take host and title of the front page that answered."""
        host = read_parts(front.url).host
        self.look.paper = replace(self.look.paper, domain=host, hosts=spellings(host))
        self.look.title = title_of(front)

    async def read(self, source: Source) -> tuple[ListPage | None, str]:
        """Return the source's newest page and "", or None and why it cannot be read."""
        url = source.start(self.look.paper)
        document = await self.document(url)
        if document is None:
            return None, self.look.asked[url]
        try:
            return source.read(document, self.look.paper), ""
        except (ExtractionError, IncompletePageError) as error:
            return None, error.why

    async def take(self, source: Source, evidence: str, label: str = "") -> bool:
        """Ask for a source, and take it where its page names enough articles."""
        page, why = await self.read(source)
        if page is None:
            self.look.left_out[source.start(self.look.paper)] = why
            return False
        least = 1 if source.is_first or page.parts else SECTION_MIN_LINKS
        if len(page.links) + len(page.parts) < least:
            count = len(page.links)
            self.look.left_out[source.start(self.look.paper)] = f"names {counted(count, 'article')}"
            return False
        told = f"{evidence}; {described(page)}"
        self.look.sources.append(
            FoundSource(source=source, evidence=told, label=label, links=page.links)
        )
        return True

    async def wordpress(self, front: Document) -> None:
        """Take the API of WordPress where the front page carries its marks."""
        if (mark := _WORDPRESS.search(front.body)) is not None:
            word = mark[0].decode("ascii")
            await self.take(WordPress("/"), f"the front page has {word}")

    async def feeds(self, front: Document) -> None:
        """Take the feeds that the front page names, else those at the usual addresses."""
        named = list(feeds_named(front, self.look.paper))[:_FEEDS_MAX]
        for place in named:
            await self.take(self._feed(place), "the front page's head names it")
        for place in () if named else _USUAL_FEEDS:
            if await self.take(self._feed(place), "a usual address of feeds"):
                return
            address = f"https://{self.look.paper.domain}{place}"
            listed = self.look.pages.get(address)
            if listed is not None and await self._listed_feeds(listed, place):
                self.look.left_out.pop(address, None)  # it lists feeds, and is none
                return

    async def _listed_feeds(self, page: Document, place: str) -> bool:
        """Take the feeds that a page lists; return whether it lists any."""
        if b"<a" not in page.body:
            return False
        found = list(feeds_linked(page, self.look.paper))[:_FEEDS_MAX]
        taken = [await self.take(self._feed(one), f"{place} lists it") for one in found]
        return any(taken)

    def _feed(self, place: str) -> Feed:
        """Return the feed; WordPress turns its pages, also where the API is forbidden."""
        front = self.look.pages.get(self.look.address)
        return Feed(place, paged=front is not None and _WORDPRESS.search(front.body) is not None)

    async def sitemaps(self, named: Sequence[str]) -> None:
        """Take the sitemaps that robots.txt names, else those at the usual addresses."""
        own = [place for url in named if (place := _own_place(url, self.look.paper)) is not None]
        for place in own[:_SITEMAPS_MAX]:
            await self._sitemap(place, "robots.txt names it")
        for place in () if own else _USUAL_SITEMAPS:
            if await self._sitemap(place, "a usual address of sitemaps"):
                return

    async def _sitemap(self, place: str, evidence: str) -> bool:
        """Take a sitemap; of an index the first part tells whether it holds news alone."""
        source = Sitemap(place)
        page, why = await self.read(source)
        if page is None:
            self.look.left_out[source.start(self.look.paper)] = why
            return False
        raw = self.look.pages[source.start(self.look.paper)].body
        if page.parts and (part := source.part(page.parts[0])) is not None:
            await self.read(part)
            inner = self.look.pages.get(part.start(self.look.paper))
            raw = inner.body if inner is not None else raw
        return await self.take(Sitemap(place, news=_NEWS_SPACE in raw), evidence)

    async def known(self, sources: Sequence[Source]) -> None:
        """Take the sources of an earlier look that still name articles."""
        for source in sources:
            if source.start(self.look.paper) not in self.look.asked and not self.is_spent:
                await self.take(source, "an earlier look found it")

    async def sections(self, front: Document) -> None:
        """Take the menu's sections; the front page where there are none."""
        links, left = menu_links(front, self.look.paper)
        self.look.skip_paths = _skipped(left)
        for link in links:
            if self.is_spent:
                self._note_unread(link)
            else:
                await self._section(link)
        if not any(isinstance(found.source, GenericSection) for found in self.look.sources):
            await self.take(GenericSection("/", front_only=True), "no menu was found")

    async def _section(self, link: MenuLink) -> None:
        source = GenericSection(link.place)
        if source.start(self.look.paper) in self.look.asked:
            return
        document = await self.document(source.start(self.look.paper))
        if not link.in_menu and document is not None and shows_article(document, link.label):
            self.look.left_out[source.start(self.look.paper)] = "an article"
            return
        where = "the menu" if link.in_menu else "the front page"
        await self.take(source, f"{where} names it {link.label!r}", link.label)

    def _note_unread(self, link: MenuLink) -> None:
        """Take a section of the menu without reading it: the look has asked enough."""
        if link.in_menu:
            source = GenericSection(link.place)
            evidence = f"the menu names it {link.label!r}; not read in the look"
            self.look.sources.append(
                FoundSource(source=source, evidence=evidence, label=link.label)
            )

    async def sample(self) -> None:
        """Ask for articles of several sources, by which the layout is known."""
        for link in sample_of(self.look.sources, ARTICLES_LOOKED_AT):
            if await self.document(link.url) is not None:
                self.look.articles.append(link.url)


def shows_article(document: Document, label: str) -> bool:
    """Return whether a page that a short link leads to is an article and no section.

    Its address has an article's form, after a redirect perhaps, or the link's words are the page's
    headline above a text. A section's page has its name as headline, above teasers alone.
    """
    if looks_like_article(document.url):
        return True
    survey = Survey(document)
    is_titled = len(label) >= _TITLE_MIN_CHARS and survey.is_headline(label)
    return is_titled and survey.prose_below.get(document.root, 0) >= _ARTICLE_MIN_CHARS


def sample_of(sources: Iterable[FoundSource], count: int) -> list[Link]:
    """Return up to `count` links, the first of each source in turn, every article once."""
    rows = [list(found.links) for found in sources if found.links]
    taken: dict[str, Link] = {}
    for turn in range(max(map(len, rows), default=0)):
        for row in rows:
            if turn < len(row) and len(taken) < count:
                taken.setdefault(row[turn].key, row[turn])
    return list(taken.values())


def described(page: ListPage) -> str:
    """Return what a list page holds, in a few words.

    >>> described(ListPage(links=(), older=None))
    '0 links'
    """
    dated = sum(link.published_at is not None for link in page.links)
    words = [f"{counted(len(page.links), 'link')}"]
    words += [f"{dated} dated"] if dated else []
    words += [f"{len(page.parts)} further files"] if page.parts else []
    words += [f"next page {page.older}"] if page.older else []
    return ", ".join(words)


def title_of(front: Document) -> str:
    """Return the name that the front page gives the newspaper: og:site_name, else its title."""
    stated = front.metadata.og.get("site_name")
    title = first(elements(front.root, "//title[not(ancestor::svg)]"))
    words = stated or (text_of(title) if title is not None else "")
    parts = [part for part in _OUTLET_BORDER.split(clean(words)) if part]
    named = [part for part in parts if part.casefold() not in HOME_LABELS]
    return next(iter(named), "")[:80]


def feeds_named(front: Document, paper: Site) -> Iterator[str]:
    """Yield the places of the feeds that a page's head names, without those of comments."""
    seen: set[str] = set()
    for link in elements(front.root, _FEED_TYPES):
        href, title = link.get("href") or "", link.get("title") or ""
        place = _own_place(resolve(front.base_url, href) or "", paper)
        if place is not None and place not in seen and not _COMMENTS.search(f"{place} {title}"):
            seen.add(place)
            yield place


def feeds_linked(page: Document, paper: Site) -> Iterator[str]:
    """Yield the places of the feeds that a page about feeds links to."""
    own = urlsplit(page.url).path
    seen: set[str] = set()
    for a in elements(page.root, "//a[@href]"):
        place = _own_place(resolve(page.base_url, a.get("href") or "") or "", paper)
        if place is None or place in seen or urlsplit(place).path == own:
            continue
        if _FEED_ADDRESS.search(urlsplit(place).path):
            seen.add(place)
            yield place


def _own_place(url: str, paper: Site) -> str | None:
    """Return path and query of an address on the paper's hosts; None for any other."""
    try:
        own = urlsplit(canonical(url, paper.hosts))
    except BadAddressError:
        return None
    if own.hostname not in paper.hosts:
        return None
    return f"{own.path}?{own.query}" if own.query else own.path


def _skipped(places: Iterable[str]) -> tuple[str, ...]:
    """Return the folders that hold what menu places hold: films, print editions, forms.

    A folder ends in a slash: "/anh/" is no beginning of "/anh-nong-dan-4102.html". A place with a
    query names no folder.

    >>> _skipped(["/video.html", "/phim/moi", "/list.aspx?cat=3"])
    ('/phim/moi/', '/video/')
    """
    paths = (urlsplit(place) for place in places)
    folders = {f"{p.path.partition('.')[0].rstrip('/')}/" for p in paths if not p.query}
    return tuple(sorted(folders - {"/"}))
