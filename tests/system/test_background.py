"""A task in the background that dies ends the run as a bug, with what had been kept."""

import json
from pathlib import Path

import pytest

from newscrawl.replica import running_replica
from tests.support.commands import LOOPBACK, run_scrapy

DYING = """
from newscrawl.archive.newspaper_archive import Archive


def check_space(self: Archive) -> None:
    raise ValueError("nobody expects this")


Archive.check_space = check_space
"""


@pytest.mark.thorough
def test_the_death_of_the_task_that_commits_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(DYING)
    home = tmp_path / "archive"
    with running_replica(articles=400, latency_ms=20) as replica:
        done = run_scrapy(
            "crawl", "baotuyenquang", "-s", f"MIRROR={replica.address}", *LOOPBACK,
            env={"PYTHONPATH": str(tmp_path), "NEWSCRAWL_ARCHIVE": str(home)},
        )  # fmt: skip
    assert done.returncode == 1
    assert "the task that commits has died" in done.stderr
    assert "ValueError: nobody expects this" in done.stderr
    (runs,) = (home / "baotuyenquang" / "runs").glob("*.jsonl")
    record = json.loads(runs.read_text("utf-8").splitlines()[-1])
    assert (record["exit_code"], record["reason"]) == (1, "bug")
