"""WARC files that others made: what is a page, what is none, and where a file breaks off."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.warc.collection import CollectedPage, collected
from newscrawl.exceptions import ArchiveError

HOST = "baothu.vn"
HTML = b"<html><body><p>Na Hang</p></body></html>"
DATE = "2025-03-04T05:06:07Z"


def record(
    head: str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8",
    body: bytes = HTML,
    *,
    url: str = f"https://{HOST}/a-1.html",
    kind: str = "response",
    date: str = DATE,
    missing: int = 0,
) -> bytes:
    block = head.encode() + b"\r\n\r\n" + body if head else body
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {date}",
        "WARC-Record-ID: <urn:uuid:11111111-2222-3333-4444-555555555555>",
        "WARC-IP-Address: 192.0.2.7",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(block)}",
    ]  # fmt: skip
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + block
    return whole[: len(whole) - missing] if missing else whole + b"\r\n\r\n"


def write(path: Path, *records: bytes, packed: bool = True) -> str:
    path.write_bytes(b"".join(gzip.compress(each) if packed else each for each in records))
    return str(path)


def read(file: str) -> list[object]:
    return [
        found.exchange.body if isinstance(found, CollectedPage) else found
        for found in collected(file, lambda host: host == HOST)
    ]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_returned_with_what_was_said_about_it(tmp_path: Path, packed: bool) -> None:
    file = write(tmp_path / "a.warc", record(), packed=packed)
    (found,) = collected(file, lambda host: host == HOST)
    assert isinstance(found, CollectedPage)
    exchange = found.exchange
    assert exchange.url == "https://baothu.vn/a-1.html"
    assert exchange.received_at == datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert exchange.status == 200
    assert exchange.response_headers == (("Content-Type", "text/html; charset=utf-8"),)
    assert exchange.body == HTML
    assert exchange.ip == "192.0.2.7"
    assert found.place == f"{file}#0"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (record(url="https://khac.vn/a-1.html"), "other host"),
        (record(url="dns:baothu.vn"), "other host"),
        (record(url="http://["), "other host"),
        (record(url=f"https://{HOST}/robots.txt"), "robots.txt"),
        (record("HTTP/1.1 301 Moved\r\nLocation: /b"), "redirect"),
        (record("HTTP/1.1 404 Not Found\r\nContent-Type: text/html"), "error status"),
        (record("HTTP/1.1 503 Busy"), "error status"),
        (record("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg"), "not HTML"),
        (record("HTTP/1.1 200 OK\r\nContent-Type: application/pdf"), "not HTML"),
        (record(kind="revisit", body=b""), "unchanged copy"),
        (record(body=b"a" * 17_000_000), None),
        (record("", b"no head at all"), "cut off"),
        (
            record("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", b"9\r\nNa H"),
            "cut off",
        ),
    ],
)
def test_what_is_no_page_says_why(tmp_path: Path, given: bytes, expected: str | None) -> None:
    after = record(url=f"https://{HOST}/b-2.html")
    found = read(write(tmp_path / "a.warc.gz", given, after))
    assert found == [*([expected] if expected else []), HTML]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("HTTP/1.1 200 OK", HTML),
        ("HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml", HTML),
        ("HTTP/1.1 200 OK\r\nContent-Type: TEXT/HTML", HTML),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked",
            b"10\r\n" + HTML[:16] + b"\r\n18;x=y\r\n" + HTML[16:] + b"\r\n0\r\n\r\n",
        ),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked", HTML),
    ],
)
def test_a_body_is_joined_whoever_wrote_it(tmp_path: Path, head: str, body: bytes) -> None:
    assert read(write(tmp_path / "a.warc.gz", record(head, body))) == [HTML]


def test_an_address_in_angle_brackets_as_older_wget_writes_it(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.warc.gz", record(url=f"<https://{HOST}/a-1.html>"))) == [HTML]


def test_other_kinds_of_records_are_passed_over(tmp_path: Path) -> None:
    kinds = ("warcinfo", "request", "metadata", "resource", "conversion")
    records = [record(kind=kind) for kind in kinds]
    assert read(write(tmp_path / "a.warc.gz", *records, record())) == [HTML]


@pytest.mark.parametrize("missing", [1, 30])
@pytest.mark.parametrize("packed", [True, False])
def test_half_a_page_is_no_page(tmp_path: Path, missing: int, packed: bool) -> None:
    cut = record(url=f"https://{HOST}/b-2.html", missing=missing)
    assert read(write(tmp_path / "a.warc", record(), cut, packed=packed)) == [HTML, "cut off"]


def test_a_member_that_breaks_off_is_no_page(tmp_path: Path) -> None:
    whole, cut = gzip.compress(record()), gzip.compress(record(body=bytes(range(256)) * 300))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole + cut[: len(cut) // 2])
    assert read(str(path)) == [HTML, "cut off"]


def test_rubbish_ends_the_file_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        gzip.compress(record()) + gzip.compress(b"rubbish\r\n" * 100) + gzip.compress(record())
    )
    found: list[object] = []
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: "):
        found.extend(collected(str(path), lambda host: host == HOST))
    assert len(found) <= 1


@pytest.mark.parametrize("content", [b"", b"no WARC file", b"\x1f\x8b\x08broken"])
def test_a_file_that_is_none_ends_at_once(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=r"a\.warc\.gz: "):
        read(str(path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="missing"):
        read(str(tmp_path / "missing.warc.gz"))


def test_an_address_is_read_by_fsspec(tmp_path: Path) -> None:
    file = write(tmp_path / "a.warc.gz", record())
    assert read(f"file://{file}") == [HTML]
    with pytest.raises(ArchiveError, match="nowhere"):
        read("nowhere://bucket/a.warc.gz")
