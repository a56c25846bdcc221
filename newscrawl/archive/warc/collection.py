"""Pages of newspapers in WARC files that others have made: Common Crawl, wget, Heritrix, pywb.

FastWARC unpacks and splits the files; what it returns is not trusted: sizes are bounded, a record
that ends early is no page, and a file that breaks off is told.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, Final, Literal, cast
from urllib.parse import urlsplit

from newscrawl.archive.atomic_files import disk
from newscrawl.exceptions import ArchiveError, ArgumentError
from newscrawl.http.content_encoding import TruncatedBodyError, joined_chunks
from newscrawl.http.exchange import Exchange

BLOCK_MAX_BYTES: Final = 16 << 20
"""Length of the longest record that is read; no newspaper's page comes near it"""
_MISSING: Final = "this needs {}: pip install 'newscrawl[ingest]'"
_HTML: Final = ("text/html", "application/xhtml+xml")

Outcome = Literal[
    "other host", "not HTML", "redirect", "error status", "robots.txt", "unchanged copy",
    "cut off", "too large",
]  # fmt: skip
"""Why a record is no page that can be read"""


@dataclass(frozen=True, slots=True)
class CollectedPage:
    """A page of a wanted host, as its server sent it."""

    exchange: Exchange
    place: str
    """File and offset of the record, for messages"""


def collected(file: str, is_wanted: Callable[[str], bool]) -> Iterator[CollectedPage | Outcome]:
    """Yield every response of a WARC file: a page, or why it is none.

    Args:
        file: Path of a file, plain or packed by gzip, zstd or lz4; or an address of fsspec, as
            s3://bucket/name.
        is_wanted: Returns whether pages of a host, in small letters, are wanted.

    Raises:
        ArchiveError: The file cannot be read, or is no WARC file from some place on.
        ArgumentError: FastWARC, or fsspec for an address, is not installed.
    """
    iterate, kinds = _fastwarc()
    with ExitStack() as stack:
        stream = stack.enter_context(_opened(file))
        wanted = kinds.response | kinds.revisit
        records = iterate(
            stream, record_types=wanted, parse_http=False, fsspec_args=False,
            max_content_length=BLOCK_MAX_BYTES,
        )  # fmt: skip
        is_empty = True
        try:
            for record in records:
                is_empty = False
                yield _read(record, file, is_wanted)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{file}: {error}: what stands before it was read") from error
        if is_empty:
            raise ArchiveError(f"{file}: no response of any server stands in it")


def _fastwarc() -> tuple[Any, Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ArgumentError(_MISSING.format("fastwarc")) from None
    return ArchiveIterator, WarcRecordType


def _opened(file: str) -> IO[bytes]:
    if "://" not in file:
        with disk("reading", Path(file)):
            return Path(file).open("rb")
    try:
        import fsspec  # noqa: PLC0415  (an extra)
    except ImportError:
        raise ArgumentError(_MISSING.format("fsspec")) from None
    try:
        return cast("IO[bytes]", fsspec.open(file, "rb").open())
    except (OSError, ValueError, ImportError) as error:
        raise ArchiveError(f"{file}: {error}") from error


def _read(record: Any, file: str, is_wanted: Callable[[str], bool]) -> CollectedPage | Outcome:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    parts = _parts(url)
    if parts is None or not is_wanted(parts[0]):
        return "other host"
    if parts[1] == "/robots.txt":
        return "robots.txt"
    if record.headers.get("WARC-Type") == "revisit":
        return "unchanged copy"
    if record.record_date is None:
        return "cut off"
    record.parse_http(auto_decode="none")
    head = record.http_headers
    if head is None or head.status_code is None:
        return "cut off"
    if (said := _unread(head.status_code, head.get("Content-Type"))) is not None:
        return said
    body: bytes = record.reader.read(BLOCK_MAX_BYTES + 1)
    if len(body) < record.content_length:
        return "cut off"
    if len(body) > BLOCK_MAX_BYTES:
        return "too large"
    try:
        body = joined_chunks(body) if _is_chunked(head.get("Transfer-Encoding")) else body
    except TruncatedBodyError:
        return "cut off"
    at = record.record_date.astimezone(UTC)
    exchange = Exchange(
        url=url,
        request_headers=(),
        status=head.status_code,
        reason=HTTPStatus.OK.phrase,
        http_version="HTTP/1.1",
        response_headers=tuple(head.to_tuples()),
        body=body,
        ip=record.headers.get("WARC-IP-Address"),
        started_at=at,
        received_at=at,
    )
    return CollectedPage(exchange, f"{file}#{record.stream_pos}")


def _parts(url: str) -> tuple[str, str] | None:
    """Return host and path of an address; None where it has no host that can be read.

    >>> _parts("https://Bao.VN:443/a/b"), _parts("mailto:x"), _parts("http://[")
    (('bao.vn', '/a/b'), None, None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return None if parts.hostname is None else (parts.hostname, parts.path)


def _unread(status: int, content_type: str | None) -> Outcome | None:
    """Return why an answer is no page; None where it may be one."""
    if status in range(300, 400):
        return "redirect"
    if status != HTTPStatus.OK:
        return "error status"
    kind = (content_type or _HTML[0]).partition(";")[0].strip().lower()
    return None if kind in _HTML else "not HTML"


def _is_chunked(transfer_encoding: str | None) -> bool:
    return "chunked" in (transfer_encoding or "").lower()
