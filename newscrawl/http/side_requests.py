"""Requests a run makes for itself: robots.txt, a declaration of reservations."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.http.failure_class import REDIRECTS, is_same_address, location_of

_PRIORITY = 1000  # before any page


async def ask(crawler: Crawler, url: str, errand: str, first_bytes: int) -> Response:
    """The answer, whatever its status, with at most so many bytes of its body.

    Not repeated and not redirected; it waits its turn as every request does. Raises download
    errors, Refused and RequestSkippedError.
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
    """The answer at the end of at most so many redirects; None where there is no end."""
    for _ in range(hops + 1):
        response = await ask(crawler, url, errand, first_bytes)
        location = location_of(response) if response.status in REDIRECTS else None
        if location is None:
            return response
        if is_same_address(url, location):
            return None
        url = location
    return None
