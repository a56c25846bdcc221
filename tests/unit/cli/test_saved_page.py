"""Saved pages as they came over the wire: unpacked, or told as packed."""

import gzip
import sys
import zlib

import pytest

from newscrawl.cli.saved_page import unpacked
from newscrawl.exceptions import ArgumentError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = "<!DOCTYPE html><html><h1>Chợ phiên</h1><p>Sớm mai bà con xuống núi.</p></html>".encode()
# The page as `brotli -q 5` packs it: brotli has no magic number.
BROTLI = bytes.fromhex(
    "1b560000e4e826e9017de563010634c6128dc7b4003b3ca2870d38700838b4dc0691610"
    "30e038d82f13202546586a45a31c717ea38a1af0ced40ae559be35a40e124e0d2055e55"
    "c23c705cca084afa137682140b"
)


@pytest.mark.parametrize("level", [0, 1, 6, 9])
def test_gzip_deflate_and_zstd_are_unpacked(level: int) -> None:
    assert unpacked(gzip.compress(PAGE, level)) == PAGE
    assert unpacked(zlib.compress(PAGE, level)) == PAGE
    assert unpacked(gzip.compress(gzip.compress(PAGE, level))) == PAGE
    assert unpacked(zstd.compress(PAGE, level)) == PAGE


def test_brotli_is_unpacked() -> None:
    assert unpacked(BROTLI) == PAGE


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        b"",
        "Chợ phiên".encode("utf-16"),
        "Chợ phiên họp sớm".encode("utf-16-le"),
        "Chî phiªn häp sím".encode("cp1252"),
        b"\xef\xbb\xbf" + PAGE,
        b"\0" + PAGE,
        b"<p>\x1b[2J</p>",
    ],
)
def test_a_page_stays_as_it_is(page: bytes) -> None:
    assert unpacked(page) == page


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (zstd.compress(PAGE)[:-9], "cannot be unpacked"),
        (BROTLI[:-9], "cannot be unpacked"),
        (bytes(range(32)) * 9, "no page"),
        (gzip.compress(PAGE, mtime=0)[:-9], "ends early"),
        (gzip.compress(PAGE, mtime=0)[:20], "ends early"),
        (zlib.compress(PAGE)[:20], "cannot be unpacked"),
    ],
)
def test_what_cannot_be_unpacked_is_told(packed: bytes, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        unpacked(packed)
