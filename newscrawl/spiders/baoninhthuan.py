"""Báo Ninh Thuận."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoNinhThuanSpider(NewspaperSpider):
    """Merged into the paper of Khánh Hòa in 2025; no article address was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baoninhthuan"
    title = "Báo Ninh Thuận"
    domain = "baoninhthuan.com.vn"
    provinces = ("56",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
