"""Báo Phú Thọ, since July 2025 with Vĩnh Phúc and Hòa Bình."""

from newscrawl.cms.thanhhoa import ThanhHoaPage, ThanhHoaSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/phu-tho-24h/", "/phong-vi-dat-to/", "/den-hung/", "/du-lich-le-hoi/", "/chinh-tri/",
    "/xay-dung-dang/", "/quoc-hoi-hoi-dong-nhan-dan/", "/hoc-va-lam-theo-bac/", "/van-hoa-xa-hoi/",
    "/xa-hoi/", "/van-hoc-nghe-thuat/", "/van-hoa/", "/dan-toc-ton-giao/", "/net-dep-doi-thuong/",
    "/kinh-te/", "/gia-ca-thi-truong/", "/giao-duc/", "/y-te/", "/phong-su-ghi-chep/", "/quoc-te/",
    "/quoc-phong-an-ninh/", "/giai-tri/", "/the-thao/", "/toa-soan-ban-doc/", "/cong-dong/",
    "/ong-kinh-phong-vien/", "/khoa-hoc-cong-nghe/", "/chuyen-doi-so/", "/o-to-xe-may/", "/tin24h/",
)  # fmt: skip


class BaoPhuThoSpider(NewspaperSpider):
    """Family G: two crawlers agree on the body (2026), sections by one of them.

    About half of the bodies came encrypted in October 2026.
    """

    name = "baophutho"
    title = "Báo Phú Thọ"
    domain = "baophutho.vn"
    provinces = ("25",)
    pages = (ThanhHoaPage,)
    sources = tuple(ThanhHoaSection(path=path) for path in _SECTIONS)
