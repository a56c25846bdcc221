"""The worker of a node: it runs the jobs of the newspapers whose folders the node holds.

Procrastinate gives the jobs, their locks and the heartbeat. A job is one command in a process of
its own. A worker that is stopped puts its jobs back; one that is killed takes its crawls along, and
its jobs are put back by another node that misses its heartbeat, or by itself when it begins again.
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.worker import Worker

from newscrawl.archive.manifest import MANIFEST
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveBusyError, ArgumentError
from newscrawl.exit_codes import ExitCode
from newscrawl.fleet.job_process import JobEnd, JobProcess, crawl_job, reparse_job
from newscrawl.fleet.patient_connector import PatientConnector
from newscrawl.fleet.queue_store import QueueStore, Row, open_queue
from newscrawl.fleet.queue_tables import CRAWL, DUE, REPARSE, TASKS, queue_of

DUE_CRON: Final = "* * * * *"
_PRIORITY_OF_DUE: Final = 10
_PRUNE_AFTER_S: Final = 7 * 24 * 3600.0
"""Age at which Procrastinate forgets a worker, which can then take no more jobs. With the usual
30 s it would forget all of them after PostgreSQL was away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodePlace:
    """A node and how it works."""

    node: str
    host: str
    archive: Path
    slots: int
    """Crawls at the same time"""
    beat_s: float
    """Time between two signs of life"""
    lost_s: float
    """Silence after which a node is lost"""
    again_s: float
    """Time until a job that met another run is tried again"""
    passed_on: tuple[str, ...] = ()
    """Options of every command, as ("-s", "NAME=VALUE")"""
    until_idle: bool = False
    """Whether the worker ends when no job is left"""

    @property
    def queues(self) -> tuple[str, ...]:
        """Return the queues of which the node takes jobs."""
        return tuple(queue_of(task, self.node) for task in TASKS.values())


class RunAgainLater(Exception):  # noqa: N818  (it is no fault)
    """A job has not done its work, and is to be tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


class _Again(BaseRetryStrategy):
    """Tries a job again that asks for it, and no other."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del job
        if not isinstance(exception, RunAgainLater):
            return None
        return RetryDecision(retry_in={"seconds": round(exception.seconds)})


class NodeWorker:
    """Runs a node's jobs until a signal comes, or until none is left."""

    def __init__(self, app: App, place: NodePlace, tell: Callable[[str, str], None]) -> None:
        """Take the open queue, the node, and what is called with the lines that jobs write."""
        self.place = place
        self.store = QueueStore(app)
        self.signal: int | None = None
        self._app = app
        self._tell = tell
        self._held: dict[int, JobProcess | None] = {}
        """The jobs of this worker, each with its process once it has one"""
        self._unheld: set[int] = set()
        self._stopped = asyncio.Event()
        retry = _Again()
        app.task(name=CRAWL, pass_context=True, retry=retry)(self._crawl)
        app.task(name=REPARSE, pass_context=True, retry=retry)(self._reparse)
        due = app.task(name=DUE, retry=retry)(self._put_due)
        app.periodic(
            cron=DUE_CRON, periodic_id=place.node, queue=place.node,
            queueing_lock=f"{DUE}:{place.node}", priority=_PRIORITY_OF_DUE,
        )(due)  # fmt: skip

    async def run(self) -> int:
        """Work, and return the exit code."""
        place = self.place
        if not await self.store.sign_on(
            place.node, place.host, str(place.archive), place.slots, place.lost_s
        ):
            raise ArchiveBusyError(
                f"{place.node} is at work elsewhere: {to_type('fleet status')} says where"
            )
        for row in await self.store.doing_on(place.queues):  # of a worker that was killed here
            await self.store.put_back(row["id"], row["task_name"], row["newspaper"])
        self._heed_signals()
        code = await self._until_stopped()
        await self.store.sign_off(place.node)
        return code

    async def _until_stopped(self) -> int:
        workers = [self._worker(CRAWL, self.place.slots), self._worker(REPARSE, 1)]
        running = [asyncio.ensure_future(_run(worker)) for worker in workers]
        watching = asyncio.ensure_future(self._watch())
        stopped = asyncio.ensure_future(self._stopped.wait())
        await asyncio.wait([*running, watching, stopped], return_when=asyncio.FIRST_COMPLETED)
        is_broken = any(worker.done() for worker in running)
        if not watching.done():
            watching.cancel()
        self.stop(None)
        for worker in workers:
            _stop(worker)
        ended = await asyncio.gather(*running, watching, stopped, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error
        if self.signal is not None:
            return 128 + self.signal
        return ExitCode.BUG if is_broken else ExitCode.OK

    def _worker(self, task: str, concurrency: int) -> Worker:
        return Worker(
            self._app,
            queues=[queue_of(task, self.place.node)],
            name=queue_of(task, self.place.node),
            concurrency=concurrency,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=self.place.beat_s,
            stalled_worker_timeout=_PRUNE_AFTER_S,
        )

    # Stopping ------------------------------------------------------------------------------------

    def _heed_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop, number)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
            loop.add_signal_handler(signal.SIGHUP, self.stop, signal.SIGTERM)

    def stop(self, number: int | None) -> None:
        """Take no more jobs, and stop those at work, which are put back."""
        self.signal = self.signal or number
        self._stopped.set()
        connector = self._app.connector
        if isinstance(connector, PatientConnector):
            connector.lose_patience()
        for process in self._held.values():
            if process is not None:
                process.stop(number or signal.SIGTERM)

    # Jobs ----------------------------------------------------------------------------------------

    async def _crawl(
        self, context: JobContext, newspaper: str, arguments: Sequence[str] = ()
    ) -> None:
        command = crawl_job(newspaper, arguments, self.place.passed_on)
        await self._work(context, "crawl", newspaper, command)

    async def _reparse(self, context: JobContext, newspaper: str) -> None:
        command = reparse_job(newspaper, self.place.passed_on)
        await self._work(context, "reparse", newspaper, command)

    async def _work(
        self, context: JobContext, task: str, newspaper: str, command: Sequence[str]
    ) -> None:
        """Run the command of a job, and record how it ended; raise where it is to begin anew."""
        job_id = context.job.id or 0
        if self._stopped.is_set():
            raise RunAgainLater(0)
        if job_id in self._held:  # it was put back while PostgreSQL was away, and never left
            raise RunAgainLater(self.place.again_s)
        self._held[job_id] = None
        try:
            end = await self._missing_folder(newspaper)
            if end is None:
                process = JobProcess(command, lambda line: self._tell(newspaper, line))
                self._held[job_id] = process
                end = await process.run()
            # A crawl stopped as it starts ends as a bug; a real one is told by its next run.
            if self._stopped.is_set() and (end.code >= 128 or end.code == ExitCode.BUG):
                raise RunAgainLater(0)
            if end.code == ExitCode.BUSY:
                raise RunAgainLater(self.place.again_s)
            if (self.place.archive / newspaper / MANIFEST).is_file():
                await self.store.note_archive(newspaper)
            await self.store.record(
                job_id, newspaper=newspaper, task=task, node=self.place.node,
                code=end.code, said=end.said,
            )  # fmt: skip
        finally:
            del self._held[job_id]

    async def _missing_folder(self, newspaper: str) -> JobEnd | None:
        """Return the end of a job whose newspaper was archived elsewhere; None where all is well.

        A crawl without the folder would begin the archive anew, and nobody would know.
        """
        if (self.place.archive / newspaper / MANIFEST).is_file():
            return None
        archived = {row["newspaper"] for row in await self.store.places() if row["is_archived"]}
        if newspaper not in archived:
            return None
        return JobEnd(
            ExitCode.ARCHIVE_ERROR,
            f"its folder is not on {self.place.node}: bring it back from a copy, or begin anew with"
            f" {to_type(f'fleet place {newspaper} --anew')}",
        )

    async def _put_due(self, timestamp: int) -> None:
        """Put the crawls whose moment has come, by the schedule that `fleet place` has written."""
        del timestamp  # of the minute for which Procrastinate calls; what was missed counts too
        await self.store.put_due(self.place.node, datetime.now(UTC))

    # Watching ------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Sign, put back what was lost, and end where no job is left and nobody waits for more."""
        while True:
            await asyncio.sleep(self.place.beat_s)
            await self.store.sign(self.place.node)
            if self._was_reachable():
                await self.store.put_back_lost(self.place.lost_s)
            await self._put_back_unheld(await self.store.doing_on(self.place.queues))
            if self.place.until_idle and not await self.store.left_on(self.place.queues):
                return

    def _was_reachable(self) -> bool:
        """Return whether PostgreSQL was there long enough for every node to have signed."""
        connector = self._app.connector
        if not isinstance(connector, PatientConnector):
            return True
        return asyncio.get_running_loop().time() - connector.away_at > self.place.lost_s

    async def _put_back_unheld(self, doing: Sequence[Row]) -> None:
        """Put back the jobs that were given to this node while the answer was lost.

        One that is just beginning or ending is not held either: the second look puts it back.
        """
        unheld = {row["id"] for row in doing if row["newspaper"]} - self._held.keys()
        for row in doing:
            if row["id"] in unheld & self._unheld:
                await self.store.put_back(row["id"], row["task_name"], row["newspaper"])
        self._unheld = unheld


# Procrastinate leaves the types of these two out.


async def _run(worker: Worker) -> None:
    run: Callable[[], Awaitable[None]] = worker.run
    await run()


def _stop(worker: Worker) -> None:
    stop: Callable[[], None] = worker.stop
    stop()


async def work(address: str, place: NodePlace) -> int:
    """Work as a node of the queue at that address, and return the exit code."""

    def tell(newspaper: str, line: str) -> None:
        print(f"{newspaper}: {line}", file=sys.stderr, flush=True)  # noqa: T201

    try:
        async with open_queue(address, PatientConnector) as app:
            return await NodeWorker(app, place, tell).run()
    except ConnectorException as error:
        what = " ".join(str(error.__cause__ or error).split())
        raise ArgumentError(f"{place.node}: the queue went away: {what}") from error
