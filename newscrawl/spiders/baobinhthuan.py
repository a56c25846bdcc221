"""Báo Bình Thuận."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoBinhThuanSpider(NewspaperSpider):
    """Merged into the paper of Lâm Đồng in 2025; addresses end in a number.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baobinhthuan"
    title = "Báo Bình Thuận"
    domain = "baobinhthuan.com.vn"
    provinces = ("68",)
    pages = (GenericPage,)
    sources = (
        GenericSection("/", closed=_CLOSED),
        GenericSection("/tin-tuc-binh-thuan-moi-nhat", closed=_CLOSED),
    )
