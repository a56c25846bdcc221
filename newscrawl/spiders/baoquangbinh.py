"""Báo Quảng Bình: merged into Báo Quảng Trị in July 2025."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoQuangBinhSpider(NewspaperSpider):
    """Family A to 2025 by its addresses; the template was not seen.

    Leads begin "(QBĐT) - ". In 2022 the headline was `h2#title`, which no template here reads; one
    section was seen.
    """

    name = "baoquangbinh"
    title = "Báo Quảng Bình"
    domain = "baoquangbinh.vn"
    provinces = ("44",)
    pages = VNPT_PAGES
    sources = (VnptSection(path="/kinh-te/"),)
