"""Side by side: lanes, the gravest code, the table, real processes that fail and are stopped."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cli.lanes import lanes
from newscrawl.cli.parallel_crawls import (
    NOT_STARTED,
    Ended,
    Fleet,
    crawl_command,
    table,
    worst,
)
from newscrawl.exit_codes import BY_GRAVITY, ExitCode
from tests.support.paths import ROOT

SLEEPS = "import time; print('awake', flush=True); time.sleep(60)"


def test_every_exit_code_has_its_gravity() -> None:
    assert sorted(BY_GRAVITY) == sorted(ExitCode)
    assert len({code.gravity for code in ExitCode}) == len(ExitCode)


@pytest.mark.parametrize(
    ("codes", "gravest"),
    [
        ([], 0),
        ([0, 0], 0),
        ([0, 7], 7),
        ([7, 75], 75),
        ([3, 7, 0], 3),
        ([3, 4, 6], 4),
        ([6, 3], 6),
        ([1, 5, 2], 5),
        ([1, 2], 1),
        ([143, 0, 130], 143),
        ([143, 3], 3),
        ([0, 139], 139),
        ([139, 5], 5),
        ([126, 3, 0], 126),
    ],
)
def test_the_gravest_code_counts(codes: list[int], gravest: int) -> None:
    assert worst(codes) == gravest
    assert worst(reversed(codes)) == gravest


names = st.text("abcdef", min_size=1, max_size=3)
hosts = st.frozensets(st.sampled_from(["p.vn", "q.vn", "r.vn", "s.vn", "t.vn"]), max_size=3)


@given(st.dictionaries(names, hosts, max_size=8))
def test_lanes_hold_everyone_once_and_keep_shared_hosts_together(
    papers: dict[str, frozenset[str]],
) -> None:
    found = lanes(papers)
    assert sorted(name for lane in found for name in lane) == sorted(papers)
    for one, other in combinations(found, 2):
        assert all(papers[a].isdisjoint(papers[b]) for a in one for b in other)


def test_a_chain_of_shared_hosts_is_one_lane() -> None:
    papers = {
        "a": frozenset({"p.vn"}),
        "b": frozenset({"q.vn"}),
        "c": frozenset({"r.vn"}),
        "d": frozenset({"p.vn", "q.vn"}),
    }
    assert lanes(papers) == (("a", "b", "d"), ("c",))


def test_the_table_begins_with_what_is_gravest() -> None:
    record = {"counts": {"article/new": 12, "article/gone": 1}, "articles": 90, "requests": 25}
    said = table(
        [
            Ended(name="baoa", code=0, seconds=61.4, record=record),
            Ended(name="baob", code=5, seconds=2.0),
            Ended(name="baoc", code=-1),
            Ended(name="baod", code=137, seconds=9.0, record=record | {"counts": {}}),
            Ended(name="baoe", code=NOT_STARTED),
        ]
    )
    lines = [line.split() for line in said.splitlines()]
    assert lines[0] == [
        "newspaper", "new", "changed", "gone", "articles", "requests", "time", "code",
    ]  # fmt: skip
    assert lines[1][:8] == ["baob", "–", "–", "–", "–", "–", "2s", "5"]
    assert said.splitlines()[1].endswith(ExitCode.ARCHIVE_ERROR.meaning)
    by_name = {line[0]: line for line in lines}
    assert by_name["baoa"] == ["baoa", "12", "0", "1", "90", "25", "61s", "0"]
    assert by_name["baoc"][-3:] == ["–", "not", "begun"]
    assert by_name["baod"][-2:] == ["137", "killed"]
    assert by_name["baoe"][-5:] == ["126", "could", "not", "be", "started"]
    assert said.splitlines()[-1] == "1 of 5 refreshed, 12 new articles"


def test_the_command_is_the_one_a_person_types() -> None:
    command = crawl_command("baotuyenquang", ["-s", "ARCHIVE=x"])
    own = ["--quiet", "--repeat", "-s", f"PARENT_PID={os.getpid()}"]
    assert command[1:] == [
        "-m",
        "newscrawl.cli.main",
        "crawl",
        "baotuyenquang",
        *own,
        "-s",
        "ARCHIVE=x",
    ]
    once = crawl_command("baotuyenquang", [], repeats=False)
    assert once[4:] == ["baotuyenquang", "--quiet", "-s", f"PARENT_PID={os.getpid()}"]


# Processes ---------------------------------------------------------------------------------------


class Told:
    """Every line and every change a fleet told of."""

    def __init__(self, codes: dict[str, str], processes: int = 2) -> None:
        self.lines: list[tuple[str, str]] = []
        self.most = 0
        self.together: list[frozenset[str]] = []
        self.fleet = Fleet(
            lambda name: [sys.executable, "-c", codes[name]],
            processes,
            lambda name, line: self.lines.append((name, line)),
            self.changed,
        )

    def changed(self) -> None:
        self.together.append(frozenset(self.fleet.running))

    def run(self, queue: Sequence[tuple[str, ...]]) -> dict[str, int]:
        ended = asyncio.run(self.fleet.run(queue))
        return {run.name: run.code for run in ended}


def test_one_that_fails_touches_no_other() -> None:
    told = Told(
        {
            "a": "import sys; print('ruined', file=sys.stderr); sys.exit(4)",
            "b": "print('fine')",
            "c": "import os; os.kill(os.getpid(), 9)",
            "d": "print('x' * 300_000)",
            "e": "print('y' * 5_000_000); print('and on')",
            "f": "import os; os.write(1, b'no end of line')",
        }
    )
    assert told.run([("a",), ("b",), ("c",), ("d",), ("e",), ("f",)]) == {
        "a": 4, "b": 0, "c": 137, "d": 0, "e": 0, "f": 0,
    }  # fmt: skip
    assert sum(line.count("y") for name, line in told.lines if name == "e") == 5_000_000
    assert ("e", "and on") in told.lines
    assert ("f", "no end of line") in told.lines
    assert ("a", "ruined") in told.lines
    assert ("b", "fine") in told.lines
    assert ("d", "x" * 300_000) in told.lines


def test_one_that_cannot_be_started_touches_no_other() -> None:
    told = Told({"a": "", "b": "print('fine')", "c": "print('fine')"}, processes=1)
    inner = told.fleet.command
    told.fleet.command = lambda name: ["/no/such/program"] if name == "a" else inner(name)
    assert told.run([("a", "b"), ("c",)]) == {"a": NOT_STARTED, "b": 0, "c": 0}
    assert told.lines == [
        ("a", "could not be started: No such file or directory"),
        ("b", "fine"),
        ("c", "fine"),
    ]


def test_where_no_process_can_be_made_every_newspaper_is_told_of(tmp_path: Path) -> None:
    """As for a user who may have no more processes: ulimit -u, or here a lack of descriptors."""
    script = tmp_path / "many.py"
    script.write_text(FEW_FILES, "utf-8")
    done = subprocess.run(
        [sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "a could not be started: Too many open files",
        "b could not be started: Too many open files",
        "[('a', 126), ('b', 126)]",
    ]


FEW_FILES = """
import asyncio, os, resource
from newscrawl.cli.parallel_crawls import Fleet

async def main():
    fleet = Fleet(lambda name: ["true"], 1, print, lambda: None)
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    few = len(os.listdir("/proc/self/fd")) + 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, few))
    print([(run.name, run.code) for run in await fleet.run([("a",), ("b",)])])

asyncio.run(main())
"""


def test_nobody_listening_stops_no_crawl() -> None:
    told = Told({"a": "print('lost')", "b": "print('lost too')"}, processes=1)

    def broken(name: str, line: str) -> None:
        told.lines.append((name, line))
        raise BrokenPipeError

    told.fleet.tell = broken
    assert told.run([("a",), ("b",)]) == {"a": 0, "b": 0}
    assert told.lines == [("a", "lost"), ("b", "lost too")]


def test_as_many_at_a_time_as_asked_for_and_a_lane_one_by_one() -> None:
    naps = dict.fromkeys("abcde", "import time; time.sleep(0.2)")
    told = Told(naps, processes=2)
    assert told.run([("a", "b"), ("c",), ("d", "e")]) == dict.fromkeys("abcde", 0)
    assert max(map(len, told.together)) == 2
    for lane in ({"a", "b"}, {"d", "e"}):
        assert not any(lane <= running for running in told.together)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_passed_on_and_nobody_else_begins(number: signal.Signals) -> None:
    told = Told(dict.fromkeys("abc", SLEEPS), processes=2)

    def tell(name: str, line: str) -> None:
        told.lines.append((name, line))
        if len(told.lines) == 2:
            os.kill(os.getpid(), number)

    told.fleet.tell = tell
    codes = told.run([("a",), ("b",), ("c",)])
    assert codes["c"] == -1
    assert told.fleet.signal == number
    stopped = {codes["a"], codes["b"]}
    # Python ends with 1 after KeyboardInterrupt's own re-raised signal: 130, or 143 for SIGTERM.
    assert stopped == {128 + number}
