"""Huế ngày nay, the paper of Huế."""

from newscrawl.cms.contentfck import HueNgayNayPage, HueNgayNaySection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class HueNgayNaySpider(NewspaperSpider):
    """Family E1 is a guess from a crawler of 2019, never checked against the site.

    One section is known, from an article's address; the front page stands in for the others.
    """

    name = "huengaynay"
    title = "Huế ngày nay"
    domain = "huengaynay.vn"
    former_domains = ("baothuathienhue.vn",)
    provinces = ("46",)
    pages = (HueNgayNayPage,)
    sources = (HueNgayNaySection(path="/"), HueNgayNaySection(path="/du-lich/"))
