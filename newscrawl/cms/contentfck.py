"""The "content-fck" CMS of the Mekong delta, first generation (family E1).

Markup read: an article and a section of baocantho.com.vn (2026), a piece of baoangiang.com.vn
(2026); the Vĩnh Long papers by the accounts of a crawler (2026), huengaynay.vn by one of 2019.
"""

import re
from typing import ClassVar, Final
from urllib.parse import parse_qs, urlsplit

from newscrawl.article.article_page import Site
from newscrawl.article.body import BodyRules
from newscrawl.cms.boxed_page import BoxedPage
from newscrawl.cms.section import (
    ANY_LINK,
    MarkedSection,
    list_address,
)
from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.text import clean
from newscrawl.urls.article_keys import exact_number_key

_PAGE: Final = ("p", "page")
_PREFIX: Final = re.compile(r"\([A-ZĐ]{2,5}\)\s*[-–]\s*\S")
_LEAST_CUT: Final = 40  # characters of a description that begins a paragraph without ending it


class ContentFckPage(BoxedPage):
    """What the layouts of both generations share: the address `/{slug}-a{number}.html`.

    Captions are the next centred paragraph in italics or `p.note`; `p.author.ignore` is "Theo …".
    Where the lead has no box it is the body's first paragraph, which the meta description repeats.
    """

    body_selector = "#newscontents > .content-fck"
    drop_selector = ".//div[starts-with(@class, 'AMN_res_')]"
    body_rules = BodyRules(
        caption_classes=frozenset(["note"]),
        byline_classes=frozenset(["author"]),
        picture_attributes=("data-src", "src"),
    )
    own_number_selector = "input#txtnewsid"

    @staticmethod
    def read_key(url: str) -> str | None:
        """The number; None below "/https/", where dongkhoi.baovinhlong.vn repeats its pages."""
        return None if "/https/" in url else exact_number_key(url, "a")

    def lead(self) -> str | None:
        if self.lead_selector:
            return super().lead()
        paragraphs = self.read_blocks.paragraphs
        is_lead = len(paragraphs) > 1 and self._is_repeated_lead(paragraphs[0])
        return paragraphs[0] if is_lead else None

    def _is_repeated_lead(self, paragraph: str) -> bool:
        """Whether the description repeats the paragraph, or it opens as leads do, "(CTO) - "."""
        printed = _words(paragraph)
        described = _words(self.document.metadata.first("description") or "")
        is_cut = len(described) >= _LEAST_CUT and printed.startswith(described)
        return printed == described or is_cut or _PREFIX.match(paragraph) is not None


class CanThoPage(ContentFckPage):
    """baocantho.com.vn: the first `h1` is the breadcrumb, the second the headline.

    The headline ends in `&nbsp;` and an icon; advertisements stand between the paragraphs.
    """

    version = "e1.cantho.1"
    identifying_selectors = ("h1.margintopbot10.fw700", "#newscontents")
    headline_selector = "h1.margintopbot10.fw700"
    published_selector = "span.pubdate"
    trail_selector = "#colcate1 > div.titlecate h1 a"
    tags_selector = ".block_tag a.tag_item"


class AnGiangPage(ContentFckPage):
    """baoangiang.com.vn: headline, date and lead in boxes `div.detail-…`."""

    version = "e1.angiang.1"
    identifying_selectors = ("div.detail-title h1", "#newscontents")
    headline_selector = "div.detail-title h1"
    published_selector = "div.pubdate"
    lead_selector = "div.detail-desc"
    trail_selector = "ul.breadcrumb.left a"
    tags_selector = ".detail-tag a.tag_item"


class DongKhoiPage(AnGiangPage):
    """dongkhoi.baovinhlong.vn, travinh.baovinhlong.vn: lead, body and section by a crawler (2026).

    That headline and date stand in baoangiang.com.vn's boxes is a guess.
    """

    version = "e1.dongkhoi.1"
    trail_selector = "h2.catename-h1 a"


class HueNgayNayPage(AnGiangPage):
    """huengaynay.vn: a guess from selectors of 2019.

    Addresses end in "-{number}.html" (seen). Nobody has checked a current page;
    `div.detail-…` are the boxes of the sister papers.
    """

    version = "e1.hue.1"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)


class ContentFckSection(MarkedSection):
    """A section page whose pager links the next one, `/{section}?p=N` or `/{section}/?p=N&d=`.

    baocantho.com.vn offers five pages ("»" leads to the fifth), what lies beyond is untested; its
    list is the lead story, three below it and "TIN MỚI NHẤT". Articles carry no date here.
    """

    page: ClassVar[type[ContentFckPage]] = CanThoPage
    items = ".h2cate a, .top3 a.b-content, .list-news-img-style-1 li.news-img a.b-title"

    def older(self, document: Document, paper: Site) -> str | None:
        base, wanted = document.base_url, page_number(document.url) + 1
        for a in elements(document.root, "//a[contains(@href, '=')]"):
            address = list_address(a.get("href") or "", base, document, paper) or ""
            is_here = urlsplit(address).path.rstrip("/") == self.path.rstrip("/")
            if is_here and page_number(address) == wanted:
                return address
        return None


class AnGiangSection(ContentFckSection):
    """The list of baoangiang.com.vn; a crawler stopped before its second page (2025)."""

    page = AnGiangPage
    items = "ul.cate-content-list-item li.item div.b-content a"


class DongKhoiSection(ContentFckSection):
    """A list of the Vĩnh Long papers: of its markup only an article's address is known."""

    page: ClassVar[type[ContentFckPage]] = DongKhoiPage
    items = ANY_LINK


class HueNgayNaySection(DongKhoiSection):
    """A list of huengaynay.vn, as little known."""

    page = HueNgayNayPage


def _words(text: str) -> str:
    """The words alone: descriptions lose quotation marks and keep entities."""
    return " ".join(re.findall(r"\w+", clean(text).casefold()))


def page_number(address: str) -> int:
    """The page of a list that an address names; 1 for the newest.

    >>> page_number("https://bao.vn/suc-khoe/?p=2&d="), page_number("https://bao.vn/suc-khoe/")
    (2, 1)
    """
    query = parse_qs(urlsplit(address).query)
    stated = next((query[name][0] for name in _PAGE if name in query), "1")
    return int(stated) if stated.isdecimal() and len(stated) < len("1000000") else 1
