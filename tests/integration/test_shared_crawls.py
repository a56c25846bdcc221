"""Many crawls in few processes: what becomes of the rest when a process dies, sticks or grows."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence

import pytest

from newscrawl.cli.shared_crawls import Lane, SharedFleet, spread

ALONE = "print('alone'); import sys; sys.exit(3)"
HEAD = """
import json, os, sys, time
def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)
names = sys.argv[1:]
for name in names:
    tell("begins", newspaper=name)
"""
END_ALL = """
for name in names:
    tell("ends", newspaper=name, code=0, seconds=1.5)
"""


class Told:
    """What a fleet told, and the newspapers that each of its processes was given."""

    def __init__(self, shared: str, processes: int = 2) -> None:
        self.lines: list[tuple[str, str]] = []
        self.given: list[tuple[str, ...]] = []
        self.shared = shared
        self.fleet = SharedFleet(
            self.alone,
            self.together,
            processes,
            lambda *told: self.lines.append(told),
            lambda: None,
        )

    def alone(self, name: str) -> Sequence[str]:
        self.given.append((name,))
        return [sys.executable, "-c", ALONE]

    def together(self, names: Sequence[str]) -> Sequence[str]:
        self.given.append(tuple(names))
        return [sys.executable, "-c", HEAD + self.shared, *names]

    def run(self, *queue: Lane) -> dict[str, int]:
        ended = asyncio.run(self.fleet.run(queue))
        assert len(ended) == len({run.name for run in ended})
        return {run.name: run.code for run in ended}


def lanes_of(names: str) -> list[Lane]:
    return [(name,) for name in names]


def test_all_lanes_run_at_once_in_as_many_processes_as_asked() -> None:
    told = Told(END_ALL)
    assert told.run(*lanes_of("abcdef")) == dict.fromkeys("abcdef", 0)
    assert sorted(told.given) == [("a", "c", "e"), ("b", "d", "f")]
    assert told.lines == []
    assert {run.seconds for run in told.fleet.ended} == {1.5}


def test_a_newspaper_that_kills_its_process_comes_to_stand_alone() -> None:
    told = Told("if 'd' in names: os.kill(os.getpid(), 9)\n" + END_ALL, processes=1)
    assert told.run(*lanes_of("abcdefgh")) == dict.fromkeys("abcefg", 0) | {"d": 3, "h": 3}
    assert told.given[0] == tuple("abcdefgh")
    assert set(told.given[1:]) == {
        ("a", "c", "e", "g"), ("b", "d", "f", "h"), ("b", "f"), ("d", "h"), ("d",), ("h",),
    }  # fmt: skip
    assert ("d", "alone") in told.lines
    first = told.lines[0]
    assert first[0] == "crawlall"
    rest = ", ".join("abcdefgh")
    assert first[1] == f"a process ended with code -9: {rest} begin anew, fewer in each"


def test_what_has_ended_before_the_process_died_is_not_crawled_again() -> None:
    script = "tell('ends', newspaper=names[0], code=0, seconds=1)\nos.kill(os.getpid(), 9)\n"
    told = Told(script, processes=1)
    assert told.run(*lanes_of("abc")) == {"a": 0, "b": 3, "c": 3}
    assert sorted(told.given) == [("a", "b", "c"), ("b",), ("c",)]


def test_lanes_stay_whole_when_they_begin_anew() -> None:
    told = Told("os.kill(os.getpid(), 9)\n", processes=1)
    assert told.run(("a", "b"), ("c",)) == {"a": 3, "b": 3, "c": 3}
    assert told.given[0] == ("a", "b", "c")
    assert told.given.index(("a",)) < told.given.index(("b",))


@pytest.mark.thorough  # it waits for half a minute, so that no load makes a start look stuck
def test_a_stuck_process_is_killed() -> None:
    told = Told("time.sleep(600) if 'c' in names else None\n" + END_ALL, processes=1)
    told.fleet.no_beat_max_s = 15.0
    assert told.run(*lanes_of("abcd")) == {"a": 3, "b": 0, "c": 3, "d": 0}
    said = [line for name, line in told.lines if name == "crawlall"]
    assert said == [
        "a process gave no sign for 15 s and was killed: a, b, c, d begin anew, fewer in each",
        "a process gave no sign for 15 s and was killed: a, c begin anew, fewer in each",
    ]


def test_a_process_over_its_memory_gives_up_those_it_has_stopped() -> None:
    script = """
tell("ends", newspaper=names[0], code=0, seconds=1)
if len(names) > 3:
    tell("memory", bytes=900 << 20, limit=800 << 20)
for name in names[1:]:
    tell("ends", newspaper=name, code=143 if len(names) > 3 else 0, seconds=1)
"""
    told = Told(script, processes=1)
    assert told.run(*lanes_of("abcde")) == dict.fromkeys("abcde", 0)
    assert set(told.given) == {tuple("abcde"), ("b", "d"), ("c", "e")}
    (said,) = [line for name, line in told.lines if name == "crawlall"]
    assert said == "a process held 900 MiB of at most 800: b, c, d, e begin anew, fewer in each"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_reaches_every_process_once_and_begins_nothing_more(number: int) -> None:
    script = """
import signal
def stop(caught, frame):
    tell("ends", newspaper=names[0], code=128 + caught, seconds=1)
    for name in names[1:]:
        tell("ends", newspaper=name, code=-1, seconds=0)
    sys.exit()
signal.signal(signal.SIGINT, stop); signal.signal(signal.SIGTERM, stop)
tell("beat", counts={names[0]: [1, 2, 3]})
time.sleep(600)
"""
    told = Told(script)

    def changed() -> None:
        if len(told.fleet.counts) == 2 and told.fleet.signal is None:
            os.kill(os.getpid(), number)

    told.fleet.changed = changed
    codes = told.run(*lanes_of("abcd"))
    assert codes == {"a": 128 + number, "b": 128 + number, "c": -1, "d": -1}
    assert len(told.given) == 2
    assert told.fleet.counts == {"a": [1, 2, 3], "b": [1, 2, 3]}


def test_where_no_process_can_be_made_each_newspaper_is_told_of() -> None:
    told = Told(END_ALL, processes=1)
    told.fleet.shared_command = lambda names: ["/no/such/program", *names]
    told.fleet.command = lambda name: ["/no/such/program", name]
    assert told.run(*lanes_of("ab")) == {"a": 126, "b": 126}


@pytest.mark.parametrize("groups", [1, 2, 3, 50])
def test_the_spread_holds_every_lane_once(groups: int) -> None:
    queue = [tuple(f"{n}.{i}" for i in range(n % 4 + 1)) for n in range(23)]
    found = spread(queue, groups)
    assert sorted(lane for group in found for lane in group) == sorted(queue)
    sizes = [sum(map(len, group)) for group in found]
    assert max(sizes) - min(sizes) <= 4
