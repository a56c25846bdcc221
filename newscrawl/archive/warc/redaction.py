"""Removing records from a WARC file without moving any other.

A removed record gives way to one of the same length, so that the offsets in `raw_ref` stay true and
no other line changes. Formats: ISO 28500:2017, RFC 1951, RFC 1952.
"""

import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from struct import pack
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from newscrawl.archive.atomic_files import aside, disk
from newscrawl.archive.warc.page_reader import Member, members
from newscrawl.archive.warc.warc_records import headers_of
from newscrawl.archive.warc.warc_writer import REFERS_TO_FILE, REFERS_TO_OFFSET

_HEAD: Final = (
    "WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <{id}>\r\n"
    "WARC-Date: {at}\r\nContent-Length: {size:010}\r\n\r\n"
)
_TEXT: Final = b"removed"
_END: Final = b"\r\n\r\n"
_MEMBER: Final = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
_BLOCK_MAX_BYTES: Final = 0xFFFF
_AROUND_BYTES: Final = len(_MEMBER) + 8
FILLER_MIN_BYTES: Final = 256
"""A shorter piece of a file holds no more than the head of a record"""

Wanted = Callable[[Member, Mapping[str, str]], bool]
"""Returns whether a record is to be removed, by its unpacked bytes and its WARC headers"""


def find_records(path: Path, wanted: Wanted) -> Iterator[int]:
    """Yield the offsets of the records to be removed, and of each request beside its response.

    Of a record that a kill cut off, or a bad disk damaged, what can still be unpacked is looked at;
    one whose head cannot be read is yielded.
    """
    was_wanted = False
    for member in members(path):
        if member.record is None:
            head = headers_of(_what_is_left(path, member.offset))
        else:
            head = headers_of(member.record)
        if head.get("warc-type") == "request":
            if was_wanted:
                yield member.offset
            continue
        is_readable = "warc-target-uri" in head or member.record is not None
        was_wanted = wanted(member, head) if is_readable else True
        if was_wanted:
            yield member.offset


def payload_place(folder: Path, raw_ref: str) -> str:
    """Return where the payload of a page stands: `raw_ref` itself, but for a revisit.

    "" where no record can be read there.
    """
    name, _, offset = raw_ref.partition("#")
    if not (folder / name).is_file():
        return ""
    head = headers_of(_what_is_left(folder / name, int(offset)))
    if head.get("warc-type") != "revisit":
        return raw_ref if head else ""
    return f"{head.get(REFERS_TO_FILE.lower())}#{head.get(REFERS_TO_OFFSET.lower())}"


def _what_is_left(path: Path, offset: int) -> bytes:
    """Return the first bytes of a record, as far as they can be unpacked."""
    with disk("reading", path), path.open("rb") as file:
        file.seek(offset)
        packed = file.read(_BLOCK_MAX_BYTES)
    unpacker = zlib.decompressobj(wbits=31)
    found = b""
    try:
        for byte_block in (packed[at : at + 512] for at in range(0, len(packed), 512)):
            found += unpacker.decompress(byte_block)
            if _END in found or unpacker.eof:
                break
    except zlib.error:
        pass
    return found


def write_without(path: Path, offsets: frozenset[int], at: str) -> bool:
    """Write the file without these records aside, durably; return whether it differs.

    Records that were removed already stay as they are. `at` is the moment that the new records
    state, UTC. Raises `ArchiveError` where the disk refuses.
    """
    spans = [span for span in _spans(path) if span[0] in offsets and not _is_removed(path, span[0])]
    spans = [(start, end) for start, end in spans if end - start >= FILLER_MIN_BYTES]
    if not spans:
        return False
    with disk("rewriting", path):
        shutil.copyfile(path, aside(path))
        shutil.copymode(path, aside(path))
        with aside(path).open("r+b") as file:
            for start, end in spans:
                file.seek(start)
                file.write(filler(end - start, at, f"{path.name}#{start}"))
            file.flush()
            os.fsync(file.fileno())
    return True


def _spans(path: Path) -> Iterator[tuple[int, int]]:
    """Yield where each member of the file begins and ends."""
    before: int | None = None
    for member in members(path):
        if before is not None:
            yield before, member.offset
        before = member.offset
    if before is not None:
        yield before, path.stat().st_size


def _is_removed(path: Path, offset: int) -> bool:
    found = _what_is_left(path, offset)
    return headers_of(found).get("warc-type") == "metadata"


def filler(size: int, at: str, name: str) -> bytes:
    """Return a gzip member of exactly `size` bytes: a metadata record that says "removed".

    >>> len(filler(700, "2026-11-23T16:07:05Z", "x#0")), len(filler(200_000, "…", "x#0"))
    (700, 200000)
    """
    inside = size - _AROUND_BYTES
    blocks = -(-inside // (_BLOCK_MAX_BYTES + 5))
    length = inside - 5 * blocks
    head = _HEAD.format(id=uuid5(NAMESPACE_URL, name).urn, at=at, size=0).encode()
    text = _TEXT.ljust(length - len(head) - len(_END))
    head = _HEAD.format(id=uuid5(NAMESPACE_URL, name).urn, at=at, size=len(text)).encode()
    record = head + text + _END
    parts = [_MEMBER]
    for number in range(blocks):
        block = record[number * length // blocks : (number + 1) * length // blocks]
        parts += [pack("<BHH", number == blocks - 1, len(block), len(block) ^ 0xFFFF), block]
    return b"".join([*parts, pack("<II", zlib.crc32(record), length & 0xFFFFFFFF)])
