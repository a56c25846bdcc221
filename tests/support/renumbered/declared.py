"""The declaration."""

from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.urls.article_keys import fallback_key, vnpt_key


class RenumberedPage(VnptA1Page):
    """The page under a hash of its address."""

    @staticmethod
    def read_key(url: str) -> str | None:
        return fallback_key(url) if vnpt_key(url) else None


class RenumberedSpider(NewspaperSpider):
    """`baothu07` under other ids."""

    name = "baothu07"
    title = "Báo thử 07"
    domain = "baothu07.vn"
    provinces = ("08",)
    pages = (RenumberedPage,)
    sources = (VnptSection(path="/kinh-te/"),)
