"""Links on section pages: what the list sources of families B to G share.

Where a list's markup is unknown, any link counts that has the form of an article's address: a link
too many costs a request, a missing list costs the articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final
from urllib.parse import urlsplit, urlunsplit

from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.discovery.source import (
    Link,
    ListPage,
    Source,
    each_once,
)
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.page.selectors import (
    Element,
    elements,
    stands_in,
)
from newscrawl.text import clean
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

ANY_LINK: Final = "//a[@href]"
FRONT_PAGE: Final = "/"


def of_class(name: str) -> str:
    """XPath condition: the element has the class.

    >>> of_class("story")
    "contains(concat(' ', normalize-space(@class), ' '), ' story ')"
    """
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def of_any_class(*names: str) -> str:
    """XPath condition: the element has one of the classes; one walk where a union takes several."""
    return " or ".join(map(of_class, names))


NEAREST: Final = "[position() < 100]"
"""XPath predicate before one that looks through the page: as many of an axis, and no more, ask."""


def list_address(href: str, base: str, document: Document, paper: Site) -> str | None:
    """The address of another page on the list's own host, path and query as printed, else None.

    `base` is what relative links start from (`Document.base_url`).
    """
    address = resolve(base, href) or ""
    try:
        own = urlsplit(canonical(document.url, paper.hosts))
        other = urlsplit(canonical(address, paper.hosts))
    except BadAddressError:
        return None
    printed = urlsplit(address)._replace(scheme=own.scheme, netloc=own.netloc, fragment="")
    return urlunsplit(printed) if other.netloc == own.netloc else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection(Source):
    """A section page in whose list a CMS marks the links; only its newest page is known.

    The front page ("/") stands in for the sections of a paper of which none were seen: there any
    link counts that has the form of an article's address.
    """

    closing_slash: bool = True
    """The section's own address ends in "/" """

    page: ClassVar[type[ArticlePage]]
    """The page class that reads an article's key from its address"""
    items: ClassVar[str] = ANY_LINK
    """Selector of the list's links"""
    boxes: ClassVar[str] = ""
    """CSS selector of the boxes beside the list, which hold links alike; "" = there are none"""

    def at(self, path: str) -> Source | None:
        if "." in path.rpartition("/")[2]:
            return None  # a file, not a section
        return replace(self, path=f"{path.rstrip('/')}/")

    def start(self, paper: Site) -> str:
        path = self.path if self.closing_slash else self.path.rstrip("/")
        return f"https://{paper.domain}{path or FRONT_PAGE}"

    def read(self, document: Document, paper: Site) -> ListPage:
        return ListPage(links=self.links(document, paper), older=self.older(document, paper))

    def links(self, document: Document, paper: Site) -> tuple[Link, ...]:
        """The list's articles, in order; raises `ExtractionError` where there are none."""
        base = document.base_url
        found = (self.link(a, base, paper) for a in self.anchors(document))
        links = each_once(link for link in found if link is not None)
        if not links:
            raise ExtractionError("list", document.url, "no link to an article in its place")
        return links

    def anchors(self, document: Document) -> Sequence[Element]:
        if self.path == FRONT_PAGE:
            return elements(document.root, ANY_LINK)
        beside = elements(document.root, self.boxes) if self.boxes else []
        known = dict.fromkeys(beside, True)
        return [a for a in elements(document.root, self.items) if not stands_in(a, known)]

    def older(self, document: Document, paper: Site) -> str | None:  # noqa: ARG002
        """Address of the next older page; None where none is known."""
        return None

    def link(self, a: Element, base: str, paper: Site) -> Link | None:
        title = clean("".join(map(str, a.itertext())))
        return self.article_link(resolve(base, a.get("href") or ""), title, paper)

    def article_link(self, address: str | None, title: str, paper: Site) -> Link | None:
        """The link, or None for an address that is none of an article on the paper's hosts."""
        try:
            url = canonical(address or "", paper.hosts)
        except BadAddressError:
            return None
        key = self.page.read_key(url)
        if key is None or urlsplit(url).hostname not in paper.hosts:
            return None
        return Link(url=url, key=key, title=title or None)
