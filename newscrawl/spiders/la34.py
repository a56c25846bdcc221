"""Đài Phát thanh và Truyền hình Long An."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class La34Spider(NewspaperSpider):
    """The broadcaster of Long An, merged in 2025; nothing but the domain was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "la34"
    title = "Đài Phát thanh và Truyền hình Long An"
    domain = "la34.com.vn"
    provinces = ("80",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
