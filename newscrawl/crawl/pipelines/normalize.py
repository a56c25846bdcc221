"""Stage 1 of 4: give every text one spelling."""

from newscrawl.article.normalize import normalize
from newscrawl.items import Article


class NormalizePipeline:
    """Apply `normalize` to each article."""

    def process_item(self, item: Article) -> Article:
        return normalize(item)
