"""Báo Đà Nẵng, since July 2025 with Quảng Nam."""

from newscrawl.cms.dataimages import DataImagesPage
from newscrawl.cms.onecms import DaNangMagazine, DaNangPage, DaNangSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/xa-hoi/", "/kinh-te/", "/nong-nghiep-nong-thon/", "/quoc-phong-an-ninh/",
    "/the-gioi/", "/the-thao/", "/van-hoa-van-nghe/", "/doi-song/", "/du-lich/",
    "/khoa-hoc-cong-nghe/", "/su-kien-binh-luan/", "/co-hoi-dau-tu/",
    "/theo-buoc-chan-nguoi-quang/", "/toa-soan-ban-doc/", "/tin-moi-nhat/",
)  # fmt: skip


class BaoDaNangSpider(NewspaperSpider):
    """Family D since about 2025: three crawlers agree on the body (2026), sections by one of them.

    Before it family B, whose old addresses `/channel/…` still stand in citations, then addresses
    like those of family A (`/kinhte/202412/…-3995667/`), whose template was not seen.
    """

    name = "baodanang"
    title = "Báo Đà Nẵng"
    domain = "baodanang.vn"
    provinces = ("48",)
    pages = (DaNangPage, DaNangMagazine, DataImagesPage)
    sources = tuple(DaNangSection(path=path) for path in _SECTIONS)
