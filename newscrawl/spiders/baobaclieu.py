"""Báo Bạc Liêu."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoBacLieuSpider(NewspaperSpider):
    """Merged into the paper of Cà Mau in 2025; addresses were seen with www.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baobaclieu"
    title = "Báo Bạc Liêu"
    domain = "baobaclieu.vn"
    provinces = ("96",)
    pages = (GenericPage,)
    sources = (
        GenericSection("/", closed=_CLOSED),
        GenericSection("/quoc-phong-an-ninh/", closed=_CLOSED),
    )
