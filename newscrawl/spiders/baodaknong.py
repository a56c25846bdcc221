"""Báo Đắk Nông: merged into Báo Lâm Đồng in July 2025."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoDakNongSpider(NewspaperSpider):
    """Family D to 2025 by its addresses and its print view `/print/{number}.html`.

    No section was seen: the front page stands in for them.
    """

    name = "baodaknong"
    title = "Báo Đắk Nông"
    domain = "baodaknong.vn"
    former_domains = ("baodaknong.org.vn",)
    provinces = ("68",)
    pages = ONECMS_PAGES
    sources = (OneCmsSection(path="/"),)
