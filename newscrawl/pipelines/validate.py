"""Stage 2 of 4: an article that breaks the schema goes no further, and says why."""

from newscrawl.exceptions import InvalidArticle
from newscrawl.items import Article, to_line
from newscrawl.validate import check_line


class ValidatePipeline:
    """The door onto `check_line`; raises `InvalidArticle`, an item error the run report counts."""

    def process_item(self, item: Article) -> Article:
        problems = check_line(to_line(item))
        if problems:
            raise InvalidArticle(problems)
        return item
