"""Hànộimới, the paper of Hà Nội."""

from newscrawl.cms.onecms import HaNoiMoiPage, OneCmsHeadings, OneCmsMagazine
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/do-thi/", "/van-hoa/", "/xa-hoi/", "/giao-duc/", "/y-te/",
    "/the-gioi/", "/du-lich/", "/nong-nghiep-nong-thon/", "/khoa-hoc-cong-nghe/", "/doi-song/",
)  # fmt: skip


class HaNoiMoiSpider(NewspaperSpider):
    """Family D: two crawlers agree on the body (2026); sections by one of them.

    It answered 403 to a plain client (October 2026).
    """

    name = "hanoimoi"
    title = "Hànộimới"
    domain = "hanoimoi.vn"
    former_domains = ("hanoimoi.com.vn",)
    provinces = ("01",)
    pages = (HaNoiMoiPage, OneCmsMagazine)
    sources = tuple(OneCmsHeadings(path=path) for path in _SECTIONS)
