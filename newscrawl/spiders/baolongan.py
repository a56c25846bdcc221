"""Báo Long An, since July 2025 merged into Báo Tây Ninh."""

from newscrawl.cms.contentfck import LongAnPage, LongAnSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class BaoLongAnSpider(NewspaperSpider):
    """Family E1, of which pieces of texts were read (addresses of 2022 to February 2025).

    One section's address was seen; the front page stands in for the others.
    """

    name = "baolongan"
    title = "Báo Long An"
    domain = "baolongan.vn"
    provinces = ("80",)
    pages = (LongAnPage,)
    sources = (LongAnSection(path="/"), LongAnSection(path="/kinh-te/nong-nghiep/"))
