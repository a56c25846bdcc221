"""Báo Quảng Ninh."""

from newscrawl.cms.mediatech import MediatechPage, MediatechSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/the-thao/", "/du-lich/", "/van-hoa/",
    "/quoc-te/", "/doi-song/", "/khoa-hoc-cong-nghe/", "/ban-doc/",
)  # fmt: skip


class BaoQuangNinhSpider(NewspaperSpider):
    """Family F by a crawler (2026), whose sections these are; before it family B."""

    name = "baoquangninh"
    title = "Báo Quảng Ninh"
    domain = "baoquangninh.vn"
    former_domains = ("baoquangninh.com.vn",)
    provinces = ("22",)
    pages = (MediatechPage,)
    sources = tuple(MediatechSection(path=path) for path in _SECTIONS)
