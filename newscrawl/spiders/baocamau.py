"""Báo Cà Mau, since July 2025 with Bạc Liêu."""

from newscrawl.cms.contentfck2 import CaMauPage, CaMauSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoCaMauSpider(NewspaperSpider):
    """Family E2 by a crawler (2026) that names body and section only.

    It lists no sections: the front page stands in for them.
    """

    name = "baocamau"
    title = "Báo Cà Mau"
    domain = "baocamau.vn"
    former_domains = ("baocamau.com.vn",)
    provinces = ("96",)
    pages = (CaMauPage,)
    sources = (CaMauSection(path="/"),)
