"""Text-and-data-mining reservations are counted by host and kind; no request depends on them."""

import asyncio
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.http.failure_class import NO_ANSWER
from newscrawl.http.ignored_requests import RequestForbiddenError
from newscrawl.http.side_requests import ask
from newscrawl.http.tdm_reservation import (
    HEADERS,
    WELL_KNOWN,
    from_headers,
    from_page,
    from_well_known,
)

_FILE_BYTES = 100_000


class TdmReservationsMiddleware:
    """Count the reservations of hosts and pages as newscrawl/tdm/<host>/<what>."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked: dict[str, asyncio.Task[None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if "newscrawl_errand" in request.meta:
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.asked:
            self.asked[origin] = asyncio.create_task(self._ask(origin, parts.hostname or ""))
        await asyncio.shield(self.asked[origin])

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status == 200 and "newscrawl_errand" not in request.meta:
            headers = {
                name: value.decode("latin-1")
                for name in HEADERS
                if (value := response.headers.get(name)) is not None
            }
            found = (*from_headers(headers), *from_page(response.body))
            self._count(urlparse_cached(request).hostname or "", found)
        return response

    async def _ask(self, origin: str, host: str) -> None:
        try:
            response = await ask(self.crawler, origin + WELL_KNOWN, "reservations", _FILE_BYTES)
        except (*NO_ANSWER, RequestForbiddenError):
            return  # a host without the file reserves nothing in it
        if response.status == 200:
            self._count(host, from_well_known(response.body))

    def _count(self, host: str, found: tuple[str, ...]) -> None:
        for what in found:
            self.crawler.stats.inc_value(f"newscrawl/tdm/{host}/{what}")
