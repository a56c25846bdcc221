"""Báo Phú Yên, since July 2025 under the roof of Báo Đắk Lắk."""

from newscrawl.cms.vnpt import VnptA3Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/suc-khoe/", "/kinh-te/", "/van-nghe/", "/xa-hoi/", "/giao-duc/", "/the-thao/",
    "/cai-cach-hanh-chinh/", "/phap-luat/", "/goc-tre/", "/dan-toc-mien-nui/",
    "/hon-nhan-gia-dinh/", "/du-lich/", "/quy-hoach-dau-tu-phat-trien/",
    "/tin-dung-chinh-sach-xa-hoi/", "/phu-yen-dat-nguoi/", "/quoc-te/", "/khoa-hoc-cong-nghe/",
    "/chuyen-doi-so/", "/khoa-giao/", "/phong-su-ky-su/", "/toa-soan-ban-doc/",
    "/xa-hoi-tu-thien/", "/ban-doc-viet/", "/dia-chi-can-giup-do/", "/hoi-dap/",
)  # fmt: skip


class PhuYenSpider(NewspaperSpider):
    """Template A3; old articles keep the former host in their address. Part of a menu (2026)."""

    name = "phuyen"
    title = "Báo Phú Yên"
    domain = "phuyen.baodaklak.vn"
    former_domains = ("baophuyen.vn", "www.baophuyen.vn", "baophuyen.com.vn")
    provinces = ("66",)
    pages = (VnptA3Page,)
    skip_paths = (
        "/quang-cao/", "/test-site-2/",
    )  # fmt: skip
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
