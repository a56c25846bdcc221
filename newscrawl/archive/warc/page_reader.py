"""Reading kept pages back, whatever a kill or a bad disk left of their files."""

import mmap
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk
from newscrawl.archive.warc.page_store import PAGES
from newscrawl.archive.warc.warc_records import parse_record
from newscrawl.archive.warc.warc_writer import REFERS_TO_FILE, REFERS_TO_OFFSET
from newscrawl.exceptions import ArchiveError
from newscrawl.http.content_encoding import unpack

_MAGIC: Final = b"\x1f\x8b\x08"
_BLOCK_BYTES: Final = 1 << 16
_RECORD_MAX_BYTES: Final = 64 * 1024**2
_BODY_MAX_BYTES: Final = 64 * 1024**2


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a WARC file, unpacked; `record` is None where it cannot be."""

    offset: int
    record: bytes | None
    is_truncated: bool = False
    """No whole member follows: a kill or a power cut leaves such an end of a file"""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A response as it was fetched, its body decoded from gzip or deflate."""

    raw_ref: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    digest: str
    """Digest of the body as it came; the same for a revisit and the page it refers to"""
    payload_ref: str
    """Where the body stands: `raw_ref` itself, or for a revisit the page it refers to"""

    def header(self, name: str) -> str | None:
        """Return the first header of a name in any letter case; None where there is none."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)


def page_files(folder: Path) -> tuple[Path, ...]:
    """Return the WARC files of a newspaper's folder, oldest month first."""
    return tuple(sorted((folder / PAGES).glob("*/*.warc.gz")))


def members(path: Path) -> Iterator[Member]:
    """Yield the members of a WARC file in order; after a broken one, the next whole one."""
    with disk("reading", path), path.open("rb") as file:
        if path.stat().st_size == 0:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            offset = 0
            while offset < len(data):
                member, end = _member_at(data, offset)
                yield member
                offset = end


def _member_at(data: mmap.mmap, offset: int) -> tuple[Member, int]:
    """Return the member at an offset, and where the next one begins."""
    record, end = _unpacked(data, offset)
    if record is None:
        following = _next_whole(data, offset + 1)
        return Member(offset, None, is_truncated=following == len(data)), following
    return Member(offset, record), end


def _next_whole(data: mmap.mmap, start: int) -> int:
    """Return the offset of the next member that unpacks to a record; the end where none does."""
    at = data.find(_MAGIC, start)
    while at >= 0:
        record, _ = _unpacked(data, at)
        if record is not None and record.startswith(b"WARC/"):
            return at
        at = data.find(_MAGIC, at + 1)
    return len(data)


def _unpacked(data: mmap.mmap, offset: int) -> tuple[bytes | None, int]:
    """Return the record of the member at an offset and its end; None for a broken member."""
    try:
        return _unpack(data, offset)
    except zlib.error:
        return None, offset


def _unpack(data: "mmap.mmap | _Bytes", offset: int) -> tuple[bytes | None, int]:
    unpacker = zlib.decompressobj(wbits=31)
    parts, size, at = [], 0, offset
    while not unpacker.eof:
        block = data[at : at + _BLOCK_BYTES]
        if not block:
            return None, at
        part = unpacker.decompress(block, _RECORD_MAX_BYTES - size + 1)
        size += len(part)
        if size > _RECORD_MAX_BYTES or unpacker.unconsumed_tail:
            raise zlib.error("a record larger than any page")
        parts.append(part)
        at += len(block) - len(unpacker.unused_data)
    return b"".join(parts), at


class _Bytes:
    """A file's bytes by their place; for one page pread is 0.1 ms faster than mapping the file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __len__(self) -> int:
        return os.fstat(self._descriptor).st_size

    def __getitem__(self, place: slice) -> bytes:
        return os.pread(self._descriptor, place.stop - place.start, place.start)


@contextmanager
def _opened(path: Path) -> Iterator[_Bytes]:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield _Bytes(descriptor)
    finally:
        os.close(descriptor)


def read_page(folder: Path, raw_ref: str) -> KeptPage:
    """Return the page a line's `raw_ref` points at; a revisit has the body it refers to.

    Raises `ArchiveError` where the file is missing or no whole response stands at that place.
    """
    name, _, offset = raw_ref.partition("#")
    path = folder / name
    if not (offset.isdigit() and name.startswith(f"{PAGES}/") and ".." not in name):
        raise ArchiveError(f"{raw_ref} is no reference to a page")
    with disk("reading", path), _opened(path) as data:
        if len(data) <= int(offset):
            raise ArchiveError(f"{path} ends before byte {offset}: the page is lost")
        try:
            record, _ = _unpack(data, int(offset))
        except zlib.error:
            record = None
    page = page_of(folder, name, Member(int(offset), record))
    if page is None:
        raise ArchiveError(f"{raw_ref} holds no whole response: the page is lost")
    return page


def pages(folder: Path, since: datetime | None = None) -> Iterator[KeptPage]:
    """Yield every response kept at `since` or later, by month and file.

    A revisit has the body it refers to. A record that cannot be read, or that refers to a page that
    is lost, is left out; `scrapy verify` names such records where a line needs them.
    """
    for path in page_files(folder):
        if since is not None and path.parent.name < since.astimezone(UTC).strftime("%Y-%m"):
            continue
        name = path.relative_to(folder).as_posix()
        for member in members(path):
            try:
                page = page_of(folder, name, member)
            except ArchiveError:
                continue
            if page is not None and (since is None or page.fetched_at >= since):
                yield page


def page_of(folder: Path, name: str, member: Member) -> KeptPage | None:
    """Return the page a member of the file `name` holds; None where no response can be read."""
    record = parse_record(member.record or b"")
    if record is None or record.kind not in ("response", "revisit"):
        return None
    raw_ref = payload_ref = f"{name}#{member.offset}"
    if record.kind == "revisit":
        payload_ref = f"{record.header(REFERS_TO_FILE)}#{record.header(REFERS_TO_OFFSET)}"
        if payload_ref == raw_ref:
            return None
        body = read_page(folder, payload_ref).body
    else:
        packed = next((v for n, v in record.http_headers if n.lower() == "content-encoding"), "")
        try:
            body = unpack(record.payload, packed, _BODY_MAX_BYTES)
        except ValueError:  # the verdicts of `unpack`
            return None
    return KeptPage(
        raw_ref=raw_ref,
        url=record.header("WARC-Target-URI"),
        status=record.status,
        headers=record.http_headers,
        body=body,
        fetched_at=datetime.fromisoformat(record.header("WARC-Date")),
        digest=record.header("WARC-Payload-Digest"),
        payload_ref=payload_ref,
    )
