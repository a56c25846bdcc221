"""Báo Nghệ An."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed

_SECTIONS = (
    "/thoi-su/", "/thoi-su/dien-dan/", "/thoi-su/nhan-su/", "/thoi-su/chinh-sach-moi/",
    "/xay-dung-dang/", "/xay-dung-dang/bao-ve-nen-tang-tu-tuong/",
    "/xay-dung-dang/dua-nghi-quyet-vao-cuoc-song/", "/kinh-te/", "/kinh-te/cong-nghiep/",
    "/kinh-te/nong-nghiep/", "/kinh-te/thi-truong/", "/kinh-te/bat-dong-san/", "/kinh-te/xe/",
    "/quoc-te/", "/quoc-te/binh-luan/", "/quoc-te/tin-tuc/", "/xa-hoi/",
    "/xa-hoi/nhip-cau-nhan-ai/", "/xa-hoi/ton-giao-tin-nguong/", "/xa-hoi/van-hoa/",
    "/xa-hoi/quoc-phong/", "/xa-hoi/du-lich/", "/xa-hoi/tho-truyen/", "/giao-duc/",
    "/phap-luat/", "/phap-luat/an-ninh-trat-tu/", "/phap-luat/tu-van/",
    "/phap-luat/ho-so-vu-an/", "/the-thao/", "/the-thao/slna/", "/the-thao/trong-nuoc/",
    "/the-thao/cup-bao-va-ptth-nghe-an/", "/the-thao/quoc-te/", "/ket-noi-doanh-nghiep/",
    "/ket-noi-doanh-nghiep/rao-vat/", "/suc-khoe/", "/suc-khoe/tu-van/", "/giai-tri/",
    "/lao-dong/", "/tin-moi-nhat/",
)  # fmt: skip
_FEEDS = ("/thoi-su/", "/kinh-te/", "/kinh-te/bat-dong-san/")


class BaoNgheAnSpider(NewspaperSpider):
    """Family D: pieces of a page were read; menu of October 2026; feeds by a crawler."""

    name = "baonghean"
    title = "Báo Nghệ An"
    domain = "baonghean.vn"
    provinces = ("40",)
    pages = ONECMS_PAGES
    skip_paths = (
        "/an-pham/", "/lich-am-duong-hom-nay/", "/en/", "/fr/", "/ru/", "/cn/",
    )  # fmt: skip
    sources = (
        *(OneCmsSection(path=path) for path in _SECTIONS),
        *(Feed(f"/rss{path.rstrip('/')}", path=path) for path in _FEEDS),
    )
