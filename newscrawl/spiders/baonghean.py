"""Báo Nghệ An."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/kinh-te/", "/xa-hoi/", "/the-thao/", "/suc-khoe/", "/phap-luat/", "/quoc-te/",
    "/xay-dung-dang/", "/giao-duc/", "/giai-tri/", "/ket-noi-doanh-nghiep/", "/lao-dong/",
)  # fmt: skip


class BaoNgheAnSpider(NewspaperSpider):
    """Family D: pieces of a page were read (2026); sections by a crawler (2026)."""

    name = "baonghean"
    title = "Báo Nghệ An"
    domain = "baonghean.vn"
    provinces = ("40",)
    pages = ONECMS_PAGES
    sources = tuple(OneCmsSection(path=path) for path in _SECTIONS)
