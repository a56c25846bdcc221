"""Báo Đồng Nai."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/tin-moi/", "/chinh-tri/", "/kinh-te/", "/van-hoa/", "/xa-hoi/", "/phap-luat/", "/ban-doc/",
    "/doanh-nhan-doanh-nghiep/", "/dong-nai-cuoi-tuan/", "/giai-tri/", "/chuyen-doi-so/",
    "/the-thao/", "/cong-doan/lao-dong-viec-lam/", "/phong-su-ky-su/", "/phong-van/",
    "/trang-dia-phuong/", "/kham-pha-dong-nai/",
)  # fmt: skip


class BaoDongNaiSpider(NewspaperSpider):
    """Template A2; its own script asks the list API under /service for eight items."""

    name = "baodongnai"
    title = "Báo Đồng Nai"
    domain = "baodongnai.com.vn"
    provinces = ("75",)
    pages = VNPT_PAGES
    skip_paths = ("/multimedia/", "/media/", "/video-clip/", "/podcast/", "/anh-dep/")
    sources = tuple(VnptSection(path=path, api="/service", page_size=8) for path in _SECTIONS)
