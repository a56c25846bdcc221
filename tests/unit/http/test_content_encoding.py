"""Content-Encoding taken off: whole, bounded, or an error that says what is wrong."""

import gzip
import random
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.http.content_encoding import (
    ACCEPTED,
    BodyTooLargeError,
    TruncatedBodyError,
    UnknownEncodingError,
    is_mislabelled,
    unpack,
)

TEXT = "Sương vừa tan, nương chè đã đông người hái. ".encode() * 200


def deflate(body: bytes) -> bytes:
    return zlib.compress(body)


def bare_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", deflate),
    ("deflate", bare_deflate),
]


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_what_was_packed_comes_back(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpack(pack(TEXT), encoding, len(TEXT)) == TEXT
    assert unpack(pack(TEXT), f" {encoding.upper()} , identity", len(TEXT)) == TEXT


@given(st.binary(max_size=2000), st.integers(0, 3))
def test_any_bytes_come_back(body: bytes, which: int) -> None:
    encoding, pack = PACKERS[which]
    assert unpack(pack(body), encoding, len(body)) == body


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_a_body_cut_anywhere_is_cut_off(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(random.Random(1).randbytes(300))  # noqa: S311
    for length in range(1, len(packed)):
        with pytest.raises(TruncatedBodyError):
            unpack(packed[:length], encoding, 10_000)


def test_a_wrong_checksum_or_no_packing_at_all_is_damage() -> None:
    with pytest.raises(TruncatedBodyError, match="gzip body is damaged"):
        unpack(gzip.compress(TEXT)[:-8] + bytes(8), "gzip", 10**6)
    with pytest.raises(TruncatedBodyError, match="gzip body is damaged"):
        unpack(b"<html>", "gzip", 10**6)
    with pytest.raises(TruncatedBodyError, match="deflate body"):
        unpack(b"<html>", "deflate", 10**6)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_a_whole_document_that_was_never_packed_is_what_it_is(encoding: str) -> None:
    for body in (PAGE, ANSWER, b"\xef\xbb\xbf\n" + PAGE):
        assert unpack(body, encoding, 999) == body
        assert is_mislabelled(body, encoding)
        assert not is_mislabelled(body, "utf-8")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_document_cut_anywhere_is_never_taken_as_it_is(encoding: str) -> None:
    for length in range(1, len(PAGE) - len(b"</html>")):
        assert not is_mislabelled(PAGE[:length], encoding)
        with pytest.raises((TruncatedBodyError, UnknownEncodingError)):
            unpack(PAGE[:length], encoding, 999)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "gzip, gzip", "", ",,"]))
def test_no_bytes_raise_anything_else(body: bytes, encoding: str) -> None:
    try:
        assert isinstance(unpack(body, encoding, 1000), bytes)
    except (TruncatedBodyError, BodyTooLargeError, UnknownEncodingError) as error:
        shown = str(error)
    else:
        shown = ""
    assert shown.isprintable()


@pytest.mark.parametrize(("encoding", "pack"), PACKERS)
def test_a_bomb_stops_at_the_bound(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    bomb = pack(bytes(5_000_000))
    with pytest.raises(BodyTooLargeError, match="more than 1000 bytes"):
        unpack(bomb, encoding, 1000)
    assert unpack(bomb, encoding, 1000, cut=True) == bytes(1000)


def test_a_bomb_of_layers_or_members_stops_too() -> None:
    twice = gzip.compress(gzip.compress(TEXT))
    assert unpack(twice, "gzip, gzip", len(TEXT)) == TEXT
    with pytest.raises(UnknownEncodingError, match="packed 3 times"):
        unpack(gzip.compress(twice), "gzip, gzip, gzip", 10**6)
    with pytest.raises(BodyTooLargeError, match="more than 100 members"):
        unpack(gzip.compress(b"") * 500_000, "gzip", 10**6)


def test_members_after_one_another_are_one_body_and_zeros_after_them_nothing() -> None:
    assert (
        unpack(gzip.compress(b"mot ") + gzip.compress(b"hai") + bytes(9), "gzip", 99) == b"mot hai"
    )
    with pytest.raises(TruncatedBodyError):
        unpack(gzip.compress(b"mot ") + gzip.compress(b"hai")[:-3], "gzip", 99)
    with pytest.raises(TruncatedBodyError):
        unpack(gzip.compress(b"mot ") + b"\x1f", "gzip", 99)


PAGE = "<!DOCTYPE html><html><body><p>Sớm mai chợ họp.</p></body></html>".encode()
ANSWER = b'{"response": [], "total": 0}'


@pytest.mark.parametrize("junk", [b"rac", b"\n", b"\0\0x", b"<!-- 12 ms -->"])
def test_bytes_behind_a_whole_member_are_ignored(junk: bytes) -> None:
    assert unpack(gzip.compress(PAGE) + junk, "gzip", 999) == PAGE
    assert unpack(zlib.compress(PAGE) + junk, "deflate", 999) == PAGE


@pytest.mark.parametrize("body", [PAGE, ANSWER, b"\xef\xbb\xbf\n" + PAGE])
@pytest.mark.parametrize("encoding", ["utf-8", "none", "8bit", "binary", "UTF-8, none"])
def test_a_readable_text_is_what_it_is_whatever_its_packing_is_called(
    body: bytes, encoding: str
) -> None:
    assert unpack(body, encoding, 999) == body


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,x-gzip", "utf-8, gzip", "gzip, utf-8"])
def test_what_is_packed_once_and_named_twice_is_unpacked_once(encoding: str) -> None:
    assert unpack(gzip.compress(PAGE), encoding, 999) == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "gzip, gzip"])
@pytest.mark.parametrize("body", [PAGE[:40], ANSWER[:-3]])
def test_half_a_text_is_not_whole_because_its_packing_is_wrong(body: bytes, encoding: str) -> None:
    with pytest.raises((TruncatedBodyError, UnknownEncodingError)):
        unpack(body, encoding, 999)


def test_a_stopped_download_gives_what_came() -> None:
    packed = gzip.compress(random.Random(1).randbytes(9000))  # noqa: S311
    piece = unpack(packed[:5000], "gzip", 10**6, ends=False)
    assert 4000 < len(piece) < 9000
    assert unpack(packed, "gzip", 10**6).startswith(piece)


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, br", "\x1b[2J"])
def test_what_was_not_asked_for_is_unknown(encoding: str) -> None:
    with pytest.raises(UnknownEncodingError) as caught:
        unpack(b"x", encoding, 99)
    assert str(caught.value).isprintable()
    assert encoding.encode() not in ACCEPTED


def test_nothing_is_nothing_in_every_packing() -> None:
    for encoding in ("gzip", "deflate", "identity", ""):
        assert unpack(b"", encoding, 99) == b""
