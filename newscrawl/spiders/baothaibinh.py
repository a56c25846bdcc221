"""Báo Thái Bình."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoThaiBinhSpider(NewspaperSpider):
    """Merged into the paper of Hưng Yên in 2025; articles are /tin-tuc/{section}/{id}/{slug}.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baothaibinh"
    title = "Báo Thái Bình"
    domain = "baothaibinh.com.vn"
    provinces = ("33",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
