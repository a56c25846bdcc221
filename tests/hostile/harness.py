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


@contextmanager
def running(*options: str) -> Iterator[Running]:
    """A server with these options, ended with the block."""
    command = [sys.executable, str(HERE / "server.py"), "--port", "0", "--max-seconds", "300"]
    child = subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        yield Running(json.loads(child.stdout.readline())["port"])
    finally:
        child.terminate()
        child.wait(10)
        if child.stdout is not None:
            child.stdout.close()


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
