"""Redirects are followed to the paper's own hosts, and nowhere else."""

from typing import NoReturn, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.http.address_guard import off_limits
from newscrawl.http.failure_class import REDIRECTS, is_same_address, location_of
from newscrawl.http.ignored_requests import RequestForbiddenError
from newscrawl.text import clean


class RedirectMiddleware:
    """Turn a 3xx into the next request, or into a refusal that reaches the errback.

    It replaces Scrapy's own, which lets the duplicate filter drop a redirect to a known address
    with neither callback nor errback. A redirect to itself is left to the retry middleware.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.hosts: frozenset[str] = frozenset(getattr(crawler.spider, "hosts", ()))
        self.times = crawler.settings.getint("REDIRECT_MAX_TIMES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        named = response.headers.get("Location")
        if response.status not in REDIRECTS or not named or request.meta.get("dont_redirect"):
            return response
        location = location_of(response)
        if location is None:
            self._refuse("address", clean(named.decode("utf-8", "replace")))
        if is_same_address(request.url, location):
            return response
        reason = off_limits(location, self.hosts)
        if reason is not None:
            self._refuse("offsite" if reason == "host" else reason, location)
        past = request.meta.get("redirect_urls", [])
        if len(past) >= self.times:
            self._refuse("too_many", location)
        self.stats.inc_value("newscrawl/redirect/followed")
        meta = {n: v for n, v in request.meta.items() if n != "newscrawl_exchange"}
        meta["redirect_urls"] = [*past, request.url]
        return request.replace(url=location, meta=meta, dont_filter=True)

    def _refuse(self, reason: str, location: str) -> NoReturn:
        self.stats.inc_value(f"newscrawl/redirect/{reason}")
        raise RequestForbiddenError(f"redirect_{reason}", location[:200])
