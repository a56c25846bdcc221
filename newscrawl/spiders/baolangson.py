"""Báo Lạng Sơn."""

from newscrawl.cms.mediatech import LangSonPage, MediatechSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/giao-duc/", "/van-hoa/", "/the-thao/",
    "/giai-tri/", "/du-lich/", "/quoc-te/", "/nong-nghiep/", "/cong-nghe/", "/khoa-hoc-tin-hoc/",
    "/tieu-diem/",
)  # fmt: skip


class BaoLangSonSpider(NewspaperSpider):
    """Family F by a crawler (2026), whose sections these are.

    Its robots.txt disallowed crawling in October 2026: a crawl then ends with exit code 6.
    """

    name = "baolangson"
    title = "Báo Lạng Sơn"
    domain = "baolangson.vn"
    provinces = ("20",)
    pages = (LangSonPage,)
    sources = tuple(MediatechSection(path=path) for path in _SECTIONS)
