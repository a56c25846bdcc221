"""A removed record gives way to one of the same length."""

import io
import zlib
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.warc.page_reader import members
from newscrawl.archive.warc.redaction import filler, find_records, write_without
from newscrawl.archive.warc.warc_writer import stored

AT = "2026-11-23T16:07:05Z"


@given(st.integers(256, 400_000))
@example(65_535 + 5 + 18)
@example(65_535 + 5 + 19)
@example(2 * 65_540 + 18)
@example(2 * 65_540 + 21)
def test_a_filler_is_a_record_of_any_length(size: int) -> None:
    made = filler(size, AT, "x#0")
    assert len(made) == size
    unpacker = zlib.decompressobj(wbits=31)
    record = unpacker.decompress(made)
    assert (unpacker.eof, unpacker.unused_data) == (True, b"")
    read = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(io.BytesIO(made))]
    assert [(kind, text.strip()) for kind, text in read] == [("metadata", b"removed")]
    assert record.endswith(b"\r\n\r\n")


def record(kind: str, url: str, text: bytes) -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
    block = b"HTTP/1.1 200 OK\r\n\r\n" + text
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def test_a_record_goes_with_its_request_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    filling = b"." * 300
    parts = [
        stored(record(kind, url, filling))
        for url in ("https://b.vn/1", "https://b.vn/2", "https://b.vn/3")
        for kind in ("response", "request")
    ]
    cut = zlib.compress(record("response", "https://b.vn/2", bytes(range(256)) * 9), wbits=31)[:-20]
    path.write_bytes(b"".join(parts) + cut)
    offsets = frozenset(
        find_records(path, lambda _, head: head.get("warc-target-uri") == "https://b.vn/2")
    )
    sizes = [sum(map(len, parts[:n])) for n in range(7)]
    assert offsets == {sizes[2], sizes[3], sizes[6]}
    assert write_without(path, offsets, AT)
    aside = path.with_name(path.name + ".tmp")
    assert aside.stat().st_size == path.stat().st_size
    assert [member.offset for member in members(aside)] == sizes
    data = aside.read_bytes()
    assert b"https://b.vn/2" not in data
    assert data[: sizes[2]] == b"".join(parts[:2])
    assert data[sizes[4] : sizes[6]] == b"".join(parts[4:])
    aside.replace(path)
    assert not write_without(path, offsets, AT)
