"""Báo Yên Bái."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoYenBaiSpider(NewspaperSpider):
    """Merged into the paper of Lào Cai in 2025; no article address was seen, one feed was named.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baoyenbai"
    title = "Báo Yên Bái"
    domain = "baoyenbai.com.vn"
    provinces = ("15",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED), Feed("/rss/11.rss", closed=_CLOSED))
