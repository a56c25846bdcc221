"""Faults of the connection and of the bytes on it."""

from __future__ import annotations

import asyncio
import gzip
import importlib.util
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.hostile.reply import Exchange, Reply, head

# Only for the brotli bomb; run with the crawler's own interpreter to have it.
brotli: Any = importlib.import_module("brotli") if importlib.util.find_spec("brotli") else None


def _half(x: Exchange) -> bytes:
    return x.reply.body[: len(x.reply.body) // 2]


async def f_status(x: Exchange, spec: str = "503") -> int:
    """That status; with Retry-After in seconds (429:7), as a date (429:@7), or as it stands."""
    code, _, after = spec.partition(":")
    x.reply = Reply(f"<h1>{code}</h1>".encode(), int(code))
    if after.startswith("@"):
        now = datetime.now(UTC)
        x.reply.set("Date", format_datetime(now, usegmt=True))
        until = now + timedelta(seconds=float(after[1:]) + 1)  # a date has whole seconds
        after = format_datetime(until, usegmt=True)
    if after:
        x.reply.set("Retry-After", after)
    x.send(x.reply.body)
    return x.reply.status


async def f_refuse(x: Exchange) -> None:
    """Reset before a byte."""
    x.reset()


async def f_close(_: Exchange) -> int:
    """Orderly close before a byte."""
    return 0


async def f_reset(x: Exchange) -> None:
    """Reset in the middle of the body."""
    x.write(head(x.reply, length=len(x.reply.body)) + _half(x))
    await x.writer.drain()
    await asyncio.sleep(0.05)
    x.reset()


async def f_short(x: Exchange) -> None:
    """Content-Length promises more than comes."""
    x.write(head(x.reply, length=len(x.reply.body)) + _half(x))


async def f_long(x: Exchange) -> None:
    """Content-Length promises less than comes."""
    x.write(head(x.reply, length=len(x.reply.body) // 2) + x.reply.body)


async def f_nolength(x: Exchange) -> None:
    """No length, the body ends at half by a close: cannot be told from a whole page."""
    x.write(head(x.reply) + _half(x))


async def f_badchunk(x: Exchange) -> None:
    """Chunked, the last chunk never comes."""
    body = _half(x)
    x.write(head(x.reply, ("Transfer-Encoding", "chunked")))
    x.write(b"%x\r\n" % len(body) + body + b"\r\n")


async def f_junkchunk(x: Exchange) -> None:
    x.write(head(x.reply, ("Transfer-Encoding", "chunked")) + b"zz\r\n" + x.reply.body)


async def f_truncgzip(x: Exchange) -> None:
    """Half a gzip stream, its length right."""
    packed = gzip.compress(x.reply.body, mtime=0)
    x.send(packed[: len(packed) // 2], ("Content-Encoding", "gzip"))


async def f_crcgzip(x: Exchange) -> None:
    packed = gzip.compress(x.reply.body, mtime=0)[:-8] + b"\0" * 8
    x.send(packed, ("Content-Encoding", "gzip"))


async def f_liegzip(x: Exchange) -> None:
    """Says gzip, is plain."""
    x.send(x.reply.body, ("Content-Encoding", "gzip"))


async def f_bomb(x: Exchange, mb: str = "512", kind: str = "gzip") -> None:
    """A small body that unpacks to MB megabytes."""
    chunk = b"<p>" + b" " * (1 << 20)
    compress: Callable[[bytes], bytes]
    if kind == "br" and brotli is not None:
        packer = brotli.Compressor(quality=1)
        compress, finish = packer.process, packer.finish
    else:
        kind = kind if kind == "deflate" else "gzip"
        zipper = zlib.compressobj(9, wbits=31 if kind == "gzip" else 15)
        compress, finish = zipper.compress, zipper.flush
    packed = b"".join(compress(chunk) for _ in range(int(mb))) + finish()
    x.send(packed, ("Content-Encoding", kind))


async def f_big(x: Exchange, mb: str = "200", how: str = "length") -> None:
    """MB megabytes of HTML; how=close hides the length."""
    n, chunk = int(mb), (b"<p>" + b"chu " * 1000 + b"</p>\n") * 262
    x.write(head(x.reply, length=n * len(chunk) if how == "length" else None))
    for _ in range(n):
        x.write(chunk)
        await x.writer.drain()


async def f_stall(x: Exchange, seconds: str = "3600") -> None:
    """Half a body, then silence."""
    x.write(head(x.reply, length=len(x.reply.body)) + _half(x))
    await x.writer.drain()
    await x.wait(float(seconds))


async def f_mute(x: Exchange, seconds: str = "3600") -> int:
    """Never a byte."""
    await x.wait(float(seconds))
    return 0


async def f_drip(x: Exchange, per_second: str = "1", seconds: str = "3600") -> None:
    """Slow loris: a byte at a time, never idle."""
    x.write(head(x.reply, length=len(x.reply.body)))
    clock = asyncio.get_running_loop().time
    end = clock() + float(seconds)
    for octet in x.reply.body:
        x.write(bytes([octet]))
        await x.writer.drain()
        if clock() > end or x.stop.is_set() or x.is_left:
            return
        await x.wait(1 / float(per_second))


async def f_badstatus(x: Exchange) -> int:
    x.write(b"HTTP/9.9 abc Lorem\r\n\r\n" + x.reply.body)
    return 0


async def f_badheader(x: Exchange) -> None:
    x.send(
        x.reply.body,
        ("X-Dài", "é" * 20),
        ("Bad Name", "1"),
        ("Content-Type", "text/html; charset=không-có"),
    )


async def f_hugeheader(x: Exchange, kb: str = "200") -> None:
    x.send(x.reply.body, ("X-Big", "a" * 1024 * int(kb)))


async def f_cookiebomb(x: Exchange, n: str = "200") -> None:
    crumbs = (f"c{x.rng.getrandbits(40):x}{i}={'v' * 3000}; Path=/" for i in range(int(n)))
    x.send(x.reply.body, *(("Set-Cookie", crumb) for crumb in crumbs))
