"""Báo Đắk Lắk."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su/", "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/giao-duc/", "/y-te-suc-khoe/",
    "/xa-hoi/chinh-sach-xa-hoi/", "/chinh-sach-xa-hoi/", "/phap-luat/", "/an-ninh-quoc-phong/",
    "/quoc-te/", "/the-thao/", "/van-hoa-du-lich-van-hoc-nghe-thuat/", "/du-lich/",
    "/khoa-hoc-cong-nghe/", "/moi-truong/", "/trang-tin-dia-phuong/",
    "/thong-tin-doanh-nghiep-tu-gioi-thieu/", "/phong-su-ky-su/", "/van-de-ban-doc-quan-tam/",
)  # fmt: skip


class BaoDakLakSpider(NewspaperSpider):
    """Articles in template A1 in 2024; its lists use parts of A3 since 2025."""

    name = "baodaklak"
    title = "Báo Đắk Lắk"
    domain = "baodaklak.vn"
    provinces = ("66",)
    pages = VNPT_PAGES
    skip_paths = ("/multimedia/", "/video/", "/doc-bao-in/")
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
