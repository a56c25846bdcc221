"""Section pages of the VNPT CMS (family A), with pagination by its list API.

The API's address and parameters stand in the sites' own scripts (baodongnai.com.vn 2024,
baodaklak.vn 2025-26); that baotuyenquang.com.vn has the same API is an untested guess.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from newscrawl.article.dates import ImpossibleDateError, read_moment
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.section import list_address
from newscrawl.discovery.source import (
    Link,
    ListPage,
    Source,
    each_once,
)
from newscrawl.exceptions import ExtractionError
from newscrawl.items import Kind
from newscrawl.page.document import Document
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import (
    Element,
    elements,
    first,
)
from newscrawl.text import clean
from newscrawl.urls.article_keys import vnpt_key
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

_LIST_PATH: Final = "/api/article/list"
_PREFIXES: Final = ("/sc_service", "/service")
_CALLBACK: Final = re.compile(r"[\w$.]*")
_TITLES: Final = (
    ".//a[contains(@class, 'title1') or contains(@class, 'title2') or contains(@class, 'title3')"
    " or contains(@class, 'title4') or contains(@class, 'title5')"
    " or parent::*[self::h2 or self::h3][contains(@class, 'name')]]"
)
_COLUMNS: Final = "//div[contains(@class, 'col-md-8') or contains(@class, 'col-8')]"
_KINDS: Final[dict[str, Kind]] = {"video": "video", "audio": "audio", "photo": "photo"}
_HEX_ID: Final = re.compile(r"[0-9A-Fa-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VnptSection(Source):
    """A section: the section page states the ids, the list API lists the articles.

    That section pages have the hidden ids of article pages is a guess: no section page was read.

    A fixed block of titles tops every section page (baodaklak.vn, 2024), so a known title does not
    end the walk. The walk goes on in the API, which ends by `total` or by an empty list.
    """

    api: str = "/sc_service"
    """Prefix of the list API: "/sc_service" or "/service" """
    page_size: int = 14
    titles: str = _TITLES
    """Selector of the links in the section page, relative to the page's main column"""

    def start(self, site: Site) -> str:
        return f"https://{site.domain}{self.path}"

    def other_addresses(self, address: str) -> tuple[str, ...]:
        """Return the same page of the list API under the family's other prefix."""
        parts = urlsplit(address)
        prefix = parts.path.removesuffix(_LIST_PATH)
        if prefix not in _PREFIXES:
            return ()
        others = (other for other in _PREFIXES if other != prefix)
        return tuple(urlunsplit(parts._replace(path=f"{other}{_LIST_PATH}")) for other in others)

    def read(self, document: Document, site: Site) -> ListPage:
        if _LIST_PATH in document.url:
            return self._read_api(document, site)
        return self._read_html(document, site)

    def _read_html(self, document: Document, site: Site) -> ListPage:
        own = self._own_links(document, site)
        found = elements(_column(document, own), self.titles)
        links = each_once(
            link for a in found if (link := _html_link(a, document, site)) is not None
        )
        site_id = first(elements(document.root, '//*[@id="page_info"]/*[@id="site_id"]'))
        category = self._hidden_category(document, site) or _category(own)
        if site_id is None or category is None:
            if not links:
                raise ExtractionError("list", document.url, "no titles and no category id")
            return ListPage(links=links, older=None, is_whole_list=False)
        older = self._api_address(site, self.api, clean(site_id.text or ""), category, 0)
        return ListPage(links=links, older=older, is_whole_list=False)

    def _own_links(self, document: Document, site: Site) -> list[Element]:
        """Return the links to the section itself, in any spelling of its address."""
        base, name = document.base_url, self.path.strip("/").rpartition("/")[2]
        return [
            a
            for a in elements(document.root, "//a[@href]")
            if (href := a.get("href") or "").startswith(".") or name in href
            if self._is_own(list_address(href, base, document, site))
        ]

    def _is_own(self, address: str | None) -> bool:
        parts = urlsplit(address or "")
        return bool(address) and not parts.query and f"{parts.path.rstrip('/')}/" == self.path

    def _hidden_category(self, document: Document, site: Site) -> str | None:
        """Return the id in the hidden `#page_info`; None where the id is another section's."""
        info = {e.get("id"): text_of(e) for e in elements(document.root, 'id("page_info")/*[@id]')}
        url, category = info.get("cate_url"), info.get("cate_id") or ""
        is_other = url and not self._is_own(list_address(url, document.url, document, site))
        return category if _HEX_ID.fullmatch(category) and not is_other else None

    def _api_address(
        self, site: Site, prefix: str, site_id: str, category: str, first_item: int
    ) -> str:
        query = {
            "scUnitMapId": site_id,
            "saArticleCateId": category,
            "first": first_item,
            "pageSize": self.page_size,
        }
        return f"https://{site.domain}{prefix}{_LIST_PATH}?{urlencode(query)}"

    def _read_api(self, document: Document, site: Site) -> ListPage:
        answer = _json(document)
        items = answer.get("response")
        if not isinstance(items, list):
            raise ExtractionError("list", document.url, "the answer has no list 'response'")
        links = each_once(
            link
            for item in items
            if isinstance(item, dict) and (link := _api_link(item, document, site)) is not None
        )
        query = {name: values[0] for name, values in parse_qs(urlsplit(document.url).query).items()}
        first_item = query.get("first", "0")
        if not {"scUnitMapId", "saArticleCateId"} <= query.keys() or not first_item.isdecimal():
            raise ExtractionError("list", document.url, "not an address of the list API")
        reached = int(first_item) + len(items)
        is_last = not items or _is_counted_out(answer.get("total"), reached)
        older = None
        if not is_last:
            site_id, category = query["scUnitMapId"], query["saArticleCateId"]
            prefix = urlsplit(document.url).path.removesuffix(_LIST_PATH)
            older = self._api_address(site, prefix, site_id, category, reached)
        return ListPage(links=links, older=older)


def _column(document: Document, own: list[Element]) -> Element:
    """Return the column with a link to the section; the whole page where there are no columns.

    The lists of other sections beside that column look the same (A1, A2); A3 has no columns.
    """
    columns = set(elements(document.root, _COLUMNS))
    above = ([e for e in link.iterancestors("div") if e in columns] for link in own)
    return next((around[-1] for around in above if around), document.root)


def _category(own: list[Element]) -> str | None:
    """Return the section's category id: a class of a link to the section or of its menu item."""
    for link in own:
        item = link.getparent()
        classes = f"{link.get('class') or ''} {item.get('class') if item is not None else ''}"
        for name in classes.split():
            if _HEX_ID.fullmatch(name):
                return name
    return None


def _json(document: Document) -> dict[str, Any]:
    """Return the answer of the API, plain or wrapped in a JSONP callback."""
    try:
        answer = json.loads(_unwrapped(document.text))
    except (ValueError, RecursionError) as error:
        raise ExtractionError("list", document.url, f"not JSON: {error}") from error
    if not isinstance(answer, dict):
        raise ExtractionError("list", document.url, "the answer is not an object")
    return answer


def _is_counted_out(total: object, reached: int) -> bool:
    """Return whether the answer's count is reached; "true", 0 and -1 are no counts."""
    return type(total) is int and 0 < total <= reached


def _unwrapped(text: str) -> str:
    """Return the JSON in `callback(…);`, or the text itself.

    Plain string operations, because a pattern would be slow on a long run of blanks.
    """
    call = text.strip().removesuffix(";").rstrip()
    name, opening, inner = call.partition("(")
    is_call = opening and inner.endswith(")") and _CALLBACK.fullmatch(name.rstrip())
    return inner[:-1] if is_call else text


def _link(address: str | None, title: str, site: Site) -> tuple[str, str, str | None] | None:
    """Return (url, key, title) of an article on the newspaper's hosts; None for other addresses."""
    if address is None:
        return None
    try:
        url = canonical(address, site.hosts)
    except BadAddressError:
        return None
    key = vnpt_key(url)
    if key is None or urlsplit(url).hostname not in site.hosts:
        return None
    return url, key, clean(title) or None


def _html_link(a: Element, document: Document, site: Site) -> Link | None:
    found = _link(resolve(document.url, a.get("href") or ""), text_of(a), site)
    if found is None:
        return None
    url, key, title = found
    marked = [_KINDS[name] for name in (a.get("class") or "").split() if name in _KINDS]
    return Link(url=url, key=key, title=title, kind=marked[0] if marked else None)


def _api_link(item: dict[str, Any], document: Document, site: Site) -> Link | None:
    path = _text(item, "pageUrl")
    found = _link(resolve(document.url, path), _text(item, "title"), site)
    if found is None:
        return None
    url, key, name = found
    try:
        moment = read_moment(_text(item, "publishDate"), document.fetched_at)
    except ImpossibleDateError:
        moment = None
    kind = _KINDS.get(_text(item, "objectType").lower())
    return Link(url=url, key=key, title=name, published_at=moment.at if moment else None, kind=kind)


def _text(item: dict[str, Any], name: str) -> str:
    """Return the item's value of that name where it is a text, else ""."""
    value = item.get(name)
    return value if isinstance(value, str) else ""
