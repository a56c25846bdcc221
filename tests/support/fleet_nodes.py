"""A fleet of processes on one machine: each node has a folder, all share a queue and a site."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.fleet.queue_store import make_tables, open_store
from newscrawl.fleet.queue_tables import CRAWL
from newscrawl.replica import Replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import ROOT
from tests.support.postgres import ask

BEAT_S = 0.5
QUICK = ("-s", f"QUEUE_BEAT_S={BEAT_S}", "-s", "QUEUE_AGAIN_S=1")


def wait_for(what: Callable[[], object], seconds: float = 120) -> None:
    """Wait until something is true; a busy machine has minutes."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    own = [int(child) for child in text.split()]
    return own + [below for child in own for below in children_of(child)]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@dataclass
class Worker:
    """A node's worker."""

    process: subprocess.Popen[str]

    def end(self) -> tuple[int, str]:
        """Its exit code and what it wrote."""
        _, wrong = self.process.communicate(timeout=180)
        return self.process.returncode, wrong

    def kill(self) -> list[int]:
        """Kill it as a machine that fails does, and return the children that it had."""
        had = children_of(self.process.pid)
        self.process.kill()
        self.process.communicate()
        return had


@dataclass(frozen=True)
class TestFleet:
    """The queue, the folders of the nodes, and the site."""

    __test__ = False

    address: str
    place: Path
    site: Replica
    spiders: str = "tests.support.many_newspapers"

    def archive(self, node: str) -> Path:
        return self.place / node

    def folder(self, newspaper: str) -> Path:
        """The newspaper's folder on the node that holds it."""
        ((node,),) = self.ask("SELECT node FROM newscrawl_places WHERE newspaper = %s", newspaper)
        return self.archive(node) / newspaper

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return ask(self.address, query, *values)

    def do(self, *command: str) -> subprocess.CompletedProcess[str]:
        """`scrapy …` with the fleet's newspapers and queue."""
        spiders = ("-s", f"SPIDER_MODULES={self.spiders}", *QUICK)
        return run_scrapy(*command, *spiders, env={"NEWSCRAWL_QUEUE": self.address})

    def begin(self, *placed: str) -> None:
        """Make the tables and place the newspapers."""
        for command in (("init",), ("place", "--unscheduled", *placed)):
            done = self.do("fleet", *command)
            assert (done.returncode, done.stderr) == (0, "")

    def set_up(self, nodes: Mapping[str, Sequence[str]]) -> None:
        """Make the tables and place newspapers, without the commands that do it."""
        asyncio.run(make_tables(self.address))
        rows = [
            {"newspaper": name, "hosts": [f"{name}.vn"], "lane": name, "node": node, "every_h": 0,
             "minute": 0}
            for node, names in nodes.items() for name in names
        ]  # fmt: skip

        async def place() -> None:
            async with open_store(self.address) as store:
                await store.place(rows)

        asyncio.run(place())

    def put(self, *names: str, arguments: Sequence[str] = ()) -> None:
        """Put a crawl for each newspaper, without the command that does it."""

        async def put() -> list[str]:
            async with open_store(self.address) as store:
                return await store.put(CRAWL, names, arguments)

        assert asyncio.run(put()) == sorted(names)

    @contextmanager
    def worker(self, node: str, *more: str, folder: Path | None = None) -> Iterator[Worker]:
        """A worker that ends when nothing is left; it is killed with the block."""
        options: Sequence[str] = (
            "fleet", "work", "--node", node, "--slots", "2", *QUICK, *LOOPBACK,
            "-s", f"SPIDER_MODULES={self.spiders}",
            "-s", f"ARCHIVE={folder or self.archive(node)}", "-s", f"MIRROR={self.site.address}",
            *more,
        )  # fmt: skip
        kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
        with subprocess.Popen(
            [sys.executable, "-m", "scrapy", *options], cwd=ROOT,
            env=kept | {"NEWSCRAWL_QUEUE": self.address}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                yield Worker(process)
            finally:
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    process.communicate()
