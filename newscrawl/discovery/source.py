"""Links, and the sources that list them.

A source is data: it returns the address to ask first, and reads a list page into links and the
address of the next older page. One spider walks all sources.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from newscrawl.items import Kind

if TYPE_CHECKING:  # links are what the archive knows of sources; it needs no reader
    from newscrawl.article.newspaper_site import Site
    from newscrawl.page.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that probably holds an article, as a list, a feed or an API names it."""

    url: str
    """Canonical address, https, on one of the newspaper's hosts"""
    key: str
    """The article's key in the CMS; the same for every address of one article"""
    title: str | None = None
    published_at: datetime | None = None
    """As the list states it, +07:00"""
    kind: Kind | None = None
    """As the list marks it (photo, video, audio); None = not marked"""
    not_after: datetime | None = None
    """A moment after which it was not published (a sitemap's lastmod), +07:00; None = unknown"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list that another list names: one file of a sitemap index."""

    url: str
    """Absolute address on one of the newspaper's hosts"""
    changed_at: datetime | None = None
    """The last moment at which it may have changed, as the index states; None = not stated"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list."""

    links: tuple[Link, ...]
    """In the page's order, each article once"""
    older: str | None
    """Address of the next older page; None = this is the last one"""
    is_whole_list: bool = True
    """True if the items are in publication order, so that a page without a new item ends the walk;
    False for a curated front page, whose `older` is where the list begins"""
    is_window: bool = False
    """True for the newest articles only (a feed, a news sitemap): nothing older follows, and that
    proves nothing of what is older"""
    parts: tuple[Part, ...] = ()
    """Further lists that the page names, the newest first (a sitemap index)"""
    off_hosts: int = 0
    """How many of the page's addresses were left out: they lead off the paper's hosts"""
    left_out: int = 0
    """How many entries were left out beyond the bound of one answer"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(ABC):
    """A list of a newspaper's articles, walked from the newest to the older."""

    path: str
    """Path of the section as the site writes it, unique in the newspaper; the argument `section=`
    names it, and the archive keeps it with "/" at its end"""
    closed: date | None = None
    """Day after which the list got no new article (a former CMS): walked to its end once"""

    is_first: ClassVar[bool] = False
    """It tells in one request what is new in its section, and is asked before the lists are"""
    is_list: ClassVar[bool] = True
    """It is walked down to what is known; False = it is read whole whenever it is read"""
    is_html: ClassVar[bool] = True
    """Its pages are HTML or JSON; False = XML, whose wholeness `read` itself judges"""
    answer_max_bytes: ClassVar[int | None] = None
    """The most bytes of one answer, packed or not; None = the setting DOWNLOAD_MAXSIZE"""
    links_max: ClassVar[int | None] = None
    """The most links of one answer; None = the setting LINKS_PER_PAGE"""
    end_statuses: ClassVar[frozenset[int]] = frozenset({404, 410})
    """HTTP statuses by which a page beyond the list's end answers"""

    front_only: bool = False
    """Declares that only the newest page can be read; without it a run that finds so says so"""

    def __post_init__(self) -> None:
        if not self.path.startswith("/"):
            raise ValueError(f"a section's path begins with '/': {self.path!r}")
        if not self.path.endswith("/"):
            object.__setattr__(self, "path", f"{self.path}/")

    @property
    def name(self) -> str:
        """Return the key under which the ledger keeps the walk's progress."""
        return f"{type(self).__name__}:{self.path}"

    def at(self, path: str) -> Source | None:
        """Return the source that reads the page at `path`; None where that is no list."""
        if path == self.path:
            return self
        return replace(self, path=path) if path.endswith("/") else None

    def headers(self, address: str) -> Mapping[str, str]:  # noqa: ARG002
        """Return the further headers of a request for `address`; a list API may want some."""
        return {}

    def further_hosts(self, domain: str) -> frozenset[str]:  # noqa: ARG002
        """Return the hosts beside the paper's own that the source asks, such as an API's host."""
        return frozenset()

    def as_of(self, day: date) -> Source:  # noqa: ARG002
        """Return the source as it is to be read on that day in Vietnam."""
        return self

    def other_addresses(self, address: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return where the same page may stand if `address` answers 404, in the order to ask."""
        return ()

    def absent_page(self, address: str) -> ListPage | None:  # noqa: ARG002
        """Return the page that a 404 at `address` stands for; None where it is the list's end."""
        return None

    def part(self, part: Part) -> Source | None:  # noqa: ARG002
        """Return the source of a part that a page of this one names; None = parts are not read."""
        return None

    @abstractmethod
    def start(self, paper: Site) -> str:
        """Return the address of the newest page."""

    @abstractmethod
    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the page's links and the next older page.

        Raises `ExtractionError` where the page has no list of this kind: a redesign.
        """


def each_once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the first link to every article, in order; the first titled one where there is one."""
    found: dict[str, Link] = {}
    for link in links:
        known = found.get(link.key)
        if known is None or (known.title is None and link.title is not None):
            found[link.key] = link
    return tuple(found.values())
