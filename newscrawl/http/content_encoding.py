"""A body without its Content-Encoding: whole, or an error; never more than a bound of it.

Only gzip and deflate are asked for: they are what every server has, and their ends can be told.
"""

import zlib
from typing import Final

ACCEPTED: Final = b"gzip, deflate"
_MAX_LAYERS: Final = 2
_MAX_MEMBERS: Final = 100  # of a gzip body; one is usual, and each costs a copy of the rest


class TruncatedBodyError(ValueError):
    """The packed body ends early, is damaged, or is not packed as its header says."""


class BodyTooLargeError(ValueError):
    """The body is larger than the bound once unpacked."""


class UnknownEncodingError(ValueError):
    """The body is packed in a way that was not asked for, or too often."""


def unpack(
    body: bytes, encoding: str, limit: int, *, cut: bool = False, ends: bool = True
) -> bytes:
    r"""The body as it was before packing; `encoding` is the value of Content-Encoding.

    With `cut` the first `limit` bytes are enough and a larger body is no error; without `ends`
    neither is one that ends early, because its download was stopped.

    >>> import gzip
    >>> unpack(gzip.compress(b"Na Hang"), "gzip", 100)
    b'Na Hang'
    >>> unpack(gzip.compress(b"Na Hang")[:-9], "gzip", 100)
    Traceback (most recent call last):
    newscrawl.http.content_encoding.TruncatedBodyError: gzip body ends early

    Raises TruncatedBodyError, BodyTooLargeError, UnknownEncodingError. An empty body is empty in
    every encoding.
    """
    layers = [name for part in encoding.split(",") if (name := part.strip().lower())]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > _MAX_LAYERS:
        raise UnknownEncodingError(f"packed {len(layers)} times")
    for name in reversed(layers):
        if name in ("gzip", "x-gzip"):
            body = _gunzip(body, limit, cut, ends)
        elif name == "deflate":
            body = _inflate(body, limit, cut, ends)
        else:
            raise UnknownEncodingError(f"packed as {name[:40]!r}")
    return body


def _gunzip(body: bytes, limit: int, cut: bool, ends: bool) -> bytes:
    """Every member of a gzip file (RFC 1952, section 2.2), its checksums compared."""
    parts: list[bytes] = []
    left = limit
    for _ in range(_MAX_MEMBERS):
        if not body.strip(b"\0"):  # zeros after the last member are padding, as gzip(1) takes them
            return b"".join(parts)
        member, body = _stream(body, zlib.MAX_WBITS | 16, left, "gzip", cut, ends)
        parts.append(member)
        left -= len(member)
        if cut and left <= 0:
            return b"".join(parts)
    raise BodyTooLargeError(f"gzip body of more than {_MAX_MEMBERS} members")


def _inflate(body: bytes, limit: int, cut: bool, ends: bool) -> bytes:
    """A zlib stream, or a bare deflate one as some servers send it."""
    if not body:
        return b""
    wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2].ljust(2, b"\0")) % 31 == 0
    bits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return _stream(body, bits, limit, "deflate", cut, ends)[0]


def _stream(
    body: bytes, bits: int, limit: int, name: str, cut: bool, ends: bool
) -> tuple[bytes, bytes]:
    """The first `limit` unpacked bytes of one stream, and what follows the stream."""
    unpacker = zlib.decompressobj(bits)
    try:
        out = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise TruncatedBodyError(f"{name} body is damaged: {error}") from error
    if len(out) > limit:
        if cut:
            return out[:limit], b""
        raise BodyTooLargeError(f"{name} body unpacks to more than {limit} bytes")
    if ends and not unpacker.eof:
        raise TruncatedBodyError(f"{name} body ends early")
    return out, unpacker.unused_data
