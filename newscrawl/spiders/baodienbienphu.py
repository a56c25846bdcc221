"""Báo Điện Biên Phủ."""

from newscrawl.cms.own_systems import DienBienPhuPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection


class BaoDienBienPhuSpider(NewspaperSpider):
    """Articles are /tin-bai/…; lists are filled in the browser, the front page is not (2026).

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baodienbienphu"
    title = "Báo Điện Biên Phủ"
    domain = "baodienbienphu.vn"
    former_domains = ("baodienbienphu.com.vn", "baodienbienphu.info.vn")
    provinces = ("11",)
    pages = (DienBienPhuPage,)
    sources = (GenericSection("/"),)
