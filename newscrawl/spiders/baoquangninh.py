"""Báo Quảng Ninh."""

from newscrawl.cms.mediatech import MediatechPage, MediatechSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/the-thao/", "/du-lich/", "/van-hoa/",
    "/quoc-te/", "/doi-song/", "/khoa-hoc-cong-nghe/", "/ban-doc/",
)  # fmt: skip
_FEEDS = (
    "an-toan-giao-thong", "ban-doc", "chinh-tri", "xay-dung-dang", "kinh-te",
    "dich-vu-thuong-mai", "cong-nghiep-ha-tang", "nong-nghiep-nong-thon", "du-lich",
    "phap-luat", "xa-hoi", "giao-duc", "y-te", "van-hoa-van-nghe", "quoc-te", "quang-tay",
    "the-thao", "doi-song",
)  # fmt: skip


class BaoQuangNinhSpider(NewspaperSpider):
    """Family F by a crawler (2026), whose sections these are; feeds named in 2026; before it B."""

    name = "baoquangninh"
    title = "Báo Quảng Ninh"
    domain = "baoquangninh.vn"
    former_domains = ("baoquangninh.com.vn",)
    provinces = ("22",)
    pages = (MediatechPage,)
    sources = (
        *(MediatechSection(path=path) for path in _SECTIONS),
        *(Feed(f"/rss/news/{name}.rss", path=f"/{name}/") for name in _FEEDS),
    )
