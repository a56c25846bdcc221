"""Báo Cần Thơ, since July 2025 with Hậu Giang and Sóc Trăng."""

from newscrawl.cms.contentfck import CanThoPage, ContentFckSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/thoi-su/can-tho/", "/chinh-tri/", "/kinh-te/", "/xa-hoi-phap-luat/",
    "/quoc-phong-an-ninh/", "/the-gioi/", "/giao-duc/", "/y-te/", "/cong-nghe/", "/chuyen-doi-so/",
    "/van-hoa-giai-tri/", "/the-thao/", "/du-lich/",
)  # fmt: skip


class BaoCanThoSpider(NewspaperSpider):
    """Family E1: an article and a section page were read (January 2026).

    Lists carry no dates and offer five pages; feeds /rss/cate/{section}/ are linked and were not
    read.
    """

    name = "baocantho"
    title = "Báo Cần Thơ"
    domain = "baocantho.com.vn"
    provinces = ("92",)
    pages = (CanThoPage,)
    sources = tuple(ContentFckSection(path=path) for path in _SECTIONS)
