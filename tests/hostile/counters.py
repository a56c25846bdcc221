"""What the server has seen, as /__ctl/stats tells it."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import Any


class Counters:
    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.attempts: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.status: Counter[str] = Counter()
        self.requests = self.inflight = self.max_inflight = 0
        self.canary = self.early = self.disallowed = 0
        self.gaps: list[float] = []
        self.last = self.retry_until = 0.0
        self.recent: deque[float] = deque()

    def began(self, target: str) -> int:
        """Notes a request; which attempt at its target it is."""
        now = time.monotonic()
        if self.last:
            self.gaps.append(now - self.last)
        self.early += now < self.retry_until
        self.last, self.requests = now, self.requests + 1
        self.attempts[target] += 1
        self.inflight += 1
        self.max_inflight = max(self.max_inflight, self.inflight)
        return self.attempts[target]

    def is_limited(self, rate: int, retry_after: int) -> bool:
        """Whether more than `rate` requests came within a second, or a window is still open."""
        now = time.monotonic()
        while self.recent and now - self.recent[0] > 1:
            self.recent.popleft()
        self.recent.append(now)
        if len(self.recent) > rate:
            self.retry_until = now + retry_after
        return now < self.retry_until

    def told_to_wait(self, retry_after: str, told_at: float) -> None:
        """Open a window, from when the client was told, in which each request is a violation."""
        if retry_after.isdigit():
            self.retry_until = max(self.retry_until, told_at + min(int(retry_after), 3600))

    def report(self) -> dict[str, Any]:
        gaps = sorted(self.gaps)
        return {
            "requests": self.requests,
            "distinct_targets": len(self.attempts),
            "status": dict(self.status),
            "faults": dict(self.faults),
            "canary_hits": self.canary,
            "disallowed_hits": self.disallowed,
            "retry_after_violations": self.early,
            "max_inflight": self.max_inflight,
            "gap_min": gaps[0] if gaps else None,
            "gap_p50": gaps[len(gaps) // 2] if gaps else None,
            "most_asked": self.attempts.most_common(5),
        }
