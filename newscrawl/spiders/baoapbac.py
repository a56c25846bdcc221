"""Báo Ấp Bắc of Tiền Giang: merged into Báo Đồng Tháp in July 2025."""

from newscrawl.cms.dataimages import ApBacPage, DataImagesSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoApBacSpider(NewspaperSpider):
    """Family B by a crawler of 2019, with the date in `#current-date`.

    One section is known, from the address of its feed; no article address was seen.
    """

    name = "baoapbac"
    title = "Báo Ấp Bắc"
    domain = "baoapbac.vn"
    provinces = ("82",)
    pages = (ApBacPage,)
    sources = (DataImagesSection(path="/"), DataImagesSection(path="/xa-hoi/"))
