"""Requests that a run makes for itself: robots.txt and the declaration of reservations."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.http.failure_class import REDIRECTS, is_same_address, location_of

_PRIORITY = 1000  # before any page


async def ask(crawler: Crawler, url: str, errand: str, first_bytes: int) -> Response:
    """Send a side request and return its answer, whatever the status.

    The request is neither retried nor redirected; it waits its turn as every request does.

    Args:
        crawler: The running crawl.
        url: The address to ask for.
        errand: What the request is for; the middlewares tell side requests by it.
        first_bytes: The most bytes of the body to read.

    Raises:
        RequestForbiddenError, RequestSkippedError: a middleware stopped the request.
        DownloadFailedError and its kin: no answer came (`failure_class.NO_ANSWER`).
    """
    request = Request(
        url,
        callback=NO_CALLBACK,
        priority=_PRIORITY,
        meta={
            "newscrawl_errand": errand,
            "newscrawl_prefix": first_bytes,
            "download_maxsize": 0,
            "dont_retry": True,
            "dont_redirect": True,
        },
    )
    return await crawler.engine.download_async(request)


async def follow(
    crawler: Crawler, url: str, errand: str, first_bytes: int, hops: int
) -> Response | None:
    """Return the answer after at most `hops` redirects; None where the redirects have no end."""
    for _ in range(hops + 1):
        response = await ask(crawler, url, errand, first_bytes)
        location = location_of(response) if response.status in REDIRECTS else None
        if location is None:
            return response
        if is_same_address(url, location):
            return None
        url = location
    return None
