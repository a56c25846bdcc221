"""Báo Hà Nam."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoHaNamSpider(NewspaperSpider):
    """Merged into the paper of Ninh Bình in 2025; addresses end in a number.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baohanam"
    title = "Báo Hà Nam"
    domain = "baohanam.com.vn"
    provinces = ("37",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
