"""The bytes of a saved page, unpacked where the file was saved as it came over the wire."""

from typing import Final

from newscrawl.exceptions import ArgumentError
from newscrawl.http.content_encoding import unpack

_PAGE_MAX_BYTES: Final = 64 * 1024 * 1024  # Scrapy's own default is 32 MiB
_HEAD_BYTES: Final = 512
_BINARY_MIN_SHARE: Final = 0.02  # of control characters; text has none, packed bytes have a tenth
_WIDE_MIN_SHARE: Final = 0.2  # of NULs
_LAYERS_MAX: Final = 2
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_CONTROLS: Final = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\x1b")


def unpacked(saved: bytes) -> bytes:
    """Return the bytes of a saved page without gzip or deflate.

    >>> import gzip
    >>> unpacked(gzip.compress(b"<p>Na Hang</p>")), unpacked(b"<p>Na Hang</p>")
    (b'<p>Na Hang</p>', b'<p>Na Hang</p>')

    Raises:
        ArgumentError: The file is packed in another way (zstd, brotli), or is damaged.
    """
    for _ in range(_LAYERS_MAX):
        encoding = "gzip" if saved.startswith(_GZIP) else "deflate" * saved.startswith(_ZLIB)
        try:
            saved = unpack(saved, encoding, _PAGE_MAX_BYTES)
        except ValueError as error:
            raise ArgumentError(f"the file is packed and cannot be unpacked: {error}") from error
    if saved.startswith(_ZSTD):
        raise ArgumentError("the file is packed with zstd: unpack it first, `zstd -d FILE`")
    if _is_binary(saved):
        raise ArgumentError(
            "the file is no page but packed, perhaps with brotli: unpack it first, `brotli -d FILE`"
        )
    return saved


def _is_binary(saved: bytes) -> bool:
    """Return whether the bytes are no text; UTF-16, full of NULs, is text."""
    head = saved[:_HEAD_BYTES]
    if head.count(0) > _WIDE_MIN_SHARE * len(head):
        return False
    return sum(byte in _CONTROLS for byte in head) > max(1, _BINARY_MIN_SHARE * len(head))
