"""What a replica was asked: counts by host, path and status, the shortest gap, the most at once."""

from collections import Counter
from typing import Any


class Requests:
    """Requests as the papers saw them; those to the control interface are not counted."""

    def __init__(self) -> None:
        self.hosts: Counter[str] = Counter()
        self.paths: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.gaps: dict[str, float] = {}
        self.most: Counter[str] = Counter()
        self._last: dict[str, float] = {}
        self._open: Counter[str] = Counter()

    def begin(self, host: str, path: str, now: float) -> None:
        """Count a request that came at that second of a monotonic clock."""
        self.hosts[host] += 1
        self.paths[host + path] += 1
        if host in self._last:
            gap = now - self._last[host]
            self.gaps[host] = min(gap, self.gaps.get(host, gap))
        self._last[host] = now
        self._open[host] += 1
        self.most[host] = max(self.most[host], self._open[host])

    def end(self, host: str, status: int) -> None:
        """Count the request as answered."""
        self._open[host] -= 1
        self.statuses[status] += 1

    def report(self) -> dict[str, Any]:
        """Return all counts as JSON takes them; gaps are seconds, None before a second request."""
        gaps, most = list(self.gaps.values()), list(self.most.values())
        return {
            "requests": self.hosts.total(),
            "hosts": dict(self.hosts),
            "paths": dict(self.paths),
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "min_gap_s": min(gaps, default=None),
            "min_gap_by_host_s": dict(self.gaps),
            "max_in_flight": max(most, default=0),
            "max_in_flight_by_host": dict(self.most),
        }
