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
from random import random
from typing import Final

from newscrawl.http import throttle
from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.http.throttle import Host, Limits, Outcome

_POLL_S: Final = 0.25  # between a waiting request's looks whether the run ends


class Slot:
    """The slot of one host; `is_closing` returns whether the run is about to end."""

    def __init__(self, name: str, limits: Limits, is_closing: Callable[[], bool]) -> None:
        self.host = Host()
        self._name = name
        self._limits = limits
        self._is_closing = is_closing
        self._queue: list[tuple[int, int]] = []
        self._tickets = count()
        self._moved = asyncio.Event()

    async def enter(self, priority: int = 0) -> None:
        """Wait until the request may leave: the highest priority first, then the oldest.

        Raises RequestSkippedError once the run ends or the host is given up.
        """
        ticket = (-priority, next(self._tickets))
        heapq.heappush(self._queue, ticket)
        try:
            while (wait := self._wait_s(ticket)) > 0:
                await self._pause(min(wait, _POLL_S))
            self.host = throttle.sent(self.host, time.monotonic())
        finally:
            self._queue.remove(ticket)
            heapq.heapify(self._queue)
            self._stir()

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
        self._stir()

    def slow_down(self, gap_s: float) -> None:
        """Keep at least this gap from now on."""
        self.host = throttle.slowed(self.host, gap_s)

    def _wait_s(self, ticket: tuple[int, int]) -> float:
        if self._is_closing():
            raise RequestSkippedError("closing", self._name)
        if self.host.given_up is not None:
            raise RequestSkippedError(self.host.given_up, self._name)
        if self._queue[0] != ticket:
            return _POLL_S
        return throttle.wait_s(self.host, self._limits, time.monotonic())

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()

    def _stir(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()
