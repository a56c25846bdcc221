"""The process of a job: a command in a process group of its own, which ends with its worker."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from newscrawl.cli.child_command import child_command
from newscrawl.cli.parallel_crawls import NOT_STARTED, lines_of
from newscrawl.text import clean

STOP_MAX_S: Final = 60.0
"""Time that a command has after SIGTERM; a crawl takes 30 s at most"""
SAID_LINES_MAX: Final = 8
_LINE_CHARS_MAX: Final = 400


@dataclass(frozen=True, slots=True)
class JobEnd:
    """How the command of a job ended."""

    code: int
    """Exit code; 128 plus the signal's number where a signal killed it"""
    said: str
    """The last lines that it wrote, for a person"""


class JobProcess:
    """One command: it is started, watched, and stopped with everything that it started."""

    def __init__(self, command: Sequence[str], tell: Callable[[str], None]) -> None:
        """Take the command, and what is called with each line that it writes."""
        self._command = command
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._signal: int | None = None
        self.stop_max_s = STOP_MAX_S

    async def run(self) -> JobEnd:
        """Run the command to its end; where the task is cancelled, stop it first."""
        said: deque[str] = deque(maxlen=SAID_LINES_MAX)
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return JobEnd(NOT_STARTED, f"could not be started: {error.strerror}")
        if self._signal is not None:  # it came while the process was being made
            self.stop(self._signal)
        try:
            await self._read(self._process, said)
            code = await self._process.wait()
        finally:
            if self._process.returncode is None:
                self.stop(signal.SIGTERM)
                await self._process.wait()
        return JobEnd(128 - code if code < 0 else code, "\n".join(said))

    async def _read(self, process: asyncio.subprocess.Process, said: deque[str]) -> None:
        assert process.stdout is not None
        async for line in lines_of(process.stdout):
            text = clean(line.decode(errors="replace"))[:_LINE_CHARS_MAX]
            if text:
                said.append(text)
                self._tell(text)

    def stop(self, number: int) -> None:
        """Send the signal to the whole group; kill it where it is not gone after `STOP_MAX_S`."""
        self._signal = number
        if self._process is not None and self._process.returncode is None:
            self._send(number)
            asyncio.get_running_loop().call_later(self.stop_max_s, self._send, signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)


def crawl_job(newspaper: str, arguments: Sequence[str], passed_on: Sequence[str]) -> list[str]:
    """Return the command that refreshes a newspaper and prints nothing when all is well."""
    given = [part for pair in arguments for part in ("-a", pair)]
    own = ["--quiet", "--repeat", *passed_on, *given]
    return child_command("crawl", *own, newspaper)


def reparse_job(newspaper: str, passed_on: Sequence[str]) -> list[str]:
    """Return the command that reads a newspaper's kept pages again, on all cores."""
    return child_command("reparse", *passed_on, newspaper)
