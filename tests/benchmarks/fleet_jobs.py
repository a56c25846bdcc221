"""`python -m tests.benchmarks.fleet_jobs`: what a job of the fleet costs, and a worker that waits.

Each figure is CPU, so that other work on the machine hardly changes it, but for the two that say
seconds by the clock.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from procrastinate.worker import Worker

from newscrawl.fleet.queue_store import QueueStore, make_tables, open_queue, open_store
from newscrawl.fleet.queue_tables import CRAWL
from tests.support.fleet_nodes import TestFleet, wait_for
from tests.support.many_newspapers.declared import NAMES
from tests.support.many_site import HOST
from tests.support.postgres import Postgres, ask, running_postgres
from tests.system.test_many_newspapers import many_site

_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_RUNS: Final = "SELECT extract(epoch FROM started_at - put_at) FROM newscrawl_runs"


def cpu_s(pid: int, *, with_children: bool = False) -> float:
    """CPU of a process; with that of the children it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if with_children else 13])) / _TICKS_PER_S


def resident_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE_BYTES / 1e6


def server_cpu_s(server: Postgres) -> float:
    """CPU of PostgreSQL: its main process with all that have ended, and those that run."""
    main = int((server.folder / "data" / "postmaster.pid").read_text("ascii").split()[0])
    below = Path(f"/proc/{main}/task/{main}/children").read_text("ascii").split()
    return cpu_s(main, with_children=True) + sum(cpu_s(int(child)) for child in below)


def queue_alone(server: Postgres, count: int) -> dict[str, float]:
    """Put so many jobs, and have one worker take them, whose task does nothing."""
    address = server.new_database()
    asyncio.run(make_tables(address))
    names = [f"baothu{number:05}" for number in range(count)]

    async def fill() -> float:
        async with open_store(address) as store:
            rows = ({"newspaper": name, "hosts": [name], "lane": name, "node": "n1", "every_h": 2,
                     "minute": 0} for name in names)  # fmt: skip
            await store.place(rows)
            began = time.monotonic()
            await store.put(CRAWL, names)
            return time.monotonic() - began

    async def empty() -> None:
        async with open_queue(address) as app:
            store = QueueStore(app)

            async def crawl(newspaper: str) -> None:
                await store.record(0, newspaper=newspaper, task="crawl", node="n1", code=0, said="")

            app.task(name=CRAWL)(crawl)
            worker = Worker(app, queues=["n1"], concurrency=8, wait=False, delete_jobs="successful")
            await worker.run()  # type: ignore[no-untyped-call]

    put_s = asyncio.run(fill())
    own, servers, began = time.process_time(), server_cpu_s(server), time.monotonic()
    asyncio.run(empty())
    return {
        "put all, s by the clock": put_s,
        "jobs a s by the clock": count / (time.monotonic() - began),
        "worker's CPU a job, ms": (time.process_time() - own) / count * 1e3,
        "PostgreSQL's CPU a job, ms": (server_cpu_s(server) - servers) / count * 1e3,
    }


def whole_jobs(server: Postgres, count: int, idle_s: float) -> dict[str, float]:
    """Have one worker wait, then crawl a newspaper again and again that has nothing new."""
    with many_site("--articles", "60") as site, TemporaryDirectory() as place:
        fleet = TestFleet(server.new_database(), Path(place), site)
        fleet.begin("--nodes", "n1", NAMES[8])
        with fleet.worker("n1", "-s", "QUEUE_BEAT_S=15") as worker:
            pid = worker.process.pid
            fleet.do("fleet", "put", NAMES[8])
            wait_for(lambda: len(fleet.ask(_RUNS)) == 1)
            own, servers = cpu_s(pid), server_cpu_s(server)
            time.sleep(idle_s)
            idle = cpu_s(pid) - own, server_cpu_s(server) - servers
            own, all_of_it = cpu_s(pid), cpu_s(pid, with_children=True)
            for done in range(2, count + 2):
                put_one(fleet, NAMES[8])
                wait_for(partial(has_runs, fleet, done))
            jobs_s = cpu_s(pid, with_children=True) - all_of_it
            latency = [float(row[0]) for row in fleet.ask(f"{_RUNS} ORDER BY id")][1:]
            return {
                "articles": len(site.truth(HOST)),
                "idle worker, MB": resident_mb(pid),
                "idle worker's CPU a minute, ms": idle[0] / idle_s * 6e4,
                "PostgreSQL's CPU a minute for it, ms": idle[1] / idle_s * 6e4,
                "put until begun, median ms by the clock": statistics.median(latency) * 1e3,
                "a job's CPU with its crawl, s": jobs_s / count,
                "of it the worker's, ms": (cpu_s(pid) - own) / count * 1e3,
            }


def has_runs(fleet: TestFleet, count: int) -> bool:
    return len(fleet.ask(_RUNS)) == count


def put_one(fleet: TestFleet, newspaper: str) -> None:
    async def put() -> None:
        async with open_store(fleet.address) as store:
            await store.put(CRAWL, [newspaper])

    asyncio.run(put())


def status_s(address: str) -> float:
    """CPU of `fleet status`, a process of its own."""
    before = os.times()
    environment = os.environ | {"NEWSCRAWL_QUEUE": address}
    command = [sys.executable, "-m", "scrapy", "fleet", "status"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    return after.children_user + after.children_system - before[2] - before[3]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=3000, help="that do nothing")
    parser.add_argument("--crawls", type=int, default=10)
    parser.add_argument("--idle-s", type=float, default=60)
    asked = parser.parse_args()
    with running_postgres() as server:
        found = queue_alone(server, asked.jobs)
        found |= {"status of all, CPU s": status_s(server.address("fleet0"))}
        found |= {
            "rows of runs": ask(server.address("fleet0"), "SELECT count(*) FROM newscrawl_runs")[0][
                0
            ]
        }
        found |= whole_jobs(server, asked.crawls, asked.idle_s)
    print(json.dumps({name: round(figure, 2) for name, figure in found.items()}, indent=2))


if __name__ == "__main__":
    main()
