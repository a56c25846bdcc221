"""Báo Bình Dương: merged with the papers of Hồ Chí Minh City in July 2025."""

from newscrawl.cms.contentfck2 import ContentFck2Page, ContentFck2Section
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinh-tri/", "/kinh-te/", "/xa-hoi/", "/the-thao/", "/giao-duc/", "/phap-luat/", "/y-te/",
    "/nhip-song-so/", "/phan-tich/", "/ban-doc/", "/du-lich/", "/quoc-te/", "/toi-yeu-binh-duong/",
)  # fmt: skip


class BaoBinhDuongSpider(NewspaperSpider):
    """Family E2 by a crawler (2026), whose sections these are."""

    name = "baobinhduong"
    title = "Báo Bình Dương"
    domain = "baobinhduong.vn"
    provinces = ("79",)
    pages = (ContentFck2Page,)
    sources = tuple(ContentFck2Section(path=path) for path in _SECTIONS)
