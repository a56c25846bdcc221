"""Báo Hà Giang: merged into Báo Tuyên Quang in July 2025, its addresses still in citations."""

from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = ("/xa-hoi/", "/thong-tin-quang-ba/")


class BaoHaGiangSpider(NewspaperSpider):
    """Family A from 2017 on; its page template was not seen whole, A1 is a guess."""

    name = "baohagiang"
    title = "Báo Hà Giang"
    domain = "baohagiang.vn"
    provinces = ("08",)
    pages = (VnptA1Page,)
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
