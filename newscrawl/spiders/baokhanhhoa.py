"""Báo Khánh Hòa, since July 2025 with Ninh Thuận."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/van-hoa/", "/the-thao/", "/giao-duc/",
)  # fmt: skip
_TITLES = ".//div[contains(@class, 'item')]//a"


class BaoKhanhHoaSpider(NewspaperSpider):
    """Template A2 by two crawlers (2025, 2026); addresses were seen with www.

    Section paths are a guess: only their form `/{slug}/` is known. The list API under /sc_service
    is untested here; before family A the paper ran family B.
    """

    name = "baokhanhhoa"
    title = "Báo Khánh Hòa"
    domain = "www.baokhanhhoa.vn"
    provinces = ("56",)
    pages = VNPT_PAGES
    skip_paths = ("/video/", "/podcast/", "/multimedia/")
    sources = tuple(VnptSection(path=path, titles=_TITLES) for path in _SECTIONS)
