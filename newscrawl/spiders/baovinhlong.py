"""Báo Vĩnh Long, since July 2025 with Bến Tre and Trà Vinh."""

from newscrawl.cms.vnpt_a2 import VINH_LONG_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/quoc-te/", "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/xa-hoi/du-lich/",
    "/van-hoa-giai-tri/", "/the-thao/", "/khoa-hoc-cong-nghe/", "/the-gioi-tre/", "/phap-luat/",
    "/ban-doc/", "/suc-khoe/", "/tieu-diem/", "/phong-su-anh/",
)  # fmt: skip


class BaoVinhLongSpider(NewspaperSpider):
    """Template A2 with a box for the lead, sections by a crawler (2026).

    The list API under /sc_service is untested here; before family A the paper ran family B.
    """

    name = "baovinhlong"
    title = "Báo Vĩnh Long"
    domain = "baovinhlong.com.vn"
    provinces = ("86",)
    pages = VINH_LONG_PAGES
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
