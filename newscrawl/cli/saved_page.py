"""The bytes of a saved page, unpacked where the file was saved as it came over the wire."""

import sys
from typing import Final

import brotli

from newscrawl.exceptions import ArgumentError
from newscrawl.http.content_encoding import unpack

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_PAGE_MAX_BYTES: Final = 64 * 1024 * 1024  # twice Scrapy's own limit
_HEAD_BYTES: Final = 512
_BINARY_MIN_SHARE: Final = 0.02  # of control characters; text has none, packed bytes have a tenth
_WIDE_MIN_SHARE: Final = 0.2  # of NULs
_LAYERS_MAX: Final = 2
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_CONTROLS: Final = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x1b")


def unpacked(saved: bytes) -> bytes:
    """Return the bytes of a saved page without gzip, deflate, zstd or brotli.

    >>> import gzip
    >>> unpacked(gzip.compress(b"<p>Na Hang</p>")), unpacked(b"<p>Na Hang</p>")
    (b'<p>Na Hang</p>', b'<p>Na Hang</p>')

    Raises:
        ArgumentError: The file is packed and damaged, too large, or is binary in another way.
    """
    for _ in range(_LAYERS_MAX):
        try:
            if saved.startswith(_ZSTD):
                saved = _without_zstd(saved)
            else:
                encoding = "gzip" if saved.startswith(_GZIP) else "deflate"
                is_packed = saved.startswith((_GZIP, *_ZLIB))
                saved = unpack(saved, encoding, _PAGE_MAX_BYTES) if is_packed else saved
        except (ValueError, zstd.ZstdError) as error:
            raise ArgumentError(f"the file is packed and cannot be unpacked: {error}") from error
    return _without_brotli(saved) if _is_binary(saved) else saved


def _without_zstd(saved: bytes) -> bytes:
    """Return the bytes without zstd; raise ValueError for a truncated or too large page."""
    decompressor = zstd.ZstdDecompressor()
    found = _bounded(decompressor.decompress(saved, _PAGE_MAX_BYTES + 1))
    if not decompressor.eof:
        raise ValueError("zstd body ends early")
    return found


def _without_brotli(saved: bytes) -> bytes:
    """Return the bytes without brotli, which has no magic number."""
    try:
        decompressor = brotli.Decompressor()
        found = decompressor.process(saved, output_buffer_limit=_PAGE_MAX_BYTES + 1)
    except brotli.error as error:
        raise ArgumentError("the file is no page: its bytes are no text") from error
    if not decompressor.is_finished():
        raise ArgumentError("the file is packed with brotli and cannot be unpacked: it ends early")
    return _bounded(found)


def _bounded(page: bytes) -> bytes:
    if len(page) > _PAGE_MAX_BYTES:
        raise ValueError(f"more than {_PAGE_MAX_BYTES} bytes")
    return page


def _is_binary(saved: bytes) -> bool:
    """Return whether the bytes are no text; UTF-16, full of NULs, is text."""
    head = saved[:_HEAD_BYTES]
    if head.count(0) > _WIDE_MIN_SHARE * len(head):
        return False
    return sum(byte in _CONTROLS for byte in head) > max(1, _BINARY_MIN_SHARE * len(head))
