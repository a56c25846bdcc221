"""Báo Sóc Trăng."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoSocTrangSpider(NewspaperSpider):
    """Merged into the paper of Cần Thơ in 2025; no article address was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baosoctrang"
    title = "Báo Sóc Trăng"
    domain = "baosoctrang.org.vn"
    provinces = ("92",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
