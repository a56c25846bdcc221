"""The answer as it came over the wire, before anything is decoded.

The record stands apart from the download handler that fills it, so that a command which asks
nothing of the web need not load an HTTP client.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """An answer as it came over the wire: the content of a WARC record."""

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
