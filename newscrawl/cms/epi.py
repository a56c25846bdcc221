"""ePi's ZCE (family C): baolaocai.vn, baohatinh.vn, baogialai.com.vn, baobackan.vn, sggp.org.vn.

Markup read: a whole article page of baolaocai.vn and pieces of baohatinh.vn (2026); the others by
the accounts of crawlers (2024 to 2026).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from newscrawl.article.body import BodyRules
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection, of_class
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM, Evidence
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements, first
from newscrawl.text import clean
from newscrawl.urls.article_keys import exact_number_key
from newscrawl.urls.canonical import resolve

_API: Final = re.compile(r"/api/morenews-zone-(\d+)-(\d{1,6})\.html")


class EpiPage(FamilyPage):
    """An article `/{slug}-post{number}.html`.

    Read on baolaocai.vn (2026); for the other papers it rests on crawlers (2024 to 2026).
    Paragraphs may be `div`, pictures are lazy (`data-src`), the lead begins with an icon element,
    the body holds `<style>` and advertisements. The date line is DD/MM/YYYY HH:MM; the same moment
    with its zone stands in the head.
    """

    version = "c.2"
    identifying_selectors = ("h1.article__title.cms-title", "div.article__body.cms-body")
    headline_selector = "h1.article__title.cms-title"
    published_selector = "div.article__meta time[datetime]"
    body_selector = "div.article__body.cms-body"
    drop_selector = (
        ".//*[self::div and (contains(@class, 'sda_middle') or contains(@class, 'rennab')"
        " or contains(@class, 'ads_middle')) or starts-with(@id, 'adsWeb_')"
        f" or {of_class('related-news')}]"
    )
    body_rules = BodyRules(
        byline_classes=frozenset(["t1", "article__author"]),
    )
    lead_selector = "div.article__sapo"
    byline_selector = "div.article__author"
    trail_selector = "div.breadcrumbs h2.main a"
    tags_selector = "div.article__tags a"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url, "post")

    def stated_dates(self) -> Iterator[tuple[Evidence, str]]:
        """Yield the date line's attribute first: on some papers a script fills in its text."""
        for time in elements(self.root, self.published_selector):
            yield "page", time.get("datetime") or ""
        yield from super().stated_dates()


@dataclass(frozen=True, slots=True, kw_only=True)
class EpiSection(FamilySection):
    """A section page, with pagination by the list API where the zone's number is known.

    The links are by crawlers' accounts (2026); no section page was read. Boxes of other sections,
    of most read and of recommended articles have the same items. The API
    (`https://api.<domain>/api/morenews-zone-{zone}-{page}.html`, JSON, 40 articles a page) is that
    of six crawlers of sister sites (2020-2026), untested on a provincial paper.
    """

    zone: int | None = None
    """The section's number in the list API; None = as the page's button states it, else no
    pagination"""

    page = EpiPage
    items = "article.story a.cms-link"
    boxes = "[data-source^=zone-box-], [data-source^=mostread], [data-source^=recommendation]"

    def further_hosts(self, domain: str) -> frozenset[str]:
        return frozenset([_api_host(domain)])

    def read(self, document: Document, site: Site) -> ListPage:
        if (asked := _API.fullmatch(urlsplit(document.url).path)) is not None:
            return self._read_api(document, site, asked[1], int(asked[2]))
        zone = str(self.zone) if self.zone is not None else _stated_zone(document)
        older = _api_address(site, zone, 1) if zone is not None else None
        # Chosen items top the section page, so the list in order of publication begins in the API.
        return ListPage(links=self.links(document, site), older=older, is_whole_list=older is None)

    def _read_api(self, document: Document, site: Site, zone: str, number: int) -> ListPage:
        items = _contents(document)
        links = each_once(filter(None, (self._api_link(item, site) for item in items)))
        return ListPage(links=links, older=_api_address(site, zone, number + 1) if items else None)

    def _api_link(self, item: dict[str, Any], site: Site) -> Link | None:
        address = resolve(f"https://{site.domain}/", str(item.get("url") or ""))
        found = self.article_link(address, clean(str(item.get("title") or "")), site)
        if found is None:
            return None
        return replace(found, published_at=_moment_of_epoch(item.get("date")))


def _api_host(domain: str) -> str:
    return f"api.{domain.removeprefix('www.')}"


def _api_address(site: Site, zone: str, number: int) -> str:
    return f"https://{_api_host(site.domain)}/api/morenews-zone-{zone}-{number}.html"


def _stated_zone(document: Document) -> str | None:
    """Return the zone that the page's button asks more articles of; None without one."""
    button = first(elements(document.root, "button.control__loadmore[data-type=zone]"))
    zone = button.get("data-zone") or "" if button is not None else ""
    return zone if zone.isdecimal() else None


def _contents(document: Document) -> list[dict[str, Any]]:
    """Return the items of the API's answer; raise `ExtractionError` for any other answer."""
    try:
        answer = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("list", document.url, f"not JSON: {error}") from error
    data = answer.get("data") if isinstance(answer, dict) else None
    items = data.get("contents") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ExtractionError("list", document.url, "the answer has no list 'data.contents'")
    return [item for item in items if isinstance(item, dict)]


def _moment_of_epoch(stated: object) -> datetime | None:
    """Return the moment of seconds since 1970, +07:00; None where there is no such number."""
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        return None
    try:
        return datetime.fromtimestamp(stated, VIETNAM)
    except (ValueError, OverflowError, OSError):
        return None
