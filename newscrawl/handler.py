"""How newscrawl speaks HTTP: one request, one connection, bounded in every direction."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from socket import AddressFamily
from ssl import CERT_NONE
from typing import ClassVar, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_middlewares import ClientHandlerType
from scrapy import Request, signals
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.addresses import (
    ForbiddenAddress,
    UntrustedCertificate,
    check_addresses,
    literal,
    mirror_from,
)
from newscrawl.text import clean
from newscrawl.unpack import ACCEPTED, CutOff, TooLarge, UnknownEncoding, unpack

logger = logging.getLogger(__name__)

MAX_HEADERS: Final = 100
MAX_HEADER_BYTES: Final = 8190
_HEADER_BOUNDS: Final = ("Too many headers", "Got more than")  # as aiohttp says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """An answer as it came: what a WARC record needs."""

    status: int
    reason: str
    http_version: str
    """HTTP/1.1 or HTTP/1.0"""
    headers: tuple[tuple[bytes, bytes], ...]
    """In order and in the server's spelling; Transfer-Encoding describes the wire, not `body`"""
    body: bytes
    """Chunks joined, Content-Encoding still on"""
    ip: str
    started_at: datetime
    """When the request left, UTC"""
    received_at: datetime
    """When the last byte had come, UTC"""


class GuardedResolver(AbstractResolver):
    """Names to public addresses; the very list that is checked is the one connected to."""

    def __init__(self, inner: AbstractResolver, unguarded: frozenset[str] = frozenset()) -> None:
        self._inner = inner
        self._unguarded = unguarded

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        """Raises ForbiddenAddress where one of the addresses is not public."""
        found = await self._inner.resolve(host, port, family)
        if host.lower() not in self._unguarded:
            check_addresses(host, (result["host"] for result in found))
        return found

    async def close(self) -> None:
        await self._inner.close()


async def _once(request: aiohttp.ClientRequest, send: ClientHandlerType) -> aiohttp.ClientResponse:
    """Sends a request one time: aiohttp alone would repeat it at once after a closed connection."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise DownloadFailedError(_line(error)) from error


def _line(error: BaseException) -> str:
    """An error's text without line breaks: aiohttp's texts quote bytes of the page."""
    return clean(str(error))[:200] or type(error).__name__


class NewspaperHandler(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler with an address guard, a mirror, bounds and no second guesses.

    Scrapy marks its handler experimental because its interface may still change; the behaviour we
    need from it is held by our own tests against a hostile server, so the warning says nothing new
    to who runs a crawl.

    Raises ForbiddenAddress, UntrustedCertificate and Scrapy's own download errors, whose texts are
    one printable line. A body that ends only by the closing of its connection carries the flag
    "partial": nobody can tell whether it is whole.
    """

    experimental: ClassVar[bool] = False
    supports_proxies: ClassVar[bool] = False  # behind a proxy no address could be checked

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._mirror = mirror_from(crawler.settings["MIRROR"])
        self._mirror_hosts = self._mirror.servers()
        self._fail_on_dataloss_warned = True  # Scrapy would advise to take halves
        crawler.signals.connect(self._enough, signals.bytes_received)
        self._session.detach()  # made with aiohttp's own resolver and retries
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=GuardedResolver(aiohttp.ThreadedResolver(), self._mirror_hosts),
                limit=self._pool_size_total,
                limit_per_host=0 if self._mirror_hosts else self._pool_size_per_host,
                local_addr=self._bind_address,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            middlewares=(_once,),
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            max_headers=MAX_HEADERS,
        )
        if reason := getattr(crawler.spider, "unverified_tls_reason", None):
            logger.warning("certificates are not verified: %s", clean(str(reason)))
            crawler.stats.set_value("newscrawl/tls/unverified", str(reason))
            self._ssl_context.check_hostname = False
            self._ssl_context.verify_mode = CERT_NONE

    @asynccontextmanager
    async def _make_request(
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109  (the signature is Scrapy's)
    ) -> AsyncIterator[_ClientResponse]:
        try:
            async with super()._make_request(self._routed(request), timeout) as response:
                yield response
        except ForbiddenAddress as error:
            self.crawler.stats.inc_value(f"newscrawl/guard/{error.reason}")
            raise
        except DownloadConnectionRefusedError as error:
            if isinstance(error.__cause__, aiohttp.ClientConnectorCertificateError):
                raise UntrustedCertificate(_line(error)) from error
            raise
        except DownloadFailedError as error:
            if any(bound in str(error) for bound in _HEADER_BOUNDS):
                self.crawler.stats.inc_value("newscrawl/bound/headers")
            raise DownloadFailedError(_line(error)) from error

    def _routed(self, request: Request) -> Request:
        """The request as it goes to the server: to the mirror, or to a guarded address."""
        parts = urlparse_cached(request)
        host = parts.hostname or ""
        meta = {**request.meta, "verbatim_url": True}  # not one byte of an address is rewritten
        headers = request.headers.copy()
        headers["Accept-Encoding"] = ACCEPTED
        if (url := self._mirror.routed(request.url)) is not None:
            headers["Host"] = parts.netloc.rpartition("@")[2]
            return request.replace(url=url, headers=headers, meta=meta)
        if host.lower() in self._mirror_hosts:
            raise ForbiddenAddress(host, host, "mirror")
        if literal(host) is not None:
            check_addresses(host, (host,))
        return request.replace(headers=headers, meta=meta)

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        request.meta["newscrawl_first_byte_at"] = time.monotonic()
        started_at = datetime.now(UTC) - timedelta(seconds=request.meta["download_latency"])
        try:
            page = await super()._read_response(response, request)
        except ResponseDataLossError as error:
            raise ResponseDataLossError(_line(error)) from error
        except DownloadCancelledError:
            self.crawler.stats.inc_value("newscrawl/bound/wire_bytes")
            raise
        if page.body and not {"Content-Length", "Transfer-Encoding"} & response.headers.keys():
            page.flags.append("partial")
        if request.meta.get("keep_page"):
            request.meta["newscrawl_wire"] = Wire(
                status=response.status,
                reason=response.reason or "",
                http_version=page.protocol or "HTTP/1.1",
                headers=tuple(response.raw_headers),
                body=page.body,
                ip=str(page.ip_address),
                started_at=started_at,
                received_at=datetime.now(UTC),
            )
        return self._unpacked(page, request)

    def _unpacked(self, page: Response, request: Request) -> Response:
        """The page without its Content-Encoding; here, where a failure is one of the download.

        Scrapy unpacks in a middleware, whose errors no retry sees, and takes half a gzip for whole.
        """
        packed = page.headers.getlist("Content-Encoding")
        if not packed or request.method == "HEAD":
            return page
        prefix = request.meta.get("newscrawl_prefix")
        limit = prefix or request.meta.get("download_maxsize", self._default_maxsize)
        encoding = b",".join(packed).decode("latin-1")
        try:
            stopped = "download_stopped" in page.flags
            body = unpack(page.body, encoding, limit, cut=prefix is not None, ends=not stopped)
        except CutOff as error:
            raise ResponseDataLossError(str(error)) from error
        except UnknownEncoding as error:
            raise DownloadFailedError(str(error)) from error
        except TooLarge as error:
            self.crawler.stats.inc_value("newscrawl/bound/unpacked_bytes")
            raise DownloadCancelledError(str(error)) from error
        del page.headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=page.headers, url=page.url, body=body)
        if issubclass(kind, TextResponse):  # else the packed bytes' guess at a charset is kept
            return page.replace(cls=kind, body=body, encoding=None)
        return page.replace(cls=kind, body=body)

    def _enough(self, data: bytes, request: Request) -> None:
        """Ends a download of which only the first `newscrawl_prefix` bytes are wanted."""
        if (prefix := request.meta.get("newscrawl_prefix")) is not None:
            seen = request.meta.get("newscrawl_prefix_seen", 0) + len(data)
            request.meta["newscrawl_prefix_seen"] = seen
            if seen >= prefix:
                raise StopDownload(fail=False)
