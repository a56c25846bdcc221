"""Requests that failed are made again, in their old place, a few times."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.http.failure_class import failure_of_error, failure_of_response, may_pass
from newscrawl.http.retry_request import retry_request


class RetryMiddleware:
    """Count every failure by its class, and make again the requests whose failure may pass.

    Beside Scrapy's reasons it repeats a page that is empty or cut off, a bot wall, and a redirect
    to itself: all of them come with a status that says nothing. When the attempts are used up, the
    answer goes on to the spider, which refuses it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.attempts = crawler.settings.getint("RETRY_TIMES")

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
        return retry_request(request, failure, self.stats, self.attempts)
