"""What needs a person, from what the tables say."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from newscrawl.fleet.fleet_status import FleetStatus, fleet_status
from newscrawl.fleet.fleet_text import fleet_json, fleet_sums, fleet_text

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LOST_S = 60.0


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def node(name: str, **facts: Any) -> dict[str, Any]:
    usual = {"host": "h", "archive": "/srv/output", "slots": 8, "started_at": ago(hours=5),
             "seen_at": ago(seconds=5), "stopped_at": None}  # fmt: skip
    return {"node": name} | usual | facts


def place(name: str, at: str, every_h: int = 2, **facts: Any) -> dict[str, Any]:
    return {"newspaper": name, "node": at, "every_h": every_h, "placed_at": ago(days=9)} | facts


def job(name: str, status: str, queue: str = "n1", **facts: Any) -> dict[str, Any]:
    usual = {"id": 7, "task_name": "newscrawl.crawl", "attempts": 0, "scheduled_at": None,
             "since": ago(minutes=3)}  # fmt: skip
    return {"newspaper": name, "status": status, "queue_name": queue} | usual | facts


def run(name: str, code: int = 0, **facts: Any) -> dict[str, Any]:
    usual = {"task": "crawl", "node": "n1", "put_at": ago(hours=2), "said": "",
             "started_at": ago(hours=2), "ended_at": ago(hours=1)}  # fmt: skip
    return {"newspaper": name, "code": code} | usual | facts


def judged(**facts: Any) -> FleetStatus:
    rows = {"now": NOW, "nodes": [node("n1")], "places": [place("a", "n1")], "jobs": [],
            "runs": [run("a")]}  # fmt: skip
    return fleet_status(rows | facts, LOST_S)


def test_all_is_well() -> None:
    status = judged(jobs=[job("a", "doing")])
    assert status.troubles == ()
    assert fleet_sums(status) == "0 for a person · 1 newspaper on 1 node · 1 running, 0 waiting"


@pytest.mark.parametrize(
    ("facts", "kind", "since"),
    [
        ({}, "at work", ago(hours=5)),
        ({"seen_at": ago(seconds=60)}, "at work", ago(hours=5)),
        ({"seen_at": ago(seconds=61)}, "lost", ago(seconds=61)),
        ({"seen_at": ago(days=2), "stopped_at": ago(hours=3)}, "stopped", ago(hours=3)),
    ],
)
def test_a_node_is_at_work_stopped_or_lost(
    facts: dict[str, Any], kind: str, since: datetime
) -> None:
    (found,) = judged(nodes=[node("n1", **facts)]).nodes
    assert (found.kind, found.since, found.newspapers) == (kind, since, 1)


def test_a_node_that_never_began_is_told_once_jobs_wait_for_it() -> None:
    places = [place("a", "n1"), place("b", "n2", every_h=0)]
    assert judged(places=places).troubles == ()
    status = judged(places=places, jobs=[job("b", "todo", "n2")])
    remedy = "start `newscrawl fleet work --node n2`"
    assert status.troubles == (f"n2: never began, 1 jobs waiting: {remedy}",)
    assert [one.kind for one in status.nodes] == ["at work", "never began"]


def test_a_lost_node_is_told_with_what_hangs_on_it() -> None:
    lost = node("n1", seen_at=ago(minutes=10))
    status = judged(nodes=[lost], jobs=[job("a", "todo"), job("a", "todo", "n1:reparse")])
    (trouble,) = status.troubles
    assert trouble.startswith("n1: lost since 2026-12-01T11:50:00Z with 1 newspaper, 2 jobs wait")


@pytest.mark.parametrize(("code", "is_told"), [(0, False), (7, False), (3, True), (137, True)])
def test_a_run_that_failed_is_told(code: int, is_told: bool) -> None:
    status = judged(runs=[run("a", code, said="first\nthe lists are empty")])
    told = (f"a: crawl on n1 ended with {code}: the lists are empty",) if is_told else ()
    assert status.troubles == told


def test_a_code_without_words_is_explained() -> None:
    (trouble,) = judged(runs=[run("a", 6)]).troubles
    assert trouble == "a: crawl on n1 ended with 6: robots.txt forbids it or cannot be read"
    (trouble,) = judged(runs=[run("a", 137)]).troubles
    assert trouble == "a: crawl on n1 ended with 137: killed"


@pytest.mark.parametrize(
    ("facts", "is_late"),
    [
        ({"runs": [run("a", ended_at=ago(hours=4))]}, False),
        ({"runs": [run("a", ended_at=ago(hours=4, seconds=1))]}, True),
        ({"runs": [run("a", task="reparse")]}, True),
        ({"runs": []}, True),
        ({"runs": [], "jobs": [job("a", "doing")]}, False),
        ({"runs": [], "places": [place("a", "n1", every_h=0)]}, False),
        ({"runs": [], "places": [place("a", "n1", placed_at=ago(hours=3))]}, False),
        ({"runs": [], "places": [place("a", "n1", every_h=24, placed_at=ago(hours=47))]}, False),
    ],
)
def test_a_newspaper_without_a_run_is_late(facts: dict[str, Any], is_late: bool) -> None:
    troubles = judged(**facts).troubles
    assert (
        any(trouble.startswith("a: late on n1: no crawl for ") for trouble in troubles) == is_late
    )


def test_a_job_that_broke_the_worker_is_told() -> None:
    (trouble,) = judged(jobs=[job("a", "failed")]).troubles
    assert trouble == "a: its crawl broke the worker's own code: the log of n1's worker says why"


def test_the_table_shows_what_runs_where_since_when() -> None:
    jobs = [job("a", "doing", "n1:reparse", task_name="newscrawl.reparse", attempts=2),
            job("b", "todo", scheduled_at=NOW)]  # fmt: skip
    text = fleet_text(judged(jobs=jobs, places=[place("a", "n1"), place("b", "n1", every_h=0)]))
    assert text.splitlines() == [
        "node  is       for  newspapers  running  waiting  slots  host",
        "n1    at work  5 h           2        1        1      8  h",
        "",
        "running  task     node    for  tries",
        "a        reparse  n1    3 min      3",
        "",
        "0 for a person · 2 newspapers on 1 node · 1 running, 1 waiting",
    ]


def test_an_empty_fleet_says_what_to_do() -> None:
    status = judged(nodes=[], places=[], runs=[])
    assert fleet_text(status).startswith("no newspaper has a node yet: `newscrawl fleet place")


def test_the_json_holds_everything() -> None:
    status = judged(jobs=[job("a", "todo", scheduled_at=NOW)], runs=[run("a", 4, said="down")])
    found = json.loads(json.dumps(fleet_json(status)))
    assert found["needs_person"] is True
    assert found["at"] == "2026-12-01T12:00:00Z"
    assert found["jobs"] == [
        {"newspaper": "a", "task": "crawl", "node": "n1", "kind": "waiting", "attempts": 0,
         "since": "2026-12-01T11:57:00Z", "again_at": "2026-12-01T12:00:00Z"},
    ]  # fmt: skip
    assert found["runs"][0]["code"] == 4
    assert found["nodes"][0]["kind"] == "at work"
    assert found["troubles"] == ["a: crawl on n1 ended with 4: down"]


def test_words_of_a_site_move_no_terminal() -> None:
    text = fleet_text(judged(runs=[run("a", 3, said="\x1b[2Jgone")]))
    assert "\x1b" not in text
