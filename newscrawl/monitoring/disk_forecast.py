"""When the disk will be full, by what earlier runs have seen of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import median
from typing import Final

SEEN_MAX: Final = timedelta(days=30)
"""Older figures do not count: the disk's use a season ago tells nothing of tomorrow's"""
_SEEN_MIN: Final = timedelta(days=2)
_GIB: Final = 1024**3

FreeSpace = Iterable[tuple[datetime, int]]
"""Moments, and the free bytes of the disk at each"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskForecast:
    """How long the disk lasts."""

    days_left: float
    """Until no run begins any more; 0 = it is so far already"""
    bytes_per_day: float
    """What is written a day, by all programs that use the disk"""
    free_bytes: int

    def __str__(self) -> str:
        days = int(self.days_left)
        told = "1 day" if days == 1 else f"{days} days"
        free, daily = self.free_bytes / _GIB, self.bytes_per_day / _GIB
        return f"full in about {told}: {free:.1f} GiB free, {daily:.2f} GiB are written a day"


def disk_forecast(seen: FreeSpace, free_min_bytes: int) -> DiskForecast | None:
    """Return when the free space falls to `free_min_bytes`; None where the disk does not fill.

    The rate is the median of the slopes between the last figures of any two days (Theil and Sen),
    so that the files of one odd day move it little. Figures of fewer than two days tell
    nothing. The newest figure is the present one.

    >>> from datetime import UTC
    >>> days = [(datetime(2026, 11, day, tzinfo=UTC), (30 - day) * _GIB) for day in range(1, 11)]
    >>> print(disk_forecast(days, _GIB))
    full in about 19 days: 20.0 GiB free, 1.00 GiB are written a day
    """
    daily = _last_of_each_day(seen)
    if not daily:
        return None
    now, free = daily[-1]
    recent = [point for point in daily if now - point[0] <= SEEN_MAX]
    if now - recent[0][0] < _SEEN_MIN:
        return None
    per_day = -median(_slope(earlier, later) for earlier, later in combinations(recent, 2))
    if per_day <= 0:
        return None
    left = max(0.0, (free - free_min_bytes) / per_day)
    return DiskForecast(days_left=left, bytes_per_day=per_day, free_bytes=free)


def _last_of_each_day(seen: FreeSpace) -> list[tuple[datetime, int]]:
    last = {at.date(): (at, free) for at, free in sorted(seen)}
    return list(last.values())


def _slope(earlier: tuple[datetime, int], later: tuple[datetime, int]) -> float:
    """Return the bytes a day by which the free space grows from one figure to the next."""
    return (later[1] - earlier[1]) / ((later[0] - earlier[0]) / timedelta(days=1))
