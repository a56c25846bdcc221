"""Content-Encoding: unpack a body whole, or raise; never beyond a bound.

Requests accept only gzip and deflate: every server has them, and each marks its own end, so that
a truncated body is recognised. Wrong headers are tolerated where the bytes leave no doubt: a
readable text under a name that is no packing (`utf-8`, `none`) is taken as it is, so is a whole
readable document under the name of a packing, a packing named twice may be one, and bytes behind a
whole gzip member are ignored.
"""

import json
import re
import zlib
from typing import Final

ACCEPTED: Final = b"gzip, deflate"
_LAYERS_MAX: Final = 2
_GZIP_MAGIC: Final = b"\x1f\x8b"
_PACKINGS: Final = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress"})
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_GZIP_MEMBERS_MAX: Final = 100  # one is usual, and each further one costs a copy of the rest


_CHUNK_HEAD: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")


class TruncatedBodyError(ValueError):
    """A packed body ends early, is damaged, or is not packed as its header says."""


class BodyTooLargeError(ValueError):
    """An unpacked body is larger than the bound."""


class UnknownEncodingError(ValueError):
    """A body is packed in a way that the request did not accept, or too often."""


def unpack(
    body: bytes, encoding: str, limit: int, *, cut: bool = False, ends: bool = True
) -> bytes:
    r"""Return a body without its Content-Encoding.

    Args:
        body: The bytes as they came over the wire.
        encoding: The value of the header Content-Encoding.
        limit: The most bytes to unpack.
        cut: Return the first `limit` bytes of a larger body instead of raising.
        ends: False where the download was stopped on purpose; an early end is no error then.

    >>> import gzip
    >>> unpack(gzip.compress(b"Na Hang"), "gzip", 100)
    b'Na Hang'
    >>> unpack(gzip.compress(b"Na Hang")[:-9], "gzip", 100)
    Traceback (most recent call last):
    newscrawl.http.content_encoding.TruncatedBodyError: gzip body ends early

    Raises TruncatedBodyError, BodyTooLargeError, UnknownEncodingError. An empty body is empty in
    every encoding.
    """
    for name in reversed(_layers(encoding)):
        if _is_plain(body, is_whole=name in _PACKINGS):
            continue
        if name in ("gzip", "x-gzip"):
            body = _gunzip(body, limit, cut, ends)
        elif name == "deflate":
            body = _inflate(body, limit, cut, ends)
        else:
            raise UnknownEncodingError(f"packed as {name[:40]!r}")
    return body


def joined_chunks(body: bytes) -> bytes:
    r"""Return a body without the frames of Transfer-Encoding: chunked (RFC 9112, section 7.1).

    Some programs store bodies joined and keep the header; a body without a frame at its beginning
    is returned as it is. Raises TruncatedBodyError where frames end before the last one.

    >>> joined_chunks(b"3\r\nNa \r\n4;x=y\r\nHang\r\n0\r\n\r\n")
    b'Na Hang'
    >>> joined_chunks(b"<html></html>")
    b'<html></html>'
    >>> joined_chunks(b"7\r\nNa H")
    Traceback (most recent call last):
    newscrawl.http.content_encoding.TruncatedBodyError: chunked body ends early
    """
    parts: list[bytes] = []
    at = 0
    while (head := _CHUNK_HEAD.match(body, at)) is not None:
        size, begin = int(head[1], 16), head.end()
        if size == 0:
            return b"".join(parts)
        parts.append(body[begin : begin + size])
        at = begin + size + 2
    if at == 0:
        return body
    raise TruncatedBodyError("chunked body ends early")


def is_mislabelled(body: bytes, encoding: str) -> bool:
    """Return whether a body that was never packed bears the name of a packing.

    >>> is_mislabelled(b"<!DOCTYPE html><html><body><p>Na Hang</p></body></html>", "gzip")
    True
    >>> is_mislabelled(b"<!DOCTYPE html><html><body><p>Na", "gzip")
    False
    """
    return not _PACKINGS.isdisjoint(_layers(encoding)) and _is_plain(body, is_whole=True)


def _layers(encoding: str) -> list[str]:
    """Return the packings that the header names, the first one applied first."""
    layers = [name for part in encoding.split(",") if (name := part.strip().lower())]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > _LAYERS_MAX:
        raise UnknownEncodingError(f"packed {len(layers)} times")
    # `utf-8` beside a packing says nothing; alone it must stand for a text that was never packed.
    return [name for name in layers if name in _PACKINGS] or layers


def _is_plain(body: bytes, *, is_whole: bool) -> bool:
    """Return whether a body is a text that is not packed, whatever its header says.

    No packed body begins with "<" or is JSON: gzip begins with its magic number, and a deflate or
    brotli stream does not spell out `</html` at its end.

    Args:
        body: The bytes.
        is_whole: Whether the text must show its end, because the header names a packing: half a
            text is no proof that the header is wrong.
    """
    start = body[:64].removeprefix(_BYTE_ORDER_MARK).lstrip()[:1]
    if start == b"<":
        return not is_whole or b"</html" in body[-4096:].lower()
    return start in (b"{", b"[") and (not is_whole or _is_json(body))


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _gunzip(body: bytes, limit: int, cut: bool, ends: bool) -> bytes:
    """Return all members of a gzip body (RFC 1952, section 2.2); zlib compares their checksums."""
    parts: list[bytes] = []
    left = limit
    for _ in range(_GZIP_MEMBERS_MAX):
        if not body.strip(b"\0"):  # zeros after the last member are padding, as gzip(1) takes them
            return b"".join(parts)
        member, body = _stream(body, zlib.MAX_WBITS | 16, left, "gzip", cut, ends)
        parts.append(member)
        if body[:2] != _GZIP_MAGIC[: len(body)]:
            body = b""  # what follows is no member, and not the beginning of one either
        left -= len(member)
        if cut and left <= 0:
            return b"".join(parts)
    raise BodyTooLargeError(f"gzip body of more than {_GZIP_MEMBERS_MAX} members")


def _inflate(body: bytes, limit: int, cut: bool, ends: bool) -> bytes:
    """Return an unpacked zlib stream, or the bare deflate stream that some servers send."""
    if not body:
        return b""
    wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2].ljust(2, b"\0")) % 31 == 0
    bits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return _stream(body, bits, limit, "deflate", cut, ends)[0]


def _stream(
    body: bytes, bits: int, limit: int, name: str, cut: bool, ends: bool
) -> tuple[bytes, bytes]:
    """Return the first `limit` unpacked bytes of one stream, and the bytes after the stream."""
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
