"""Báo Lào Cai, since July 2025 with Yên Bái."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/", "/chinh-tri/", "/chinh-tri/xay-dung-dang/", "/chinh-tri/quoc-phong-an-ninh/",
    "/chinh-tri/doi-ngoai/", "/hoc-tap-va-lam-theo-bac/", "/kinh-te/",
    "/kinh-te/nong-nghiep-nong-thon/", "/kinh-te/ocop-lao-cai/",
    "/kinh-te/cong-nghiep-xay-dung/", "/kinh-te/dau-tu-tai-chinh/", "/kinh-te/thi-truong/",
    "/xa-hoi/", "/xa-hoi/giao-duc/", "/xa-hoi/y-te/", "/xa-hoi/lao-dong-viec-lam/",
    "/xa-hoi/cai-cach-hanh-chinh/", "/ban-doc/", "/van-hoa/", "/van-hoa/van-hoc-nghe-thuat/",
    "/van-hoa/lang-nghe/", "/van-hoa/giai-tri/", "/du-lich/", "/phap-luat/",
    "/phap-luat/an-ninh-trat-tu/", "/phap-luat/phap-luat-doi-song/",
    "/phap-luat/an-toan-giao-thong/", "/the-thao/", "/the-gioi/", "/phong-su/",
    "/chuyen-doi-so/", "/review-lao-cai/", "/vung-cao/", "/thuong-ky/", "/cuoi-tuan/",
    "/van-xuoi/", "/tho/", "/chuyende/", "/duan8/",
)  # fmt: skip


class BaoLaoCaiSpider(NewspaperSpider):
    """Family C: a whole article page was read (2026); its menu names these sections (June 2025)."""

    name = "baolaocai"
    title = "Báo Lào Cai"
    domain = "baolaocai.vn"
    provinces = ("15",)
    pages = (EpiPage,)
    skip_paths = (
        "/epaper/", "/multimedia/", "/video/", "/goc-anh/", "/e-magazine/", "/podcasts/",
        "/infographic/", "/thong-tin-quang-cao/",
    )  # fmt: skip
    sources = tuple(EpiSection(path=path) for path in _SECTIONS)
