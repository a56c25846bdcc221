"""Báo Bắc Kạn: merged into Báo Thái Nguyên in July 2025."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoBacKanSpider(NewspaperSpider):
    """Family C from 2022 to 2025 by a crawler (2024 or later); before it family B.

    No section was seen: the front page stands in for them.
    """

    name = "baobackan"
    title = "Báo Bắc Kạn"
    domain = "baobackan.vn"
    former_domains = ("baobackan.com.vn", "baobackan.org.vn")
    provinces = ("19",)
    pages = (EpiPage,)
    sources = (EpiSection(path="/"),)
