"""For tests: the server as a child process, and a small crawl on it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.commands import run_program

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Running:
    """A server that listens."""

    port: int

    @property
    def mirror(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def control(self, verb: str) -> str:
        address = f"http://127.0.0.1:{self.port}/__ctl/{verb}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            text: str = answer.read().decode("utf-8", "surrogatepass")
            return text

    def stats(self) -> dict[str, Any]:
        stats: dict[str, Any] = json.loads(self.control("stats"))
        return stats


class _Process:
    """A server's process, which ends with this one."""

    def __init__(self, *options: str) -> None:
        command = [sys.executable, str(HERE / "server.py"), "--port", "0", "--with-stdin"]
        pipe = subprocess.PIPE
        self.child = subprocess.Popen([*command, *options], stdin=pipe, stdout=pipe, text=True)
        assert self.child.stdout is not None
        self.server = Running(json.loads(self.child.stdout.readline())["port"])

    def renew(self, *options: str) -> None:
        """Have it serve as if started with these options, with nothing seen yet."""
        self.server.control(f"renew?{urlencode({'argv': json.dumps(options)})}")

    def end(self) -> None:
        self.child.terminate()
        self.child.communicate(timeout=10)


_SPARE: list[_Process] = []
_OF_THE_START = frozenset(["--port", "--bind", "--canary-port", "--tls-port"])


@contextmanager
def running(*options: str) -> Iterator[Running]:
    """A server with these options that has seen nothing.

    One process serves the whole run and is renewed for each block; a block within a block, and
    options of the process itself, start another.
    """
    if not _OF_THE_START.isdisjoint(options):
        process = _Process(*options)
        try:
            yield process.server
        finally:
            process.end()
        return
    process = _SPARE.pop() if _SPARE else _Process()
    process.renew(*options)
    try:
        yield process.server
    finally:
        process.renew()
        _SPARE.append(process)


@dataclass
class Crawled:
    """What a small crawl brought."""

    reason: str
    stats: dict[str, Any]
    got: list[tuple[str, str]] = field(default_factory=list)
    """(path, outcome) of each request in the order of the answers"""
    said: str = ""
    """What it wrote to its log"""

    def outcome(self, path: str) -> str:
        return dict(self.got)[path]

    def count(self, name: str) -> int:
        return int(self.stats.get(f"newscrawl/{name}", 0))


def crawl(server: Running, *paths: str, **settings: Any) -> Crawled:
    """A crawl of https://baothu.vn<path> through the server, with these settings on top."""
    asked = {"mirror": server.mirror, "paths": paths, "settings": settings}
    done = run_program("tests.hostile.probe", json.dumps(asked), timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Crawled(
        found["reason"], found["stats"], [(path, said) for path, said in found["got"]], done.stderr
    )
