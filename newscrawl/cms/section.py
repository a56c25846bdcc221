"""`FamilySection`, the base class of the families' section pages: links and pagination.

Where the markup of a list is unknown, every link with the form of an article's address counts: a
link too many costs one request, a missing list costs the articles.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final
from urllib.parse import urlsplit, urlunsplit

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import (
    Link,
    ListPage,
    Source,
    each_once,
)
from newscrawl.exceptions import ExtractionError
from newscrawl.page.class_attributes import refuse_bad_selector, refuse_unknown
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import (
    Element,
    elements,
    stands_in,
)
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

ANY_LINK: Final = "//a[@href]"
FRONT_PAGE: Final = "/"


def of_class(name: str) -> str:
    """Return the XPath condition that the element has the class.

    >>> of_class("story")
    "contains(concat(' ', normalize-space(@class), ' '), ' story ')"
    """
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def of_any_class(*names: str) -> str:
    """Return the XPath condition that the element has one of the classes.

    One condition takes one walk over the page, a union of selectors takes a walk for each.
    """
    return " or ".join(map(of_class, names))


NEAREST: Final = "[position() < 100]"
"""XPath predicate that limits an axis to 100 nodes before a dear predicate asks each of them."""


def list_address(href: str, base: str, document: Document, site: Site) -> str | None:
    """Return the absolute address of a link to the list's own host; None for any other host.

    Args:
        href: the link's address as printed; path and query are kept as printed.
        base: the address that relative links are resolved against (`Document.base_url`).
        document: the list's page.
        site: the newspaper's site.
    """
    address = resolve(base, href) or ""
    try:
        own = urlsplit(canonical(document.url, site.hosts))
        other = urlsplit(canonical(address, site.hosts))
    except BadAddressError:
        return None
    printed = urlsplit(address)._replace(scheme=own.scheme, netloc=own.netloc, fragment="")
    return urlunsplit(printed) if other.netloc == own.netloc else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySection(Source):
    """A section page whose list a CMS family marks; by default without pagination.

    A family with pagination overrides `next_page_url`. The front page ("/") replaces the sections
    of a newspaper whose sections are unknown: there every link with the form of an article's
    address counts.
    """

    closing_slash: bool = True
    """Whether the section's own address ends in "/"; a `path` written without it does not"""

    page: ClassVar[type[ArticlePage]]
    """The page class whose `read_key` reads the key in an article's address"""
    items: ClassVar[str] = ANY_LINK
    """Selector of the list's links"""
    boxes: ClassVar[str] = ""
    """CSS selector of boxes beside the list, whose links look the same; "" = no such boxes"""

    def __init_subclass__(cls) -> None:  # no super(): slots make this class anew, without its cell
        refuse_unknown(cls, may_add=True)
        for name in ("items", "boxes"):
            if name in vars(cls) and vars(cls)[name] != "":
                refuse_bad_selector(cls, name, vars(cls)[name])

    def __post_init__(self) -> None:
        if not self.path.endswith("/"):
            object.__setattr__(self, "closing_slash", False)
        Source.__post_init__(self)

    def at(self, path: str) -> Source | None:
        if "." in path.rpartition("/")[2]:
            return None  # a file, not a section
        return replace(self, path=f"{path.rstrip('/')}/")

    def start(self, site: Site) -> str:
        path = self.path if self.closing_slash else self.path.rstrip("/")
        return f"https://{site.domain}{path or FRONT_PAGE}"

    def read(self, document: Document, site: Site) -> ListPage:
        return ListPage(links=self.links(document, site), older=self.next_page_url(document, site))

    def links(self, document: Document, site: Site) -> tuple[Link, ...]:
        """Return the list's articles in order; raise `ExtractionError` for no article."""
        base = document.base_url
        found = (self.link(a, base, site) for a in self.anchors(document))
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

    def next_page_url(self, document: Document, site: Site) -> str | None:  # noqa: ARG002
        """Return the address of the next older page; None where no pagination is known."""
        return None

    def link(self, a: Element, base: str, site: Site) -> Link | None:
        title = text_of(a)
        return self.article_link(resolve(base, a.get("href") or ""), title, site)

    def article_link(self, address: str | None, title: str, site: Site) -> Link | None:
        """Return the link to an article of the newspaper; None for any other address.

        Args:
            address: absolute address; None is no link.
            title: text of the link, "" for none.
            site: the newspaper's site.
        """
        try:
            url = canonical(address or "", site.hosts)
        except BadAddressError:
            return None
        key = self.page.read_key(url)
        if key is None or urlsplit(url).hostname not in site.hosts:
            return None
        return Link(url=url, key=key, title=title or None)
