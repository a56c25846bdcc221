"""The process of a job: its end, its words, and that nothing of it outlives its stop."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.cli.child_command import child_command
from newscrawl.cli.parallel_crawls import NOT_STARTED
from newscrawl.fleet.job_process import (
    SAID_LINES_MAX,
    JobEnd,
    JobProcess,
    crawl_job,
    reparse_job,
)
from tests.support.fleet_nodes import is_alive, wait_for
from tests.support.paths import ROOT

BEGUN = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text('begun');"


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def run(command: list[str]) -> tuple[JobEnd, list[str]]:
    told: list[str] = []
    return asyncio.run(JobProcess(command, told.append).run()), told


def is_written(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def stopped(
    command: list[str],
    path: Path,
    stop: Callable[[JobProcess, "asyncio.Task[JobEnd]"], object],
    stop_max_s: float = 60,
) -> JobEnd:
    """Run a command that writes `path`, and stop it then."""

    async def scene() -> JobEnd:
        process = JobProcess(command, lambda _: None)
        process.stop_max_s = stop_max_s
        running = asyncio.ensure_future(process.run())
        async with asyncio.timeout(60):
            while not is_written(path):  # noqa: ASYNC110  (another process writes)
                await asyncio.sleep(0.02)
        stop(process, running)
        return await running

    return asyncio.run(scene())


@pytest.mark.parametrize("code", [0, 3, 75, 143])
def test_the_code_is_the_commands_own(code: int) -> None:
    end, told = run(python(f"raise SystemExit({code})"))
    assert (end, told) == (JobEnd(code, ""), [])


def test_a_command_that_is_killed_has_the_code_of_a_shell() -> None:
    end, _ = run(python("import os; os.kill(os.getpid(), 9)"))
    assert end.code == 137


def test_a_command_that_is_not_there_is_told() -> None:
    end, _ = run(["/nowhere/newscrawl"])
    assert end == JobEnd(NOT_STARTED, "could not be started: No such file or directory")


def test_the_last_lines_are_kept_and_all_are_told() -> None:
    code = "import sys\nfor n in range(30): (sys.stdout, sys.stderr)[n % 2].write(f'line {n}\\n')"
    end, told = run(python(code))
    assert sorted(told) == sorted(f"line {n}" for n in range(30))
    assert end.said.splitlines() == told[-SAID_LINES_MAX:]


def test_words_are_one_line_each_and_short() -> None:
    code = r"import sys; sys.stdout.buffer.write(b'a\x1b[2J\xff b\n\n' + b'x' * 5000 + b'\n')"
    end, told = run(python(code))
    assert [len(line) <= 400 for line in told] == [True, True]
    assert "\x1b" not in end.said
    assert told[0].endswith("b")


# Stopping -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, 137)])
def test_a_signal_reaches_the_command(number: int, code: int, tmp_path: Path) -> None:
    path = tmp_path / "begun"
    end = stopped(python(f"{BEGUN} time.sleep(600)", path), path, lambda one, _: one.stop(number))
    assert end.code == code


def test_a_command_may_end_in_its_own_way(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    own = "import signal; signal.signal(signal.SIGTERM, lambda *_: sys.exit(7));"
    command = python(f"import sys; {own} {BEGUN} time.sleep(600)", path)
    assert stopped(command, path, lambda one, _: one.stop(signal.SIGTERM)).code == 7


def test_a_command_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "begun"
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    command = python(f"{deaf} {BEGUN} time.sleep(600)", path)
    end = stopped(command, path, lambda one, _: one.stop(signal.SIGTERM), stop_max_s=0.2)
    assert end.code == 137


def test_what_the_command_has_started_is_stopped_with_it(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    child = "import subprocess, sys, pathlib, time;"
    child += "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    child += "pathlib.Path(sys.argv[1]).write_text(str(one.pid)); time.sleep(600)"
    end = stopped(python(child, path), path, lambda one, _: one.stop(signal.SIGTERM))
    assert end.code == 143
    wait_for(lambda: not is_alive(int(path.read_text("ascii"))))


def test_a_job_that_is_cancelled_leaves_no_process(tmp_path: Path) -> None:
    path = tmp_path / "pid"
    code = "import os, sys, pathlib, time;"
    code += "pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
    with pytest.raises(asyncio.CancelledError):
        stopped(python(code, path), path, lambda _, running: running.cancel())
    assert not is_alive(int(path.read_text("ascii")))


# The commands -------------------------------------------------------------------------------------


def test_the_commands_are_those_that_a_person_types() -> None:
    start = child_command()
    crawl = crawl_job("baothu", ["limit=3"], ["-s", "MIRROR=http://127.0.0.1:9"])
    assert crawl[: len(start)] == start
    assert crawl[len(start) :] == [
        "crawl", "--quiet", "--repeat", "-s", "MIRROR=http://127.0.0.1:9", "-a", "limit=3",
        "baothu",
    ]  # fmt: skip
    assert reparse_job("baothu", ["-L", "INFO"])[len(start) :] == [
        "reparse",
        "-L",
        "INFO",
        "baothu",
    ]


def test_a_child_command_runs_as_it_would_alone() -> None:
    done = subprocess.run(
        child_command("list"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "baotuyenquang" in done.stdout.split()


def test_a_child_whose_parent_has_ended_does_not_begin() -> None:
    command = child_command("list")
    command[command.index(str(os.getpid()))] = "1"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (143, "")


def test_a_child_ends_with_a_parent_that_is_killed() -> None:
    """The parent starts a child that asks for it, says its number, and is killed."""
    code = """
import os, signal, subprocess, sys, time
child = "from newscrawl.cli.child_command import end_with_parent as ask; import signal, time;" \\
    " ask(signal.SIGTERM); print('ready', flush=True); time.sleep(600)"
one = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
one.stdout.readline()
print(one.pid, flush=True)
time.sleep(600)
"""
    with subprocess.Popen(python(code), cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert is_alive(child)
        parent.kill()
    wait_for(lambda: not is_alive(child))
