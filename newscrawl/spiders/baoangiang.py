"""Báo An Giang, since July 2025 with Kiên Giang."""

from newscrawl.cms.contentfck import AnGiangPage, AnGiangSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/an-giang-24-gio/", "/chinh-tri-xa-hoi/", "/xh-tt/", "/kinh-te/", "/giao-duc/", "/cong-nghe/",
    "/phap-luat/", "/quoc-te/", "/van-hoa/", "/the-thao/", "/suc-khoe/",
    "/suc-khoe/bac-si-cua-ban/", "/nhip-song-moi/", "/tam-nong/", "/thoi-trang/", "/du-lich/",
)  # fmt: skip


class BaoAnGiangSpider(NewspaperSpider):
    """Family E1: a piece of a page was read (2026); sections by a crawler (2025)."""

    name = "baoangiang"
    title = "Báo An Giang"
    domain = "baoangiang.com.vn"
    provinces = ("91",)
    pages = (AnGiangPage,)
    sources = tuple(AnGiangSection(path=path) for path in _SECTIONS)
