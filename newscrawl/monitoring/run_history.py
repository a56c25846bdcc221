"""The runs of a newspaper, as `runs/` publishes them, for who looks at many at once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, takewhile
from statistics import median
from typing import Any, Final

from newscrawl.exit_codes import ExitCode, meaning_of
from newscrawl.items import Line
from newscrawl.monitoring.site_failures import DOWN, failure_lines

WELL: Final = (ExitCode.OK, ExitCode.BOUND_REACHED)
STOPPED: Final = (ExitCode.INTERRUPTED, ExitCode.TERMINATED, ExitCode.BUSY)
"""Codes of runs that say nothing of the newspaper"""
_KILLED: Final = 128 + 9
_RUNS_FOR_GAP_MAX: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """What one run's record says, as far as a person compares runs by it."""

    started_at: datetime
    ended_at: datetime
    exit_code: int
    new: int = 0
    changed: int = 0
    gone: int = 0
    requests: int = 0
    kept: int = 0
    """Articles that a killed run left in the archive"""
    articles: int | None = None
    """Articles in the archive after the run; None = the run could not say"""
    states: Mapping[str, int] | None = None
    """Links by state; None = the run could not say"""
    lists: tuple[bool, ...] | None = None
    """For each list whether it was ever read whole; None = the run could not say"""
    weaknesses: tuple[str, ...] = ()
    """Field and template of what read worse, "links (lists)"; () = nothing"""
    failures: tuple[str, ...] = ()
    """What kept a site that is down from answering, a line each; () = it answered"""
    silence: str = ""
    """What was told of a newspaper that gives nothing new; "" = nothing"""
    disk: str = ""
    """What was told of a disk that will soon be full; "" = nothing"""
    free_bytes: int | None = None
    """Free space on the archive's disk after the run; None = the run could not say"""

    @property
    def is_killed(self) -> bool:
        """Whether the run was killed; one may have been, by a restart of the machine."""
        return self.exit_code == _KILLED

    @property
    def said(self) -> str:
        """What the run's end means, with its causes: why a site is down, or what reads worse."""
        meaning = "killed" if self.is_killed else meaning_of(self.exit_code, "unknown")
        fields = [] if self.failures else [f"field {name}" for name in self.weaknesses]
        told = "; ".join([*self.failures, *fields])
        return f"{meaning}{': ' if told else ''}{told}"


def figures_of(record: Line) -> RunFigures:
    """Return the figures of a run's record; raise ValueError for what is no such record."""
    try:
        return _figures_of(record)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no record of a run: {error!r}") from error


def _figures_of(record: Line) -> RunFigures:
    counts: Mapping[str, Any] = record["counts"]
    states, listings = record.get("states"), record.get("listings")
    weak, free = record.get("weaknesses", ()), record.get("free_bytes")
    return RunFigures(
        started_at=_moment(record["started_at"]),
        ended_at=_moment(record["ended_at"]),
        exit_code=int(record["exit_code"]),
        new=int(counts.get("article/new", 0)),
        changed=int(counts.get("article/changed", 0)),
        gone=int(counts.get("article/gone", 0)),
        kept=int(counts.get("article/kept", 0)),
        requests=int(record.get("requests", 0)),
        articles=int(record["articles"]) if "articles" in record else None,
        states={str(name): int(n) for name, n in states.items()} if states is not None else None,
        lists=tuple(bool(one["known_at"]) for one in listings) if listings is not None else None,
        weaknesses=tuple(dict.fromkeys(f"{one['field']} ({one['template']})" for one in weak)),
        failures=failure_lines(counts) if int(record["exit_code"]) in DOWN else (),
        silence=str(record.get("silence", "")),
        disk=str(record.get("disk", "")),
        free_bytes=int(free) if free is not None else None,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {text}")
    return moment


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun:
    """A run without a record: it is at work, or was killed."""

    began_at: datetime
    last_sign_at: datetime
    """When it last wrote into its ledger"""
    is_at_work: bool

    def as_killed(self) -> RunFigures:
        """Return the figures that the next run will note for it, with the moment known now."""
        return RunFigures(started_at=self.began_at, ended_at=self.last_sign_at, exit_code=_KILLED)


@dataclass(frozen=True, slots=True)
class RunHistory:
    """A newspaper's runs, oldest first."""

    runs: Sequence[RunFigures] = field(default=())

    @property
    def last(self) -> RunFigures | None:
        """The last run; None = none has ended."""
        return self.runs[-1] if self.runs else None

    @property
    def judged(self) -> RunFigures | None:
        """The last run that nobody stopped or killed: its end says how the newspaper is."""
        kept = (
            run for run in reversed(self.runs) if run.exit_code not in STOPPED and not run.is_killed
        )
        return next(kept, self.last)

    @property
    def last_new_at(self) -> datetime | None:
        """When the last run began that brought a new article; None = none did."""
        return next((run.started_at for run in reversed(self.runs) if run.new or run.kept), None)

    @property
    def killed_in_a_row(self) -> int:
        """How many runs were killed, one after the other, before the last one that ended."""
        runs = self.runs if self.runs and self.runs[-1].is_killed else self.runs[:-1]
        return sum(1 for _ in takewhile(lambda run: run.is_killed, reversed(runs)))

    @property
    def usual_gap(self) -> timedelta:
        """The median time between the starts of two runs; nil for fewer than two."""
        starts = [run.started_at for run in self.runs[-_RUNS_FOR_GAP_MAX:]]
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(starts)]
        return timedelta(seconds=median(gaps)) if gaps else timedelta(0)

    @property
    def states(self) -> Mapping[str, int]:
        """Links by state, as the last run that could say it left them; {} = none could."""
        told = (run.states for run in reversed(self.runs) if run.states is not None)
        return next(told, {})

    @property
    def lists(self) -> tuple[bool, ...]:
        """For each list whether it was ever read whole; () = no run could say."""
        return next((run.lists for run in reversed(self.runs) if run.lists is not None), ())

    @property
    def articles(self) -> int | None:
        """Articles in the archive after the last run that could say it; None = none could."""
        told = (run.articles for run in reversed(self.runs) if run.articles is not None)
        return next(told, None)
