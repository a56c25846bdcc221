"""The handler against servers on loopback: what leaves, what is kept, what is refused."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import AF_INET, AddressFamily
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response

from newscrawl.http.address_guard import ForbiddenAddressError, UntrustedCertificateError
from newscrawl.http.download_handler import GuardedResolver, NewspaperHandler
from newscrawl.http.exchange import Exchange

PAGE = "<html><h1>Chợ phiên Lũng Vài</h1></html>".encode()


@dataclass
class Server:
    """Answers every request with the same bytes and remembers what was asked."""

    answer: bytes
    then_wait: bool = False
    heads: list[str] = field(default_factory=list)
    port: int = 0
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
                writer.write(self.answer)
                await writer.drain()
                if self.then_wait:
                    await asyncio.sleep(60)
                if b"keep-alive" not in self.answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def head(status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([f"HTTP/1.1 {status}", *lines]) + "\r\n\r\n").encode()


def whole(body: bytes = PAGE, **headers: str) -> bytes:
    return head(Content_Length=str(len(body)), Content_Type="text/html", **headers) + body


@asynccontextmanager
async def listening(
    server: Server, tls: ssl.SSLContext | None = None
) -> AsyncIterator[NewspaperHandler]:
    """A handler whose MIRROR is the server."""
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    scheme = "https" if tls else "http"
    async with handler(MIRROR=f"{scheme}://127.0.0.1:{server.port}") as one:
        yield one
    listener.close()


@asynccontextmanager
async def handler(
    spider_class: type[Spider] = Spider, **settings: Any
) -> AsyncIterator[NewspaperHandler]:
    base = {
        "TWISTED_REACTOR_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": 100_000,
        "EXTENSIONS_BASE": {},
    }
    crawler = AsyncCrawlerRunner({**base, **settings}).create_crawler(spider_class)
    crawler.spider = spider_class.from_crawler(crawler, name="thu")
    crawler._apply_settings()
    one = NewspaperHandler.from_crawler(crawler)
    try:
        yield one
    finally:
        await one.close()


def fetched(
    server: Server, url: str = "https://baothu.vn/kinh-te/", **request: Any
) -> tuple[Request, Response]:
    async def run() -> tuple[Request, Response]:
        async with listening(server) as one:
            asked = Request(url, **request)
            return asked, await one.download_request(asked)

    return asyncio.run(run())


def failure(server: Server, **request: Any) -> BaseException:
    with pytest.raises(Exception, match=r".*") as caught:
        fetched(server, **request)
    return caught.value


def test_the_mirror_is_asked_and_the_paper_is_named() -> None:
    server = Server(whole())
    _, response = fetched(server, "https://baothu.vn/kinh-te/%7Ea/..%2fb?q=%C3%A0&x")
    assert response.url == "https://baothu.vn/kinh-te/%7Ea/..%2fb?q=%C3%A0&x"
    assert response.body == PAGE
    assert server.heads[0].startswith("GET /kinh-te/%7Ea/..%2fb?q=%C3%A0&x HTTP/1.1\r\n")
    assert "host: baothu.vn\r\n" in server.heads[0].lower()


def test_a_request_without_content_announces_none() -> None:
    server = Server(whole())
    fetched(server)
    assert "content-length" not in server.heads[0].lower()
    posted = Server(whole())
    fetched(posted, method="POST", body=b"a=1")
    assert "content-length: 3\r\n" in posted.heads[0].lower()


def test_a_redirect_keeps_meaning_the_papers_address() -> None:
    server = Server(head("302 Found", Location="/moi/", Content_Length="0"))
    _, response = fetched(server)
    assert response.status == 302
    assert response.urljoin("/moi/") == "https://baothu.vn/moi/"


def test_what_came_over_the_wire_is_kept_as_it_came() -> None:
    packed = gzip.compress(PAGE)
    server = Server(whole(packed, Content_Encoding="gzip", X_Thu="một"))
    asked, response = fetched(server, meta={"keep_page": True})
    wire = asked.meta["newscrawl_exchange"]
    assert isinstance(wire, Exchange)
    assert wire.body == packed
    assert gzip.decompress(wire.body) == PAGE
    assert ("Content-Encoding", "gzip") in wire.response_headers
    assert ("X-Thu", "một".encode().decode("latin-1")) in wire.response_headers
    assert (wire.status, wire.reason, wire.http_version) == (200, "OK", "HTTP/1.1")
    assert wire.ip == "127.0.0.1"
    assert wire.started_at.utcoffset() is not None
    assert wire.started_at <= wire.received_at
    assert "newscrawl_exchange" not in response.headers


def test_a_header_of_bytes_that_are_no_text_loses_no_page() -> None:
    answer = whole(X_Thu="m?t", Content_Encoding="identity").replace(b"m?t", b"m\xe9t")
    asked, response = fetched(Server(answer), meta={"keep_page": True})
    assert response.body == PAGE
    assert response.headers["X-Thu"] == b"m\xe9t"
    assert ("X-Thu", "m\xe9t") in asked.meta["newscrawl_exchange"].response_headers


def test_nothing_is_kept_unless_asked_for() -> None:
    asked, _ = fetched(Server(whole()))
    assert "newscrawl_exchange" not in asked.meta


def test_a_packed_page_comes_unpacked() -> None:
    server = Server(whole(gzip.compress(PAGE), Content_Encoding="gzip"))
    _, response = fetched(server)
    assert isinstance(response, HtmlResponse)
    assert response.body == PAGE
    assert response.encoding == "utf-8"
    assert "Content-Encoding" not in response.headers
    assert "accept-encoding: gzip, deflate\r\n" in server.heads[0].lower()


@pytest.mark.parametrize(
    ("body", "encoding", "error", "counted"),
    [
        (gzip.compress(PAGE)[:-9], "gzip", ResponseDataLossError, None),
        (bytes(range(256)), "gzip", ResponseDataLossError, None),
        (bytes(range(256)), "br", DownloadFailedError, None),
        (gzip.compress(bytes(100_001)), "gzip", DownloadCancelledError, "unpacked_bytes"),
        (bytes(100_001), "identity", DownloadCancelledError, "wire_bytes"),
    ],
    ids=["cut", "lie", "unknown", "bomb", "big"],
)
def test_a_body_that_does_not_unpack_is_an_error_of_the_download(
    body: bytes, encoding: str, error: type[Exception], counted: str | None
) -> None:
    async def run() -> object:
        async with listening(Server(whole(body, Content_Encoding=encoding))) as one:
            with pytest.raises(error):
                await one.download_request(Request("https://baothu.vn/"))
            return {n: c for n, c in one.crawler.stats.get_stats().items() if "newscrawl" in n}

    expected = {f"newscrawl/bound/{counted}": 1} if counted else {}
    assert asyncio.run(run()) == expected


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_of_a_long_body_only_the_wanted_beginning_is_read(pack: Callable[[bytes], bytes]) -> None:
    text = PAGE * 50_000
    encoding = "gzip" if pack is gzip.compress else "identity"
    meta = {"newscrawl_prefix": 1000, "download_maxsize": 0}
    _, response = fetched(Server(whole(pack(text), Content_Encoding=encoding)), meta=meta)
    assert text.startswith(response.body)
    assert 1000 <= len(response.body) <= 400_000


def test_a_closed_connection_is_not_asked_again_behind_our_back() -> None:
    server = Server(b"")
    assert isinstance(failure(server), DownloadFailedError)
    assert len(server.heads) == 1


def test_a_connection_is_used_again() -> None:
    async def run() -> Server:
        server = Server(whole(Connection="keep-alive"))
        async with listening(server) as one:
            for path in ("a", "b", "c"):
                await one.download_request(Request(f"https://baothu.vn/{path}"))
        return server

    server = asyncio.run(run())
    assert (len(server.heads), server.connections) == (3, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (whole()[:-9], ResponseDataLossError),
        (head(Transfer_Encoding="chunked") + b"5\r\n<html\r\n", ResponseDataLossError),
        (head(Content_Length="4") + PAGE, DownloadFailedError),
        (head("200 OK", **{f"X{i}": "1" for i in range(200)}), DownloadFailedError),
        (head(X_Big="a" * 200_000), DownloadFailedError),
        (b"HTTP/9.9 abc Lorem\r\n\r\n", DownloadFailedError),
        (head(**{"Bad Name": "1\x1b[2J"}), DownloadFailedError),
        (head(Content_Length="100001"), DownloadCancelledError),
        (head() + b"x" * 200_000, DownloadCancelledError),
    ],
    ids=["short", "chunks", "long", "many", "huge", "status", "name", "declared", "endless"],
)
def test_a_bad_answer_is_an_error_of_one_line(answer: bytes, error: type[Exception]) -> None:
    got = failure(Server(answer))
    assert isinstance(got, error)
    if error is not DownloadCancelledError:
        assert str(got).isprintable()
        assert len(str(got)) <= 200


@pytest.mark.parametrize(
    "extra",
    [{f"X{i}": "1" for i in range(200)}, {"X_Big": "a" * 200_000}],
    ids=["many", "huge"],
)
def test_the_bound_on_headers_is_counted(extra: dict[str, str]) -> None:
    async def run() -> object:
        async with listening(Server(whole(PAGE, **extra))) as one:
            with pytest.raises(DownloadFailedError):
                await one.download_request(Request("https://baothu.vn/"))
            return one.crawler.stats.get_value("newscrawl/bound/headers")

    assert asyncio.run(run()) == 1


@pytest.mark.parametrize("answer", [b"", head(Content_Length="90") + PAGE[:9]])
def test_a_stalled_answer_ends_with_the_time(answer: bytes) -> None:
    got = failure(Server(answer, then_wait=True), meta={"download_timeout": 0.2})
    assert isinstance(got, DownloadTimeoutError)


def test_a_body_that_only_a_close_ends_is_partial() -> None:
    _, response = fetched(Server(head(Content_Type="text/html") + PAGE))
    assert response.flags == ["partial"]
    _, response = fetched(Server(whole()))
    assert response.flags == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.2:{port}/", "loopback"),
        ("http://[::1]:{port}/", "loopback"),
        ("http://[::ffff:127.0.0.1]:{port}/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "metadata"),
        ("http://10.0.0.1/", "private"),
        ("https://100.64.0.1/", "shared"),
        ("http://localhost:{port}/", "loopback"),
    ],
)
def test_without_a_mirror_no_address_inside_is_asked(url: str, reason: str) -> None:
    server = Server(whole())

    async def run() -> int:
        async with listening(server), handler() as one:
            with pytest.raises(ForbiddenAddressError) as caught:
                await one.download_request(Request(url.format(port=server.port)))
            assert caught.value.reason == reason
            counted = one.crawler.stats.get_value(f"newscrawl/guard/{reason}")
        assert isinstance(counted, int)
        return counted

    assert asyncio.run(run()) == 1
    assert server.heads == []


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.1"])
def test_odd_spellings_of_an_address_reach_nothing(host: str) -> None:
    server = Server(whole())

    async def run() -> None:
        async with listening(server), handler() as one:
            with pytest.raises(Exception, match=r".*"):
                await one.download_request(Request(f"http://{host}:{server.port}/"))

    asyncio.run(run())
    assert server.heads == []


def test_a_mirror_for_one_host_leaves_the_guard_up_for_the_rest() -> None:
    server = Server(whole())

    async def run() -> list[str]:
        async with listening(server):
            mirror = {"baothu.vn": f"http://localhost:{server.port}"}
            async with handler(MIRROR=mirror) as one:
                await one.download_request(Request("https://baothu.vn/a"))
                for other in ("localhost", "127.0.0.1"):
                    with pytest.raises(ForbiddenAddressError):
                        await one.download_request(Request(f"http://{other}:{server.port}/b"))
        return [line.split()[1] for line in server.heads]

    assert asyncio.run(run()) == ["/a"]


class Names(AbstractResolver):
    """Answers one list after the other, as a name that is rebound does."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_INET
    ) -> list[ResolveResult]:
        found = self.answers.pop(0)
        return [
            ResolveResult(hostname=host, host=a, port=port, family=family, proto=0, flags=0)
            for a in found
        ]

    async def close(self) -> None:
        self.answers.clear()


def test_a_name_that_turns_private_is_refused_when_it_does() -> None:
    async def run() -> None:
        names = GuardedResolver(Names(("203.162.4.190",), ("203.162.4.190", "127.0.0.1")))
        assert [r["host"] for r in await names.resolve("baothu.vn", 443)] == ["203.162.4.190"]
        with pytest.raises(ForbiddenAddressError, match=r"baothu\.vn is 127\.0\.0\.1, a loopback"):
            await names.resolve("baothu.vn", 443)
        await names.close()

    asyncio.run(run())


def test_a_rebound_name_is_refused_by_the_handler_itself() -> None:
    server = Server(whole())

    async def run() -> None:
        async with listening(server), handler() as one:
            connector = one._session.connector
            connector._resolver = GuardedResolver(Names(("127.0.0.1",)))  # type: ignore[union-attr]
            with pytest.raises(ForbiddenAddressError):
                await one.download_request(Request(f"http://baothu.vn:{server.port}/"))

    asyncio.run(run())
    assert server.heads == []


def test_a_name_nobody_knows_and_a_door_nobody_opens() -> None:
    async def run() -> None:
        async with handler() as one:
            unknown = "^cannot connect to khong-co.invalid:443: [^<>]+$"
            with pytest.raises(CannotResolveHostError, match=unknown):
                await one.download_request(Request("https://khong-co.invalid/"))
        async with handler(MIRROR="http://127.0.0.1:1") as one:
            closed = r"^cannot connect to 127\.0\.0\.1:1: [^<>]+$"
            with pytest.raises(DownloadConnectionRefusedError, match=closed):
                await one.download_request(Request("https://baothu.vn/"))

    asyncio.run(run())


class Trusting(Spider):
    name = "tin"
    unverified_tls_reason = "chứng thư hết hạn từ 2019"


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """A server's context with a certificate for the name, signed by itself: `c.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    own = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(own.public_bytes(Encoding.PEM))
    (folder / "k.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem", folder / "k.pem")
    return context


@pytest.fixture(scope="session")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate nobody but the server itself has signed."""
    return certificate(tmp_path_factory.mktemp("tls"), "sai.invalid")


def over_tls(
    context: ssl.SSLContext,
    spider: type[Spider],
    then: Callable[[NewspaperHandler], Awaitable[None]],
) -> Server:
    server = Server(whole())

    async def run() -> None:
        async with (
            listening(server, tls=context),
            handler(spider, MIRROR=f"https://127.0.0.1:{server.port}") as one,
        ):
            await then(one)

    asyncio.run(run())
    return server


def test_a_certificate_that_does_not_hold_is_refused(own_certificate: ssl.SSLContext) -> None:
    async def refuses(one: NewspaperHandler) -> None:
        with pytest.raises(UntrustedCertificateError):
            await one.download_request(Request("https://baothu.vn/"))

    assert over_tls(own_certificate, Spider, refuses).heads == []


def test_a_paper_may_give_a_reason_to_trust_it(own_certificate: ssl.SSLContext) -> None:
    async def trusts(one: NewspaperHandler) -> None:
        response = await one.download_request(Request("https://baothu.vn/"))
        assert response.body == PAGE
        reason = one.crawler.stats.get_value("newscrawl/tls/unverified")
        assert reason == Trusting.unverified_tls_reason

    assert len(over_tls(own_certificate, Trusting, trusts).heads) == 1


def test_a_mirror_that_speaks_tls_shows_the_papers_certificate(tmp_path: Path) -> None:
    context = certificate(tmp_path, "baothu.vn")

    async def asks(one: NewspaperHandler) -> None:
        one._ssl_context.load_verify_locations(tmp_path / "c.pem")
        response = await one.download_request(Request("https://baothu.vn/"))
        assert response.body == PAGE
        with pytest.raises(UntrustedCertificateError):
            await one.download_request(Request("https://baokhac.vn/"))

    assert len(over_tls(context, Spider, asks).heads) == 1


# Headers that browsers tolerate ------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "none", "8bit"])
def test_a_readable_page_is_read_whatever_its_packing_is_called(encoding: str) -> None:
    text = "<!DOCTYPE html><html><body><p>Chợ phiên.</p></body></html>".encode()
    _, response = fetched(Server(whole(text, Content_Encoding=encoding)))
    assert response.body == text


def test_bytes_behind_a_whole_gzip_member_are_ignored_and_a_gzip_named_twice_is_one() -> None:
    packed = gzip.compress(PAGE) + b"\r\n<!-- 12 ms -->"
    assert fetched(Server(whole(packed, Content_Encoding="gzip")))[1].body == PAGE
    page = "<html><p>Chợ</p></html>".encode()
    packed = gzip.compress(page)
    assert fetched(Server(whole(packed, Content_Encoding="gzip, gzip")))[1].body == page


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "410 Gone"])
@pytest.mark.parametrize("body", [b"khong phai gzip", gzip.compress(PAGE, mtime=0)[:-5]])
def test_a_redirect_and_a_404_are_judged_whatever_their_body_is(status: str, body: bytes) -> None:
    answer = whole(body, Content_Encoding="gzip", Location="/moi/").replace(
        b"200 OK", status.encode(), 1
    )
    _, response = fetched(Server(answer))
    assert response.status == int(status[:3])
    assert response.headers["Location"] == b"/moi/"


def test_a_404_whose_body_is_cut_off_is_a_404() -> None:
    answer = head(Content_Length="5000", Content_Type="text/html").replace(
        b"200 OK", b"404 Not Found", 1
    )
    _, response = fetched(Server(answer + b"<p>nua trang"))
    assert response.status == 404


def test_two_equal_content_lengths_are_refused_by_the_client_and_asked_for_again() -> None:
    """The HTTP client refuses such an answer before it can be judged (docs: operations)."""
    answer = whole().replace(b"Content-Type", b"Content-Length: %d\r\nContent-Type" % len(PAGE))
    assert isinstance(failure(Server(answer)), DownloadFailedError)
