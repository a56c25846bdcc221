"""Báo Nam Định: merged into Báo Ninh Bình in July 2025."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoNamDinhSpider(NewspaperSpider):
    """Family A from 2022 to 2025, of which captions were seen; before it family B.

    No section was seen: the front page stands in for them, which is a guess.
    """

    name = "baonamdinh"
    title = "Báo Nam Định"
    domain = "baonamdinh.vn"
    former_domains = ("baonamdinh.com.vn",)
    provinces = ("37",)
    pages = VNPT_PAGES
    sources = (VnptSection(path="/"),)
