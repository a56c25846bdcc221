"""Báo Kon Tum."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoKonTumSpider(NewspaperSpider):
    """Merged into the paper of Quảng Ngãi in 2025; one section page was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baokontum"
    title = "Báo Kon Tum"
    domain = "baokontum.com.vn"
    provinces = ("51",)
    pages = (GenericPage,)
    sources = (
        GenericSection("/", closed=_CLOSED),
        GenericSection("/xa-hoi-8.html", closed=_CLOSED),
    )
