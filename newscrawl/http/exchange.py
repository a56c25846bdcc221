"""One request and its response as they crossed the wire, before anything is read from them.

The class stands apart from the handler that makes it, so that a command without network access
need not import an HTTP client.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

Headers = Sequence[tuple[str, str]]
"""In order and in the sender's spelling; each byte of a value is one character (latin-1)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What a WARC record needs of a request and its response."""

    url: str
    method: str = "GET"
    request_headers: Headers
    status: int
    reason: str
    http_version: str
    """HTTP/1.1 or HTTP/1.0"""
    response_headers: Headers
    """Transfer-Encoding describes the wire, not `body`"""
    body: bytes
    """Chunks joined, Content-Encoding still applied"""
    ip: str | None
    """Address of the server; None = not known"""
    started_at: datetime
    """When the request left, UTC"""
    received_at: datetime
    """When the last byte had come, UTC"""
