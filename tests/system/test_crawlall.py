"""`scrapy crawlall` over the replica: one summary, the gravest exit code, nobody disturbed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

PAPERS = {"baotuyenquang": "baotuyenquang.com.vn", "thanhpho": "thanhpho.tuyenquang.gov.vn"}


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as running:
        yield running


def places(folder: Path, replica: Replica) -> tuple[str, ...]:
    return ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}", *LOOPBACK)


def rows(said: str) -> dict[str, list[str]]:
    return {line.split()[0]: line.split() for line in said.splitlines() if line.strip()}


@pytest.fixture(scope="module")
def refreshed(
    tmp_path_factory: pytest.TempPathFactory, replica: Replica
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("archive")
    return folder, run_scrapy("crawlall", *PAPERS, *places(folder, replica))


def test_every_newspaper_is_refreshed(
    refreshed: tuple[Path, subprocess.CompletedProcess[str]], replica: Replica
) -> None:
    folder, done = refreshed
    assert (done.returncode, done.stderr) == (0, "")
    for name, host in PAPERS.items():
        found = sorted(line["id"] for line in read_articles(folder / name))
        assert found == sorted(f"{name}:{row['key']}" for row in replica.truth(host))


def test_one_table_says_what_came_of_each(
    refreshed: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = refreshed
    table = rows(done.stdout)
    for name in PAPERS:
        held = sum(1 for _ in read_articles(folder / name))
        assert table[name][1:5] == [str(held), "0", "0", str(held)]
        assert table[name][7] == "0"
    total = sum(sum(1 for _ in read_articles(folder / name)) for name in PAPERS)
    assert done.stdout.splitlines()[-1] == f"2 of 2 refreshed, {total} new articles"


def test_quiet_says_nothing_when_all_is_well(
    refreshed: tuple[Path, subprocess.CompletedProcess[str]], replica: Replica
) -> None:
    done = run_scrapy("crawlall", *PAPERS, *places(refreshed[0], replica), "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_failing_newspaper_leaves_the_others_alone(tmp_path: Path, replica: Replica) -> None:
    (tmp_path / "thanhpho").write_text("in the way of its archive", "utf-8")
    done = run_scrapy("crawlall", *PAPERS, *places(tmp_path, replica), "--quiet")
    assert done.returncode == 5
    table = rows(done.stdout)
    assert table["thanhpho"][7] == "5"
    assert table["baotuyenquang"][7] == "0"
    assert done.stdout.splitlines()[1].startswith("thanhpho")
    assert "thanhpho: " in done.stderr
    assert "Traceback" not in done.stderr
    assert any(read_articles(tmp_path / "baotuyenquang"))


def test_arguments_reach_every_crawl(tmp_path: Path, replica: Replica) -> None:
    done = run_scrapy("crawlall", *PAPERS, *places(tmp_path, replica), "-a", "limit=3")
    assert done.returncode == 0
    for name in PAPERS:
        held = sum(1 for _ in read_articles(tmp_path / name))
        assert 1 <= held <= 3
        assert rows(done.stdout)[name][1] == str(held)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("baoxyz",), "no newspaper is named 'baoxyz'"),
        (("baotuyenquang", "--processes", "0"), "--processes takes a number"),
    ],
)
def test_a_mistake_is_told_before_anything_starts(
    arguments: tuple[str, ...], said: str, tmp_path: Path, replica: Replica
) -> None:
    done = run_scrapy("crawlall", *arguments, *places(tmp_path, replica))
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_live_newspapers_need_a_contact(tmp_path: Path) -> None:
    done = run_scrapy("crawlall", "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 2
    assert "NEWSCRAWL_CONTACT" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_all_and_loses_nothing(number: int, code: int, tmp_path: Path) -> None:
    with running_replica(articles=60, latency_ms=150) as slow:
        command = [sys.executable, "-m", "scrapy", "crawlall", *PAPERS, *places(tmp_path, slow)]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            until = time.monotonic() + 60
            while slow.stats()["requests"] < 60 and time.monotonic() < until:
                time.sleep(0.05)
            os.kill(process.pid, number)
            said, wrong = process.communicate(timeout=60)
        assert process.returncode == code, said + wrong
    for name in PAPERS:
        (record,) = read_runs(tmp_path / name)
        assert record["exit_code"] == code
        kept = sum(1 for _ in read_articles(tmp_path / name))
        assert kept == record["articles"]
        assert rows(said)[name][7] == str(code)
