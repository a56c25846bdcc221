"""Báo Đồng Khởi of Bến Tre, since July 2025 under the roof of Báo Vĩnh Long."""

from newscrawl.cms.contentfck import DongKhoiPage, DongKhoiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/chinh-tri/", "/kinh-te/", "/phap-luat/", "/xa-hoi/", "/van-hoa/", "/khoa-giao/",
    "/the-thao/", "/quoc-phong/", "/an-ninh/", "/ban-doc/", "/quoc-te/",
)  # fmt: skip


class BaoDongKhoiSpider(NewspaperSpider):
    """Family E1 by a crawler (2026), sections too.

    baodongkhoi.vn still answered in 2026, with links to this host.
    """

    name = "dongkhoi"
    title = "Báo Đồng Khởi"
    domain = "dongkhoi.baovinhlong.vn"
    former_domains = ("baodongkhoi.vn",)
    provinces = ("86",)
    pages = (DongKhoiPage,)
    sources = tuple(DongKhoiSection(path=path) for path in _SECTIONS)
