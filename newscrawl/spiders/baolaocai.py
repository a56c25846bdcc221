"""Báo Lào Cai, since July 2025 with Yên Bái."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = ("/", "/kinh-te/", "/kinh-te/nong-nghiep-nong-thon/")


class BaoLaoCaiSpider(NewspaperSpider):
    """Family C: a whole article page was read (2026).

    Of the sections one subsection was seen, its parent follows; the front page stands in for the
    others.
    """

    name = "baolaocai"
    title = "Báo Lào Cai"
    domain = "baolaocai.vn"
    provinces = ("15",)
    pages = (EpiPage,)
    sources = tuple(EpiSection(path=path) for path in _SECTIONS)
