"""What came over the wire, before anything is made of it.

It stands apart from the handler that fills it, so that a command that asks nothing of the web need
not load an HTTP client.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """An answer as it came: what a WARC record needs."""

    status: int
    reason: str
    http_version: str
    """HTTP/1.1 or HTTP/1.0"""
    headers: tuple[tuple[bytes, bytes], ...]
    """In order and in the server's spelling; Transfer-Encoding describes the wire, not `body`"""
    body: bytes
    """Chunks joined, Content-Encoding still on"""
    ip: str
    started_at: datetime
    """When the request left, UTC"""
    received_at: datetime
    """When the last byte had come, UTC"""
