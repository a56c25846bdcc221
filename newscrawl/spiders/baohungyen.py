"""Báo Hưng Yên, since July 2025 with Thái Bình."""

from newscrawl.cms.mediatech import MediatechPage, MediatechSection
from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/Chinh-tri/", "/kinh-te/", "/Kinh-te/", "/xa-hoi/", "/Xa-hoi/", "/van-hoa/",
    "/Van-hoa/", "/the-thao/", "/The-thao/", "/an-ninh-quoc-phong/", "/quoc-te/", "/giao-duc/",
    "/Giao-duc/", "/dat-va-nguoi-hung-yen/", "/ban-doc/", "/Ban-doc/", "/doi-song/",
    "/phap-luat-doi-song/", "/bien-dao-Viet-Nam/",
)  # fmt: skip


class BaoHungYenSpider(NewspaperSpider):
    """Family F by a crawler (2026), family A until about 2025.

    The sections are that crawler's; some exist in two letter cases.
    """

    name = "baohungyen"
    title = "Báo Hưng Yên"
    domain = "baohungyen.vn"
    provinces = ("33",)
    pages = (MediatechPage, *VNPT_PAGES)
    sources = tuple(MediatechSection(path=path) for path in _SECTIONS)
