"""The "content-fck" CMS, second generation (family E2).

baobinhduong.vn, baodongthap.vn, baocamau.vn; baotayninh.vn until 2026. Everything here is by the
accounts of crawlers (2025, 2026); no page was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from newscrawl.article.newspaper_site import Site
from newscrawl.cms.contentfck import ContentFckPage, ContentFckSection, page_number
from newscrawl.cms.section import (
    ANY_LINK,
    NEAREST,
    FamilySection,
    of_class,
)
from newscrawl.page.document import Document
from newscrawl.page.selectors import Element, elements, first
from newscrawl.urls.article_keys import exact_number_key

_BODY: Final = f"@id='contentNews' or {of_class('post-content')}"
_OTHER_LAYOUT_LINKS: Final = "#cate-content div.item a.title"


class ContentFck2Page(ContentFckPage):
    """baobinhduong.vn and baodongthap.vn's newer layout: `h1.title`, `#contentNews`.

    The date line's place (`.pubdate`) is a guess from the first generation; its form
    "Thứ sáu: HH:MM ngày DD/MM/YYYY" was seen at the former baotayninh.vn.
    """

    version = "e2.2"
    identifying_selectors = ("h1.title", "#contentNews .singular-content")
    headline_selector = "h1.title"
    published_selector = ".pubdate"
    body_selector = "#contentNews .singular-content"
    lead_selector = (
        f"(//*[{_BODY}])[last()]/preceding::*[self::h4 or self::p][{of_class('sapo')}]"
        f"{NEAREST}[preceding::h1]"
    )
    trail_selector = "div.breadcrumb-news-detail a"
    tags_selector = "a.tag_item"


class FormerTayNinhPage(ContentFck2Page):
    """baotayninh.vn until 2026; today's CMS (family F) counts anew, so the "a" stays in the key."""

    version = "e2.tayninh.2"

    @staticmethod
    def read_key(url: str) -> str | None:
        number = exact_number_key(url, "a")
        return f"a{number}" if number else None


class CaMauPage(ContentFck2Page):
    """baocamau.vn: body `div.post-content`, section in the news block's heading.

    Headline, lead and date are taken from the family: a guess.
    """

    version = "e2.camau.2"
    identifying_selectors = ("h1.title", "div.post-content")
    body_selector = "div.post-content"
    trail_selector = ".category-title-box .news-block-header span a"


class DongThapPage(ContentFckPage):
    """baodongthap.vn's other layout (crawler, 2025): `h1#title`, `#current-date`, `#content`.

    The crawler does not read the lead; as a guess the lead begins the body, as in the first
    generation.
    """

    version = "e2.dongthap.2"
    identifying_selectors = ("h1#title", "#content", "#current-date")
    headline_selector = "h1#title"
    published_selector = "#current-date"
    body_selector = "#content"
    trail_selector = "#nav a.parent_cate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFck2Section(ContentFckSection):
    """A section page; outside baodongthap.vn the pagination is unknown."""

    closing_slash: bool = False

    page = ContentFck2Page
    items = ".article-item a, a.news-title"


class CaMauSection(ContentFck2Section):
    """A list of baocamau.vn, of which only the addresses of articles are known."""

    page = CaMauPage
    items = ANY_LINK


@dataclass(frozen=True, slots=True, kw_only=True)
class DongThapSection(ContentFckSection):
    """A list of baodongthap.vn in either of the two layouts that two crawlers saw.

    In the other layout the section's number stands in the query, `/{slug}?cate={id}&page=N`, and a
    crawler asked for pages 1 to 4. That the newer layout ignores the query is a guess.
    """

    closing_slash: bool = False
    category: int | None = None
    """The section's number in the other layout; None = unknown"""

    page = ContentFck2Page
    items = "a.news-title, a.title"

    def start(self, site: Site) -> str:
        path = self.path.rstrip("/")
        query = "/" if self.category is None else f"?cate={self.category}"
        return f"https://{site.domain}{path}{query}"

    def anchors(self, document: Document) -> Sequence[Element]:
        return elements(document.root, _OTHER_LAYOUT_LINKS) or FamilySection.anchors(self, document)

    def next_page_url(self, document: Document, site: Site) -> str | None:
        is_other = first(elements(document.root, _OTHER_LAYOUT_LINKS)) is not None
        if not is_other or self.category is None:
            return None
        return f"{self.start(site)}&page={page_number(document.url) + 1}"
