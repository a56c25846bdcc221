"""How each newspaper of an archive is: what an operator looks at, the worst first. Pure.

All figures come from the published files: the runs' records and the articles' dates. Runs that no
longer come and a disk that fills are worked out at the moment of looking: no run is there to tell.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from newscrawl.exit_codes import gravity_of
from newscrawl.items import VIETNAM
from newscrawl.monitoring.disk_forecast import SEEN_MAX, DiskForecast, disk_forecast
from newscrawl.monitoring.run_history import STOPPED, WELL, OpenRun, RunFigures, RunHistory
from newscrawl.monitoring.silence import silence, usual_gap
from newscrawl.text import counted

PUBLISHED_MIN_ARTICLES: Final = 200
"""Articles whose dates tell the usual gap between two"""
WEEKS_COMPARED: Final = 8
SPARKLINE_DAYS: Final = 60
OVERDUE_MIN: Final = timedelta(days=2)
"""No run is missed before it is so late: a machine may be away over a day"""
USUAL_RUN_GAPS_MAX: Final = 3
KILLED_IN_A_ROW_MAX: Final = 3
GIB: Final = 1024**3
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """A file system that holds archives."""

    device: int
    """What tells it from others"""
    free_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFigures:
    """What the files of one newspaper say."""

    newspaper: str
    history: RunHistory = field(default_factory=RunHistory)
    published: Sequence[datetime] = ()
    """When the newest articles were published, in any order: at least all of the last nine weeks"""
    disk_bytes: int = 0
    disk: Disk
    began_at: datetime | None = None
    """When the last run took the lock, also where it left no record; None = not known"""
    open_run: OpenRun | None = None
    """The run that has no record yet; None = there is none"""
    faults: tuple[str, ...] = ()
    """Files that could not be read, a line each"""
    silence_is_known: bool = False
    """A person has acknowledged that the newspaper has stopped"""
    acknowledged: Mapping[str, date] = field(default_factory=dict)
    """What a person need not be told of, and the last day of that"""

    @property
    def all_runs(self) -> RunHistory:
        """The runs with the one that was killed and that no other run has noted yet."""
        run, runs = self.open_run, self.history.runs
        if run is None or run.is_at_work or any(one.started_at == run.began_at for one in runs):
            return self.history
        return RunHistory((*runs, run.as_killed()))

    @property
    def run_at_work(self) -> OpenRun | None:
        """The run that is at work; None = none is."""
        return self.open_run if self.open_run is not None and self.open_run.is_at_work else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStatus:
    """One newspaper's row."""

    newspaper: str
    last_run: RunFigures | None
    """The last run that ended, killed or not; None = none has"""
    at_work_since: datetime | None = None
    """When the run began that is at work; None = none is"""
    articles: int
    newest: datetime | None
    usual_gap: timedelta
    """The time between two articles that nine in ten do not exceed"""
    week: int
    """Articles published in the last seven days"""
    usual_week: int | None
    """The median of the eight weeks before; None = they are not in the archive"""
    lists: int
    lists_complete: int
    waiting: int | None
    """Links that were not asked for yet; None = no run could say, as before the first one ends"""
    failed: int | None
    """Links that failed, those given up included"""
    disk_bytes: int
    days_until_full: float | None
    """As the last 30 days went; None = the disk does not fill, or it was not seen for two days"""
    days: tuple[int, ...]
    """Articles on each of the last sixty days, the oldest first"""
    runs: tuple[RunFigures, ...]
    """Oldest first"""
    troubles: tuple[str, ...]
    """Why a person is needed, a line each; () = none is"""
    notes: tuple[str, ...] = ()
    """What is worth to be known and needs nobody, a line each"""

    @property
    def needs_person(self) -> bool:
        return bool(self.troubles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveStatus:
    """All newspapers of an archive at one moment, the worst first."""

    at: datetime
    archive: str
    papers: tuple[PaperStatus, ...]
    free_bytes: int
    """Of the file system of the archive's folder"""
    troubles: tuple[str, ...] = ()
    """What is wrong with the archive as a whole; () = nothing"""

    @property
    def needs_person(self) -> bool:
        """Whether a person is needed; so it is where there is no newspaper: none is watched."""
        is_one_in_need = any(paper.needs_person for paper in self.papers)
        return bool(self.troubles) or not self.papers or is_one_in_need

    @property
    def disk_bytes(self) -> int:
        return sum(paper.disk_bytes for paper in self.papers)

    @property
    def days_until_full(self) -> float | None:
        """The fewest days of any file system; None = none fills."""
        known = [
            paper.days_until_full for paper in self.papers if paper.days_until_full is not None
        ]
        return min(known, default=None)


def archive_status(
    archive: str,
    figures: Iterable[PaperFigures],
    now: datetime,
    home: Disk,
    *,
    free_min_bytes: int,
    warn_days: float,
    never_run: Iterable[str] = (),
) -> ArchiveStatus:
    """Return how every newspaper is.

    Args:
        archive: Where the archive lies, as a person is told of it.
        figures: A newspaper each.
        now: The moment of looking.
        home: The file system of the archive's folder.
        free_min_bytes: Free space below which no run begins.
        warn_days: A disk that is full in fewer days is told.
        never_run: Newspapers that the operator's file names and that have no archive.
    """
    found = list(figures)
    disks = {home.device: home} | {one.disk.device: one.disk for one in found}
    lasts = {device: _forecast(disk, found, now, free_min_bytes) for device, disk in disks.items()}
    told = (_disk_trouble(disk, lasts[n], free_min_bytes, warn_days) for n, disk in disks.items())
    papers = [_status(one, now, lasts[one.disk.device]) for one in found]
    papers += [_never(name) for name in never_run]
    return ArchiveStatus(
        at=now,
        archive=archive,
        papers=tuple(sorted(papers, key=lambda paper: _rank(paper, now))),
        free_bytes=home.free_bytes,
        troubles=tuple(filter(None, told)),
    )


def _forecast(
    disk: Disk, found: Iterable[PaperFigures], now: datetime, free_min_bytes: int
) -> DiskForecast | None:
    """Return how long a disk lasts, by what the runs of its newspapers saw of it."""
    seen = [
        (run.ended_at, run.free_bytes)
        for one in found
        if one.disk.device == disk.device
        for run in one.history.runs
        if run.free_bytes is not None and now - run.ended_at <= SEEN_MAX
    ]
    return disk_forecast((*seen, (now, disk.free_bytes)), free_min_bytes)


def _disk_trouble(
    disk: Disk, forecast: DiskForecast | None, free_min_bytes: int, warn_days: float
) -> str | None:
    if disk.free_bytes < free_min_bytes:
        free, needed = disk.free_bytes / GIB, free_min_bytes / GIB
        return f"DISK: {free:.1f} GiB free, {needed:.1f} GiB needed: no run begins"
    is_soon = forecast is not None and forecast.days_left < warn_days
    return f"DISK: {forecast}" if is_soon else None


def _status(figures: PaperFigures, now: datetime, forecast: DiskForecast | None) -> PaperStatus:
    history, published = figures.all_runs, figures.published
    week, usual_week = weeks(published, now)
    states, lists = history.states, history.lists
    return PaperStatus(
        newspaper=figures.newspaper,
        last_run=history.last,
        at_work_since=figures.run_at_work.began_at if figures.run_at_work else None,
        articles=history.articles or 0,
        newest=max(published, default=None),
        usual_gap=usual_gap(sorted(published)[-PUBLISHED_MIN_ARTICLES:]),
        week=week,
        usual_week=usual_week,
        lists=len(lists),
        lists_complete=sum(lists),
        waiting=states.get("discovered", 0) if states else None,
        failed=states.get("failed", 0) + states.get("given_up", 0) if states else None,
        disk_bytes=figures.disk_bytes,
        days_until_full=forecast.days_left if forecast is not None else None,
        days=by_day(published, now),
        runs=tuple(history.runs),
        troubles=tuple(_troubles(figures, now)),
        notes=tuple(_notes(figures)),
    )


def _never(name: str) -> PaperStatus:
    return PaperStatus(
        newspaper=name, last_run=None, articles=0, newest=None, usual_gap=timedelta(0), week=0,
        usual_week=None, lists=0, lists_complete=0, waiting=None, failed=None, disk_bytes=0,
        days_until_full=None, days=(), runs=(),
        troubles=("has never run: is its schedule at work?",),
    )  # fmt: skip


def _troubles(figures: PaperFigures, now: datetime) -> Iterator[str]:
    yield from figures.faults
    history = figures.all_runs
    killed = history.killed_in_a_row
    if killed >= KILLED_IN_A_ROW_MAX:
        yield f"{counted(killed, 'run')} in a row were killed: look for why"
    published = sorted(figures.published)[-PUBLISHED_MIN_ARTICLES:]
    looked_at = history.last.started_at if history.last is not None else now
    # A ledger that was rebuilt knows no run that brought anything: then the newest article tells.
    last_new_at = history.last_new_at or max(published, default=None)
    silent = silence(last_new_at, published, looked_at)
    if silent is not None and not figures.silence_is_known:
        yield f"STALLED: {silent}"
    last = history.judged
    if last is not None and last.exit_code not in (*WELL, *STOPPED):
        is_told = killed >= KILLED_IN_A_ROW_MAX or last.silence or last.disk or last.is_killed
        if last.weaknesses or not is_told:
            yield f"exit {last.exit_code}: {last.said}"
    overdue = _overdue(figures, now)
    if overdue is not None:
        yield overdue


def _overdue(figures: PaperFigures, now: datetime) -> str | None:
    """Return that the runs no longer come, or that one hangs; None where they come."""
    history, at_work = figures.all_runs, figures.run_at_work
    if at_work is not None:
        quiet, began = now - at_work.last_sign_at, moment_text(at_work.began_at)
        said = f"at work since {began}, has kept nothing for {short_span(quiet)}: does it hang?"
        return said if quiet > OVERDUE_MIN else None
    if history.last is None:
        taken = figures.began_at
        if taken is not None and now - taken > OVERDUE_MIN:
            return f"no run has ended, the last began {short_span(now - taken)} ago"
        return None
    late = now - history.last.ended_at
    if late > max(OVERDUE_MIN, USUAL_RUN_GAPS_MAX * history.usual_gap):
        usual = f", {short_span(history.usual_gap)} are usual" if history.usual_gap else ""
        return f"no run for {short_span(late)}{usual}: is its schedule at work?"
    return None


def _notes(figures: PaperFigures) -> Iterator[str]:
    at_work, last = figures.run_at_work, figures.all_runs.last
    if at_work is not None:
        yield f"at work since {moment_text(at_work.began_at)}"
    elif last is not None and last.is_killed:
        lasted = short_span(last.ended_at - last.started_at)
        yield (
            f"killed at {moment_text(last.ended_at)}, after {lasted}: what it kept is safe, the"
            " next run goes on"
        )
    for what, until in sorted(figures.acknowledged.items()):
        yield f"{what} is not told until {until}, as is acknowledged"


def _rank(paper: PaperStatus, now: datetime) -> tuple[bool, int, float, str]:
    """Return what sorts the worst first: needs a person, the graver code, the staler."""
    code = paper.last_run.exit_code if paper.last_run is not None else 0
    age = (now - paper.newest).total_seconds() if paper.newest is not None else float("inf")
    return (not paper.needs_person, -gravity_of(code), -age, paper.newspaper)


def weeks(published: Iterable[datetime], now: datetime) -> tuple[int, int | None]:
    """Return the articles of the last seven days, and the median of the eight weeks before.

    Weeks that begin before the oldest article do not count; the median of none is None.

    >>> from datetime import UTC
    >>> now = datetime(2026, 12, 1, tzinfo=UTC)
    >>> weeks([now - timedelta(days=day, hours=5) for day in range(40)], now)
    (7, 7)
    >>> weeks([now - timedelta(days=3)], now)
    (1, None)
    """
    times = list(published)
    ages = [(now - at) // _WEEK for at in times]
    whole = (now - min(times, default=now)) // _WEEK
    counts = Counter(ages)
    before = [counts[week] for week in range(1, min(WEEKS_COMPARED + 1, whole))]
    return counts[0] + counts[-1], round(median(before)) if before else None


def by_day(published: Iterable[datetime], now: datetime) -> tuple[int, ...]:
    """Return the articles of each of the last sixty days in Vietnam, the oldest first.

    >>> from datetime import UTC
    >>> now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    >>> by_day([now, now - timedelta(days=1), now - timedelta(days=1)], now)[-3:]
    (0, 2, 1)
    """
    today = now.astimezone(VIETNAM).date()
    counts = Counter((today - at.astimezone(VIETNAM).date()).days for at in published)
    return tuple(counts[day] for day in reversed(range(SPARKLINE_DAYS)))


def moment_text(moment: datetime) -> str:
    """Return a moment as a person in Vietnam reads it.

    >>> from datetime import UTC
    >>> moment_text(datetime(2026, 12, 1, 10, 4, 59, tzinfo=UTC))
    '2026-12-01 17:04 (+07)'
    """
    return f"{moment.astimezone(VIETNAM):%Y-%m-%d %H:%M} (+07)"


def short_span(span: timedelta) -> str:
    """Return a span in its largest unit, as a table shows it.

    >>> [short_span(timedelta(minutes=m)) for m in (0, 59, 119, 60 * 47, 60 * 24 * 9)]
    ['0 min', '59 min', '1 h', '47 h', '9 d']
    """
    if span < _HOUR:
        return f"{max(span, timedelta(0)) // timedelta(minutes=1)} min"
    return f"{span // _HOUR} h" if span < 2 * _DAY else f"{span // _DAY} d"
