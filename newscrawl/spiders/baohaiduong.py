"""Báo Hải Dương: merged into Báo Hải Phòng in July 2025."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoHaiDuongSpider(NewspaperSpider):
    """Family D from 2023 to 2025 by its addresses; its own CMS before.

    Sections of today's form were not seen: the front page stands in for them.
    """

    name = "baohaiduong"
    title = "Báo Hải Dương"
    domain = "baohaiduong.vn"
    provinces = ("31",)
    pages = ONECMS_PAGES
    sources = (OneCmsSection(path="/"),)
