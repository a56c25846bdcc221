"""The fleet's status for a terminal, and as JSON. Pure."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from newscrawl.cli.text_table import text_table
from newscrawl.config.program import to_type
from newscrawl.fleet.fleet_status import FleetStatus
from newscrawl.monitoring.paper_status import short_span
from newscrawl.text import clean, counted
from newscrawl.timestamps import utc_text

_NODES: Final = ("node", "is", "for", "newspapers", "running", "waiting", "slots", "host")
_RUNNING: Final = ("running", "task", "node", "for", "tries")


def fleet_text(status: FleetStatus) -> str:
    """Return the nodes, what runs, what needs a person, and the sums."""
    if not status.nodes:
        example = to_type("fleet place --nodes n01..n10")
        return f"no newspaper has a node yet: {example} gives them one"
    at = status.at
    nodes = [
        (node.node, node.kind, short_span(at - node.since) if node.since else "–",
         str(node.newspapers), str(node.running), str(node.waiting), str(node.slots), node.host)
        for node in status.nodes
    ]  # fmt: skip
    running = [
        (job.newspaper, job.task, job.node, short_span(at - job.since), str(job.attempts + 1))
        for job in status.jobs
        if job.kind == "running"
    ]
    lines = [text_table([_NODES, *nodes], right=range(2, 7)), ""]
    if running:
        lines += [text_table([_RUNNING, *running], right=(3, 4)), ""]
    lines += map(clean, status.troubles)
    return "\n".join([*lines, fleet_sums(status)])


def fleet_sums(status: FleetStatus) -> str:
    """Return how many of everything there are, in one line."""
    kinds = Counter(job.kind for job in status.jobs)
    return (
        f"{len(status.troubles)} for a person · {counted(status.newspapers, 'newspaper')} on"
        f" {counted(len(status.nodes), 'node')} · {kinds['running']} running,"
        f" {kinds['waiting']} waiting"
    )


def fleet_json(status: FleetStatus) -> dict[str, Any]:
    """Return the status as a JSON object; times in UTC, null = not known."""
    found: dict[str, Any] = _plain(asdict(status))
    return found | {"needs_person": bool(status.troubles)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
