"""Báo Trà Vinh, since July 2025 under the roof of Báo Vĩnh Long."""

from newscrawl.cms.contentfck import DongKhoiPage, DongKhoiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/chinh-tri/", "/kinh-te/", "/phap-luat/", "/xa-hoi/", "/van-hoa/", "/khoa-giao/",
    "/the-thao/", "/quoc-phong/", "/an-ninh/", "/ban-doc/", "/quoc-te/",
)  # fmt: skip


class BaoTraVinhSpider(NewspaperSpider):
    """Family E1 by a crawler (2026), sections too.

    That crawler could not verify the host's TLS certificate; here it is checked all the same.
    """

    name = "travinh"
    title = "Báo Trà Vinh"
    domain = "travinh.baovinhlong.vn"
    former_domains = ("baotravinh.vn",)
    provinces = ("86",)
    pages = (DongKhoiPage,)
    sources = tuple(DongKhoiSection(path=path) for path in _SECTIONS)
