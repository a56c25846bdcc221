"""Báo Thái Nguyên, since July 2025 with Bắc Kạn."""

from newscrawl.cms.vnpt_a2 import THAI_NGUYEN_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su-thai-nguyen/", "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/giao-duc/",
    "/y-te/", "/van-hoa/", "/van-nghe-thai-nguyen/", "/the-thao/", "/giao-thong/", "/o-to-xe-may/",
    "/tai-nguyen-moi-truong/", "/quoc-phong-an-ninh/", "/quoc-te/", "/que-huong-dat-nuoc/",
    "/ban-doc/", "/tieu-diem/", "/tin-moi/", "/thong-tin-can-biet/",
)  # fmt: skip


class BaoThaiNguyenSpider(NewspaperSpider):
    """Template A2 with a box for the lead, sections by a crawler (2026).

    The date line is the family's (a guess), the list API under /sc_service is untested here.
    """

    name = "baothainguyen"
    title = "Báo Thái Nguyên"
    domain = "baothainguyen.vn"
    provinces = ("19",)
    pages = THAI_NGUYEN_PAGES
    skip_paths = ("/multimedia/", "/podcast/", "/video/", "/doc-bao-in/", "/thong-tin-quang-cao/")
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
