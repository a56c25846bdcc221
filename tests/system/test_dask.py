"""`--dask`: a cluster reads, the archive is the one that a single machine writes."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.cli.dask_cluster import dask_workers
from newscrawl.exceptions import ClusterLostError
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.dask_cluster import Cluster, dask_cluster
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"
BROKEN = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "reliability" / "broken")))


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=400) as running:
        yield running


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Path:
    """An archive of which a broken reader lost every article of today's layout."""
    folder = tmp_path_factory.mktemp("crawled")
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}", *LOOPBACK)
    broken = {"PYTHONPATH": BROKEN, "BREAK": "all"}
    assert run_scrapy("crawl", NAME, *places, "-a", "since=1990-01-01", env=broken).returncode == 3
    return folder


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with dask_cluster(workers=2) as running:
        yield running


def published(folder: Path) -> dict[str, bytes]:
    """Every article and revision byte for byte, but for the names that each run makes anew.

    These are its own id, and with the random ids of its records the lengths of packed ones: pages
    are compared by `pages`.
    """
    home = folder / NAME
    found = {}
    runs = [record["run_id"] for record in read_runs(home)]
    for part in ("articles", "revisions"):
        for path in sorted((home / part).rglob("*.jsonl")):
            text = path.read_bytes()
            for number, run_id in enumerate(runs):
                text = text.replace(run_id.encode(), f"run {number}".encode())
            found[str(path.relative_to(home))] = re.sub(rb"(?<=[.]gz)#[0-9]+(?=\")", b"", text)
    return found


def pages(folder: Path) -> dict[str, bytes]:
    home = folder / NAME
    return {line["id"]: read_page(home, line["raw_ref"]).body for line in read_articles(home)}


def whole(folder: Path) -> bool:
    return run_scrapy("verify", NAME, "-s", f"ARCHIVE={folder}").returncode == 0


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work, with what it prints."""
    command = [sys.executable, "-m", "scrapy", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def collection(crawled: Path) -> list[str]:
    return [str(path) for path in sorted((crawled / NAME / "pages").rglob("*.warc.gz"))]


def test_a_worker_killed_while_lots_are_read_changes_no_byte_of_ingest(
    crawled: Path, cluster: Cluster, tmp_path: Path
) -> None:
    alone, together = tmp_path / "alone", tmp_path / "together"
    files = collection(crawled)
    done = run_scrapy("ingest", *files, "-s", f"ARCHIVE={alone}", "--processes", "1")
    assert done.returncode == 0, done.stderr
    where = ("-s", f"ARCHIVE={together}", "--dask", cluster.address)
    with running("ingest", *files, *where) as process:
        lost = cluster.kill_a_reading_worker()
        said, warned = process.communicate(timeout=240)
    assert process.returncode == 0, warned
    assert lost > 0
    assert said == done.stdout
    assert published(together) == published(alone)
    assert pages(together) == pages(alone)
    assert len(pages(alone)) > 300
    assert whole(together)


def test_a_worker_killed_while_lots_are_read_changes_no_byte_of_reparse(
    crawled: Path, cluster: Cluster, tmp_path: Path
) -> None:
    places = {}
    for name in ("alone", "together"):
        places[name] = tmp_path / name
        subprocess.run(["cp", "-a", str(crawled), str(places[name])], check=True)
    done = run_scrapy("reparse", NAME, "-s", f"ARCHIVE={places['alone']}")
    assert done.returncode == 0, done.stderr
    where = ("-s", f"ARCHIVE={places['together']}", "--dask", cluster.address)
    with running("reparse", NAME, *where) as process:
        lost = cluster.kill_a_reading_worker()
        said, warned = process.communicate(timeout=240)
    assert process.returncode == 0, warned
    assert lost > 0
    assert said == done.stdout
    assert "new 0" not in said
    assert published(places["together"]) == published(places["alone"])
    assert whole(places["together"])
    again = run_scrapy("reparse", NAME, *where)
    assert again.returncode == 0, again.stderr
    assert "new 0 · changed 0" in again.stdout
    assert published(places["together"]) == published(places["alone"])


def test_a_page_that_kills_every_worker_costs_that_page_alone(
    crawled: Path, tmp_path: Path
) -> None:
    files = collection(crawled)
    out = ("-s", f"ARCHIVE={tmp_path}")
    assert run_scrapy("ingest", *files, *out).returncode == 0
    lines = sorted(line["url"] for line in read_articles(tmp_path / NAME))
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "reliability" / "deadly")))
    deadly = {"PYTHONPATH": path, "DEADLY": lines[len(lines) // 2]}
    # A lot that has killed so many workers is not given to another one.
    patience = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with dask_cluster(workers=2, env=deadly | patience) as cluster:
        done = run_scrapy("ingest", *files, *out, "--dask", cluster.address, env=deadly)
    assert done.returncode == 3, done.stdout + done.stderr
    assert f"unchanged {len(lines) - 1} · unread 1" in done.stdout
    assert "the process that read the page was killed" in done.stderr


def test_a_scheduler_that_is_lost_is_told_and_the_next_run_goes_on(
    crawled: Path, tmp_path: Path
) -> None:
    files = collection(crawled)
    out = ("-s", f"ARCHIVE={tmp_path}")
    with (
        dask_cluster(workers=2) as cluster,
        running("ingest", *files, *out, "--dask", cluster.address) as process,
    ):
        cluster.wait_until_a_worker_reads()
        cluster.process.send_signal(signal.SIGKILL)
        said, warned = process.communicate(timeout=240)
    assert process.returncode == 7, said + warned
    assert f"the Dask scheduler is lost at {cluster.address}: start it again" in warned
    assert "Traceback" not in warned
    assert run_scrapy("ingest", *files, *out).returncode == 0
    assert whole(tmp_path)


def test_a_cluster_that_has_lost_all_its_workers_is_not_waited_for_for_ever() -> None:
    with (
        dask_cluster(workers=1) as cluster,
        dask_workers(cluster.address, empty_max_s=0.2) as workers,
    ):
        assert workers.pool is not None
        with workers.pool(1) as executor:
            answer = executor.submit(time.sleep, 600)
            cluster.kill_a_reading_worker()
            with pytest.raises(ClusterLostError, match="every worker of the Dask cluster is lost"):
                answer.result()


# Refusals -----------------------------------------------------------------------------------------


def test_other_versions_are_refused(crawled: Path, tmp_path: Path) -> None:
    stated = tmp_path / "newscrawl-9.9.dist-info"
    stated.mkdir()
    (stated / "METADATA").write_text("Metadata-Version: 2.1\nName: newscrawl\nVersion: 9.9\n")
    with dask_cluster(workers=1, env={"PYTHONPATH": str(tmp_path)}) as cluster:
        where = ("-s", f"ARCHIVE={crawled}", "--dask", cluster.address)
        done = run_scrapy("reparse", NAME, *where)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "has newscrawl 9.9, this machine " in line
    assert line.endswith("install the same version on every worker")


def test_a_cluster_without_workers_is_refused(tmp_path: Path) -> None:
    with dask_cluster(workers=0) as cluster:
        where = ("-s", f"ARCHIVE={tmp_path}", "--dask", cluster.address)
        done = run_scrapy("ingest", "x.warc.gz", *where)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ingest: the Dask cluster has no worker: start one")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--dask", "tcp://127.0.0.1:9"), "no Dask scheduler answers at tcp://127.0.0.1:9"),
        (("--dask", "nonsense://x"), "no Dask scheduler answers at nonsense://x"),
        (("--dask", "tcp://127.0.0.1:9", "--processes", "2"), "--processes is for this machine"),
    ],
)
def test_a_mistake_is_told_in_a_line(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run_scrapy("ingest", "x.warc.gz", *arguments, "-s", f"ARCHIVE={tmp_path}")
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert said in line


def test_without_the_extra_it_is_told_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not installed')\n")
    where = ("-s", f"ARCHIVE={tmp_path}", "--dask", "tcp://127.0.0.1:8786")
    path = os.pathsep.join((str(ROOT), str(tmp_path)))
    done = run_scrapy("ingest", "x.warc.gz", *where, env={"PYTHONPATH": path})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ingest: --dask needs distributed: pip install 'newscrawl[dask]'\n"
