"""Stage 1 of 4: one spelling of every text."""

from newscrawl.article.normalize import normalize
from newscrawl.items import Article


class NormalizePipeline:
    """The door onto `normalize`."""

    def process_item(self, item: Article) -> Article:
        return normalize(item)
