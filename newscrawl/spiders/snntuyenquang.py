"""The province's department of agriculture: a portal on the legacy Tuyên Quang CMS."""

from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class SnnTuyenQuangSpider(NewspaperSpider):
    """Addresses of lists were seen, no page was read; the title is a guess."""

    name = "snntuyenquang"
    title = "Sở Nông nghiệp tỉnh Tuyên Quang"
    domain = "snntuyenquang.gov.vn"
    provinces = ("08",)
    pages = (LegacyPage,)
    sources = (LegacySection(path="/tin-tuc/thong-tin-tuyen-truyen/"),)
