"""Báo Bà Rịa - Vũng Tàu: merged with the papers of Hồ Chí Minh City in July 2025."""

from newscrawl.cms.dataimages import DataImagesPage, DataImagesSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoBaRiaVungTauSpider(NewspaperSpider):
    """Family B until 2024 at least, known by the addresses of its pictures.

    No article or section address was seen: the front page stands in for the sections.
    """

    name = "baobariavungtau"
    title = "Báo Bà Rịa - Vũng Tàu"
    domain = "baobariavungtau.com.vn"
    provinces = ("79",)
    pages = (DataImagesPage,)
    sources = (DataImagesSection(path="/"),)
