"""Báo Phú Yên, since July 2025 under the roof of Báo Đắk Lắk."""

from newscrawl.cms.vnpt import VnptA3Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = ("/suc-khoe/", "/kinh-te/")


class PhuYenSpider(NewspaperSpider):
    """Template A3; old articles keep the former host in their own address."""

    name = "phuyen"
    title = "Báo Phú Yên"
    domain = "phuyen.baodaklak.vn"
    former_domains = ("baophuyen.vn", "www.baophuyen.vn", "baophuyen.com.vn")
    provinces = ("66",)
    pages = (VnptA3Page,)
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
