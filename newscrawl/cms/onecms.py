"""ONECMS by NEKO (family D): baonghean.vn, baohaiphong.vn, baodanang.vn, hanoimoi.vn and others.

Markup read: pieces of baonghean.vn and baohaiphong.vn (2026); baodanang.vn and hanoimoi.vn by the
accounts of two and three crawlers (2026); baohaiduong.vn and baodaknong.vn by addresses only.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from newscrawl.article.byline import Byline, read_attribution
from newscrawl.article.dates import ImpossibleDateError, read_moment
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection, of_any_class, of_class
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.page.blocks import blocks
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements, first
from newscrawl.text import clean
from newscrawl.urls.article_keys import exact_number_key
from newscrawl.urls.canonical import resolve

_API: Final = re.compile(r"/api/getMoreArticle/channel_empty_(\d+)_(\d+)_0")

_NOT_TEXT: Final = (
    "sc-longform-header", "sc-empty-layer", "sc-related-articles", "c-box", "c-tag",
    "onecms__tags", "c-news-related", "c-comments", "c-article-reaction", "c-banner-inpage",
    "c-share-detail", "c-sticky-share", "c-powered", "c-author-page", "vtranslate-author-translate",
)  # fmt: skip
_MAIN: Final = f"(//div[{of_class('b-maincontent')}])[1]"


def _first_of(name: str) -> str:
    """Return the XPath of the first element with the class; the body repeats the headline."""
    return f"(//*[{of_class(name)}])[1]"


class OneCmsPage(FamilyPage):
    """An article `/{slug}-{number}.html`; topics end in `-event{number}.html`.

    Read on baonghean.vn and baohaiphong.vn (2026, pieces). The body is in the first
    `div.b-maincontent`, which may begin with the headline again and with the words of a
    font-size control. Migrated articles have captions as the next centred paragraph. A republished
    piece names its original in `span#url-copy`.
    """

    version = "d.2"
    identifying_selectors: ClassVar[tuple[str, ...]] = (".block-sc-title", "div.b-maincontent")
    headline_selector = _first_of("block-sc-title")
    published_selector = _first_of("block-sc-publish-time")
    body_selector = f"({_MAIN}//*[{of_class('entry')}])[1]"
    drop_selector = f".//*[{of_any_class(*_NOT_TEXT)}]"
    lead_selector = "p.block-sc-sapo"
    byline_selector = ".block-sc-author, .vtranslate-author-translate"
    trail_selector = "nav ol.breadcrumb a"
    section_selector = _first_of("block-sc-cate-name")
    author_meta = "dable:author"
    tags_selector = ".onecms__tags a"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)

    def source(self, byline: Byline | None) -> tuple[str | None, str | None, str | None]:
        """Return the outlet credited beside the original's address, else the address's owner."""
        copied = first(elements(self.root, "span#url-copy"))
        address = self.text_of(copied) if copied is not None else ""
        if not address:
            return super().source(byline)
        box = first(elements(self.root, ".c-author-page"))
        lines = [block.text for block in blocks(box)] if box is not None else []
        credited = next(filter(None, map(read_attribution, lines)), None)
        original = read_attribution(f"Nguồn: {address}")
        url = original.url if original else None
        if credited is not None:
            return credited.source, url, credited.line
        return (original.source if original else None), url, None


class OneCmsMagazine(OneCmsPage):
    """An e-magazine: another page in an `iframe`, without an article's identifying selectors.

    The class names are a guess from those of the articles.
    """

    version = "d.magazine.2"
    identifying_selectors = ("[class*=emagazine] iframe",)

    def refuse_others(self) -> None:
        raise NotAnArticleError(self.document.url, "e-magazine")


class HaNoiMoiPage(OneCmsPage):
    """hanoimoi.vn: the body is the first `div.b-maincontent` itself (two crawlers, 2026)."""

    version = "d.hanoimoi.2"
    body_selector = _MAIN


class DaNangPage(OneCmsPage):
    """baodanang.vn, whose former CMS (family B) gave the same numbers to other articles."""

    version = "d.danang.2"

    @staticmethod
    def read_key(url: str) -> str | None:
        number = exact_number_key(url)
        return f"onecms-{number}" if number else None


class DaNangMagazine(OneCmsMagazine):
    """An e-magazine of baodanang.vn."""

    @staticmethod
    def read_key(url: str) -> str | None:
        return DaNangPage.read_key(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCmsSection(FamilySection):
    """A section page, with pagination by the list API where the channel's number is known.

    The links are by crawlers' accounts (2026); no section page was read. The API
    (`/api/getMoreArticle/channel_empty_{last id}_{channel}_0`, a JSON array) is that of the
    vendor's own script and of two crawlers of sister sites (2026), untested on a provincial paper.
    """

    closing_slash: bool = False
    channel: int | None = None
    """The section's number in the list API; None = as the page states it, else no pagination"""

    page = OneCmsPage
    items = "h3.b-grid__title a, .b-grid__img a"

    def read(self, document: Document, site: Site) -> ListPage:
        if (asked := _API.search(urlsplit(document.url).path)) is not None:
            return self._read_api(document, site, asked[2])
        links = self.links(document, site)
        channel = self.channel or self._stated_channel(document)
        last = _last_number(document, links)
        if channel is None or last is None:
            return ListPage(links=links, older=None)
        # Chosen items top the section page, so the list in order of publication begins in the API.
        older = _api_address(site, last, str(channel))
        return ListPage(links=links, older=older, is_whole_list=False)

    @staticmethod
    def _stated_channel(document: Document) -> str | None:
        """Return the channel in the address of the page's own button; None without one."""
        button = first(elements(document.root, "[data-api-url*=getMoreArticle]"))
        asked = _API.search(button.get("data-api-url") or "") if button is not None else None
        return asked[2] if asked else None

    def _read_api(self, document: Document, site: Site, channel: str) -> ListPage:
        items = _items(document)
        links = each_once(filter(None, (self._api_link(i, document, site) for i in items)))
        numbers = [str(item.get("PublisherId") or item.get("Id") or "") for item in items]
        last = next((number for number in reversed(numbers) if number.isdecimal()), None)
        older = _api_address(site, last, channel) if last is not None else None
        return ListPage(links=links, older=None if older == document.url else older)

    def _api_link(self, item: dict[str, Any], document: Document, site: Site) -> Link | None:
        address = item.get("LinktoMe2")
        if not address and item.get("FriendlyTitle") and item.get("Id"):
            address = f"/{item['FriendlyTitle']}-{item['Id']}.html"
        title = item.get("Title") or item.get("Headlines") or ""
        found = self.article_link(
            resolve(document.url, str(address or "")), clean(str(title)), site
        )
        if found is None:
            return None
        try:
            moment = read_moment(str(item.get("Time_ddMMyyyyHHmm") or ""), document.fetched_at)
        except ImpossibleDateError:
            moment = None
        return replace(found, published_at=moment.at if moment else None)


def _api_address(site: Site, last: str, channel: str) -> str:
    return f"https://{site.domain}/api/getMoreArticle/channel_empty_{last}_{channel}_0"


def _last_number(document: Document, links: Sequence[Link]) -> str | None:
    """Return the number of the page's last article: the list's own, else that of its address."""
    stated = elements(document.root, "ul.onecms__loading li[pid]")
    numbers = [element.get("pid") or "" for element in stated] or [
        exact_number_key(link.url) or "" for link in links
    ]
    return next((number for number in reversed(numbers) if number.isdecimal()), None)


def _items(document: Document) -> list[dict[str, Any]]:
    """Return the items of the API's answer; raise `ExtractionError` for any other answer."""
    try:
        answer = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("list", document.url, f"not JSON: {error}") from error
    if not isinstance(answer, list):
        raise ExtractionError("list", document.url, "the answer is no list of articles")
    return [item for item in answer if isinstance(item, dict)]


class OneCmsHeadings(OneCmsSection):
    """The list of hanoimoi.vn and baohaiphong.vn: links in third headings (crawlers, 2026)."""

    items = "h3 a"


class DaNangSection(OneCmsSection):
    """The list of baodanang.vn: `h3.b-grid__title a` (crawler, 2026)."""

    page = DaNangPage


ONECMS_PAGES = (OneCmsPage, OneCmsMagazine)
