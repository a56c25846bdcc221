"""A request that failed is made again, in its old place, a few times."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.http.failure_class import failure_of_error, failure_of_response, may_pass


class RetryMiddleware:
    """The door to `failures`: counts every failure by its class and repeats what may pass.

    Beside Scrapy's reasons it repeats a page that is empty, cut off, a bot wall or a redirect to
    itself: all come with a status that says nothing. When the attempts are used up the answer
    goes on to the spider, whose gate refuses it.

    `dont_filter` on the copy only keeps the duplicate filter from losing it: the guard, not that
    mark, decides where a request may go. Priority is kept, so that the order is.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.times = crawler.settings.getint("RETRY_TIMES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        failure = failure_of_response(response)
        return (failure and self._again(request, failure)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        failure = failure_of_error(exception)
        return self._again(request, failure) if failure else None

    def _again(self, request: Request, failure: str) -> Request | None:
        self.stats.inc_value(f"newscrawl/failure/{failure}")
        if not may_pass(failure) or request.meta.get("dont_retry"):
            return None
        attempt = request.meta.get("retry_times", 0) + 1
        if attempt > request.meta.get("max_retry_times", self.times):
            self.stats.inc_value(f"newscrawl/gave_up/{failure}")
            return None
        self.stats.inc_value(f"newscrawl/retry/{failure}")
        meta = {n: v for n, v in request.meta.items() if n != "newscrawl_wire"}
        return request.replace(dont_filter=True, meta={**meta, "retry_times": attempt})
