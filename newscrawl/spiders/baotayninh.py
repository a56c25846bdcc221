"""Báo Tây Ninh, since July 2025 with Long An."""

from newscrawl.cms.contentfck2 import FormerTayNinhPage
from newscrawl.cms.mediatech import MediatechPage, MediatechSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/y-te/", "/thoi-su-chinh-tri/", "/kinh-te/", "/xa-hoi/", "/phap-luat/", "/quoc-te/",
    "/van-hoa-giai-tri/", "/the-thao/", "/cong-nghe/", "/dia-phuong/", "/trong-tinh/",
)  # fmt: skip


class BaoTayNinhSpider(NewspaperSpider):
    """Family F since 2026, of which a piece of a page was read; family E2 before.

    Of today's sections /y-te was seen, the others are those of the former CMS: a guess. Addresses
    occur with www., the page's own is without.
    """

    name = "baotayninh"
    title = "Báo Tây Ninh"
    domain = "baotayninh.vn"
    provinces = ("80",)
    pages = (MediatechPage, FormerTayNinhPage)
    sources = tuple(MediatechSection(path=path) for path in _SECTIONS)
