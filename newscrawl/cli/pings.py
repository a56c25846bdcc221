"""The pings of a `crawlall`: one for all its newspapers, or one for each.

Threads post those of each newspaper, so that no crawl waits for a server that does not answer.
"""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Final, Protocol

from newscrawl.cli.alerts import ping
from newscrawl.cli.parallel_crawls import Ended
from newscrawl.cli.ping_address import is_of_each, own_address
from newscrawl.exit_codes import ExitCode

THREADS: Final = 8
WELL: Final = (ExitCode.OK, ExitCode.BOUND_REACHED)
"""Exit codes that are no failure of a newspaper's run"""
_WELL_OF_ALL: Final = (*WELL, ExitCode.BUSY)
_NOT_RUN: Final = (-1, ExitCode.BUSY)
_Fault = str | None

BodyOf = Callable[[Ended], str]
"""Returns the text that is sent at the end of a newspaper's run"""


class Pings(Protocol):
    """What is pinged while newspapers are refreshed side by side."""

    def follow(self, running: Collection[str], ended: Sequence[Ended]) -> None:
        """Ping what has begun and ended since the last call."""

    def conclude(self, code: int, told: str) -> list[str]:
        """Ping the end, and return what went wrong, a line a ping.

        Args:
            code: The exit code of the command.
            told: Its summary.
        """


def pings_at(address: str, body_of: BodyOf) -> Pings:
    """Begin the pings of the address; none are sent for ""."""
    return PingsOfEach(address, body_of) if is_of_each(address) else PingOfAll(address)


class PingOfAll:
    """One address for all newspapers: a start and an end."""

    def __init__(self, address: str) -> None:
        """Ping the start."""
        self._address = address
        self._fault = ping(address, "/start")

    def follow(self, running: Collection[str], ended: Sequence[Ended]) -> None:
        """Ping nothing: no newspaper has an address of its own."""

    def conclude(self, code: int, told: str) -> list[str]:
        """Ping the end, and return what went wrong, a line a ping."""
        fault = ping(self._address, "" if code in _WELL_OF_ALL else "/fail", told)
        return [one for one in (self._fault, fault) if one is not None]


class PingsOfEach:
    """An address for each newspaper: its run's start and end."""

    def __init__(self, address: str, body_of: BodyOf) -> None:
        """Take the address with `{newspaper}`."""
        self._address = address
        self._body_of = body_of
        self._started: dict[str, Future[_Fault]] = {}
        self._ended: list[Future[_Fault]] = []
        self._seen = 0
        self._threads = ThreadPoolExecutor(THREADS)

    def follow(self, running: Collection[str], ended: Sequence[Ended]) -> None:
        """Ping what has begun and ended since the last call."""
        for name in running:
            if name not in self._started:  # a run that begins anew has begun once
                start = partial(ping, own_address(self._address, name), "/start")
                self._started[name] = self._threads.submit(start)
        for run in ended[self._seen :]:
            if run.code not in _NOT_RUN:
                self._ended.append(self._threads.submit(self._end, run))
        self._seen = len(ended)

    def _end(self, run: Ended) -> _Fault:
        started = self._started.get(run.name)
        if started is not None:
            started.result()  # it was handed in earlier, so that a thread has it or has had it
        suffix = "" if run.code in WELL else "/fail"
        return ping(own_address(self._address, run.name), suffix, self._body_of(run))

    def conclude(self, code: int, told: str) -> list[str]:  # noqa: ARG002
        """Wait for the pings, and return what went wrong, a line a ping."""
        self._threads.shutdown()
        results = [future.result() for future in (*self._started.values(), *self._ended)]
        return [fault for fault in results if fault is not None]
