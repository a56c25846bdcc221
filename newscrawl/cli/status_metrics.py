"""An archive's status in Prometheus' text format, for the node exporter's textfile collector. Pure.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from newscrawl.monitoring.paper_status import ArchiveStatus, PaperStatus

_Value = Callable[[PaperStatus], float | None]
_OF_A_PAPER: Final[Mapping[str, tuple[str, _Value]]] = {
    "needs_person": ("Whether a person is needed, 0 or 1", lambda p: float(p.needs_person)),
    "at_work": ("Whether a run is at work, 0 or 1", lambda p: float(p.at_work_since is not None)),
    "last_run_timestamp_seconds": (
        "When the last run ended",
        lambda p: p.last_run.ended_at.timestamp() if p.last_run else None,
    ),
    "last_run_exit_code": (
        "Exit code of the last run",
        lambda p: float(p.last_run.exit_code) if p.last_run else None,
    ),
    "articles": ("Articles in the archive", lambda p: float(p.articles)),
    "newest_article_timestamp_seconds": (
        "When the newest article was published",
        lambda p: p.newest.timestamp() if p.newest else None,
    ),
    "usual_gap_seconds": (
        "Time between two articles that nine in ten do not exceed",
        lambda p: p.usual_gap.total_seconds() or None,
    ),
    "articles_7_days": ("Articles published in the last seven days", lambda p: float(p.week)),
    "articles_7_days_usual": (
        "Median of the eight weeks before",
        lambda p: None if p.usual_week is None else float(p.usual_week),
    ),
    "lists": ("Lists of the newspaper", lambda p: float(p.lists)),
    "lists_complete": ("Lists that were read whole", lambda p: float(p.lists_complete)),
    "links_waiting": ("Links not asked for yet", lambda p: p.waiting),
    "links_failed": ("Links that failed or were given up", lambda p: p.failed),
    "disk_bytes": ("Bytes of the newspaper's files", lambda p: float(p.disk_bytes)),
    "days_until_full": (
        "Days until no run begins for want of space",
        lambda p: p.days_until_full,
    ),
}
_WHAT_IS_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def status_metrics(status: ArchiveStatus) -> Iterator[str]:
    """Yield the lines of the metrics' file; a value that is not known has no line."""
    for name, (meaning, value_of) in _OF_A_PAPER.items():
        yield from _head(name, meaning)
        for paper in sorted(status.papers, key=lambda paper: paper.newspaper):
            value = value_of(paper)
            if value is not None:
                label = paper.newspaper.translate(_WHAT_IS_ESCAPED)
                yield f'newscrawl_{name}{{newspaper="{label}"}} {_number(value)}'
    for name, meaning, value in (
        ("archive_needs_person", "Whether a person is needed, 0 or 1", float(status.needs_person)),
        ("archive_free_bytes", "Free bytes of the archive's disk", float(status.free_bytes)),
        ("status_timestamp_seconds", "When this file was written", status.at.timestamp()),
    ):
        yield from _head(name, meaning)
        yield f"newscrawl_{name} {_number(value)}"


def _head(name: str, meaning: str) -> Iterator[str]:
    yield f"# HELP newscrawl_{name} {meaning}"
    yield f"# TYPE newscrawl_{name} gauge"


def _number(value: float) -> str:
    """Return the number as Prometheus reads it.

    >>> _number(7.0), _number(0.125)
    ('7', '0.125')
    """
    return str(int(value)) if value == int(value) else repr(value)
