"""The "content-fck" CMS of the Mekong delta, first generation (family E1).

Markup read: an article and a section of baocantho.com.vn (2026), a piece of baoangiang.com.vn
(2026), pieces of texts of baolongan.vn (2025); the Vĩnh Long papers by the accounts of a crawler
(2026), huengaynay.vn by one of 2019.
"""

import re
from typing import ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from newscrawl.article.body import BodyRules
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import (
    ANY_LINK,
    FamilySection,
    list_address,
)
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.text import clean
from newscrawl.urls.article_keys import exact_number_key

_PAGE_PARAMETERS: Final = ("p", "page")
_AGENCY_DATELINE: Final = re.compile(r"\([A-ZĐ]{2,5}\)\s*[-–]\s*\S")
CUT_DESCRIPTION_MIN_CHARS: Final = 40  # of a description that is the beginning of a paragraph


class ContentFckPage(FamilyPage):
    """The layouts of both generations: addresses `/{slug}-a{number}.html`.

    Captions are the next centred paragraph in italics or `p.note`; `p.author.ignore` is "Theo …".
    A layout without a box for the lead prints the lead as the body's first paragraph, and the meta
    description repeats that paragraph.
    """

    body_selector = "#newscontents > .content-fck"
    drop_selector = ".//div[starts-with(@class, 'AMN_res_')]"
    body_rules = BodyRules(
        caption_classes=frozenset(["note"]),
        byline_classes=frozenset(["author"]),
    )
    own_number_selector = "input#txtnewsid"

    @staticmethod
    def read_key(url: str) -> str | None:
        """Return the number; None below "/https/", where dongkhoi.baovinhlong.vn repeats pages."""
        return None if "/https/" in url else exact_number_key(url, "a")

    def lead(self) -> str | None:
        paragraphs = self.read_blocks.paragraphs
        if not self.lead_selector and self.read_blocks.bold_lead is None and len(paragraphs) > 1:
            return paragraphs[0] if self._is_repeated_lead(paragraphs[0]) else None
        return super().lead()

    def _is_repeated_lead(self, paragraph: str) -> bool:
        """Return whether the description repeats the paragraph, or "(CTO) - " opens it."""
        printed = _words(paragraph)
        described = _words(self.document.metadata.first("description") or "")
        is_cut = len(described) >= CUT_DESCRIPTION_MIN_CHARS and printed.startswith(described)
        return printed == described or is_cut or _AGENCY_DATELINE.match(paragraph) is not None


class CanThoPage(ContentFckPage):
    """baocantho.com.vn: the first `h1` is the breadcrumb, the second the headline.

    The headline ends in `&nbsp;` and an icon; advertisements stand between the paragraphs.
    """

    version = "e1.cantho.2"
    identifying_selectors = ("h1.margintopbot10.fw700", "#newscontents")
    headline_selector = "h1.margintopbot10.fw700"
    published_selector = "span.pubdate"
    trail_selector = "#colcate1 > div.titlecate h1 a"
    tags_selector = ".block_tag a.tag_item"


class AnGiangPage(ContentFckPage):
    """baoangiang.com.vn: headline, date and lead in boxes `div.detail-…`."""

    version = "e1.angiang.2"
    identifying_selectors = ("div.detail-title h1", "#newscontents")
    headline_selector = "div.detail-title h1"
    published_selector = "div.pubdate"
    lead_selector = "div.detail-desc"
    trail_selector = "ul.breadcrumb.left a"
    tags_selector = ".detail-tag a.tag_item"


class DongKhoiPage(AnGiangPage):
    """dongkhoi.baovinhlong.vn, travinh.baovinhlong.vn: lead, body and section by a crawler (2026).

    That headline and date stand in the boxes of baoangiang.com.vn is a guess.
    """

    version = "e1.dongkhoi.2"
    trail_selector = "h2.catename-h1 a"


class LongAnPage(AnGiangPage):
    """baolongan.vn: text in `div.detail-content` (pieces of texts, 2022 to 2025).

    A caption stands in an inner `em style="float:left; text-align:center"` below its picture. That
    headline, date and lead stand in the boxes of baoangiang.com.vn is a guess.
    """

    version = "e1.longan.2"
    identifying_selectors = ("div.detail-title h1", "div.detail-content")
    body_selector = "div.detail-content"


class HueNgayNayPage(AnGiangPage):
    """huengaynay.vn: a guess from selectors of 2019.

    Addresses end in "-{number}.html" (seen). Nobody has checked a current page;
    `div.detail-…` are the boxes of the sister papers.
    """

    version = "e1.hue.2"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)


class ContentFckSection(FamilySection):
    """A section page, with pagination by its links `/{section}?p=N` or `/{section}/?p=N&d=`.

    baocantho.com.vn links five pages ("»" leads to the fifth); whether a sixth exists is untested.
    The list is the lead story, three stories below and "TIN MỚI NHẤT", without dates.
    """

    page: ClassVar[type[ContentFckPage]] = CanThoPage
    items = ".h2cate a, .top3 a.b-content, .list-news-img-style-1 li.news-img a.b-title"

    def next_page_url(self, document: Document, site: Site) -> str | None:
        base, wanted = document.base_url, page_number(document.url) + 1
        for a in elements(document.root, "//a[contains(@href, '=')]"):
            address = list_address(a.get("href") or "", base, document, site) or ""
            is_here = urlsplit(address).path.rstrip("/") == self.path.rstrip("/")
            if is_here and page_number(address) == wanted:
                return address
        return None


class AnGiangSection(ContentFckSection):
    """The list of baoangiang.com.vn; no crawler asked for its second page (2025)."""

    page = AnGiangPage
    items = "ul.cate-content-list-item li.item div.b-content a"


class DongKhoiSection(ContentFckSection):
    """A list of the Vĩnh Long papers, of which only the addresses of articles are known."""

    page: ClassVar[type[ContentFckPage]] = DongKhoiPage
    items = ANY_LINK


class LongAnSection(DongKhoiSection):
    """A list of baolongan.vn, of which only the addresses of articles are known."""

    page = LongAnPage


class HueNgayNaySection(DongKhoiSection):
    """A list of huengaynay.vn, of which only the addresses of articles are known."""

    page = HueNgayNayPage


def _words(text: str) -> str:
    """Return the words alone, because descriptions lose quotation marks and keep entities."""
    return " ".join(re.findall(r"\w+", clean(text).casefold()))


def page_number(address: str) -> int:
    """Return the number of the list page that an address names; 1 for the newest page.

    >>> page_number("https://bao.vn/suc-khoe/?p=2&d="), page_number("https://bao.vn/suc-khoe/")
    (2, 1)
    """
    query = parse_qs(urlsplit(address).query)
    stated = next((query[name][0] for name in _PAGE_PARAMETERS if name in query), "1")
    return int(stated) if stated.isdecimal() and len(stated) < len("1000000") else 1
