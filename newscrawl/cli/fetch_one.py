"""One page from the web for a command, asked for with the manners of a crawl."""

from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from newscrawl.crawl.responses import failure_reason
from newscrawl.exceptions import NewscrawlError
from newscrawl.page.document import Document


class FetchError(NewscrawlError):
    """A page could not be fetched."""


class _OnePage(Spider):
    name = "onepage"

    def __init__(self, url: str, found: list[Document | str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url
        self.found = found
        self.hosts = frozenset([url.split("/")[2].partition(":")[0]])

    async def start(self) -> Any:
        yield Request(self.url, self.keep, errback=self.tell, dont_filter=True)

    def keep(self, response: Response) -> None:
        kind = response.headers.get("Content-Type")
        document = Document(
            response.url,
            response.body,
            fetched_at=datetime.now(UTC),
            content_type=kind.decode("latin-1") if kind else None,
            status=response.status,
        )
        self.found.append(document)

    def tell(self, failure: Failure) -> None:
        self.found.append(failure_reason(failure))


def fetch(url: str, settings: Settings) -> Document:
    """Return the page at the address; raise `FetchError` where there is no good answer."""
    quiet = settings.copy()
    quiet.setdict({"ITEM_PIPELINES": {}, "EXTENSIONS": {}, "LOG_ENABLED": False}, "cmdline")
    found: list[Document | str] = []
    process = AsyncCrawlerProcess(quiet)
    process.crawl(_OnePage, url=url, found=found)
    process.start()
    answer = found[0] if found else "neither answer nor error"
    if isinstance(answer, str):
        raise FetchError(f"{url}: {answer}")
    return answer
