"""Stage 4 of 4: commit the article and the state of its link in one transaction."""

from typing import Self

from scrapy.crawler import Crawler

from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.items import Article


class ArchivePipeline:
    """Hand each article to the run's outcomes; raises `ArchiveError` where it cannot be written."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        spider = self.crawler.spider
        assert isinstance(spider, NewspaperSpider)
        etag, last_modified = spider.validators.pop(item.id, (None, None))
        return spider.outcomes.article(item, spider.now(), etag, last_modified)
