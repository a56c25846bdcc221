"""One run at a time; whoever dies leaves no lock."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.lock import LOCK, hold_lock, open_run
from newscrawl.exceptions import ArchiveBusyError, ArchiveError

BEGAN = datetime(2026, 12, 1, 10, 4, tzinfo=UTC)
_HOLDER = """
import sys, time
from pathlib import Path
from newscrawl.archive.lock import hold_lock
from newscrawl.exceptions import ArchiveBusyError
try:
    lock = hold_lock(Path(sys.argv[1]))
except ArchiveBusyError:
    print("busy", flush=True)
    sys.exit(75)
print("held", flush=True)
sys.stdin.read()
"""


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_the_lock_is_held_until_it_is_closed(tmp_path: Path) -> None:
    with hold_lock(tmp_path) as lock:
        assert lock.path == tmp_path / LOCK
        with pytest.raises(ArchiveBusyError, match=f"process {os.getpid()}"):
            hold_lock(tmp_path)
    again = hold_lock(tmp_path)
    again.close()
    again.close()
    hold_lock(tmp_path).close()


def test_two_newspapers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "one"), hold_lock(tmp_path / "two"):
        pass


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path) -> None:
    holder = start(tmp_path)
    assert said(holder) == "held"
    with pytest.raises(ArchiveBusyError, match=f"process {holder.pid}"):
        hold_lock(tmp_path)
    holder.send_signal(signal.SIGKILL)
    end(holder)
    hold_lock(tmp_path).close()


def test_of_many_starts_at_once_exactly_one_holds_it(tmp_path: Path) -> None:
    starts = [start(tmp_path) for _ in range(6)]
    words = sorted(said(process) for process in starts)
    for process in starts:
        end(process)
    assert words == ["busy"] * 5 + ["held"]
    assert sorted(process.returncode for process in starts) == [0] + [75] * 5


def test_a_child_that_lives_on_does_not_inherit_the_lock(tmp_path: Path) -> None:
    lock = hold_lock(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-c", "print('up', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        close_fds=False,
    )
    assert said(child) == "up"
    lock.close()
    hold_lock(tmp_path).close()
    child.communicate("\n")


def test_a_forked_worker_that_outlives_its_killed_parent_does_not_hold_the_lock(
    tmp_path: Path,
) -> None:
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from newscrawl.archive.lock import hold_lock\n"
        "lock = hold_lock(Path(sys.argv[1]))\n"
        "child = os.fork()\n"
        "os.write(1, b'held\\n' if child else b'forked\\n')\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sorted((said(parent), said(parent))) == ["forked", "held"]
    with pytest.raises(ArchiveBusyError):
        hold_lock(tmp_path)
    parent.kill()
    parent.wait()
    hold_lock(tmp_path).close()
    parent.communicate()


def test_text_left_in_the_file_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / LOCK).parent.mkdir(parents=True)
    (tmp_path / LOCK).write_text("process 1\n" * 50)
    with hold_lock(tmp_path):
        assert (tmp_path / LOCK).read_text() == f"process {os.getpid()}\n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(ArchiveError, match=r"locking .*state/lock: ") as caught:
        hold_lock(tmp_path)
    assert not isinstance(caught.value, ArchiveBusyError)


# A run at work ------------------------------------------------------------------------------------


def test_a_run_is_told_from_one_that_was_killed_and_from_other_commands(tmp_path: Path) -> None:
    assert open_run(tmp_path) is None
    with hold_lock(tmp_path) as lock:
        assert open_run(tmp_path) is None
        lock.note_run(BEGAN)
        assert open_run(tmp_path) == (BEGAN, True)
        with pytest.raises(ArchiveBusyError, match=r"2026-12-01 17:04 \(\+07") as caught:
            hold_lock(tmp_path)
        assert len(str(caught.value).splitlines()) == 1
        lock.forget_run()
        assert open_run(tmp_path) is None
    assert open_run(tmp_path) is None
    with hold_lock(tmp_path) as lock:
        lock.note_run(BEGAN)
    assert open_run(tmp_path) == (BEGAN, False)
    hold_lock(tmp_path).close()
    assert open_run(tmp_path) is None


def test_a_killed_run_is_at_work_up_to_its_last_moment(tmp_path: Path) -> None:
    script = _HOLDER.replace(
        'print("held"',
        "from datetime import datetime, UTC\n"
        "lock.note_run(datetime(2026, 12, 1, 10, 4, tzinfo=UTC))\n"
        'print("held"',
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert said(holder) == "held"
    assert open_run(tmp_path) == (BEGAN, True)
    holder.kill()
    end(holder)
    assert open_run(tmp_path) == (BEGAN, False)


def test_a_worker_that_ends_leaves_its_parents_run_at_work(tmp_path: Path) -> None:
    with hold_lock(tmp_path) as lock:
        lock.note_run(BEGAN)
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        assert open_run(tmp_path) == (BEGAN, True)


def test_asking_keeps_no_run_from_beginning(tmp_path: Path) -> None:
    hold_lock(tmp_path).close()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            open_run(tmp_path)

    asking = [threading.Thread(target=ask) for _ in range(2)]
    for thread in asking:
        thread.start()
    try:
        for _ in range(500):
            hold_lock(tmp_path).close()
    finally:
        ended.set()
        for thread in asking:
            thread.join()


@pytest.mark.parametrize("text", ["", "process 1\n", "process 1, a run since soon\n", "\xff" * 90])
def test_other_texts_tell_of_no_run(tmp_path: Path, text: str) -> None:
    hold_lock(tmp_path).close()
    (tmp_path / LOCK).write_text(text, encoding="latin-1")
    assert open_run(tmp_path) is None
