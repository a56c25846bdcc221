"""How a run ends when its terminal, its parent, its ledger or the site is gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"


@pytest.fixture
def replica() -> Iterator[Replica]:
    with running_replica(articles=400, latency_ms=40) as replica:
        yield replica


def start(
    command: str, archive: Path, replica: Replica, *, ignores_hangup: bool = False
) -> subprocess.Popen[str]:
    """The command at work on the replica."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    place = ("-s", f"ARCHIVE={archive}", "-s", f"MIRROR={replica.address}")
    # Whoever runs the suite may ignore the signal, and a shell cannot take that back.
    handler = "SIG_IGN" if ignores_hangup else "SIG_DFL"
    launch = f"import os, signal, sys; signal.signal(signal.SIGHUP, signal.{handler}); "
    return subprocess.Popen(
        [sys.executable, "-c", f"{launch}os.execv(sys.argv[1], sys.argv[1:])",
         sys.executable, "-m", "scrapy", command, NAME, *place, *LOOPBACK],
        cwd=ROOT,
        env=kept,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )  # fmt: skip


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def asked(replica: Replica) -> int:
    return int(replica.stats()["requests"])


def last_run(archive: Path) -> dict[str, Any]:
    (path,) = (archive / NAME / "runs").glob("*.jsonl")
    record: dict[str, Any] = json.loads(path.read_text("utf-8").splitlines()[-1])
    return record


@pytest.mark.parametrize("command", ["crawl", "crawlall"])
def test_a_closed_terminal_stops_a_run_as_sigterm_does(
    tmp_path: Path, replica: Replica, command: str
) -> None:
    process = start(command, tmp_path, replica)
    assert wait_until(lambda: asked(replica) > 40)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 143
    assert last_run(tmp_path)["exit_code"] == 143


def test_a_run_under_nohup_goes_on(tmp_path: Path, replica: Replica) -> None:
    process = start("crawl", tmp_path, replica, ignores_hangup=True)
    assert wait_until(lambda: asked(replica) > 40)
    process.send_signal(signal.SIGHUP)
    before = asked(replica)
    assert wait_until(lambda: asked(replica) > before + 20)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 143


def test_crawls_end_with_their_parent_however_it_ends(tmp_path: Path, replica: Replica) -> None:
    process = start("crawlall", tmp_path, replica)
    assert wait_until(lambda: asked(replica) > 40)
    process.kill()
    process.communicate(timeout=60)
    assert wait_until(lambda: list((tmp_path / NAME / "runs").glob("*.jsonl")) != [])
    assert last_run(tmp_path)["exit_code"] == 143
    seen = asked(replica)
    time.sleep(1)
    assert asked(replica) == seen


@pytest.mark.parametrize("removes", [True, False])
def test_a_ledger_that_goes_under_a_run_is_told_by_that_run(
    tmp_path: Path, replica: Replica, *, removes: bool
) -> None:
    process = start("crawl", tmp_path, replica)
    assert wait_until(lambda: asked(replica) > 40)
    ledger = tmp_path / NAME / "state" / "ledger.sqlite"
    if removes:
        ledger.unlink()
    else:
        (tmp_path / "other").write_bytes(ledger.read_bytes())
        (tmp_path / "other").replace(ledger)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 5
    assert "removed or replaced while the run was at work" in said
    assert "Traceback" not in said


def test_a_site_that_gives_no_answer_is_down_and_the_error_named(tmp_path: Path) -> None:
    done = run_scrapy(
        "crawl", NAME, "-s", "MIRROR=http://127.0.0.1:9", *LOOPBACK, "-s", "BACKOFF_S=0",
        env={"NEWSCRAWL_ARCHIVE": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 4
    assert "connection refused by the host: " in done.stdout
    record = last_run(tmp_path)
    assert (record["exit_code"], record["reason"]) == (4, "site_unreachable")


def test_verify_after_a_kill_says_whole_and_what_the_next_run_writes(
    tmp_path: Path, replica: Replica
) -> None:
    process = start("crawl", tmp_path, replica)
    ledger = tmp_path / NAME / "state" / "ledger.sqlite-wal"
    assert wait_until(lambda: asked(replica) > 150 and ledger.is_file())
    process.kill()
    process.communicate(timeout=60)
    done = run_scrapy("verify", NAME, env={"NEWSCRAWL_ARCHIVE": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{NAME}: 0 articles, whole; the next run exports ")
