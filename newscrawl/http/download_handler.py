"""The download handler: one HTTP request over one connection, with every size bounded."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from math import inf
from socket import AddressFamily
from ssl import SSLContext
from typing import ClassVar, Final, cast

import aiohttp
import yarl
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_middlewares import ClientHandlerType
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.http.address_guard import (
    ForbiddenAddressError,
    UntrustedCertificateError,
    check_addresses,
    literal,
    mirror_from,
)
from newscrawl.http.content_encoding import (
    ACCEPTED,
    BodyTooLargeError,
    TruncatedBodyError,
    UnknownEncodingError,
    is_mislabelled,
    unpack,
)
from newscrawl.http.exchange import Exchange
from newscrawl.http.tls_context import tls_context, unverified_context
from newscrawl.text import clean

logger = logging.getLogger(__name__)

MAX_HEADERS: Final = 100
MAX_HEADER_BYTES: Final = 8190
# Their status and headers say all: a body that is cut off or wrongly packed changes nothing.
_WITHOUT_PAGE: Final = frozenset({301, 302, 303, 307, 308, 404, 410})
_HEADER_BOUNDS: Final = ("Too many headers", "Got more than")  # as aiohttp says it


class GuardedResolver(AbstractResolver):
    """Resolve names to public addresses; aiohttp connects to the very list that was checked."""

    def __init__(self, inner: AbstractResolver, unguarded: frozenset[str] = frozenset()) -> None:
        self._inner = inner
        self._unguarded = unguarded

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raises ForbiddenAddressError where one is not public."""
        found = await self._inner.resolve(host, port, family)
        if host.lower() not in self._unguarded:
            check_addresses(host, (result["host"] for result in found))
        return found

    async def close(self) -> None:
        await self._inner.close()


async def _once(request: aiohttp.ClientRequest, send: ClientHandlerType) -> aiohttp.ClientResponse:
    """Send a request once: aiohttp alone would repeat it at once after a closed connection."""
    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise DownloadFailedError(_line(error)) from error


def _line(error: BaseException) -> str:
    """Return an error's text without line breaks: aiohttp's texts quote bytes of the page."""
    return clean(str(error))[:200] or type(error).__name__


def _unconnected(error: aiohttp.ClientConnectorError) -> str:
    """Return who could not be connected to, and why; aiohttp would add the TLS context."""
    return clean(f"cannot connect to {error.host}:{error.port}: {error.strerror}")[:200]


class NewspaperHandler(AiohttpDownloadHandler):
    """Download with Scrapy's aiohttp handler, an address guard, a mirror and bounds.

    Scrapy marks its handler experimental because its interface may still change. Our own tests
    against a hostile server hold the behaviour that we need, so the warning is switched off.

    Raises ForbiddenAddressError, UntrustedCertificateError and Scrapy's own download errors, whose
    texts are one printable line. A body that ends only by the closing of its connection carries
    the flag "partial": nobody can tell whether the body is whole.
    """

    experimental: ClassVar[bool] = False
    supports_proxies: ClassVar[bool] = False  # behind a proxy no address could be checked

    def __init__(self, crawler: Crawler) -> None:
        # aiohttp's own session and context, which that class makes, would be thrown away at once.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        self._mirror = mirror_from(crawler.settings["MIRROR"])
        self._mirror_hosts = self._mirror.servers()
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
        self._ssl_context = self._context()

    def _context(self) -> SSLContext:
        """Return what connections trust; warn and count where the newspaper verifies nothing."""
        reason = getattr(self.crawler.spider, "unverified_tls_reason", None)
        if not reason:
            return tls_context(self.crawler.settings)
        logger.warning("certificates are not verified: %s", clean(str(reason)))
        self.crawler.stats.set_value("newscrawl/tls/unverified", str(reason))
        return unverified_context(self.crawler.settings)

    @asynccontextmanager
    async def _make_request(
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109  (the signature is Scrapy's)
    ) -> AsyncIterator[_ClientResponse]:
        """Yield the answer with its head read; Scrapy's method copies all headers thrice."""
        count = self.crawler.stats.inc_value
        count("downloader/request_count")
        try:
            async with await self._session.request(
                request.method,
                yarl.URL(self._address(request), encoded=True),  # not one byte of it is rewritten
                data=request.body or None,  # an empty one is announced, "Content-Length: 0"
                headers=self._sent_headers(request),
                timeout=aiohttp.ClientTimeout(total=timeout),
                ssl=self._ssl_context,
                server_hostname=self._certified_name(request),
                allow_redirects=False,
            ) as response:
                yield cast("_ClientResponse", response)
        except ForbiddenAddressError as error:
            count(f"newscrawl/guard/{error.reason}")
            raise
        except (TimeoutError, aiohttp.ClientError, DownloadFailedError) as error:
            if any(bound in str(error) for bound in _HEADER_BOUNDS):
                count("newscrawl/bound/headers")
            raise _named(error, f"{request.url} took longer than {timeout} seconds") from error

    def _address(self, request: Request) -> str:
        """Return the address that is asked: the mirror's, or the request's own, guarded."""
        if (url := self._mirror.routed(request.url)) is not None:
            return url
        host = urlparse_cached(request).hostname or ""
        if host.lower() in self._mirror_hosts:
            raise ForbiddenAddressError(host, host, "mirror")
        if literal(host) is not None:
            check_addresses(host, (host,))
        return request.url

    def _certified_name(self, request: Request) -> str | None:
        """Return the name that the mirror's certificate is checked for: the paper's own.

        A mirror that speaks TLS shows the paper's certificate, as behind curl's --connect-to; an
        operator's own one must be trusted for the paper's name. None where no mirror is asked.
        """
        host = urlparse_cached(request).hostname or ""
        base = self._mirror.base(host)
        return host if base is not None and base.startswith("https:") else None

    def _sent_headers(self, request: Request) -> list[tuple[str, str]]:
        sent = [
            (name.decode(), value.decode())
            for name, values in dict.items(request.headers)  # as they are, not one by one by name
            for value in values
            if name not in (b"Host", b"Accept-Encoding")
        ]
        host = urlparse_cached(request).netloc.rpartition("@")[2]
        return [("Host", host), *sent, ("Accept-Encoding", ACCEPTED.decode())]

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        request.meta["newscrawl_first_byte_at"] = time.monotonic()
        packed, is_whole = await self._packed(response, request)
        self.crawler.stats.inc_value("downloader/response_bytes", len(packed))
        if request.meta.get("keep_page"):
            request.meta["newscrawl_exchange"] = _exchange(response, packed, request)
        headers = Headers(response.raw_headers)
        try:
            body = self._unpacked(packed, headers, request, ends=is_whole)
        except (DownloadFailedError, ResponseDataLossError, DownloadCancelledError):
            if response.status not in _WITHOUT_PAGE:
                raise
            body = b""
        has_end = {"Content-Length", "Transfer-Encoding"} & response.headers.keys()
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(
            url=request.url,
            status=response.status,
            headers=headers,
            body=body,
            flags=["partial"] if packed and not has_end else [],
            ip_address=ip_address(_peer(response)),
            protocol=_version(response),
        )

    async def _packed(self, response: _ClientResponse, request: Request) -> tuple[bytes, bool]:
        """Return the packed body, up to the bound or the prefix, and whether its end was read."""
        prefix = request.meta.get("newscrawl_prefix")
        most = request.meta.get("download_maxsize", self._default_maxsize) or inf
        parts: list[bytes] = []
        said, size = response.content_length or 0, 0
        try:
            while max(said, size) <= most and (part := await response.content.readany()):
                parts.append(part)
                size += len(part)
                if prefix is not None and size >= prefix:
                    return b"".join(parts), False
        except aiohttp.ClientPayloadError as error:
            if response.status in _WITHOUT_PAGE:
                return b"", False
            raise ResponseDataLossError(_line(error)) from error
        if max(said, size) > most and response.status in _WITHOUT_PAGE:
            return b"", False
        if max(said, size) > most:
            self.crawler.stats.inc_value("newscrawl/bound/wire_bytes")
            raise DownloadCancelledError(f"more than {most} bytes")
        return b"".join(parts), True

    def _unpacked(self, packed: bytes, headers: Headers, request: Request, *, ends: bool) -> bytes:
        """Return the body without its Content-Encoding, and remove that header.

        Unpacking here makes a failure one of the download: Scrapy unpacks in a middleware, whose
        errors reach no retry, and takes half a gzip body for a whole one.
        """
        encoding = b",".join(headers.getlist("Content-Encoding")).decode("latin-1")
        if not encoding or request.method == "HEAD":
            return packed
        prefix = request.meta.get("newscrawl_prefix")
        limit = prefix or request.meta.get("download_maxsize", self._default_maxsize)
        try:
            body = unpack(packed, encoding, limit, cut=prefix is not None, ends=ends)
        except TruncatedBodyError as error:
            raise ResponseDataLossError(str(error)) from error
        except UnknownEncodingError as error:
            raise DownloadFailedError(str(error)) from error
        except BodyTooLargeError as error:
            self.crawler.stats.inc_value("newscrawl/bound/unpacked_bytes")
            raise DownloadCancelledError(str(error)) from error
        if is_mislabelled(packed, encoding):
            self.crawler.stats.inc_value("newscrawl/encoding/not_packed")
        del headers["Content-Encoding"]
        return body


def _named(error: Exception, too_long: str) -> Exception:
    """Return the error in Scrapy's classes, with one line of text."""
    if isinstance(error, TimeoutError):
        return DownloadTimeoutError(too_long)
    if isinstance(error, ResponseDataLossError):
        return error
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return CannotResolveHostError(_unconnected(error))
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return UntrustedCertificateError(_line(error))
    if isinstance(error, aiohttp.ClientConnectorError):
        return DownloadConnectionRefusedError(_unconnected(error))
    return DownloadFailedError(_line(error))


def _exchange(response: _ClientResponse, packed: bytes, request: Request) -> Exchange:
    now = datetime.now(UTC)
    took = time.monotonic() - request.meta["newscrawl_first_byte_at"]
    return Exchange(
        url=request.url,
        request_headers=[
            (name.decode(), value.decode("latin-1"))
            for name, values in dict.items(request.headers)  # as they are, not one by one by name
            for value in values
        ],
        status=response.status,
        reason=response.reason or "",
        http_version=_version(response),
        response_headers=[
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.raw_headers
        ],
        body=packed,
        ip=_peer(response),
        started_at=now - timedelta(seconds=took + request.meta["download_latency"]),
        received_at=now,
    )


def _version(response: _ClientResponse) -> str:
    version = response.version
    return f"HTTP/{version.major}.{version.minor}" if version else "HTTP/1.1"


def _peer(response: _ClientResponse) -> str:
    """Return the IP address that answered."""
    assert response._peername is not None  # noqa: SLF001  (Scrapy's class notes it for handlers)
    return response._peername[0]  # noqa: SLF001
