"""Báo Quảng Trị, since July 2025 with Quảng Bình."""

from newscrawl.cms.section import of_any_class
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/dat-va-nguoi-quang-binh/", "/dat-va-nguoi-quang-tri/", "/du-lich/",
    "/giao-duc/", "/khoa-hoc-cong-nghe/", "/kinh-te/", "/phap-luat/", "/phong-su-ky-su/",
    "/quoc-phong-an-ninh/", "/quoc-te/", "/suc-khoe/", "/the-thao/", "/thoi-su/",
    "/toa-soan-ban-doc/", "/van-hoa/", "/xa-hoi/", "/moi-nong/",
)  # fmt: skip
_TITLES = f".//a[{of_any_class('h2', 'h3', 'card-img')}]"


class BaoQuangTriSpider(NewspaperSpider):
    """Template A2 by two crawlers (2026), sections by one of them.

    Its lists mark links as `a.h2, a.h3, a.card-img`; the list API is untested here.
    """

    name = "baoquangtri"
    title = "Báo Quảng Trị"
    domain = "baoquangtri.vn"
    provinces = ("44",)
    pages = VNPT_PAGES
    skip_paths = ("/multimedia/", "/doc-bao-in/", "/thong-tin-quang-cao-tuyen-dung/")
    sources = tuple(VnptSection(path=path, titles=_TITLES) for path in _SECTIONS)
