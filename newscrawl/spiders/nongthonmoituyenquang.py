"""The province's programme for new rural areas: a portal on the legacy Tuyên Quang CMS."""

from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class NongThonMoiTuyenQuangSpider(NewspaperSpider):
    """Addresses of lists were seen, no page was read; the title is a guess."""

    name = "nongthonmoituyenquang"
    title = "Nông thôn mới Tuyên Quang"
    domain = "nongthonmoituyenquang.gov.vn"
    provinces = ("08",)
    pages = (LegacyPage,)
    sources = (LegacySection(path="/tin-tuc/"),)
