"""The province's people's council: a portal on the legacy Tuyên Quang CMS."""

from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class HdndTuyenQuangSpider(NewspaperSpider):
    """Still on the legacy CMS in January 2026, with news in the paper's style."""

    name = "hdndtuyenquang"
    title = "Hội đồng nhân dân tỉnh Tuyên Quang"
    domain = "hdndtuyenquang.gov.vn"
    provinces = ("08",)
    pages = (LegacyPage,)
    sources = (LegacySection(path="/tin-hoat-dong/"),)
