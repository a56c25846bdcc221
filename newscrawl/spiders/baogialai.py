"""Báo Gia Lai, since July 2025 with Bình Định."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su-su-kien/", "/thoi-su-quoc-te/", "/thoi-su-binh-luan/", "/chinh-tri/", "/kinh-te/",
    "/giao-duc/", "/suc-khoe/", "/van-hoa/", "/giai-tri/", "/doi-song/", "/the-thao/",
    "/song-tre-song-dep/", "/khoa-hoc-cong-nghe/", "/do-thi/", "/du-lich/", "/phap-luat/",
    "/tu-thien/", "/ban-doc/", "/phong-su-ky-su/", "/chuyen-nguoi-gia-lai/", "/xe-may-xe-o-to/",
    "/thi-truong-vang/", "/ma-ra-thon/", "/tennis-pickleball/", "/xoa-nha-tam-nha-dot-nat/",
    "/ban-tin-the-gioi/", "/gia-lai-hom-nay/", "/gia-lai-moi-tuan-mot-diem-den/",
    "/diem-den-gia-lai-2022/", "/net-zero/", "/rung-bien-ket-noi/", "/chuyen-dong-tre/",
    "/thoi-tiet/",
)  # fmt: skip


class BaoGiaLaiSpider(NewspaperSpider):
    """Family C by two crawlers, sections by one of them (2025, 2026); family B before."""

    name = "baogialai"
    title = "Báo Gia Lai"
    domain = "baogialai.com.vn"
    provinces = ("52",)
    pages = (EpiPage,)
    sources = tuple(EpiSection(path=path) for path in _SECTIONS)
