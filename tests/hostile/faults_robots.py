"""Robots files that are hard to read."""

from __future__ import annotations

from tests.hostile.reply import Exchange

ALL = "User-agent: *\nDisallow: /\n"
ROBOTS: dict[str, bytes] = {
    "huge": b"User-agent: *\n" + b"# " + b"x" * 600_000 + b"\nDisallow: /\n",  # past 500 KiB
    "hugefirst": ALL.encode() + b"Disallow: /x%020d\n" % 0 * 30_000,
    "bom": b"\xef\xbb\xbf" + ALL.encode(),
    "html": b"<html><title>Trang chu</title></html>",
    "empty": b"",
    "all": ALL.encode(),
    "cr": ALL.replace("\n", "\r").encode(),
    "nul": b"User-agent: *\0\nDisallow: /\n",
    "utf16": ALL.encode("utf-16"),
    "delay": b"User-agent: *\nCrawl-delay: 999999\n",
    "neg": b"User-agent: *\nCrawl-delay: -5\n",
    "redos": b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"$\n",
}


async def f_robots(x: Exchange, kind: str = "huge") -> None:
    x.reply.set("Content-Type", "text/plain")
    x.send(ROBOTS[kind])
