"""The signals that stop a process, noted once for all crawls that run in it."""

import os
import signal
from functools import partial
from time import monotonic
from types import FrameType
from typing import Any, Final

_STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A terminal that closes stops the run as SIGTERM does; `nohup` has SIGHUP ignored, and so it stays.
_AS_SIGNAL: Final = {signal.SIGHUP: signal.SIGTERM}
_REPEAT_MAX_S: Final = 0.02  # timeout(1) sends its signal twice, so close together


class StopSignals:
    """Notes the signal that stops the process, and hands it on to Scrapy's own handler.

    A second signal ends the process at once; every commit survives that.
    """

    def __init__(self) -> None:
        self.caught: int | None = None
        """The signal that stops the process; None while nothing does"""
        self._inner: dict[int, Any] = {}
        self._handler: Final = self._stop

    def listen(self) -> None:
        """Put the handler in front of the present ones; where it is already, nothing changes."""
        heeded = [n for n in _STOP_SIGNALS if signal.getsignal(n) is not signal.SIG_IGN]
        if all(signal.getsignal(number) is self._handler for number in heeded):
            return
        self._inner = {n: signal.getsignal(_AS_SIGNAL.get(n, n)) for n in heeded}
        for number in heeded:
            signal.signal(number, self._handler)

    def _stop(self, caught: int, frame: FrameType | None) -> None:
        self.caught = _AS_SIGNAL.get(signal.Signals(caught), caught)
        handler = self._inner[caught]
        if callable(handler):
            handler(self.caught, frame)
        for number in self._inner:
            signal.signal(number, partial(_end_at_once, monotonic()))


STOP_SIGNALS: Final = StopSignals()
"""Those of this process"""


def _end_at_once(since: float, caught: int, frame: FrameType | None) -> None:  # noqa: ARG001
    if monotonic() - since > _REPEAT_MAX_S:
        os.write(2, b"crawl: stopped at once by a second signal; the next run goes on from here\n")
        os._exit(128 + caught)
