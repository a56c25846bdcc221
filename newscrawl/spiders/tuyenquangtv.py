"""The broadcaster of Tuyên Quang, since July 2025 one body with the paper."""

from newscrawl.cms.vnpt import VNPT_PAGES
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = ("/kinh-te/", "/xay-dung-dang/", "/xa-hoi/")


class TuyenQuangTvSpider(NewspaperSpider):
    """Family A by its addresses of 2020 and 2021; the template was not seen.

    Leads begin "(TTV) "; the sections are those of the addresses.
    """

    name = "tuyenquangtv"
    title = "Đài Phát thanh và Truyền hình Tuyên Quang"
    domain = "tuyenquangtv.vn"
    provinces = ("08",)
    pages = VNPT_PAGES
    sources = tuple(VnptSection(path=path) for path in _SECTIONS)
