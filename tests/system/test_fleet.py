"""A fleet of three nodes: killed nodes, PostgreSQL restarted, and every article once."""

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions, read_runs
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.exceptions import ArchiveBusyError
from newscrawl.replica import Replica
from tests.support.commands import run_scrapy
from tests.support.fleet_nodes import TestFleet, is_alive, wait_for
from tests.support.many_newspapers.declared import NAMES
from tests.support.many_site import HOST
from tests.support.postgres import Postgres, running_postgres
from tests.system.test_many_newspapers import keys, many_site

pytestmark = pytest.mark.thorough

PAPERS = NAMES[8:20]
REREAD = PAPERS[:4]
NODES = ("n1", "n2", "n3")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


@pytest.fixture(scope="module")
def site() -> Iterator[Replica]:
    with many_site("--articles", "60", "--latency-ms", "20") as running:
        yield running


def jobs_of(fleet: TestFleet) -> list[tuple[Any, ...]]:
    """Newspaper, status and attempts of every job that has not ended."""
    return fleet.ask(
        "SELECT args->>'newspaper', status::text, attempts FROM procrastinate_jobs"
        " WHERE args ? 'newspaper' ORDER BY 1"
    )


def runs_of(fleet: TestFleet, task: str = "crawl") -> list[tuple[Any, ...]]:
    query = "SELECT newspaper, node, code FROM newscrawl_runs WHERE task = %s ORDER BY 1"
    return fleet.ask(query, task)


DOING_ON_N2 = """
SELECT 1 FROM procrastinate_jobs
WHERE status = 'doing' AND queue_name = 'n2' AND task_name = 'newscrawl.crawl'"""


def begun_on(archive: Path) -> bool:
    """Whether a crawl has kept its first pages there."""
    return any(archive.glob("*/pages/*"))


# Crawls -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crawled(
    postgres: Postgres, site: Replica, tmp_path_factory: pytest.TempPathFactory
) -> TestFleet:
    """Twelve newspapers crawled on three nodes, one of them killed, PostgreSQL restarted."""
    fleet = TestFleet(postgres.new_database(), tmp_path_factory.mktemp("fleet"), site)
    fleet.begin("--nodes", "n1..n3", *PAPERS)
    for said in ("12 jobs put", "0 jobs put, 12 waiting or at work already"):
        assert fleet.do("crawlall", "--queue").stdout.strip() == said
    with (
        fleet.worker("n1", "--until-idle") as first,
        fleet.worker("n2") as second,
        fleet.worker("n3", "--until-idle") as third,
    ):
        wait_for(lambda: len(fleet.ask(DOING_ON_N2)) == 2 and begun_on(fleet.archive("n2")))
        children = second.kill()
        assert len(children) == 2
        postgres.restart()
        wait_for(lambda: not any(map(is_alive, children)))
        with fleet.worker("n2", "--until-idle") as again:
            for worker in (first, third, again):
                code, said = worker.end()
                assert code == 0, said
    return fleet


def test_every_article_is_there_once(crawled: TestFleet, site: Replica) -> None:
    truth = sorted(row["key"] for row in site.truth(HOST))
    assert len(truth) > 50
    for name in PAPERS:
        assert keys(crawled.folder(name).parent, name) == truth, name


def test_every_archive_is_whole(crawled: TestFleet) -> None:
    for name in PAPERS:
        assert verify(crawled.folder(name), check_line) == (), name


def test_every_job_is_done_once_on_its_node(crawled: TestFleet) -> None:
    places = crawled.ask("SELECT newspaper, node FROM newscrawl_places ORDER BY newspaper")
    assert runs_of(crawled) == [(name, node, 0) for name, node in places]
    assert [sum(node == one for _, node in places) for one in NODES] == [4, 4, 4]
    assert jobs_of(crawled) == []
    begun = [len([*read_runs(crawled.folder(name))]) for name in PAPERS]
    assert 12 <= sum(begun) <= 12 + 2  # the two that were killed began twice at most


def test_the_status_is_quiet_then(crawled: TestFleet) -> None:
    done = crawled.do("fleet", "status")
    assert (done.returncode, done.stderr) == (0, "")
    last = "0 for a person · 12 newspapers on 3 nodes · 0 running, 0 waiting"
    assert done.stdout.splitlines()[-1] == last


# Reading again ------------------------------------------------------------------------------------


def lines(folder: Path) -> list[str]:
    """The archive's lines without what tells one run from another."""
    found = [*read_articles(folder), *read_revisions(folder)]
    told = ("run_id", "extracted_at", "superseded_at", "updated_at", "recorded_at")
    return sorted(json.dumps({k: v for k, v in line.items() if k not in told}) for line in found)


def is_busy(folder: Path) -> bool:
    try:
        hold_lock(folder).close()
    except ArchiveBusyError:
        return True
    return False


def test_reading_again_on_a_fleet_reads_what_one_machine_reads(
    crawled: TestFleet, postgres: Postgres, tmp_path: Path
) -> None:
    before = crawled
    later = "tests.support.later_newspapers"
    fleet = TestFleet(postgres.new_database(), tmp_path, before.site, later)
    fleet.set_up({"m1": REREAD[:2], "m2": REREAD[2:]})
    fleet.ask("UPDATE newscrawl_places SET is_archived = true")
    for name in REREAD:
        shutil.copytree(before.folder(name), fleet.folder(name))
        shutil.copytree(before.folder(name), tmp_path / "alone" / name)
        place = ("-s", f"ARCHIVE={tmp_path / 'alone'}", "-s", f"SPIDER_MODULES={later}")
        assert run_scrapy("reparse", name, *place).returncode == 0
    for said in ("4 jobs put", "0 jobs put, 4 waiting or at work already"):
        assert fleet.do("reparse", "--all", "--queue").stdout.strip() == said
    with fleet.worker("m1", "--until-idle") as first, fleet.worker("m2") as second:
        mine = [name for name in REREAD if fleet.folder(name).parent.name == "m2"]
        wait_for(lambda: any(is_busy(fleet.folder(name)) for name in mine))
        children = second.kill()
        assert children
        postgres.restart()
        wait_for(lambda: not any(map(is_alive, children)))
        with fleet.worker("m2", "--until-idle") as again:
            assert [worker.end()[0] for worker in (first, again)] == [0, 0]
    assert [(row[0], row[2]) for row in runs_of(fleet, "reparse")] == [(n, 0) for n in REREAD]
    for name in REREAD:
        assert lines(fleet.folder(name)) == lines(tmp_path / "alone" / name)
        assert lines(fleet.folder(name)) != lines(before.folder(name))
        assert verify(fleet.folder(name), check_line) == ()


# Two workers, a busy archive, a lost node ---------------------------------------------------------


def test_a_node_has_one_worker(postgres: Postgres, tmp_path: Path, site: Replica) -> None:
    fleet = TestFleet(postgres.new_database(), tmp_path, site)
    fleet.set_up({"n1": PAPERS[:1]})
    with fleet.worker("n1") as first:
        wait_for(lambda: fleet.ask("SELECT 1 FROM newscrawl_nodes"))
        with fleet.worker("n1") as same, fleet.worker("n1", folder=tmp_path / "other") as other:
            code, said = same.end()
            assert (code, "another run holds" in said) == (75, True)
            code, said = other.end()
            assert (code, "n1 is at work elsewhere" in said) == (75, True)
        first.process.send_signal(signal.SIGTERM)
        assert first.end() == (143, "")
    ((stopped_at,),) = fleet.ask("SELECT stopped_at FROM newscrawl_nodes")
    assert stopped_at is not None


def test_a_job_that_meets_a_run_is_tried_again(
    postgres: Postgres, tmp_path: Path, site: Replica
) -> None:
    fleet = TestFleet(postgres.new_database(), tmp_path, site)
    fleet.set_up({"n1": PAPERS[:1]})
    fleet.put(PAPERS[0], arguments=["limit=3"])
    fleet.archive("n1").mkdir()
    with fleet.worker("n1", "--until-idle") as worker:
        with hold_lock(fleet.folder(PAPERS[0])):
            wait_for(lambda: any(row[2] for row in jobs_of(fleet)))
            assert runs_of(fleet) == []
        assert worker.end() == (0, "")
    assert runs_of(fleet) == [(PAPERS[0], "n1", 0)]
    assert len(keys(fleet.archive("n1"), PAPERS[0])) <= 3


def test_a_worker_that_is_stopped_puts_its_jobs_back(
    postgres: Postgres, tmp_path: Path, site: Replica
) -> None:
    fleet = TestFleet(postgres.new_database(), tmp_path, site)
    fleet.set_up({"n1": PAPERS[:2]})
    fleet.put(*PAPERS[:2])
    with fleet.worker("n1") as worker:
        wait_for(lambda: begun_on(fleet.archive("n1")))
        worker.process.send_signal(signal.SIGTERM)
        assert worker.end()[0] == 143
    assert [row[1:] for row in jobs_of(fleet)] == [("todo", 1)] * 2
    assert runs_of(fleet) == []
    with fleet.worker("n1", "--until-idle") as worker:
        assert worker.end()[0] == 0
    assert [row[2] for row in runs_of(fleet)] == [0, 0]


def test_a_node_lost_for_good_comes_back_from_snapshots(
    crawled: TestFleet, postgres: Postgres, tmp_path: Path
) -> None:
    """The steps of docs/fleet.md: without the folder nothing begins anew unseen."""
    fleet = TestFleet(postgres.new_database(), tmp_path, crawled.site)
    fleet.set_up({"n2": PAPERS[:1]})
    name, before = PAPERS[0], crawled.folder(PAPERS[0])
    fleet.ask("UPDATE newscrawl_places SET is_archived = true")
    done = fleet.do("fleet", "place", "--from", "n2", "--nodes", "n3", "--unscheduled")
    assert (done.returncode, done.stdout) == (0, "0 newspapers placed, 1 moved, 1 in all\n")
    fleet.put(name)
    with fleet.worker("n3", "--until-idle") as worker:
        assert worker.end()[0] == 0
    assert runs_of(fleet) == [(name, "n3", 5)]
    assert not fleet.folder(name).exists()
    done = fleet.do("fleet", "status")
    assert done.returncode == 3
    assert f"{name}: crawl on n3 ended with 5: its folder is not on n3: bring" in done.stdout

    shutil.copytree(before.parent / "snapshots" / "latest" / name, fleet.folder(name))
    done = fleet.do("verify", name, "--rebuild", "-s", f"ARCHIVE={fleet.archive('n3')}")
    assert done.returncode == 0, done.stderr
    fleet.put(name)
    with fleet.worker("n3", "--until-idle") as worker:
        assert worker.end() == (0, "")
    assert runs_of(fleet)[-1] == (name, "n3", 0)
    (record,) = [*read_runs(fleet.folder(name))][-1:]
    assert record["counts"].get("article/new", 0) == 0
    assert keys(fleet.archive("n3"), name) == keys(before.parent, name)
    assert fleet.do("fleet", "status").returncode == 0
