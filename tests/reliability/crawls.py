"""Crawls of the replica as a person starts them: a process, an exit code, what it said."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawl.replica import Replica
from tests.support.commands import Launch, run_scrapy

ROOT: Final = Path(__file__).resolve().parents[2]
NAME: Final = "baotuyenquang"
HOST: Final = "baotuyenquang.com.vn"
FAST: Final = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
EVERYTHING_AGAIN: Final = ("-a", "refetch=0d")


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    """As a shell tells it: 143 for a process that SIGTERM ended"""
    out: str
    err: str
    seconds: float
    cpu_s: float
    """Not a number where a warm interpreter ran it"""


@dataclass(frozen=True)
class Place:
    """An archive and the replica that fills it."""

    archive: Path
    mirror: str
    name: str = NAME

    @property
    def folder(self) -> Path:
        """The newspaper's own folder."""
        return self.archive / self.name

    def command(self, *more: str) -> list[str]:
        """`scrapy crawl` with both, quickly."""
        where = ("-s", f"ARCHIVE={self.archive}", "-s", f"MIRROR={self.mirror}")
        return [sys.executable, "-m", "scrapy", "crawl", self.name, *where, *FAST, *more]

    def start(
        self,
        *more: str,
        env: Mapping[str, str] | None = None,
        preexec: Callable[[], None] | None = None,
    ) -> Running:
        return start(self.command(*more), env=env, preexec=preexec)

    def crawl(self, *more: str, timeout_s: float = 300) -> Done:
        return run(self.command(*more), timeout_s)

    def say(self, command: str, *more: str, timeout_s: float = 300) -> Done:
        """Another command on the archive: verify, reparse, snapshot."""
        where = ("-s", f"ARCHIVE={self.archive}")
        given = [sys.executable, "-m", "scrapy", command, self.name, *where, *more]
        return run(given, timeout_s)


class Running:
    """A command at work."""

    def __init__(self, process: subprocess.Popen[bytes], began: float) -> None:
        self.process = process
        self.began = began

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def send(self, number: int) -> None:
        self.process.send_signal(number)

    def kill(self) -> bool:
        """Whether SIGKILL came in time; it has ended in any case."""
        was_alive = self.is_alive
        self.process.kill()
        self.process.communicate()
        return was_alive

    def done(self, timeout_s: float = 300) -> Done:
        """How it ended; raises TimeoutExpired, and kills it, where it does not."""
        cpu = cpu_s_of_children()
        try:
            out, err = self.process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        code = self.process.returncode
        return Done(
            code=code if code >= 0 else 128 - code,
            out=out.decode(errors="replace"),
            err=err.decode(errors="replace"),
            seconds=time.monotonic() - self.began,
            cpu_s=cpu_s_of_children() - cpu,
        )


def run(command: Sequence[str], timeout_s: float) -> Done:
    """How `python -m scrapy …` ends, run by a warm interpreter where the suite has one."""
    if not Launch.is_warm:
        return start(command).done(timeout_s)
    began = time.monotonic()
    done = run_scrapy(*command[3:], timeout=timeout_s)
    code = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return Done(code, done.stdout, done.stderr, time.monotonic() - began, math.nan)


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    preexec: Callable[[], None] | None = None,
) -> Running:
    """The command at work in the project's folder, without input, terminal or contact."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=kept | dict(env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=preexec,  # noqa: PLW1509  (one thread starts them)
    )
    return Running(process, time.monotonic())


def cpu_s_of_children() -> float:
    """CPU seconds of all processes that were started here and have ended."""
    times = os.times()
    return times.children_user + times.children_system


def wait_until(holds: Callable[[], bool], timeout_s: float = 60, *, every_s: float = 0.004) -> bool:
    """Whether a condition came to hold; looked at often, so that a moment can be met."""
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(every_s)
    return False


def requests(replica: Replica) -> int:
    """How many requests the replica has had since its last reset."""
    count: int = replica.stats()["requests"]
    return count
