"""Báo Hà Tĩnh."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/van-hoa-giai-tri/", "/phap-luat/", "/the-thao/",
    "/the-gioi/", "/ve-ha-tinh/", "/ve-ha-tinh/am-thuc/", "/doi-song/", "/cong-nghe/",
    "/cong-dong/", "/xe/",
)  # fmt: skip


class BaoHaTinhSpider(NewspaperSpider):
    """Family C: pieces of a page were read (2026); sections by one of two crawlers."""

    name = "baohatinh"
    title = "Báo Hà Tĩnh"
    domain = "baohatinh.vn"
    provinces = ("42",)
    pages = (EpiPage,)
    sources = tuple(EpiSection(path=path) for path in _SECTIONS)
