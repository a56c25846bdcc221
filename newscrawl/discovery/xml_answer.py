"""XML answers (feeds, sitemaps): unpacked, whole, of bounded size, without declared entities.

A document that declares entities is refused before any parser sees it: an entity may name a file,
a host, or itself a thousand million times, and neither feeds nor sitemaps need one.
"""

import re
import zlib
from typing import Final

from newscrawl.exceptions import ExtractionError, IncompletePageError, PageTooLargeError
from newscrawl.page.bot_wall import looks_like_bot_wall
from newscrawl.page.document import Document

_GZIP: Final = b"\x1f\x8b"
_HEAD_BYTES: Final = 4096
_TAIL_BYTES: Final = 4096
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)[\s/>]")
_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def xml_of(document: Document, max_bytes: int) -> bytes:
    """Return the answer's XML, unpacked where the file itself is gzip.

    Args:
        document: the answer.
        max_bytes: the most bytes of the unpacked document.

    Raises:
        ExtractionError: the answer is HTML or no markup, or declares entities.
        IncompletePageError: the answer is empty, a bot wall, cut off, or damaged gzip.
        PageTooLargeError: the answer has more than `max_bytes`.
    """
    raw = document.body
    if raw.startswith(_GZIP):
        raw = _gunzipped(raw, max_bytes, document.url)
    if len(raw) > max_bytes:
        raise PageTooLargeError(document.url, f"more than {max_bytes} bytes")
    if not raw.strip(b" \t\r\n\0"):
        raise IncompletePageError(document.url, "empty")
    if looks_like_bot_wall(raw, document.status):
        raise IncompletePageError(document.url, "a bot wall")
    plain = raw.replace(b"\0", b"")  # of UTF-16 and UTF-32, letters of ASCII are left
    if b"<!ENTITY" in plain:
        raise ExtractionError("list", document.url, "the XML declares entities: refused")
    _check_root(plain, document.url)
    return raw


def _check_root(plain: bytes, url: str) -> None:
    """Raise for HTML, for no markup, and for a document whose root element does not end."""
    head = plain[:_HEAD_BYTES]
    root = _ROOT.search(head)
    if _HTML.search(head) and (root is None or root[1].lower() in (b"html", b"head", b"body")):
        raise ExtractionError("list", url, "HTML instead of XML")
    if root is None:
        raise ExtractionError("list", url, "no XML")
    tail = plain[-_TAIL_BYTES:]
    if b"</" + root[1] not in tail and not plain.rstrip().endswith(b"/>"):
        raise IncompletePageError(url, f"no </{root[1].decode('ascii', 'replace')}>: cut off")


def _gunzipped(packed: bytes, max_bytes: int, url: str) -> bytes:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        out = unpacker.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise IncompletePageError(url, f"damaged gzip: {error}") from error
    if len(out) > max_bytes:
        raise PageTooLargeError(url, f"unpacks to more than {max_bytes} bytes")
    if not unpacker.eof:
        raise IncompletePageError(url, "gzip ends early")
    return out
