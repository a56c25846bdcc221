"""The status of an archive of invented newspapers, for the pictures in the documentation."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import sin
from typing import Any, Final

from newscrawl.monitoring.paper_status import (
    ArchiveStatus,
    Disk,
    PaperFigures,
    archive_status,
)
from newscrawl.monitoring.run_history import RunFigures, RunHistory

NOW: Final = datetime(2026, 12, 1, 2, 30, tzinfo=UTC)
_GIB: Final = 1024**3
_DISK: Final = Disk(device=1, free_bytes=41 * _GIB)
_DAY: Final = timedelta(days=1)
_EVERY: Final = timedelta(hours=2)

TITLES: Final = {
    "baosuongmu": "Báo Sương Mù",
    "baodathuong": "Báo Đất Hương",
    "baonuithang": "Báo Núi Thắng",
    "baosongdai": "Báo Sông Dài",
    "baodongxanh": "Báo Đồng Xanh",
    "baobienxa": "Báo Biển Xa",
}


def example_status() -> ArchiveStatus:
    """Return six newspapers: two are in trouble, one was just begun, three are well."""
    papers = [
        _paper("baosuongmu", 24, codes=(3,) * 5, weaknesses=("a1 lead", "a1 authors")),
        _paper("baodathuong", 9, silent_days=19),
        _paper("baonuithang", 41, began_days=1, waiting=18_240, lists=(3, 14)),
        _paper("baosongdai", 62, failed=3),
        _paper("baodongxanh", 35, codes=(7, 0)),
        _paper("baobienxa", 17, failed=1),
    ]
    return archive_status("/srv/news/output", papers, NOW, _DISK, free_min_bytes=_GIB, warn_days=14)


def _paper(name: str, daily: int, **more: Any) -> PaperFigures:
    silent = more.get("silent_days", 0)
    published = list(_published(name, daily, silent))
    runs = list(_runs(daily, silent, published, more))
    return PaperFigures(
        newspaper=name,
        history=RunHistory(runs),
        published=published,
        disk_bytes=21_900 * (runs[-1].articles or 0),
        disk=_DISK,
    )


def _published(name: str, daily: int, silent_days: int) -> Iterator[datetime]:
    """Yield the moments of ninety days: fewer at weekends, and no day like the other."""
    for day in range(silent_days, 90):
        date = NOW - day * _DAY
        share = (0.55 if date.weekday() >= 5 else 1.0) * (1 + 0.25 * sin(day * 2.3 + len(name)))
        for number in range(round(daily * share)):
            yield date - timedelta(minutes=12 + number * 900 / daily)


def _runs(
    daily: int, silent_days: int, published: list[datetime], more: dict[str, Any]
) -> Iterator[RunFigures]:
    codes = more.get("codes", ())
    count = round(more.get("began_days", 40) * _DAY / _EVERY)
    whole, lists = more.get("lists", (14, 14))
    for number in range(count):
        began = NOW - (count - number) * _EVERY + timedelta(minutes=17)
        left = count - number
        code = codes[-left] if left <= len(codes) else 0
        if not code and number == count // 2 and not silent_days:
            code = 4  # an hour's outage of the site
        fresh = sum(began - _EVERY < at <= began for at in published) if code in (0, 3) else 0
        yield RunFigures(
            started_at=began,
            ended_at=began + timedelta(minutes=4 + fresh),
            exit_code=code,
            new=fresh,
            changed=fresh // 3,
            requests=80 + 2 * fresh,
            articles=900 * daily - left * 2,
            states={"discovered": more.get("waiting", 0), "failed": more.get("failed", 0)},
            lists=tuple(one < whole for one in range(lists)),
            weaknesses=more.get("weaknesses", ()) if code == 3 else (),
            free_bytes=_DISK.free_bytes + left * 9_000_000,
        )
