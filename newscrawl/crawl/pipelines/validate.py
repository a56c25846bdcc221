"""Stage 2 of 4: stop an article that breaks the schema."""

from newscrawl.article.item_schema import check_line
from newscrawl.exceptions import InvalidArticleError
from newscrawl.items import Article, to_line


class ValidatePipeline:
    """Raise `InvalidArticleError`, which the run report counts, for what `check_line` finds."""

    def process_item(self, item: Article) -> Article:
        problems = check_line(to_line(item))
        if problems:
            raise InvalidArticleError(problems)
        return item
