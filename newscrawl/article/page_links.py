"""Where the links of an article page lead: to another article, to the newspaper, elsewhere."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.page.document import Document
from newscrawl.urls.canonical import resolve

_TITLE_IN_PATH: Final = re.compile(r"/[^/]*(?:-[^/-]+){2,}$|/[^/]*-\d{3,}[^/]*$")
_FILE_ENDINGS: Final = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "rar", "jpg", "jpeg", "png", "gif"]
)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of one article page; every address is taken as the page prints it."""

    document: Document
    site: Site
    url: str
    """The article's own address"""
    read_key: Callable[[str], str | None]
    """Returns the key in an article's address; None for an address of no article"""

    def is_other_article(self, href: str) -> bool:
        """Return whether the address is that of another article of the newspaper.

        The address of an article of an earlier CMS has no form that the page class knows, but its
        last part is a title or a number.
        """
        if not self.is_own(href):
            return False
        address = resolve(self.document.base_url, href) or ""
        key, own = self.read_key(address), self.read_key(self.document.url)
        if key is not None:
            return key != own
        path = urlsplit(address).path.rstrip("/")
        return _TITLE_IN_PATH.search(path) is not None and path != urlsplit(self.url).path

    def is_own(self, href: str) -> bool:
        """Return whether the address is that of a page of the newspaper."""
        return self._host(href) in self.site.hosts

    def is_foreign(self, href: str) -> bool:
        """Return whether the address is that of a page of another site."""
        host = self._host(href)
        return bool(host) and host not in self.site.hosts

    def _host(self, href: str) -> str:
        """Return the address's host; "" for no page: a file, a script, no address."""
        address = urlsplit(resolve(self.document.base_url, href) or "")
        ending = address.path.rpartition("/")[2].rpartition(".")[2].lower()
        return "" if ending in _FILE_ENDINGS else address.hostname or ""
