"""The city of Tuyên Quang, abolished as a district in July 2025: republishes the paper."""

from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class ThanhPhoTuyenQuangSpider(NewspaperSpider):
    """Its address was seen, no page was read; section and title are guesses."""

    name = "thanhpho"
    title = "Thành phố Tuyên Quang"
    domain = "thanhpho.tuyenquang.gov.vn"
    provinces = ("08",)
    pages = (LegacyPage,)
    sources = (LegacySection(path="/tin-tuc-su-kien/"),)
