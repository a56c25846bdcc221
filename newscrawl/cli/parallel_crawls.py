"""Newspapers crawled side by side, each in its own process, never two on one host at once."""

import asyncio
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final

from newscrawl.cli.text_table import text_table
from newscrawl.config.program import MODULES, program
from newscrawl.exit_codes import ExitCode, gravity_of, meaning_of
from newscrawl.monitoring.run_history import figures_of
from newscrawl.text import counted

NOT_STARTED: Final = 126
"""Exit code of a process that the system did not start, as a shell gives it"""
_LINE_MAX_BYTES: Final = 1 << 20
_BLOCK_BYTES: Final = 1 << 16

Tell = Callable[[str, str], None]
"""Called with a newspaper's name and a line its process wrote"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """One newspaper's run."""

    name: str
    code: int
    """Exit code of the process; 128 plus the signal's number where a signal killed it, -1 where a
    stop came before its turn, `NOT_STARTED` where the system had no process for it"""
    seconds: float = 0.0
    record: Mapping[str, Any] = field(default_factory=dict)
    """The run's line in `runs/`; empty where it wrote none"""


def worst(codes: Iterable[int]) -> int:
    """Return the gravest of some exit codes; a code of no command is as grave as a bug.

    >>> int(worst([0, 7, 3, 75])), worst([0, 137, 3]), int(worst([]))
    (3, 137, 0)
    """
    return max(codes, key=gravity_of, default=ExitCode.OK)


class Fleet:
    """Crawls in processes, at most so many at a time; a stop reaches all of them."""

    def __init__(
        self, command: Callable[[str], Sequence[str]], processes: int, tell: Tell, changed: Any
    ) -> None:
        self.command = command
        self.processes = processes
        self.tell = tell
        self.changed: Callable[[], None] = changed
        self.running: dict[str, asyncio.subprocess.Process] = {}
        """The newspapers at work, each with its process"""
        self.ended: list[Ended] = []
        self.signal: int | None = None

    async def run(self, queue: Sequence[tuple[str, ...]]) -> list[Ended]:
        """Crawl every newspaper of the lanes once, in their order as processes become free."""
        self._heed_signals()
        waiting = deque(queue)
        workers = (self._work(waiting) for _ in range(min(self.processes, len(waiting))))
        await asyncio.gather(*workers)
        return self.ended

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop, number)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
            loop.add_signal_handler(signal.SIGHUP, self.stop, signal.SIGTERM)

    def is_stopping(self) -> bool:
        return self.signal is not None

    def stop(self, number: int) -> None:
        """Pass the signal on to the running crawls, and start no more."""
        self.signal = number
        for process in set(self.running.values()):
            send_signal(process, number)

    async def _work(self, waiting: deque[tuple[str, ...]]) -> None:
        while waiting:
            for name in waiting.popleft():
                await self.crawl_alone(name)
                self.say_change()

    async def crawl_alone(self, name: str) -> None:
        """Crawl one newspaper in a process of its own."""
        if self.is_stopping():
            self.ended.append(Ended(name=name, code=-1))
            return
        started = monotonic()
        try:
            process = await asyncio.create_subprocess_exec(
                *self.command(name),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches the crawl once, from `stop`
            )
        except OSError as error:  # too many processes, too little memory: the others go on
            self.say(name, f"could not be started: {error.strerror}")
            self.ended.append(Ended(name=name, code=NOT_STARTED))
            return
        self.running[name] = process
        if self.is_stopping():  # the signal came while the process was being made
            send_signal(process, self.signal or signal.SIGTERM)
        self.say_change()
        assert process.stdout is not None
        async for line in lines_of(process.stdout):
            self.say(name, line.decode(errors="replace").rstrip())
        code = await process.wait()
        del self.running[name]
        seconds = monotonic() - started
        self.ended.append(Ended(name=name, code=128 - code if code < 0 else code, seconds=seconds))

    def say(self, name: str, line: str) -> None:
        """Tell a line that a crawl wrote."""
        with suppress(OSError):  # the terminal has gone: the crawls go on
            self.tell(name, line)

    def say_change(self) -> None:
        """Tell that a crawl began, went on or ended."""
        with suppress(OSError):
            self.changed()


def send_signal(process: asyncio.subprocess.Process, number: int) -> None:
    """Send the signal, if the process has not just ended."""
    with suppress(ProcessLookupError):
        process.send_signal(number)


async def lines_of(stream: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Yield the stream's lines; a line longer than `_LINE_MAX_BYTES` comes in pieces."""
    rest = b""
    while block := await stream.read(_BLOCK_BYTES):
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            yield line
        if len(rest) > _LINE_MAX_BYTES:
            yield rest
            rest = b""
    if rest:
        yield rest


def crawl_command(name: str, passed_on: Sequence[str], *, repeats: bool = True) -> list[str]:
    """Return the command that crawls one newspaper and prints nothing when all is well.

    Args:
        name: The newspaper.
        passed_on: Options of `crawlall` that hold for each crawl.
        repeats: Whether a trouble is told with every run, not only as it begins, changes, ends.
    """
    return _command([name], passed_on, repeats=repeats)


def shared_command(
    names: Sequence[str], passed_on: Sequence[str], *, repeats: bool = True
) -> list[str]:
    """Return the command that crawls several newspapers in one process and prints its events."""
    return _command(names, ["--events", *passed_on], repeats=repeats)


def _command(names: Sequence[str], options: Sequence[str], *, repeats: bool) -> list[str]:
    own = ["--quiet", *(["--repeat"] if repeats else []), "-s", f"PARENT_PID={os.getpid()}"]
    return [sys.executable, "-m", MODULES[program()], "crawl", *names, *own, *options]


_COUNTS: Final = ("new", "changed", "gone")
_SAID: Final = {-1: "not begun", ExitCode.OK: " ", NOT_STARTED: "could not be started"}


def table(ended: Sequence[Ended], *, has_sums: bool = True) -> str:
    """Return the runs as a table for a terminal, the gravest first, with a line of sums."""
    by_gravity = sorted(ended, key=lambda run: (-gravity_of(run.code), run.name))
    head = ("newspaper", *_COUNTS, "articles", "requests", "time", "code", "")
    cells = text_table([head, *map(_row, by_gravity)], right=range(1, len(head) - 1))
    if not has_sums:
        return cells
    well = sum(run.code == ExitCode.OK for run in ended)
    new = sum(count(run, "new") for run in ended)
    return "\n".join([cells, f"{well} of {len(ended)} refreshed, {counted(new, 'new article')}"])


def cause_of(run: Ended) -> str:
    """Return why a run did not go well, in a line; "" where it did, or left no record of it."""
    if run.code in (ExitCode.OK, ExitCode.BOUND_REACHED) or not run.record:
        return ""
    figures = figures_of(dict(run.record))
    told = [f"STALLED: {figures.silence}"] if figures.silence else []
    told += [f"DISK: {figures.disk}"] if figures.disk else []
    return "; ".join([f"exit {run.code}: {figures.said}", *told])


def count(run: Ended, what: str) -> int:
    """Return how many of the run's articles were new, changed or gone."""
    counts: Mapping[str, int] = run.record.get("counts", {})
    return counts.get(f"article/{what}", 0)


def _row(run: Ended) -> tuple[str, ...]:
    counts = [str(count(run, what)) if run.record else "–" for what in _COUNTS]
    more = [str(run.record.get(name, "–")) for name in ("articles", "requests")]
    code = "–" if run.code < 0 else str(run.code)
    said = _SAID.get(run.code) or meaning_of(run.code, "killed")
    return (run.name, *counts, *more, f"{run.seconds:.0f}s", code, said.strip())
