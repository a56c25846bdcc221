"""A collection as Common Crawl's CC-NEWS makes them, of any size, out of pages that we wrote.

Each record is a gzip member of its own, with both digests; a request stands before each response.
Every twentieth page is followed by a revisit of it, every fiftieth by a redirect and a robots.txt,
and the file breaks off in the middle of its last record. Bodies are unpacked, as Common Crawl has
them: Content-Encoding is renamed.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

Page = tuple[str, bytes]
"""Address and body"""
_LEVEL = 6
_GZIP = 31
_BEGAN = datetime(2026, 11, 20, 6, tzinfo=UTC)
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    ("Server", "nginx"),
    ("Cache-Control", "max-age=60"),
    ("X-Crawl-Content-Encoding", "gzip"),
)


@dataclass(slots=True)
class Written:
    """What a collection holds."""

    pages: int = 0
    unpacked_bytes: int = 0
    packed_bytes: int = 0


def elsewhere(pages: Iterable[Page], hosts: int = 400) -> Iterator[Page]:
    """The pages again and again, as those of so many hosts that nobody knows."""
    for number, (url, body) in zip(count(), cycle(pages), strict=False):
        parts = urlsplit(url)
        yield f"https://tin{number % hosts:03}.example{parts.path}?n={number}", body


def write_collection(file: Path, pages: Iterable[Page], unpacked_max_bytes: float) -> Written:
    """Write pages into a file until it holds so many bytes unpacked; say what it holds."""
    done = Written()
    with file.open("wb") as out:
        for record in _records(pages, done):
            member = zlib.compress(record, _LEVEL, wbits=_GZIP)
            out.write(member)
            done.unpacked_bytes += len(record)
            if done.unpacked_bytes >= unpacked_max_bytes:
                break
        out.write(member[: len(member) // 2])  # the tail of a copy that was cut off
        done.packed_bytes = out.tell()
    return done


def _records(pages: Iterable[Page], done: Written) -> Iterator[bytes]:
    yield _record("warcinfo", "", _BEGAN, b"software: a generator\r\n", "application/warc-fields")
    for number, (url, body) in enumerate(pages):
        at = _BEGAN + timedelta(seconds=number)
        yield _record("request", url, at, _request(url))
        done.pages += 1
        yield _record("response", url, at, _answer("200 OK", body), payload=body)
        if number % 20 == 0:
            yield _record("revisit", url, at, _answer("200 OK", b""), payload=body)
        if number % 50 == 0:
            home = f"https://{urlsplit(url).netloc}"
            yield _record("response", f"{home}/robots.txt", at, _answer("200 OK", b"User-agent: *"))
            yield _record("response", f"{home}/cu/", at, _answer("301 Moved Permanently", b""))


def _request(url: str) -> bytes:
    parts = urlsplit(url)
    return f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()


def _answer(status: str, body: bytes) -> bytes:
    headers = (*_HEADERS, ("Content-Length", str(len(body))))
    head = "\r\n".join([f"HTTP/1.1 {status}", *map(": ".join, headers)])
    return head.encode() + b"\r\n\r\n" + body


def _record(
    kind: str, url: str, at: datetime, block: bytes, content_type: str = "", *, payload: bytes = b""
) -> bytes:
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{kind} {url} {stamp}')}>",
        "WARC-Date": stamp,
        "WARC-Target-URI": url,
        "WARC-IP-Address": "192.0.2.7",
        "WARC-Block-Digest": _digest(block),
        "WARC-Payload-Digest": _digest(payload) if payload else "",
        "Content-Type": content_type or f"application/http; msgtype={kind}",
        "Content-Length": str(len(block)),
    }
    lines = ["WARC/1.0", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
