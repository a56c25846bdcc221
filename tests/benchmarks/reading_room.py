"""What searches in a reading room cost: by the wall clock, CPU, and the server's memory.

    python -m tests.benchmarks.reading_room ARCHIVE_OR_FILE [options of serve]

Thirty searches, each five times, in rounds, so that no answer comes from the server's memory of the
last eight searches; then the articles of two pages and the coverage page. The wall clock counts
only on a machine that does nothing else: the load is printed with it.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

ROUNDS: Final = 5
SEARCHES: Final[tuple[dict[str, str], ...]] = (
    {}, {"page": "900"}, {"newspaper": "baocaobang"}, {"kind": "photo"}, {"year": "2026"},
    {"q": "dong bao"}, {"q": "đồng bào"}, {"q": '"đồng bào"'}, {"q": '"dong bao"'},
    {"q": "xa"}, {"q": "xã"}, {"q": "xã", "page": "2"}, {"q": "nguoi dan"}, {"q": "người dân"},
    {"q": "và"}, {"q": "cua"}, {"q": "cua", "exact": "1"}, {"q": "a"}, {"q": "t*"}, {"q": "đ*"},
    {"q": "lũ*"}, {"q": "tuyen*"}, {"q": "nguyen NOT xa"}, {"q": "đồng -bào"},
    {"q": "mua OR lu"}, {"q": "mưa OR lũ OR bão OR nắng"}, {"q": '"hop tac xa" OR "hợp tác"'},
    {"q": "xã", "newspaper": "baocaobang", "year": "2025"}, {"q": "zzzz"},
    {"q": '"tổ quốc việt nam" OR t* NOT "ủy ban nhân dân"'},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer cost."""

    wall_ms: float
    cpu_ms: float


class Server:
    """A running reading room."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self._connection = HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str) -> str:
        """Return the body of an answer; raises OSError for any but 200."""
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise OSError(f"{path}: {answer.status}")
        return body

    def measured(self, path: str) -> Cost:
        """Return what an answer costs."""
        cpu, began = self.cpu_ms(), perf_counter()
        self.get(path)
        return Cost(1000 * (perf_counter() - began), self.cpu_ms() - cpu)

    def cpu_ms(self) -> float:
        """Return the processor time of the server's threads so far."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e6

    def memory_mb(self, name: str) -> float:
        """Return a figure of /proc/PID/status in MB of 10^6 bytes: VmHWM, VmRSS, RssAnon."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        return int(status.partition(f"{name}:")[2].split()[0]) * 1024 / 1e6


@contextmanager
def running_room(*given: str) -> Iterator[Server]:
    """Start `newscrawl serve` on a free port of this machine, and stop it when the block ends."""
    command = [sys.executable, "-m", "newscrawl.cli.main", "serve", *given, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        if found is None:
            sys.exit(said + process.stderr.read())
        try:
            yield Server(process.pid, int(found[1]))
        finally:
            process.terminate()


def main(*given: str) -> None:
    """Print a line a search as JSON, then the server's memory and the machine's load."""
    with running_room(*given) as server:
        first = server.get("/?lang=en")
        found: list[list[Cost]] = [[] for _ in SEARCHES]
        for _ in range(ROUNDS):
            for search, costs in zip(SEARCHES, found, strict=True):
                costs.append(server.measured(f"/?{urlencode({**search, 'lang': 'en'})}"))
        for search, costs in zip(SEARCHES, found, strict=True):
            name = " ".join(f"{name}={value}" for name, value in search.items())
            print(json.dumps({"search": name, **told(costs)}, ensure_ascii=False), flush=True)
        links = re.findall(r'href="(/article\?[^"]+)"', first + server.get("/?page=300"))
        articles = [server.measured(link.replace("&amp;", "&")) for link in links]
        if "/coverage" in first:
            server.get("/coverage")
        names = ("VmHWM", "VmRSS", "RssAnon")
        memory = {f"{name}_mb": round(server.memory_mb(name), 1) for name in names}
        load = {"load": [round(one, 2) for one in os.getloadavg()]}
        print(json.dumps({"articles": len(articles), **told(articles), **memory, **load}))


def told(costs: list[Cost]) -> dict[str, float]:
    """Return medians and maxima in milliseconds."""
    figures = {
        "wall": [one.wall_ms for one in costs],
        "cpu": [one.cpu_ms for one in costs],
    }
    return {
        f"{name}_ms_{kind.__name__}": round(kind(values), 1)
        for name, values in figures.items()
        for kind in (median, max)
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
