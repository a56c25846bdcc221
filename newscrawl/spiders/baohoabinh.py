"""Báo Hòa Bình."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoHoaBinhSpider(NewspaperSpider):
    """Merged into the paper of Phú Thọ in 2025; no article address was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baohoabinh"
    title = "Báo Hòa Bình"
    domain = "baohoabinh.com.vn"
    provinces = ("25",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
