"""Báo Quảng Nam."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoQuangNamSpider(NewspaperSpider):
    """Merged into the paper of Đà Nẵng in 2025, which holds its articles too.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baoquangnam"
    title = "Báo Quảng Nam"
    domain = "baoquangnam.vn"
    provinces = ("48",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED), GenericSection("/xa-hoi/", closed=_CLOSED))
