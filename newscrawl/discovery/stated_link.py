"""Links to articles that a feed, a sitemap or an API states: on the paper's hosts, with a key."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.exceptions import ExtractionError
from newscrawl.text import clean
from newscrawl.urls.article_keys import any_key, generic_key
from newscrawl.urls.canonical import BadAddressError, canonical, resolve
from newscrawl.urls.url_parts import read_parts


@dataclass(slots=True)
class StatedLinks:
    """Collects the links of one answer, and counts the addresses that lead off the hosts."""

    base: str
    """Absolute address that relative links start from"""
    paper: Site
    is_of_articles: bool
    """Whether every address is an article's (a feed); False = of any page (a sitemap)"""
    links: list[Link] = field(default_factory=list)
    off_hosts: int = 0

    def add(
        self,
        address: str,
        title: str = "",
        published_at: datetime | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """Add the article at `address`, as printed; any other address is passed over."""
        url = own_address(self.base, address, self.paper)
        if url is None:
            self.off_hosts += 1
            return
        key = key_of_stated(url, self.paper, is_article=self.is_of_articles)
        if key is not None:
            self.links.append(
                Link(
                    url=url,
                    key=key,
                    title=clean(title) or None,
                    published_at=published_at,
                    not_after=not_after,
                )
            )

    @property
    def once(self) -> tuple[Link, ...]:
        """Return the links in order, every article once."""
        return each_once(self.links)

    def page(self, *, older: str | None, is_window: bool, left_out: int = 0) -> ListPage:
        """Return the links as a page of the list."""
        return ListPage(
            links=self.once,
            older=older,
            is_window=is_window,
            off_hosts=self.off_hosts,
            left_out=left_out,
        )


def own_address(base: str, address: str, paper: Site) -> str | None:
    """Return the canonical address if it is on one of the paper's hosts, else None."""
    try:
        url = canonical(resolve(base, address.strip()) or "", paper.hosts)
    except BadAddressError:
        return None
    return url if urlsplit(url).hostname in paper.hosts else None


def key_of_stated(url: str, paper: Site, *, is_article: bool) -> str | None:
    """Return the key of an address; None where it is no article's.

    An address without the paper's own form may be one of a new CMS: it is an article's where it
    looks like one. A paper of no known CMS may give its articles any address but the front page's.
    """
    known = paper.read_key(url) or generic_key(url)
    if known is not None or paper.has_own_form or not is_article:
        return known
    return None if urlsplit(url).path in ("", "/") else any_key(url)


def absolute(url: str, paper: Site) -> str:
    """Return an address that a declaration gives: absolute, or a path on the paper's domain.

    >>> paper = Site(name="baothu", domain="baothu.vn", hosts={"baothu.vn": "baothu.vn"})
    >>> absolute("/rss/home.rss", paper), absolute("https://baothu.vn/feed", paper)
    ('https://baothu.vn/rss/home.rss', 'https://baothu.vn/feed')
    """
    return url if "://" in url else f"https://{paper.domain}{url}"


def check_url(url: str) -> None:
    """Raise ValueError for a declared address that is neither a path nor an absolute address."""
    if url.startswith("/") and not url.startswith("//"):
        return
    try:
        read_parts(url)
    except BadAddressError as error:
        raise ValueError(f"an address is a path ('/rss') or absolute: {error}") from error


def refuse_empty(links: Iterable[Link], url: str, why: str) -> None:
    """Raise `ExtractionError` for a list in which not one address is an article's."""
    if not tuple(links):
        raise ExtractionError("list", url, why)
