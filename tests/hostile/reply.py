"""What is asked and what is answered, and where an answer may point to."""

from __future__ import annotations

import asyncio
import ipaddress
import random
import socket
import struct
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
Headers = list[tuple[str, str]]


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=lambda: [("Content-Type", "text/html; charset=utf-8")])

    def set(self, name: str, value: str) -> Reply:
        kept = [(k, v) for k, v in self.headers if k.lower() != name.lower()]
        self.headers = [*kept, (name, value)]
        return self


@dataclass
class Request:
    method: str
    target: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    attempt: int = 1


def head(
    reply: Reply, *extra: tuple[str, str], length: int | None = None, close: bool = True
) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'X')}"]
    lines += [f"{k}: {v}" for k, v in (*reply.headers, *extra)]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    lines.append(f"Connection: {'close' if close else 'keep-alive'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogatepass")


@dataclass
class Exchange:
    """One request, the right reply to it, and the connection."""

    request: Request
    reply: Reply
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    stop: asyncio.Event
    rng: random.Random
    told_at: float | None = None
    """When the first byte of the answer was written, monotonic; the client cannot know it before"""

    def write(self, data: bytes) -> None:
        self.told_at = self.told_at or time.monotonic()
        self.writer.write(data)

    def send(self, body: bytes, *extra: tuple[str, str]) -> None:
        """The reply's head with a right length, and a body."""
        self.write(head(self.reply, *extra, length=len(body)) + body)

    async def wait(self, seconds: float) -> None:
        """Waits, but no longer than the server runs and the client listens."""
        end = asyncio.get_running_loop().time() + seconds
        while not (self.stop.is_set() or self.is_left):
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return
            await asyncio.sleep(min(left, 0.05))

    @property
    def is_left(self) -> bool:
        return self.reader.at_eof() or self.writer.is_closing()

    def reset(self) -> None:
        sock = self.writer.get_extra_info("socket")
        if sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def isolated() -> bool:
    """Whether this network namespace has nothing but loopback: nothing in it can leave."""
    return all(name == "lo" for _, name in socket.if_nameindex())


def harmless(url: str, own: str = "") -> bool:
    """Whether a crawler that takes this address stays on this machine.

    `own` is the Host the server was asked as: whoever asks for that host gets this server.
    """
    try:
        u = urlsplit(url)
    except ValueError:
        return True  # nobody can ask for it
    if u.hostname and u.hostname == own.partition(":")[0]:
        return True
    local = u.scheme not in ("http", "https", "ftp", "") or not u.hostname
    if local or u.hostname == "localhost" or (u.hostname or "").endswith(".invalid") or isolated():
        return True
    try:
        return ipaddress.ip_address(u.hostname or "").is_loopback
    except ValueError:
        return False
