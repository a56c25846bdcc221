"""A section page of no known CMS, read by the generic list reader: declared without a selector."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.generic_listing import read_list
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stated_link import absolute, check_url
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document


@dataclass(frozen=True, slots=True)
class GenericSection(Source):
    """A section page whose list is found by its form: linked titles that are set alike.

    Declared as `GenericSection("/kinh-te/")`, also with a query (`"/default.aspx?cat=3"`). The next
    page is what `rel=next` or the pager's link leads to.
    """

    url: str
    """Address of the section's newest page, absolute or a path on the paper's domain"""
    path: str = field(default="", kw_only=True)
    """The value of `section=`; "" = made of the address: "/kinh-te/" of "/kinh-te.html" """

    def __post_init__(self) -> None:
        check_url(self.url)
        if not self.path:
            object.__setattr__(self, "path", _path_of(self.url))
        Source.__post_init__(self)

    @property
    def name(self) -> str:
        return f"GenericSection:{self.url}"

    def at(self, path: str) -> Source | None:
        if path.rstrip("/") == urlsplit(self.url).path.rstrip("/"):
            return self
        return GenericSection(path) if "." not in path.rpartition("/")[2] else None

    def start(self, paper: Site) -> str:
        return absolute(self.url, paper)

    def read(self, document: Document, paper: Site) -> ListPage:
        page = read_list(document, paper)
        if not page.links:
            raise ExtractionError("list", document.url, "no linked titles")
        return page


def _path_of(url: str) -> str:
    """Return the section's path of an address.

    >>> [_path_of(url) for url in ("/kinh-te.html", "https://bao.vn/tin/", "/list.aspx?cat=3")]
    ['/kinh-te.html/', '/tin/', '/list.aspx?cat=3/']
    """
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{path.rstrip('/')}/"
