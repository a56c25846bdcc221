"""MEDIATECH's CMS (family F): baotayninh.vn since 2026, baocaobang.vn, baoquangninh.vn and others.

Markup read: a piece of baotayninh.vn (2026); the others by the accounts of crawlers (2025, 2026).
Its pages have `meta[name=author]` = MEDIATECH.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from newscrawl.article.body import BodyRules
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import (
    NEAREST,
    FamilySection,
    of_any_class,
    of_class,
)
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.text import clean
from newscrawl.urls.article_keys import exact_number_key
from newscrawl.urls.canonical import resolve

_API: Final = "/list-post-by-category"
_NOT_TEXT: Final = (
    "topics", "relates", "social", "box-comments", "block-news-list", "print_page", "sapo",
    "author", "pseudonym",
)  # fmt: skip
# Unfilled templates stand in paragraphs of their own (baolangson.vn, 2026). The search begins at
# the text nodes, because each of a thousand nested boxes holds all the text.
_TEMPLATES: Final = (
    "(./descendant::text()[contains(., '{{')])[position() < 1000]"
    "/ancestor::*[self::p or self::div or self::span][1][not(.//div or .//p)]"
    "[not(./descendant::span[text()[contains(., '{{')]])]"
)


# An `ins` within a line is text that was added later (HTML Living Standard, section 4.7.1).
_ADVERT: Final = "self::ins[contains(@class, 'ads') or p or div or iframe]"


class MediatechPage(FamilyPage):
    """An article `/{slug}-{number}.html`, the number hidden again in `#post-id`.

    Read on baotayninh.vn (2026, a piece); the breadcrumb by crawlers' accounts of the other
    papers. A stray `</html>` stands before `<head>`, a second document with a doctype stands in
    `#content-detail`, and the lead is printed as `div.sapo` and again as `p.sapo`. JSON-LD has
    times without a zone and the name of an account as author.
    """

    version = "f.2"
    identifying_selectors = ("h1.name", "#content-detail")
    headline_selector = "h1.name"
    published_selector = (
        f"(id('content-detail')/preceding::div[{of_class('date')}]"
        f"{NEAREST}[preceding::h1[{of_class('name')}]])[1]"
    )
    body_selector = "#content-detail"
    drop_selector = f"./descendant::*[{_ADVERT} or {of_any_class(*_NOT_TEXT)}] | {_TEMPLATES}"
    body_rules = BodyRules(caption_classes=frozenset(["wp-caption-text"]))
    lead_selector = "#content-detail .sapo"
    byline_selector = "#content-detail .author, #content-detail .pseudonym"
    trail_selector = "div.breadcrumbs ol.breadcrumb a"
    section_selector = "section.page-info #cate-title"  # hidden, "Kinh tế /"
    own_number_selector = "section.page-info #post-id"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)


class LangSonPage(MediatechPage):
    """baolangson.vn: the lead is the first second heading in the body (crawler, 2026)."""

    version = "f.langson.2"
    lead_selector = "#content-detail h2"
    drop_selector: ClassVar[str] = f"{MediatechPage.drop_selector} | (.//h2)[1]"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatechSection(FamilySection):
    """A section page, with pagination by the list API where the category's number is known.

    The page's links are by crawlers' accounts (2026). The API (`/list-post-by-category`, JSON,
    twelve items a page) is that of baocaobang.vn, by a crawler that asked two pages (2025,
    2026). That the other papers have the same API is likely and untested; the numbers of their
    categories are unknown.
    """

    closing_slash: bool = False
    category: int | None = None
    """The section's number in the list API; None = unknown, only the newest page is read"""
    page_size: int = 12

    page = MediatechPage
    items = "article.card a, .card-content a"
    boxes = ".block-news-list"

    def headers(self, address: str) -> Mapping[str, str]:
        """Return the header of a script's request, without which the API does not answer."""
        return {"X-Requested-With": "XMLHttpRequest"} if _API in address else {}

    def read(self, document: Document, site: Site) -> ListPage:
        if urlsplit(document.url).path == _API:
            return self._read_api(document, site)
        older = self._api_address(site, 1) if self.category is not None else None
        # Chosen items top the section page, so the list in order of publication begins in the API.
        return ListPage(links=self.links(document, site), older=older, is_whole_list=older is None)

    def _api_address(self, site: Site, number: int) -> str:
        query = {"page": number, "limit": self.page_size, "category_id": self.category}
        return f"https://{site.domain}{_API}?{urlencode(query)}&show_thumb=1&show_desc=1"

    def _read_api(self, document: Document, site: Site) -> ListPage:
        items = _items(document)
        links = each_once(self._api_links(items, document, site))
        number = parse_qs(urlsplit(document.url).query).get("page", ["1"])[0]
        is_last = not items or not number.isdecimal()
        older = None if is_last else self._api_address(site, int(number) + 1)
        return ListPage(links=links, older=older)

    def _api_links(
        self, items: list[dict[str, Any]], document: Document, site: Site
    ) -> Iterator[Link]:
        for item in items:
            address, title = item.get("link"), item.get("title")
            if isinstance(address, str):
                name = clean(title) if isinstance(title, str) else ""
                link = self.article_link(resolve(document.base_url, address), name, site)
                if link is not None:
                    yield link


def _items(document: Document) -> list[dict[str, Any]]:
    """Return the items of the API's answer; raise `ExtractionError` for any other answer."""
    try:
        answer = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("list", document.url, f"not JSON: {error}") from error
    items = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(items, list):
        raise ExtractionError("list", document.url, "the answer has no list 'data'")
    return [item for item in items if isinstance(item, dict)]
