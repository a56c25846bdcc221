"""Báo Đồng Tháp, since July 2025 with Tiền Giang."""

from newscrawl.cms.contentfck2 import ContentFck2Page, DongThapPage, DongThapSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    ("/chinh-tri/", 342), ("/kinh-te/", 343), ("/xa-hoi/", 344), ("/phap-luat/", None),
    ("/phap-luat-an-ninh-trat-tu/", 345), ("/van-hoa-nghe-thuat/", 353), ("/giao-duc/", 360),
    ("/the-thao/", 361), ("/quoc-te/", 362), ("/khoa-hoc/", None), ("/khoa-hoc-doi-song/", 365),
    ("/suc-khoe-y-te/", 369),
)  # fmt: skip


class BaoDongThapSpider(NewspaperSpider):
    """Family E2 in two layouts, each by a current crawler (2025, 2026): the page's own is read.

    Addresses were seen with www. The numbers are those of the layout that wants them.
    """

    name = "baodongthap"
    title = "Báo Đồng Tháp"
    domain = "www.baodongthap.vn"
    provinces = ("82",)
    pages = (ContentFck2Page, DongThapPage)
    sources = tuple(DongThapSection(path=path, category=number) for path, number in _SECTIONS)
