"""The fleet's list of jobs: what may be asked of it and written into it."""

from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final, LiteralString

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status

from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.fleet import queue_tables as sql
from newscrawl.fleet.placement import moment_before
from newscrawl.fleet.queue_tables import CRAWL, queue_of

CONNECT_TIMEOUT_S: Final = 10
"""Time in which a queue that is there answers"""
_OLD_JOBS_H: Final = 24 * sql.RUNS_KEEP_DAYS

Row = dict[str, Any]


class QueueStore:
    """The jobs, places, nodes and runs in PostgreSQL; each method is one question or one change."""

    def __init__(self, app: App) -> None:
        self._connector = app.connector
        self._jobs = app.job_manager

    async def _ask(self, query: LiteralString, **values: Any) -> list[Row]:
        return await self._connector.execute_query_all_async(query, **values)

    async def _do(self, query: LiteralString, **values: Any) -> None:
        await self._connector.execute_query_async(query, **values)

    async def has_tables(self) -> bool:
        """Return whether `make_tables` has made all of them."""
        if not await self._jobs.check_connection_async():
            return False
        (row,) = await self._ask("SELECT to_regclass('newscrawl_runs_ended') AS found")
        return row["found"] is not None

    # Places --------------------------------------------------------------------------------------

    async def places(self) -> list[Row]:
        """Return a row for every newspaper that has a node, by name."""
        return await self._ask(sql.PLACES)

    async def place(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows, and take waiting jobs along to the nodes that they name."""
        for row in rows:
            await self._do(sql.PLACE, **row)
        await self._do(sql.MOVE_JOBS)

    async def forget_folders(self, names: Sequence[str]) -> None:
        """Have the next runs of the newspapers begin new folders where none is."""
        await self._do(sql.ANEW, names=list(names))

    async def at_work(self, names: Collection[str], lost_s: float) -> list[str]:
        """Return the newspapers that a living node works on now."""
        found = await self._ask(sql.AT_WORK, names=list(names), lost_s=lost_s)
        return [row["newspaper"] for row in found]

    async def note_archive(self, newspaper: str) -> None:
        """Note that the newspaper's folder is on its node."""
        await self._do(sql.ARCHIVED, newspaper=newspaper)

    # Jobs ----------------------------------------------------------------------------------------

    async def put(
        self, task: str, names: Collection[str], arguments: Sequence[str] = ()
    ) -> list[str]:
        """Put a job for each newspaper, and return those that had none waiting or at work.

        Args:
            task: The name that Procrastinate knows the task by.
            names: Newspapers that have a place; others are passed over.
            arguments: What follows `-a`, "name=value".
        """
        given: dict[str, Any] = {"arguments": list(arguments)} if arguments else {}
        rows = await self._ask(sql.NOT_PUT, names=list(names), task=task)
        jobs = [
            Job(
                queue=queue_of(task, row["node"]),
                lock=row["lane"],
                queueing_lock=f"{task}:{row['newspaper']}",
                task_name=task,
                task_kwargs={"newspaper": row["newspaper"], **given},
            )
            for row in rows
        ]
        try:
            if jobs:
                await self._jobs.batch_defer_jobs_async(jobs)
        except AlreadyEnqueued:  # another one puts them at the same moment
            return [str(job.task_kwargs["newspaper"]) for job in jobs if await self._put_one(job)]
        return [row["newspaper"] for row in rows]

    async def _put_one(self, job: Job) -> bool:
        try:
            await self._jobs.defer_job_async(job)
        except AlreadyEnqueued:
            return False
        return True

    async def put_due(self, node: str, now: datetime) -> list[str]:
        """Put a crawl for each newspaper of the node whose moment has come since the last one."""
        due = []
        for row in await self.places():
            if row["node"] != node or not row["every_h"]:
                continue
            moment = moment_before(now, row["every_h"], row["minute"])
            if row["put_for"] < moment:
                due += await self._ask(sql.DUE_FOR, newspaper=row["newspaper"], moment=moment)
        await self._do(sql.FORGET_OLD_RUNS, days=sql.RUNS_KEEP_DAYS)
        await self._jobs.delete_old_jobs(_OLD_JOBS_H, include_failed=True, include_aborted=True)
        return await self.put(CRAWL, [row["newspaper"] for row in due])

    async def put_back_lost(self, lost_s: float) -> list[int]:
        """Put the jobs of nodes that gave no sign for so long back, and return their ids."""
        lost = await self._jobs.get_stalled_jobs(seconds_since_heartbeat=lost_s)
        for job in lost:
            await self.put_back(job.id or 0, job.task_name, job.task_kwargs.get("newspaper"))
        return [job.id or 0 for job in lost]

    async def doing_on(self, queues: Sequence[str]) -> list[Row]:
        """Return the jobs that a worker has taken from the queues."""
        return await self._ask(sql.DOING_ON, queues=list(queues))

    async def put_back(self, job_id: int, task: str, newspaper: object) -> None:
        """Have a job begin anew on the node that holds the newspaper's folder now."""
        nodes = {row["newspaper"]: row["node"] for row in await self.places()}
        queue = queue_of(task, nodes[newspaper]) if newspaper in nodes else None
        try:
            await self._jobs.retry_job_by_id_async(job_id, datetime.now(UTC), queue=queue)
        except UniqueViolation:  # an equal one waits already
            await self._jobs.finish_job_by_id_async(job_id, Status.ABORTED, delete_job=True)
        except ConnectorException as error:
            if not isinstance(error.__cause__, psycopg.errors.RaiseException):
                raise  # else another node has put it back meanwhile, or it has ended

    async def left_on(self, queues: Sequence[str]) -> int:
        """Return how many jobs wait in the queues or are at work."""
        (row,) = await self._ask(sql.LEFT_ON, queues=list(queues))
        return int(row["jobs"])

    async def record(self, job_id: int, **run: str | int) -> None:
        """Record how the run of a job ended: newspaper, task, node, code, said."""
        await self._do(sql.RECORD, job_id=job_id, **run)

    # Nodes ---------------------------------------------------------------------------------------

    async def sign_on(self, node: str, host: str, archive: str, slots: int, lost_s: float) -> bool:
        """Note that a node begins, and return False where it is at work in another place."""
        found = await self._ask(
            sql.SIGN_ON, node=node, host=host, archive=archive, slots=slots, lost_s=lost_s
        )
        return bool(found)

    async def sign(self, node: str) -> None:
        """Note that the node lives."""
        await self._do(sql.SEEN, node=node)

    async def sign_off(self, node: str) -> None:
        """Note that the node stopped of its own accord."""
        await self._do(sql.SIGN_OFF, node=node)

    async def facts(self) -> dict[str, Any]:
        """Return what `fleet_status` judges: moment, nodes, places, jobs, the last runs."""
        (now,) = await self._ask(sql.NOW)
        return {
            "now": now["now"],
            "nodes": await self._ask(sql.NODES),
            "places": await self.places(),
            "jobs": await self._ask(sql.JOBS),
            "runs": await self._ask(sql.LAST_RUNS),
        }


@asynccontextmanager
async def open_queue(
    address: str, connector: Callable[..., PsycopgConnector] = PsycopgConnector
) -> AsyncIterator[App]:
    """Open the queue; raise `ArgumentError` where it does not answer."""
    try:
        connection = await psycopg.AsyncConnection.connect(
            address, connect_timeout=CONNECT_TIMEOUT_S
        )
        await connection.close()
    except psycopg.Error as error:
        what = " ".join(str(error).split())
        remedy = "see that PostgreSQL runs and that QUEUE names it"
        raise ArgumentError(f"the queue does not answer: {what}: {remedy}") from error
    pool = connector(
        conninfo=address, min_size=1, max_size=4, timeout=CONNECT_TIMEOUT_S,
        reconnect_timeout=CONNECT_TIMEOUT_S, kwargs={"connect_timeout": CONNECT_TIMEOUT_S},
    )  # fmt: skip
    app = App(connector=pool)
    async with app.open_async():
        yield app


@asynccontextmanager
async def open_store(address: str) -> AsyncIterator[QueueStore]:
    """Open the queue for one command; raise `ArgumentError` where it is not ready."""
    async with open_queue(address) as app:
        store = QueueStore(app)
        if not await store.has_tables():
            raise ArgumentError(f"the queue has no tables yet: {to_type('fleet init')} makes them")
        yield store


async def make_tables(address: str) -> bool:
    """Make the tables that are not there, and return whether any was missing."""
    async with open_queue(address) as app:
        if await QueueStore(app).has_tables():
            return False
        if not await app.check_connection_async():
            await app.schema_manager.apply_schema_async()
        for statement in sql.TABLES:
            await app.connector.execute_query_async(statement)
        return True
