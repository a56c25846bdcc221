"""Báo Ninh Bình."""

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection


class BaoNinhBinhSpider(NewspaperSpider):
    """Two crawlers agree on #content_detail (2025, 2026); ids have 15 digits.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baoninhbinh"
    title = "Báo Ninh Bình"
    domain = "baoninhbinh.org.vn"
    provinces = ("37",)
    pages = (GenericPage,)
    skip_paths = (
        "/bao-in", "/doc-bao-in", "/da-phuong-tien-multimedia", "/video", "/podcast",
        "/dang-nhap",
    )  # fmt: skip
    sources = (GenericSection("/"),)
