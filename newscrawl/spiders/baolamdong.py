"""Báo Lâm Đồng, since July 2025 with Đắk Nông and Bình Thuận."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsSection
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/thoi-su/", "/kinh-te/", "/doi-song/", "/phap-luat/", "/quoc-phong-an-ninh/",
    "/van-hoa-giai-tri/", "/du-lich/", "/chinh-sach/", "/cong-nghe-chuyen-doi-so/", "/tin-tuc-24h/",
)  # fmt: skip


class BaoLamDongSpider(NewspaperSpider):
    """Family D now is a guess; family A until about 2025.

    A crawler's selectors (`h1.detail-title`, `.detail-content`, 2026) are alternatives of one
    another and fit no family, so pages may carry no known marks; the sections are that crawler's.
    """

    name = "baolamdong"
    title = "Báo Lâm Đồng"
    domain = "baolamdong.vn"
    provinces = ("68",)
    pages = (*ONECMS_PAGES, *VNPT_PAGES)
    sources = tuple(OneCmsSection(path=path) for path in _SECTIONS)
