"""Báo Bình Định."""

from datetime import date

from newscrawl.cms.own_systems import BinhDinhPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoBinhDinhSpider(NewspaperSpider):
    """Merged into the paper of Gia Lai in 2025; articles are viewer.aspx?…&mabb={n}.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baobinhdinh"
    title = "Báo Bình Định"
    domain = "baobinhdinh.vn"
    provinces = ("52",)
    pages = (BinhDinhPage,)
    sources = (GenericSection("/", closed=_CLOSED),)
