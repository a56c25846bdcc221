"""Báo Hải Phòng, since July 2025 with Hải Dương."""

from newscrawl.cms.onecms import ONECMS_PAGES, OneCmsHeadings
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/xa-hoi/y-te-suc-khoe/", "/goc-nhin/",
    "/khoa-hoc-giao-duc/", "/phap-luat/", "/bat-dong-san/", "/van-hoa-giai-tri/", "/van-nghe/",
    "/quoc-te/", "/the-thao/", "/doi-song/", "/dat-va-nguoi-xu-dong/", "/ban-doc/", "/du-lich/",
    "/su-kien-qua-anh/", "/xe/",
)  # fmt: skip


class BaoHaiPhongSpider(NewspaperSpider):
    """Family D: pieces of a page were read (2026); sections by a crawler (2026).

    Its robots.txt asks for a long delay; migrated articles keep their pictures on the old host.
    """

    name = "baohaiphong"
    title = "Báo Hải Phòng"
    domain = "baohaiphong.vn"
    former_domains = ("baohaiphong.com.vn",)
    provinces = ("31",)
    pages = ONECMS_PAGES
    sources = tuple(OneCmsHeadings(path=path) for path in _SECTIONS)
