"""Stage 3 of 4: archive an article once a run, whatever addresses lead to it.

The ledger decides whether the article is new, changed or the same, in the transaction that writes
it (`archive/ledger/revision.py`): an earlier decision could be outdated by then.
"""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.items import Article


class DedupPipeline:
    """Drop an article that this run has archived with the same text."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.seen: set[int] = (
            set()
        )  # hashes: the ids and content hashes take 28 MB in a long backfill

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Article) -> Article:
        this = hash((item.id, item.content_hash))
        if this in self.seen:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("newscrawl/article/again")
            raise DropItem(f"{item.id} under another address")
        self.seen.add(this)
        return item
