"""A host's slot: requests pass one by one, at the pace that `throttle` decides.

Requests wait here and not in Scrapy's downloader, because a queue in the downloader is worked off
to its last request when the run ends, which takes minutes with a Crawl-delay.
"""

import asyncio
import heapq
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from math import inf
from random import random
from typing import Final

from newscrawl.http import throttle
from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.http.throttle import Host, Limits, Outcome

_POLL_S: Final = 0.25  # between two looks of the next request whether the run ends


class _Ticket:
    """A request's place in the queue, and what wakes the one who holds it."""

    __slots__ = ("order", "woken")

    def __init__(self, order: tuple[int, int]) -> None:
        self.order = order
        self.woken = asyncio.Event()

    def __lt__(self, other: "_Ticket") -> bool:
        return self.order < other.order


class Slot:
    """The slot of one host; `is_closing` returns whether the run is about to end.

    Only the request whose turn is next looks at the clock; it wakes the one behind it when it
    leaves the queue, sent or refused. With eight requests waiting at each of 34 newspapers, all of
    them looking, the looks took a tenth of the CPU time.
    """

    def __init__(self, name: str, limits: Limits, is_closing: Callable[[], bool]) -> None:
        self.host = Host()
        self._name = name
        self._limits = limits
        self._is_closing = is_closing
        self._queue: list[_Ticket] = []
        self._tickets = count()

    async def enter(self, priority: int = 0) -> None:
        """Wait until the request may leave: the highest priority first, then the oldest.

        Raises RequestSkippedError once the run ends or the host is given up.
        """
        ticket = _Ticket((-priority, next(self._tickets)))
        heapq.heappush(self._queue, ticket)
        try:
            while (wait := self._wait_s(ticket)) > 0:
                ticket.woken.clear()
                await _pause(ticket.woken, wait)
            self.host = throttle.sent(self.host, time.monotonic())
        finally:
            self._queue.remove(ticket)
            heapq.heapify(self._queue)
            self._wake_next()

    def leave(
        self,
        outcome: Outcome,
        *,
        first_byte_at: float | None = None,
        latency_s: float | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        """Note how a request that entered has ended; `first_byte_at` on the monotonic clock."""
        now = time.monotonic()
        self.host = throttle.answered(
            self.host,
            self._limits,
            outcome,
            now=now,
            first_byte_at=now if first_byte_at is None else first_byte_at,
            latency_s=latency_s,
            retry_after_s=retry_after_s,
            chance=random(),  # noqa: S311  (spreads requests, hides nothing)
        )
        self._wake_next()

    def slow_down(self, gap_s: float) -> None:
        """Keep at least this gap from now on."""
        self.host = throttle.slowed(self.host, gap_s)

    def _wait_s(self, ticket: _Ticket) -> float:
        """Return the seconds until the request looks again; inf = when it is woken."""
        if self._is_closing():
            raise RequestSkippedError("closing", self._name)
        if self.host.given_up is not None:
            raise RequestSkippedError(self.host.given_up, self._name)
        if self._queue[0] is not ticket:
            return inf
        return min(throttle.wait_s(self.host, self._limits, time.monotonic()), _POLL_S)

    def _wake_next(self) -> None:
        if self._queue:
            self._queue[0].woken.set()


async def _pause(woken: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(None if seconds == inf else seconds):
            await woken.wait()
