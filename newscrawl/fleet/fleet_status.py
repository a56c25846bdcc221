"""What runs where, what failed and what is late, judged from the tables of the queue. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from newscrawl.config.program import to_type
from newscrawl.exit_codes import ExitCode, meaning_of
from newscrawl.fleet.queue_tables import TASKS
from newscrawl.monitoring.paper_status import short_span
from newscrawl.text import counted
from newscrawl.timestamps import utc_text

_WELL: Final = (ExitCode.OK, ExitCode.BOUND_REACHED)
_WAITS_MAX_RUNS: Final = 2
"""Distances between two runs after which a newspaper without a run is late"""
_TASK_NAMES: Final = {task: name for name, task in TASKS.items()}

NodeKind = Literal["at work", "stopped", "lost", "never began"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeState:
    """A node."""

    node: str
    kind: NodeKind
    since: datetime | None
    """When its worker began, stopped, or gave the last sign"""
    host: str
    archive: str
    slots: int
    newspapers: int
    """How many newspapers have their folder there"""
    running: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """A job that has not ended."""

    newspaper: str
    task: str
    """As a person types it: crawl or reparse"""
    node: str
    kind: Literal["running", "waiting", "broken"]
    since: datetime
    attempts: int
    """How often it was begun and put back"""
    again_at: datetime | None
    """When it is tried again, where that is not at once"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The last run of a newspaper by one of the tasks."""

    newspaper: str
    task: str
    node: str
    put_at: datetime | None
    started_at: datetime | None
    ended_at: datetime
    code: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetStatus:
    """The fleet at a moment."""

    at: datetime
    nodes: tuple[NodeState, ...]
    jobs: tuple[JobState, ...]
    runs: tuple[LastRun, ...]
    newspapers: int
    troubles: tuple[str, ...]
    """What needs a person, a line each"""


def fleet_status(facts: Mapping[str, Any], lost_s: float) -> FleetStatus:
    """Return the fleet's state.

    Args:
        facts: What `QueueStore.facts` returns.
        lost_s: Silence after which a node is lost.
    """
    now: datetime = facts["now"]
    jobs = tuple(_job(row) for row in facts["jobs"])
    nodes = tuple(_nodes(facts["nodes"], facts["places"], jobs, now, lost_s))
    runs = tuple(LastRun(**row) for row in facts["runs"])
    told = (*_node_troubles(nodes), *_job_troubles(jobs), *_failed(runs),
            *_late(facts["places"], jobs, runs, now))  # fmt: skip
    return FleetStatus(
        at=now, nodes=nodes, jobs=jobs, runs=runs, newspapers=len(facts["places"]), troubles=told
    )


def _job(row: Mapping[str, Any]) -> JobState:
    kinds: dict[str, Literal["running", "waiting", "broken"]] = {
        "doing": "running", "todo": "waiting", "failed": "broken",
    }  # fmt: skip
    kind = kinds[row["status"]]
    return JobState(
        newspaper=row["newspaper"],
        task=_TASK_NAMES[row["task_name"]],
        node=row["queue_name"].partition(":")[0],
        kind=kind,
        since=row["since"],
        attempts=row["attempts"],
        again_at=row["scheduled_at"] if kind == "waiting" else None,
    )


def _nodes(
    rows: Sequence[Mapping[str, Any]],
    places: Sequence[Mapping[str, Any]],
    jobs: Sequence[JobState],
    now: datetime,
    lost_s: float,
) -> Iterator[NodeState]:
    begun = {row["node"]: row for row in rows}
    held = {place["node"] for place in places}
    for node in sorted(begun.keys() | held):
        row = begun.get(node)
        own = [job.kind for job in jobs if job.node == node]
        yield NodeState(
            node=node,
            kind=_kind(row, now, lost_s),
            since=_since(row, now, lost_s),
            host=row["host"] if row else "",
            archive=row["archive"] if row else "",
            slots=row["slots"] if row else 0,
            newspapers=sum(place["node"] == node for place in places),
            running=own.count("running"),
            waiting=own.count("waiting"),
        )


def _kind(row: Mapping[str, Any] | None, now: datetime, lost_s: float) -> NodeKind:
    if row is None:
        return "never began"
    if row["stopped_at"] is not None:
        return "stopped"
    return "lost" if now - row["seen_at"] > timedelta(seconds=lost_s) else "at work"


def _since(row: Mapping[str, Any] | None, now: datetime, lost_s: float) -> datetime | None:
    if row is None:
        return None
    moments = {"at work": "started_at", "stopped": "stopped_at", "lost": "seen_at"}
    moment: datetime = row[moments[_kind(row, now, lost_s)]]
    return moment


# Troubles ----------------------------------------------------------------------------------------


def _node_troubles(nodes: Sequence[NodeState]) -> Iterator[str]:
    for node in nodes:
        what = counted(node.newspapers, "newspaper")
        if node.kind == "lost" and node.since is not None:
            gone = f"lost since {utc_text(node.since)}"
            remedy = "start its worker again, or bring its folders back (docs/fleet.md)"
            yield f"{node.node}: {gone} with {what}, {node.waiting} jobs waiting: {remedy}"
        elif node.kind != "at work" and node.waiting:
            remedy = f"start {to_type(f'fleet work --node {node.node}')}"
            yield f"{node.node}: {node.kind}, {node.waiting} jobs waiting: {remedy}"


def _job_troubles(jobs: Sequence[JobState]) -> Iterator[str]:
    for job in jobs:
        if job.kind == "broken":
            remedy = f"the log of {job.node}'s worker says why"
            yield f"{job.newspaper}: its {job.task} broke the worker's own code: {remedy}"


def _failed(runs: Sequence[LastRun]) -> Iterator[str]:
    for run in runs:
        if run.code not in _WELL:
            why = run.said.splitlines()[-1] if run.said else meaning_of(run.code, "killed")
            yield f"{run.newspaper}: {run.task} on {run.node} ended with {run.code}: {why}"


def _late(
    places: Sequence[Mapping[str, Any]],
    jobs: Sequence[JobState],
    runs: Sequence[LastRun],
    now: datetime,
) -> Iterator[str]:
    """Yield the newspapers that have had no crawl for twice the distance of their schedule."""
    running = {job.newspaper for job in jobs if job.kind == "running"}
    ended = {run.newspaper: run.ended_at for run in runs if run.task == "crawl"}
    for place in places:
        name, every_h = place["newspaper"], place["every_h"]
        last = max(ended.get(name, place["placed_at"]), place["placed_at"])
        is_late = now - last > timedelta(hours=_WAITS_MAX_RUNS * every_h)
        if every_h and is_late and name not in running:
            since = f"no crawl for {short_span(now - last)}, wanted every {every_h} h"
            yield f"{name}: late on {place['node']}: {since}"
