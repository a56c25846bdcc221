"""Raw pages: kept before parsing, readable whatever happened to the end of the file."""

import gzip
import io
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.warc.page_reader import (
    members,
    page_files,
    pages,
    read_page,
)
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.archive.warc.warc_writer import (
    digest_of,
    request_member,
    response_member,
    stored,
)
from newscrawl.exceptions import ArchiveError
from tests.support.exchanges import exchange

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
URL = "https://bao.vn/tin/cho-phien-vung-cao-129305.html?trang=2"
HTML = "<html><body><h1>Chợ phiên vùng cao</h1></body></html>".encode() * 50
SERVED = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"v1"'))
ASKED = (("Host", "bao.vn"), ("User-Agent", "newscrawl/0.1.0"))


def keep(
    store: PageStore,
    body: bytes = HTML,
    url: str = URL,
    at: datetime = NOON,
    headers: tuple[tuple[str, str], ...] = SERVED,
) -> str:
    return store.keep(
        exchange(url, body, at, headers=headers, request_headers=ASKED, ip="203.0.113.7")
    )


def records(path: Path) -> list[Any]:
    """The records warcio sees: type, headers, HTTP headers, payload."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            payload = record.content_stream().read()
            found.append((record.rec_type, record.rec_headers, record.http_headers, payload))
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, "bao") as opened:
        opened.begin_run("r1", NOON, {})
        yield opened


def test_a_page_is_read_back_as_it_came(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        raw_ref = keep(store)
    assert re.fullmatch(r"pages/2026-11/r1-00001\.warc\.gz#\d+", raw_ref)
    page = read_page(tmp_path, raw_ref)
    assert (page.url, page.status, page.body, page.fetched_at) == (URL, 200, HTML, NOON)
    assert page.headers == SERVED
    assert (page.header("etag"), page.header("server")) == ('"v1"', None)
    assert (page.raw_ref, page.payload_ref, page.digest) == (raw_ref, raw_ref, digest_of(HTML))


def test_a_page_can_be_read_as_soon_as_it_is_kept(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        refs = [keep(store, HTML + str(n).encode()) for n in range(5)]
        for n, raw_ref in enumerate(refs):
            assert read_page(tmp_path, raw_ref).body == HTML + str(n).encode()


def test_the_file_is_a_valid_warc(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        keep(store)
        keep(store, b"", url="https://bao.vn/trong.html")
    (path,) = page_files(tmp_path)
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", str(path)], capture_output=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, b"")
    found = records(path)
    assert [kind for kind, *_ in found] == [
        "warcinfo",
        "response",
        "request",
        "response",
        "request",
    ]
    _, headers, http, payload = found[1]
    assert (http.get_statuscode(), payload) == ("200", HTML)
    assert headers.get_header("WARC-Target-URI") == URL
    assert headers.get_header("WARC-Date") == "2026-11-23T12:00:00Z"
    assert headers.get_header("WARC-IP-Address") == "203.0.113.7"
    _, headers, http, _ = found[2]
    assert (http.protocol, http.statusline) == (
        "GET",
        "/tin/cho-phien-vung-cao-129305.html?trang=2 HTTP/1.1",
    )
    assert http.get_header("User-Agent") == "newscrawl/0.1.0"
    assert b"isPartOf: r1" in found[0][3]


def test_a_compressed_body_is_kept_as_it_came_and_read_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(HTML)
    with PageStore(tmp_path, "r1") as store:
        raw_ref = keep(store, packed, headers=(*SERVED, ("Content-Encoding", "gzip")))
        deflated = keep(store, zlib.compress(HTML), headers=(("content-encoding", "deflate"),))
    page = read_page(tmp_path, raw_ref)
    assert page.body == HTML
    assert page.header("Content-Encoding") == "gzip"
    assert page.digest == digest_of(packed)
    assert read_page(tmp_path, deflated).body == HTML
    (path,) = page_files(tmp_path)
    assert records(path)[1][3] == HTML


def test_headers_that_describe_the_wire_do_not_mislead_a_reader(tmp_path: Path) -> None:
    headers = (*SERVED, ("Transfer-Encoding", "chunked"), ("Content-Length", "7"))
    with PageStore(tmp_path, "r1") as store:
        raw_ref = keep(store, headers=headers)
    page = read_page(tmp_path, raw_ref)
    assert page.body == HTML
    assert page.header("Transfer-Encoding") is None
    assert page.header("X-Orig-Transfer-Encoding") == "chunked"


def test_a_header_cannot_smuggle_in_another(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        raw_ref = keep(store, headers=(("X-Tin", "a\r\nSet-Cookie: b"),))
    assert read_page(tmp_path, raw_ref).headers == (("X-Tin", "aSet-Cookie: b"),)


def test_the_same_payload_again_is_a_revisit_of_the_first(tmp_path: Path, ledger: Ledger) -> None:
    with PageStore(tmp_path, "r1", ledger.pages) as store:
        first = keep(store)
        second = keep(store, at=NOON + timedelta(hours=1), headers=(("ETag", '"v2"'),))
    with PageStore(tmp_path, "r2", ledger.pages) as store:
        third = keep(store, at=NOON + timedelta(hours=2))
        changed = keep(store, HTML + b"!")
        fourth = keep(store)
    size = {name: (tmp_path / name).stat().st_size for name in ledger.pages.files()}
    assert len(size) == 2
    for raw_ref, hours, etag in ((second, 1, '"v2"'), (third, 2, '"v1"')):
        page = read_page(tmp_path, raw_ref)
        assert (page.body, page.raw_ref, page.payload_ref) == (HTML, raw_ref, first)
        assert (page.fetched_at, page.header("ETag")) == (NOON + timedelta(hours=hours), etag)
        assert page.digest == digest_of(HTML)
    assert read_page(tmp_path, changed).payload_ref == changed
    assert read_page(tmp_path, fourth).payload_ref == fourth
    kinds = [kind for path in page_files(tmp_path) for kind, *_ in records(path)]
    assert kinds.count("revisit") == 2
    profile = records(page_files(tmp_path)[0])[3][1].get_header("WARC-Profile")
    assert profile == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def test_the_same_payload_at_another_address_is_kept_whole(tmp_path: Path, ledger: Ledger) -> None:
    with PageStore(tmp_path, "r1", ledger.pages) as store:
        keep(store)
        other = keep(store, url="https://bao.vn/khac-1.html")
    assert read_page(tmp_path, other).payload_ref == other


def test_an_empty_body_is_never_a_revisit(tmp_path: Path, ledger: Ledger) -> None:
    with PageStore(tmp_path, "r1", ledger.pages) as store:
        keep(store, b"")
        again = keep(store, b"")
    assert read_page(tmp_path, again).payload_ref == again


def test_files_are_rotated_by_size_and_month_and_never_opened_again(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1", file_max_bytes=800) as store:
        for n in range(3):
            keep(store, HTML, url=f"https://bao.vn/{n}.html")
        keep(store, at=NOON + timedelta(days=10))
    with PageStore(tmp_path, "r1") as store:
        keep(store)
    names = [path.relative_to(tmp_path / "pages").as_posix() for path in page_files(tmp_path)]
    assert names[-1] == "2026-12/r1-00001.warc.gz"
    assert names[:-1] == [f"2026-11/r1-0000{n}.warc.gz" for n in range(1, len(names))]
    assert len(names) >= 4
    assert len(list(pages(tmp_path))) == 5


def test_pages_come_in_order_and_since(tmp_path: Path) -> None:
    moments = [NOON - timedelta(days=40), NOON, NOON + timedelta(hours=1)]
    with PageStore(tmp_path, "r1") as store:
        refs = [keep(store, url=f"https://bao.vn/{n}.html", at=at) for n, at in enumerate(moments)]
    assert [page.raw_ref for page in pages(tmp_path)] == refs
    assert [page.raw_ref for page in pages(tmp_path, NOON)] == refs[1:]
    assert [page.raw_ref for page in pages(tmp_path, NOON + timedelta(minutes=1))] == refs[2:]
    assert list(pages(tmp_path / "nowhere")) == []


def test_a_file_cut_anywhere_gives_every_page_before_the_cut(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        refs = [keep(store, HTML + bytes([n])) for n in range(3)]
    (path,) = page_files(tmp_path)
    whole = path.read_bytes()
    starts = [member.offset for member in members(path)] + [len(whole)]
    offsets = [int(raw_ref.partition("#")[2]) for raw_ref in refs]
    for cut in range(0, len(whole), 7):
        path.write_bytes(whole[:cut])
        expected = [
            ref
            for ref, at in zip(refs, offsets, strict=True)
            if starts[starts.index(at) + 1] <= cut
        ]
        assert [page.raw_ref for page in pages(tmp_path)] == expected
        broken = [member for member in members(path) if member.record is None]
        assert all(member.is_truncated for member in broken)
        assert len(broken) == (cut not in starts)


def test_a_flipped_byte_costs_one_record(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        refs = [keep(store, HTML + bytes([n])) for n in range(4)]
    (path,) = page_files(tmp_path)
    whole = path.read_bytes()
    ends = [int(ref.partition("#")[2]) for ref in refs]
    for at in range(ends[1] + 12, ends[2] - 1, 11):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        found = {page.raw_ref for page in pages(tmp_path)}
        assert {refs[0], refs[2], refs[3]} <= found
        assert len(found) >= 3


@given(st.binary(max_size=300))
def test_no_file_of_any_bytes_raises(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    folder = tmp_path_factory.mktemp("junk")
    path = folder / "pages" / "2026-11" / "x-00001.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(junk)
    list(pages(folder))
    path.write_bytes(gzip.compress(junk) + gzip.compress(b"WARC/1.1\r\n" + junk))
    list(pages(folder))


@given(
    st.integers(100, 599),
    st.text(max_size=20),
    st.lists(st.tuples(st.text(st.characters(codec="ascii"), min_size=1), st.text(max_size=20))),
    st.binary(max_size=200),
)
def test_no_exchange_fails_to_be_written(
    status: int, reason: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    made = exchange(
        URL, body, NOON, status=status, reason=reason, headers=headers, request_headers=headers
    )
    for member in (response_member(made, digest_of(body)), request_member(made)):
        record = next(iter(ArchiveIterator(io.BytesIO(member))))
        assert record.rec_headers.get_header("WARC-Target-URI") == URL


@pytest.mark.parametrize(
    "raw_ref",
    [
        "",
        "pages/2026-11/r1-00001.warc.gz",
        "pages/../state/lock#0",
        "state/lock#0",
        "pages/x.warc.gz#-1",
    ],
)
def test_what_is_no_reference_is_told(tmp_path: Path, raw_ref: str) -> None:
    with pytest.raises(ArchiveError, match="is no reference to a page"):
        read_page(tmp_path, raw_ref)


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        raw_ref = keep(store)
    name = raw_ref.partition("#")[0]
    with pytest.raises(ArchiveError, match="holds no whole response"):
        read_page(tmp_path, f"{name}#0")
    with pytest.raises(ArchiveError, match="ends before byte 999999"):
        read_page(tmp_path, f"{name}#999999")
    with pytest.raises(ArchiveError, match="No such file"):
        read_page(tmp_path, "pages/2026-11/r9-00001.warc.gz#0")


def test_a_body_in_an_unknown_packing_is_left_out(tmp_path: Path) -> None:
    with PageStore(tmp_path, "r1") as store:
        keep(store, body=bytes(range(256)), headers=(("Content-Encoding", "zstd"),))
        readable = keep(store, url="https://bao.vn/2.html")
    assert [page.raw_ref for page in pages(tmp_path)] == [readable]


def test_closed_files_are_in_the_manifest_with_their_sums(tmp_path: Path, ledger: Ledger) -> None:
    store = PageStore(tmp_path, "r1", ledger.pages)
    raw_ref = keep(store)
    assert ledger.pages.files() == {}
    store.close()
    store.close()
    (entry,) = ledger.pages.files().values()
    path = tmp_path / raw_ref.partition("#")[0]
    assert (entry.written.rows, entry.written.bytes, entry.run_id) == (3, path.stat().st_size, "r1")
    export(ledger, tmp_path)
    assert path.name in (tmp_path / "manifest.json").read_text()


def test_files_of_a_killed_run_are_adopted_once(tmp_path: Path, ledger: Ledger) -> None:
    left = PageStore(tmp_path, "r0-a")
    keep(left)
    (path,) = page_files(tmp_path)
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half a rec")
    (tmp_path / "pages" / "2026-11" / "r0-b-00001.warc.gz").touch()
    (name,) = adopt_page_files(ledger, tmp_path)
    entry = ledger.pages.files()[name]
    assert (entry.run_id, entry.written.rows) == ("r0-a", 3)
    assert entry.written.bytes == (tmp_path / name).stat().st_size
    assert adopt_page_files(ledger, tmp_path) == ()
    assert [path.name for path in page_files(tmp_path)] == ["r0-a-00001.warc.gz"]
    left.close()


def test_a_refused_write_leaves_the_file_whole(tmp_path: Path) -> None:
    script = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.exceptions import ArchiveError
from tests.support.exchanges import exchange
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
store, kept = PageStore(Path(sys.argv[1]), "r1"), 0
try:
    while True:
        body = Random(kept).randbytes(7000)
        store.keep(exchange("https://bao.vn/x", body, datetime.now(UTC)))
        kept += 1
except ArchiveError as fault:
    print(kept, fault)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    kept, _, told = ran.stdout.partition(" ")
    assert "File too large: the process may not write files this large" in told
    (path,) = page_files(tmp_path)
    assert all(member.record is not None for member in members(path))
    assert len(list(pages(tmp_path))) == int(kept) > 2


@pytest.mark.parametrize("size", [0, 1, 65_534, 65_535, 65_536, 131_070, 200_000])
def test_a_stored_member_is_a_whole_gzip_file_of_any_size(size: int) -> None:
    record = bytes(n % 251 for n in range(size))
    assert gzip.decompress(stored(record)) == record
    blocks = max(1, -(-size // 65_535))  # RFC 1951, section 3.2.4: each with five bytes of its own
    assert len(stored(record)) == 10 + 5 * blocks + size + 8


def test_a_stored_member_ends_where_the_next_begins() -> None:
    assert gzip.decompress(stored(b"Na ") + stored(b"") + stored(b"Hang")) == b"Na Hang"


def test_a_damaged_stored_member_is_told() -> None:
    whole = stored(b"Na Hang")
    with pytest.raises(gzip.BadGzipFile):
        gzip.decompress(whole.replace(b"Hang", b"Hanh"))
