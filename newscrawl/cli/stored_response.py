"""Reading a response that was stored earlier, as a crawl would store its article today."""

from datetime import datetime
from typing import Final

from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import (
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
)
from newscrawl.items import Article
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document

NO_ARTICLE: Final = "no article"
UNREAD: Final = "unread"

Answer = Article | tuple[str, str]
"""The article; else (outcome of the page, message)"""


def read_stored(
    url: str,
    body: bytes,
    *,
    fetched_at: datetime,
    content_type: str | None,
    status: int,
    newspaper: type[NewspaperSpider],
) -> Answer:
    """Return the article of a stored page, or why there is none.

    Args:
        url: Address of the page.
        body: The page without its Content-Encoding.
        fetched_at: When the answer came.
        content_type: As the answer stated it; None where it did not.
        status: Status of the answer.
        newspaper: The declaration whose page classes read.
    """
    try:
        document = Document(
            url, body, fetched_at=fetched_at, content_type=content_type, status=status
        )
        check_whole(document)
        found = choose_page(newspaper.pages, document, newspaper.paper).to_item()
    except NotAnArticleError as error:
        return NO_ARTICLE, str(error)
    except (IncompletePageError, ExtractionError) as error:
        return UNREAD, str(error)
    if newspaper.key_of(url) not in (None, found.id.partition(":")[2]):
        return NO_ARTICLE, f"the page of another article: {url}"
    return normalize(found)
