"""The list of jobs in a PostgreSQL: nothing doubles, nothing is lost, what waits is found."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from procrastinate.worker import Worker
from psycopg.errors import UndefinedTable

from newscrawl.exceptions import ArgumentError
from newscrawl.fleet.node_worker import NodePlace, NodeWorker
from newscrawl.fleet.patient_connector import PatientConnector
from newscrawl.fleet.queue_store import QueueStore, make_tables, open_queue, open_store
from newscrawl.fleet.queue_tables import CRAWL, REPARSE
from tests.support.commands import run_scrapy
from tests.support.paths import ROOT
from tests.support.postgres import Postgres, ask, running_postgres

pytestmark = pytest.mark.thorough

NAMES = ("baothu", "baocu", "baomoi")
LOST_S = 60.0
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


@pytest.fixture
def address(postgres: Postgres) -> str:
    found = postgres.new_database()
    assert asyncio.run(make_tables(found)) is True
    return found


def row(name: str, node: str = "n1", **more: Any) -> dict[str, Any]:
    usual = {"hosts": [f"{name}.vn"], "lane": name, "every_h": 2, "minute": 0}
    return {"newspaper": name, "node": node} | usual | more


def asked(address: str, question: Callable[[QueueStore], Awaitable[Found]]) -> Found:
    async def ask_it() -> Found:
        async with open_store(address) as store:
            return await question(store)

    return asyncio.run(ask_it())


def placed(address: str, *rows: dict[str, Any]) -> None:
    asked(address, lambda store: store.place(rows or [row(name) for name in NAMES]))


def jobs(address: str) -> list[tuple[Any, ...]]:
    return ask(address, "SELECT queue_name, lock, status::text, attempts FROM procrastinate_jobs")


def taken(address: str, *queues: str) -> int:
    """Have a worker of Procrastinate take a job and die; return its number in the table."""

    async def take() -> int:
        async with open_queue(address) as app:
            worker_id = await app.job_manager.register_worker()
            job = await app.job_manager.fetch_job([*queues], worker_id)
            assert job is not None
            return job.id or 0

    return asyncio.run(take())


def test_the_tables_are_made_once(postgres: Postgres, address: str) -> None:
    assert asyncio.run(make_tables(address)) is False
    with pytest.raises(ArgumentError, match="no tables yet: `newscrawl fleet init`"):
        asked(postgres.new_database(), lambda store: store.places())


def test_half_the_tables_are_completed(address: str) -> None:
    ask(address, "DROP TABLE newscrawl_runs")
    assert asyncio.run(make_tables(address)) is True
    assert ask(address, "SELECT count(*) FROM newscrawl_runs") == [(0,)]


def test_a_newspaper_has_one_job_of_a_kind(address: str) -> None:
    placed(address)
    assert asked(address, lambda store: store.put(CRAWL, NAMES)) == sorted(NAMES)
    assert asked(address, lambda store: store.put(CRAWL, NAMES)) == []
    assert asked(address, lambda store: store.put(REPARSE, ["baothu"])) == ["baothu"]
    taken(address, "n1")
    assert asked(address, lambda store: store.put(CRAWL, NAMES)) == []  # one is at work
    assert len(jobs(address)) == 4
    assert ("n1:reparse", "baothu", "todo", 0) in jobs(address)


def test_two_that_put_at_the_same_moment_put_each_once(address: str) -> None:
    names = [f"baothu{number:03}" for number in range(300)]
    placed(address, *map(row, names))

    async def twice(store: QueueStore) -> list[list[str]]:
        return await asyncio.gather(*(store.put(CRAWL, names) for _ in range(3)))

    found = asked(address, twice)
    assert sorted(name for one in found for name in one) == names
    assert len(jobs(address)) == 300


def test_a_name_without_a_place_is_passed_over(address: str) -> None:
    placed(address)
    assert asked(address, lambda store: store.put(CRAWL, ["baothu", "baola"])) == ["baothu"]


def test_newspapers_of_a_lane_are_never_taken_together(address: str) -> None:
    placed(address, row("baothu", lane="x"), row("baocu", "n2", lane="x"), row("baomoi"))
    asked(address, lambda store: store.put(CRAWL, NAMES))
    taken(address, "n1", "n2")
    taken(address, "n1", "n2")
    doing = [lock for _, lock, status, _ in jobs(address) if status == "doing"]
    assert sorted(doing) == ["baomoi", "x"]
    with pytest.raises(AssertionError):
        taken(address, "n1", "n2")


def test_waiting_jobs_follow_their_newspaper(address: str) -> None:
    placed(address, row("baothu"))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    asked(address, lambda store: store.put(REPARSE, ["baothu"]))
    placed(address, row("baothu", "n2", lane="y"))
    assert sorted(jobs(address)) == [("n2", "y", "todo", 0), ("n2:reparse", "y", "todo", 0)]


# Lost nodes ---------------------------------------------------------------------------------------


def test_jobs_of_a_silent_worker_are_put_back_where_their_newspaper_is(address: str) -> None:
    placed(address, row("baothu"))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    lost = taken(address, "n1")
    assert asked(address, lambda store: store.put_back_lost(LOST_S)) == []
    ask(address, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '61 s'")
    placed(address, row("baothu", "n2"))
    assert asked(address, lambda store: store.put_back_lost(LOST_S)) == [lost]
    assert jobs(address) == [("n2", "baothu", "todo", 1)]
    assert asked(address, lambda store: store.put_back_lost(LOST_S)) == []


def test_a_job_is_not_put_back_beside_an_equal_one(address: str) -> None:
    placed(address, row("baothu"))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    lost = taken(address, "n1")
    equal = """
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, lock)
SELECT queue_name, task_name, queueing_lock, lock FROM procrastinate_jobs"""
    ask(address, equal)
    asked(address, lambda store: store.put_back(lost, CRAWL, "baothu"))
    assert jobs(address) == [("n1", "baothu", "todo", 0)]


def test_a_job_that_has_ended_is_left_alone(address: str) -> None:
    placed(address, row("baothu"))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    ended = taken(address, "n1")
    ask(address, "DELETE FROM procrastinate_jobs")
    asked(address, lambda store: store.put_back(ended, CRAWL, "baothu"))
    assert jobs(address) == []


def test_a_node_is_at_one_place(address: str) -> None:
    def sign_on(host: str) -> bool:
        return asked(address, lambda store: store.sign_on("n1", host, "/srv", 8, LOST_S))

    assert sign_on("first")
    assert sign_on("first")  # its worker was killed: the lock of the folder says so
    assert not sign_on("second")
    ask(address, "UPDATE newscrawl_nodes SET seen_at = now() - interval '61 s'")
    assert sign_on("second")
    asked(address, lambda store: store.sign_off("n1"))
    assert sign_on("first")
    assert ask(address, "SELECT host, stopped_at FROM newscrawl_nodes") == [("first", None)]


# The schedule -------------------------------------------------------------------------------------


def test_a_crawl_is_put_once_for_each_moment(address: str) -> None:
    placed(address, row("baothu"), row("baocu", every_h=0), row("baomoi", "n2"))
    ask(address, "UPDATE newscrawl_places SET put_for = '2026-12-01 00:00Z'")

    def due(hour: int, minute: int = 1) -> list[str]:
        now = datetime(2026, 12, 1, hour, minute, tzinfo=UTC)
        return asked(address, lambda store: store.put_due("n1", now))

    assert due(1) == []
    assert due(2) == ["baothu"]
    assert due(2, 30) == []
    ask(address, "DELETE FROM procrastinate_jobs")
    assert due(3) == []
    assert due(21) == ["baothu"]  # nine moments were missed, one run makes up for them
    assert [queue for queue, *_ in jobs(address)] == ["n1"]


def test_old_runs_go(address: str) -> None:
    placed(address, row("baothu"))
    run = "INSERT INTO newscrawl_runs (newspaper, task, node, ended_at, code, said)"
    for days in (31, 29):
        ask(address, f"{run} VALUES ('baothu', 'crawl', 'n1', %s, 0, '')",
            datetime.now(UTC) - timedelta(days=days))  # fmt: skip
    asked(address, lambda store: store.put_due("n1", datetime.now(UTC)))
    assert ask(address, "SELECT count(*) FROM newscrawl_runs") == [(1,)]


# A node at work -----------------------------------------------------------------------------------


async def until(is_true: Callable[[], object]) -> None:
    async with asyncio.timeout(120):
        while not is_true():  # noqa: ASYNC110  (the code under test sets no event)
            await asyncio.sleep(0.05)


def work_until(
    address: str,
    folder: Path,
    is_done: Callable[[], object],
    begin: Callable[[], object] = lambda: None,
) -> list[str]:
    """Work as the node n1, call `begin` once it has signed, and stop; return what jobs wrote."""
    told: list[str] = []
    place = NodePlace(
        node="n1", host="here", archive=folder, slots=2, beat_s=0.2, lost_s=60.0, again_s=0.0
    )

    async def scene() -> int:
        async with open_queue(address, PatientConnector) as app:
            worker = NodeWorker(app, place, lambda name, line: told.append(f"{name}: {line}"))
            working = asyncio.ensure_future(worker.run())
            await until(
                lambda: ask(address, "SELECT 1 FROM procrastinate_workers HAVING count(*) = 2")
            )
            begin()
            await until(lambda: working.done() or is_done())
            worker.stop(None)
            return await working

    assert asyncio.run(scene()) == 0
    return told


RUNS = "SELECT newspaper, task, node, code FROM newscrawl_runs"


def test_the_schedule_puts_and_runs_what_is_due(address: str, tmp_path: Path) -> None:
    """Nobody has declared the newspaper, so its crawl ends with 2 before any request."""
    placed(address, row("baothu"), row("baocu"), row("baomoi", "n2"))
    ask(
        address,
        "UPDATE newscrawl_places SET put_for = '2026-01-01 00:00Z' WHERE newspaper != 'baocu'",
    )
    told = work_until(address, tmp_path, lambda: ask(address, RUNS))
    assert ask(address, RUNS) == [("baothu", "crawl", "n1", 2)]
    assert told[0].startswith("baothu: crawl: no newspaper is named 'baothu'")
    ((said, put_at, started_at, ended_at),) = ask(
        address, "SELECT said, put_at, started_at, ended_at FROM newscrawl_runs"
    )
    assert f"baothu: {said}" == "\n".join(told)
    assert put_at <= started_at <= ended_at


def test_a_job_that_was_given_and_never_arrived_is_run(address: str, tmp_path: Path) -> None:
    """As where PostgreSQL goes away between the choice of a job and the answer."""
    placed(address, row("baothu"))

    def give() -> None:
        ask(address, """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status, worker_id)
SELECT 'n1', 'newscrawl.crawl', 'baothu', '{"newspaper": "baothu"}', 'doing', max(id)
FROM procrastinate_workers""")  # fmt: skip

    work_until(address, tmp_path, lambda: ask(address, RUNS), give)
    assert ask(address, RUNS) == [("baothu", "crawl", "n1", 2)]


def test_a_newspaper_that_was_archived_elsewhere_is_not_begun(address: str, tmp_path: Path) -> None:
    placed(address, row("baothu"))
    ask(address, "UPDATE newscrawl_places SET is_archived = true")
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    assert work_until(address, tmp_path, lambda: ask(address, RUNS)) == []
    assert ask(address, RUNS) == [("baothu", "crawl", "n1", 5)]
    ((said,),) = ask(address, "SELECT said FROM newscrawl_runs")
    assert said.startswith("its folder is not on n1: bring it back from a copy, or begin anew with")
    assert [*tmp_path.iterdir()] == []
    asked(address, lambda store: store.forget_folders(["baothu"]))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    work_until(address, tmp_path, lambda: len(ask(address, RUNS)) == 2)
    assert ask(address, RUNS)[-1] == ("baothu", "crawl", "n1", 2)


def test_a_killed_workers_jobs_are_begun_by_the_next_at_once(address: str, tmp_path: Path) -> None:
    placed(address, row("baothu"))
    asked(address, lambda store: store.put(CRAWL, ["baothu"]))
    taken(address, "n1")
    ask(address, "UPDATE procrastinate_jobs SET worker_id = NULL")
    ask(address, "DELETE FROM procrastinate_workers")
    work_until(address, tmp_path, lambda: ask(address, RUNS))
    assert ask(address, RUNS) == [("baothu", "crawl", "n1", 2)]


# PostgreSQL away ----------------------------------------------------------------------------------


def test_a_worker_waits_while_postgresql_is_away(
    postgres: Postgres, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    placed(address, row("baothu"))

    async def through_an_outage() -> list[str]:
        async with open_queue(address, PatientConnector) as app:
            done: list[str] = []

            async def crawl(newspaper: str) -> None:
                done.append(newspaper)

            app.task(name=CRAWL)(crawl)
            worker = Worker(app, queues=["n1"], install_signal_handlers=False,
                            update_heartbeat_interval=0.1)  # fmt: skip
            running = asyncio.ensure_future(worker.run())  # type: ignore[no-untyped-call]
            await until(lambda: worker.worker_id is not None)
            postgres.control("stop", "-m", "immediate")
            connector = app.connector
            assert isinstance(connector, PatientConnector)
            await until(lambda: connector.away_at > 0)
            postgres.control("start")
            await QueueStore(app).put(CRAWL, ["baothu"])
            await until(lambda: done or running.done())
            worker.stop()  # type: ignore[no-untyped-call]
            await running
            return done

    assert asyncio.run(through_an_outage()) == ["baothu"]
    assert "fleet: the queue does not answer, waiting: " in capsys.readouterr().err


def test_only_an_outage_is_waited_for(address: str) -> None:
    async def ask_nonsense() -> None:
        async with open_queue(address, PatientConnector) as app:
            await app.connector.execute_query_async("SELECT * FROM nowhere")

    with pytest.raises(Exception, match="Database error") as raised:
        asyncio.run(ask_nonsense())
    assert isinstance(raised.value.__cause__, UndefinedTable)


# Commands -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("fleet", "status"),
            "fleet: QUEUE names no PostgreSQL: set NEWSCRAWL_QUEUE=postgresql://",
        ),
        (("crawlall", "--queue"), "crawlall: QUEUE names no PostgreSQL"),
        (("reparse", "baothu", "--queue", "--dask", "x"), "reparse: --queue takes no --dask: the"),
        (
            ("reparse", "--all", "--queue", "--since", "2026-01-01"),
            "reparse: --queue takes no --since",
        ),
        (("fleet", "work", "--slots", "0", "-s", "QUEUE=x"), "fleet: --slots takes a number of"),
        (("reparse", "--all", "--queue"), "reparse: QUEUE names no PostgreSQL"),
        (
            ("fleet", "work", "-s", "QUEUE=x", "-s", "CONTACT="),
            "fleet: a crawl of a live newspaper",
        ),
        (
            ("fleet", "place", "--nodes", "n 1", "-s", "QUEUE=x"),
            "fleet: 'n 1' is no name of a node",
        ),
    ],
)
def test_a_mistake_is_one_line(command: tuple[str, ...], said: str) -> None:
    done = run_scrapy(*command)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(said)


@pytest.mark.parametrize(
    "command",
    [("fleet",), ("fleet", "go"), ("fleet", "init", "baothu"), ("fleet", "status", "baothu"),
     ("fleet", "put"), ("reparse", "--all"), ("reparse", "--all", "baothu", "--queue")],
)  # fmt: skip
def test_a_wrong_call_is_told_how(command: tuple[str, ...]) -> None:
    done = run_scrapy(*command, "-s", "QUEUE=host=/nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage" in done.stderr or "usage" in done.stderr


def test_a_queue_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = run_scrapy("fleet", "init", env={"NEWSCRAWL_QUEUE": f"host={tmp_path} user=newscrawl"})
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("fleet: the queue does not answer: ")
    assert "No such file or directory" in line


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    missing = "raise ModuleNotFoundError('none', name='procrastinate')"
    (tmp_path / "procrastinate.py").write_text(missing, "utf-8")
    env = {"PYTHONPATH": str(tmp_path), "NEWSCRAWL_QUEUE": "postgresql://nobody@127.0.0.1:9/x"}
    for command in (("fleet", "status"), ("crawlall", "--queue"), ("fleet", "init")):
        done = run_scrapy(*command, env=env)
        said = f"{command[0]}: this needs procrastinate: install './newscrawl-….whl[fleet]' (in"
        assert done.stderr.startswith(said)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_the_extra_is_imported_only_when_it_is_asked_for() -> None:
    code = (
        "import sys, newscrawl.commands.fleet, newscrawl.commands.crawlall;"
        " sys.exit(any(m in sys.modules for m in ('procrastinate', 'psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_placing_writes_lanes_schedule_and_folders(address: str, tmp_path: Path) -> None:
    toml = tmp_path / "newscrawl.toml"
    toml.write_text(f'queue = "{address}"\npapers = ["baocantho", "baodaklak"]\n'
                    "[schedule]\nevery_h = 6\nbaodaklak = 24\n", "utf-8")  # fmt: skip

    def do(*command: str) -> tuple[int, str]:
        done = run_scrapy("fleet", *command, "--config", str(toml))
        return done.returncode, (done.stdout + done.stderr).strip()

    assert do("place") == (2, "fleet: --nodes is missing: name the machines, as n01..n10")
    assert do("place", "--nodes", "n1") == (0, "2 newspapers placed, 0 moved, 2 in all")
    query = "SELECT newspaper, lane, node, every_h FROM newscrawl_places ORDER BY 1"
    assert ask(address, query) == [
        ("baocantho", "baocantho", "n1", 6), ("baodaklak", "baodaklak", "n1", 24),
    ]  # fmt: skip
    assert do("place", "--nodes", "n1,n2") == (0, "0 newspapers placed, 0 moved, 2 in all")
    assert do("place", "baodaklak", "--nodes", "n2")[1].startswith("0 newspapers placed, 1 moved")
    assert [found[2] for found in ask(address, query)] == ["n1", "n2"]
    ask(address, "UPDATE newscrawl_places SET is_archived = true")
    assert do("place", "baodaklak", "--anew")[0] == 0
    assert ask(address, "SELECT newspaper FROM newscrawl_places WHERE is_archived") == [
        ("baocantho",)
    ]
    assert [found[2] for found in ask(address, query)] == ["n1", "n2"]
    assert (
        do("put", "baonghean")[1]
        == "fleet: no node holds baonghean: `scrapy fleet place` gives one"
    )
    assert (
        do("place", "--from", "n9", "--nodes", "n1")[1] == "fleet: --from n9: no newspaper is there"
    )
    assert do("put", "baocantho", "--task", "reparse", "-a", "limit=3")[0] == 2
    assert do("put", "baocantho") == (0, "1 jobs put")
    taken(address, "n1")
    code, said = do("place", "baocantho", "--nodes", "n2")
    assert (code, said) == (75, "fleet: baocantho: at work: stop the node's worker first")
    code, said = do("status")
    assert (code, said.splitlines()[-1]) == (
        0, "0 for a person · 2 newspapers on 2 nodes · 1 running, 0 waiting"
    )  # fmt: skip
