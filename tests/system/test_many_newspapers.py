"""Many newspapers in few processes: each its own archive and code, whatever befalls the others."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.replica import Replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.many_newspapers.declared import BUGGY, NAMES
from tests.support.many_site import HOST
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

SPIDERS = ("-s", "SPIDER_MODULES=tests.support.many_newspapers")
TROUBLES = {
    "baothu00": ("dead", 4),
    "baothu01": ("blocked", 4),
    "baothu02": ("robots", 6),
    "baothu03": ("redesign", 3),
    "baothu04": ("no folder", 5),
    BUGGY: ("a bug in its spider", 1),
    "baothu06": ("endless", 0),
}


@contextmanager
def many_site(*options: str) -> Iterator[Replica]:
    command = [sys.executable, "-m", "tests.support.many_site", *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        port = int(server.stdout.readline())
        yield Replica(port, server.pid)
        server.stdin.close()


def places(folder: Path, site: Replica) -> tuple[str, ...]:
    return (*SPIDERS, "-s", f"ARCHIVE={folder}", "-s", f"MIRROR={site.address}", *LOOPBACK)


def codes(said: str) -> dict[str, int]:
    rows = [line.split() for line in said.splitlines() if line.startswith("baothu")]
    return {row[0]: int(row[7]) for row in rows}


def keys(folder: Path, name: str) -> list[str]:
    return sorted(line["id"].partition(":")[2] for line in read_articles(folder / name))


def test_seven_troubles_touch_none_of_twenty_others(tmp_path: Path) -> None:
    names = NAMES[:27]
    (tmp_path / "baothu04").write_text("in the way of its archive", "utf-8")
    kinds = [f"{name}.vn={kind}" for name, (kind, _) in TROUBLES.items()]
    options = [part for kind in kinds for part in ("--trouble", kind)]
    with many_site("--articles", "60", *options) as site:
        slow = ("-s", "BACKOFF_S=0.01", "-s", "BACKOFF_MAX_S=0.02")
        done = run_scrapy("crawlall", *names, *places(tmp_path, site), *slow)
        truth = sorted(row["key"] for row in site.truth(HOST))
    assert codes(done.stdout) == {name: TROUBLES.get(name, ("", 0))[1] for name in names}
    assert done.returncode == 5
    for name in names:
        if name not in TROUBLES or TROUBLES[name][0] in ("endless", "redesign"):
            assert keys(tmp_path, name) == truth, name
    for name in set(names) - {"baothu04"}:
        (record,) = read_runs(tmp_path / name)
        assert record["newspaper"] == name
    said = [line for line in done.stderr.splitlines() if line.startswith("ZeroDivisionError")]
    assert said
    assert {line.split(":")[1].strip() for line in said} == {f"the bug of {BUGGY}.vn"}


@contextmanager
def crawling(folder: Path, site: Replica, names: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """Yield a `crawlall` that has made some requests and is in the middle of its work."""
    command = [sys.executable, "-m", "scrapy", "crawlall", *names, *places(folder, site)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until = time.monotonic() + 120
        while site.stats()["requests"] < 200 and time.monotonic() < until:
            time.sleep(0.05)
        yield process


def workers(pid: int) -> list[int]:
    """Return the ids of the processes that a process has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in children.split()]


def test_a_killed_process_costs_no_article_and_doubles_none(tmp_path: Path) -> None:
    names = NAMES[8:16]
    with many_site("--articles", "60", "--latency-ms", "100") as site:
        with crawling(tmp_path, site, names) as process:
            os.kill(workers(process.pid)[0], signal.SIGKILL)
            said, wrong = process.communicate(timeout=300)
        truth = sorted(row["key"] for row in site.truth(HOST))
    assert "ended with code -9" in wrong
    assert "begin anew, fewer in each" in wrong
    assert codes(said) == dict.fromkeys(names, 0), wrong
    for name in names:
        assert keys(tmp_path, name) == truth


def test_a_stop_ends_all_in_order(tmp_path: Path) -> None:
    names = NAMES[8:16]
    with many_site("--articles", "60", "--latency-ms", "100") as site:
        with crawling(tmp_path, site, names) as process:
            process.send_signal(signal.SIGTERM)
            said, wrong = process.communicate(timeout=120)
        assert process.returncode == 143, said + wrong
    for name in names:
        (record,) = read_runs(tmp_path / name)
        assert record["exit_code"] == 143
        assert len(keys(tmp_path, name)) == record["articles"]


def test_a_crawlall_that_is_killed_leaves_no_orphan(tmp_path: Path) -> None:
    names = NAMES[8:16]
    with many_site("--articles", "60", "--latency-ms", "100") as site:
        with crawling(tmp_path, site, names) as process:
            children = workers(process.pid)
            assert len(children) == min(2, os.cpu_count() or 1)
            process.kill()
        until = time.monotonic() + 60
        while any(Path(f"/proc/{child}").exists() for child in children):
            assert time.monotonic() < until
            time.sleep(0.1)
    for name in names:
        (record,) = read_runs(tmp_path / name)
        assert record["exit_code"] == 143


def test_more_newspapers_than_files_may_be_open(tmp_path: Path) -> None:
    """A crawl has some ten files open; the process takes all that the system lets it have."""
    names = NAMES[8:24]
    with many_site("--articles", "60") as site:
        command = ["bash", "-c", 'ulimit -Sn 80; exec "$@"', "-", sys.executable, "-m", "scrapy"]
        done = subprocess.run(
            [*command, "crawlall", *names, *places(tmp_path, site), "-q", "--processes", "1"],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_declaration_that_reads_other_ids_doubles_no_article(tmp_path: Path) -> None:
    archive = tmp_path / "baothu07"
    with many_site("--articles", "60") as site:
        assert run_scrapy("crawl", "baothu07", *places(tmp_path, site)).returncode == 0
        before, asked = keys(tmp_path, "baothu07"), site.stats()["requests"]
        later = ("-s", "SPIDER_MODULES=tests.support.renumbered", *places(tmp_path, site)[2:])
        again = run_scrapy("crawl", "baothu07", *later)
        assert site.stats()["requests"] == asked
        pages = sorted(map(str, archive.glob("pages/*/*.warc.gz")))
        taken = run_scrapy("ingest", *pages, "--newspaper", "baothu07", *later)
        moved = run_scrapy("ingest", *pages, *later, "-s", f"ARCHIVE={tmp_path / 'new'}")
    assert (again.returncode, taken.returncode) == (2, 2)
    assert "the archive keeps its articles under other ids" in again.stderr
    assert "the archive keeps its articles under other ids" in taken.stderr
    assert keys(tmp_path, "baothu07") == before
    assert moved.returncode == 0
    of_this_cms = [key for key in before if "-" in key]
    assert len(keys(tmp_path / "new", "baothu07")) == len(of_this_cms) > 10
