"""Báo Hậu Giang."""

from datetime import date

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_CLOSED = date(2025, 7, 1)  # the provinces merged


class BaoHauGiangSpider(NewspaperSpider):
    """Merged into the paper of Cần Thơ in 2025; sections are /{slug}-{n}.html.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baohaugiang"
    title = "Báo Hậu Giang"
    domain = "baohaugiang.com.vn"
    provinces = ("92",)
    pages = (GenericPage,)
    skip_paths = (
        "/bang-gia-quang-cao/", "/lien-he/", "/tim-kiem/", "/video/", "/multimedia/",
        "/megastory/", "/infographics/", "/anh/", "/podcast/", "/foreign-languages/",
    )  # fmt: skip
    sources = (
        GenericSection("/", closed=_CLOSED),
        GenericSection("/thoi-su-215.html", closed=_CLOSED),
    )
