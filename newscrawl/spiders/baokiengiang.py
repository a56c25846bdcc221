"""Báo Kiên Giang."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoKienGiangSpider(NewspaperSpider):
    """Merged into the paper of An Giang in 2025; addresses were seen with www.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baokiengiang"
    title = "Báo Kiên Giang"
    domain = "baokiengiang.vn"
    provinces = ("91",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
