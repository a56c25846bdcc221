"""Báo Lai Châu."""

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection


class BaoLaiChauSpider(NewspaperSpider):
    """Addresses of 2026 end in a number; sections are /{slug}, none of which was seen.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baolaichau"
    title = "Báo Lai Châu"
    domain = "baolaichau.vn"
    provinces = ("12",)
    pages = (GenericPage,)
    skip_paths = (
        "/video", "/multimedia", "/infographic", "/quang-cao", "/tags",
    )  # fmt: skip
    sources = (GenericSection("/"),)
