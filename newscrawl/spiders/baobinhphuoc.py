"""Báo Bình Phước."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoBinhPhuocSpider(NewspaperSpider):
    """Merged into the paper of Đồng Nai in 2025; articles are /news/{section}/{id}/{slug}.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baobinhphuoc"
    title = "Báo Bình Phước"
    domain = "baobinhphuoc.com.vn"
    provinces = ("75",)
    pages = (GenericPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
