"""Báo Thanh Hóa."""

from newscrawl.cms.thanhhoa import ThanhHoaPage, ThanhHoaSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/tin24h/", "/xa-phuong/", "/thoi-su/", "/kiem-chung-thong-tin/", "/noi-chinh/",
    "/xay-dung-dang/", "/theo-guong-bac/", "/kinh-te/", "/doanh-nghiep/", "/doi-song-xa-hoi/",
    "/giao-duc/", "/phap-luat/", "/an-ninh-trat-tu/", "/the-gioi/", "/van-hoa-giai-tri/",
    "/du-lich/", "/nhip-song-tre/", "/the-thao/", "/quoc-phong-an-ninh/", "/khoa-hoc-cong-nghe/",
    "/moi-truong/", "/chuyen-doi-so/", "/y-te-suc-khoe/", "/xe/", "/bat-dong-san-kien-truc/",
    "/thi-truong/", "/dai-bieu-voi-cu-tri/", "/nghi-quyet-cua-dang/", "/tu-tuong-dang/",
    "/du-thao/", "/ve-voi-xu-thanh/", "/dat-va-nguoi/", "/khat-vong-thanh-hoa/", "/diem-den/",
    "/mien-tay-thanh-hoa/", "/co-hoi-dau-tu/", "/kinh-te-thi-truong/", "/hoi-nhap-quoc-te/",
    "/kkt-nghi-son/", "/sao-mai-group/", "/xuc-tien-dau-tu/", "/nguoi-tot/", "/review-ocop/",
    "/nong-thon-moi/", "/an-toan-thuc-pham/", "/anttocs/", "/van-ban-phap-luat/", "/kieu-bao/",
    "/ho-so-tu-lieu/", "/phan-tich-binh-luan/", "/dien-anh/", "/the-thao-trong-tinh/",
    "/the-thao-trong-nuoc/", "/the-thao-quoc-te/", "/cong-nghe-moi/", "/tu-van-suc-khoe/",
    "/thuoc-dinh-duong/", "/khoe-dep/", "/nhung-dia-chi-tam-long/", "/thi-truong-xe/",
    "/tu-van-xe/", "/tin-tuc-dai-hoi/", "/ddci-thanh-hoa/",
)  # fmt: skip


class BaoThanhHoaSpider(NewspaperSpider):
    """Family G: two crawlers agree on the body (2026), sections by one of them.

    Some bodies come encrypted.
    """

    name = "baothanhhoa"
    title = "Báo Thanh Hóa"
    domain = "baothanhhoa.vn"
    provinces = ("38",)
    pages = (ThanhHoaPage,)
    sources = tuple(ThanhHoaSection(path=path) for path in _SECTIONS)
