"""One newspaper's archive as a run sees it: the lock, the ledger, the pages, the files."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from signal import SIGKILL
from time import monotonic
from typing import Final

from newscrawl.archive.atomic_files import GIB, disk, ensure_space
from newscrawl.archive.closing import Closing
from newscrawl.archive.export.hardlink_snapshot import mark_latest_old, prune, take_snapshot
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.export.snapshot_due import is_snapshot_due
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.published_state import note_coverage, published_state
from newscrawl.archive.lock import Lock, hold_lock
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.maintenance.page_retention import prune_pages
from newscrawl.archive.maintenance.rebuild import KeyOf
from newscrawl.archive.maintenance.returned_articles import open_without_forgotten
from newscrawl.archive.mounts import refuse_network_disk
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.config.program import on_archive
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.exceptions import ArchiveError
from newscrawl.http.exchange import Exchange
from newscrawl.items import Line
from newscrawl.timestamps import utc_file_name

KILLED: Final = "killed"
"""Reason in the record of a run that ended without writing one: killed, or a power cut"""
RUN_TOKEN_BYTES: Final = 4
"""Random bytes behind the second in a run's id; a container gives each run the same process id"""
COMMIT_MIN_PAGES: Final = 8
"""Pages that wait for a commit, from which on a crawl makes one within a second"""
COMMIT_MAX_S: Final = 5.0
"""So long fewer pages wait. At one request a second they are four, in one wait for the disk
instead of four; a run that is killed has them asked for again"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What is kept of an archive beside its articles."""

    page_months: int = 0
    """The newest months of raw pages that are kept; 0 = all"""
    daily_snapshots: int = 7
    monthly_snapshots: int = 12
    snapshot_every: timedelta = timedelta(0)
    """How old a newspaper's latest snapshot is before a run that changed it takes another"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """Where archives lie, and how they are kept."""

    home: Path
    """Folder that holds one folder a newspaper"""
    keeps_pages: bool
    """Whether raw pages are written to WARC files"""
    free_min_bytes: int
    """Free space below which no run begins; half of it ends a run under way"""
    takes_snapshot: bool = True
    """Whether a run ends with a snapshot"""
    allows_network_disk: bool = False
    """Whether the archive may lie on a network file system, whose locks may hold nobody back"""
    retention: Retention = Retention()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotOutcome:
    """The snapshot that a run ends with; neither name nor problem where none was asked for."""

    name: str | None = None
    problem: str | None = None
    """Why none was taken, in one line; None = nothing went wrong"""
    note: str = ""
    """Which files it holds as copies or not at all; "" = every file is linked"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What the archive holds."""

    articles: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    """Number of links in each state"""
    oldest: datetime | None = None
    newest: datetime | None = None


def is_commit_due(waiting_pages: int, seconds: float) -> bool:
    """Return whether to commit, with so many pages since the last commit, so many seconds ago.

    >>> is_commit_due(8, 1.0), is_commit_due(4, 4.0), is_commit_due(4, 5.0)
    (True, False, True)
    """
    return waiting_pages >= COMMIT_MIN_PAGES or seconds >= COMMIT_MAX_S


class Archive(Closing):
    """The archive of one run, open from before the first request until after the report."""

    def __init__(
        self,
        folder: Path,
        run_id: str,
        lock: Lock,
        ledger: Ledger,
        pages: PageStore | None,
        free_min_bytes: int = 0,
        *,
        takes_snapshot: bool = True,
        retention: Retention = Retention(),
    ) -> None:
        self.folder = folder
        self.free_min_bytes = free_min_bytes
        self.run_id = run_id
        self.takes_snapshot = takes_snapshot
        self.retention = retention
        self.ledger = ledger
        self.pages = pages
        self._lock = lock
        self._waiting_pages = 0
        self._committed_at = monotonic()
        if pages is not None:
            ledger.database.before_commit = pages.sync

    def begin(self, arguments: CrawlArguments, started_at: datetime) -> tuple[Line, ...]:
        """Open the run in the ledger, so that a run that is killed leaves a trace.

        Returns the records of earlier runs that were killed. They are written into `runs/` at once:
        where every run dies, no other moment comes.
        """
        names = ("since", "until", "section", "limit")
        stated = ((name, getattr(arguments, name)) for name in names)
        given = {name: str(value) for name, value in stated if value is not None}
        killed = self.ledger.begin_run(self.run_id, started_at, given)
        records = tuple(self._killed_record(run_id) for run_id in killed)
        for record in records:
            self.ledger.runs.end(record["run_id"], record)
        self.ledger.flush()  # a run that is killed before its first commit leaves a trace, too
        self._lock.note_run(started_at)
        if records:
            self.export()
        return records

    def _killed_record(self, run_id: str) -> Line:
        """Return the record that a killed run could not write, with what is known of the run."""
        kept, last_at = self.ledger.articles.kept_by(run_id)
        started_at = self.ledger.runs.started_at(run_id)
        return {
            "run_id": run_id,
            "newspaper": self.folder.name,
            "started_at": started_at,
            "ended_at": last_at or started_at,
            "reason": KILLED,
            "exit_code": 128 + SIGKILL,
            "health": "degraded",
            "counts": {"article/kept": kept},
            "arguments": self.ledger.runs.arguments(run_id),
        }

    def keep(self, exchange: Exchange | None) -> str | None:
        """Write the raw page, and return its place; None where pages are not kept."""
        self._waiting_pages += 1
        if self.pages is None or exchange is None:
            return None
        return self.pages.keep(exchange)

    def flush(self) -> None:
        """Put everything noted so far on the disk."""
        self.ledger.flush()
        self._waiting_pages, self._committed_at = 0, monotonic()

    def flush_in_time(self) -> None:
        """Put everything noted so far on the disk once a commit is due.

        A commit waits for the disk twice, some milliseconds in which no newspaper of the process
        goes on.
        """
        if is_commit_due(self._waiting_pages, monotonic() - self._committed_at):
            self.flush()

    def free_bytes(self) -> int:
        """Return the free space on the archive's disk; raise `ArchiveError` where none is told."""
        with disk("looking for space in", self.folder):
            return shutil.disk_usage(self.folder).free

    def check_space(self) -> None:
        """Raise `ArchiveError` before the disk is full.

        Half of the free space that a start needs is left for what is under way.
        """
        free = self.free_bytes()
        if free < self.free_min_bytes / 2:
            raise ArchiveError(
                f"{self.folder}: only {free / GIB:.2f} GiB free: stopped before the disk is full; "
                "free some space, the next run goes on"
            )

    def check_ledger(self) -> None:
        """Raise `ArchiveError` where the ledger's file was removed or replaced under the run."""
        if not self.ledger.database.is_in_place():
            remedy = on_archive(f"verify {self.folder.name} --rebuild")
            raise ArchiveError(
                f"{self.ledger.path}: removed or replaced while the run was at work: what the run"
                f" kept since is lost; {remedy} makes the ledger anew"
            )

    def export(self) -> None:
        """Write the files that differ from the ledger."""
        export(self.ledger, self.folder)

    def finish(self, record: Line, ended_at: datetime) -> SnapshotOutcome:
        """End the run: store its record, remove old pages, write the files, take a snapshot.

        A snapshot that cannot be taken fails no run: the archive is whole without it.
        """
        whole = record | published_state(self.ledger, self.run_id)
        self.ledger.runs.end(self.run_id, whole)
        note_coverage(self.ledger, whole)
        if self.pages is not None:
            self.pages.close()
        prune_pages(self.ledger, self.folder, self.retention.page_months)
        self.export()
        self._lock.forget_run()
        is_due = is_snapshot_due(self.folder, ended_at, self.retention.snapshot_every)
        if not (self.takes_snapshot and is_due):
            return SnapshotOutcome()
        try:
            taken = take_snapshot(self.folder, now=ended_at)
            if taken is not None:
                keep = self.retention
                prune(
                    taken.path.parent,
                    keep.daily_snapshots,
                    keep.monthly_snapshots,
                    (self.folder.name,),
                )
        except ArchiveError as error:
            latest = mark_latest_old(self.folder, str(error))
            there = f"snapshots/latest is of {latest}" if latest else "there is none yet"
            return SnapshotOutcome(problem=f"{error}; {there}")
        if taken is None:
            return SnapshotOutcome()
        return SnapshotOutcome(name=taken.path.name, note=str(taken.gathered))

    def forgive(self, now: datetime) -> None:
        """Undo the run's failure counts: the whole site was down or forbidden."""
        self.ledger.links.forgive(now)

    def holdings(self) -> Holdings:
        """Return what the ledger counts; nothing where it can no longer be read."""
        try:
            oldest, newest = self.ledger.articles.span()
            return Holdings(
                articles=self.ledger.articles.count(),
                states=self.ledger.links.states(),
                oldest=oldest,
                newest=newest,
            )
        except ArchiveError:
            return Holdings()

    def look_again(self, after: timedelta, now: datetime) -> None:
        """Make every archived article due now that was last looked at longer ago than `after`."""
        self.ledger.links.look_again(after, now)

    def close(self) -> None:
        """Close the ledger and release the lock; a second call does nothing."""
        try:
            self.ledger.close()
        finally:
            self._lock.close()


def open_archive(options: ArchiveOptions, newspaper: str, key_of_url: KeyOf) -> Archive:
    """Lock and open the newspaper's archive, without anything that was forgotten.

    `key_of_url` returns the key that an address carries.

    Raises:
        ArchiveBusyError: another run holds the lock.
        ArchiveError: the archive cannot be written, is damaged or older than its newest snapshot,
            or too little space is left.
    """
    folder = options.home / newspaper
    ensure_space(folder, options.free_min_bytes)
    if not options.allows_network_disk:
        refuse_network_disk(folder)
    lock = hold_lock(folder)
    try:
        ledger = open_without_forgotten(folder, newspaper, key_of_url)
        adopt_page_files(ledger, folder)
        run_id = f"{utc_file_name(datetime.now(UTC))}-{token_hex(RUN_TOKEN_BYTES)}"
        pages = PageStore(folder, run_id, ledger.pages) if options.keeps_pages else None
    except ArchiveError:
        lock.close()
        raise
    return Archive(
        folder,
        run_id,
        lock,
        ledger,
        pages,
        options.free_min_bytes,
        takes_snapshot=options.takes_snapshot,
        retention=options.retention,
    )
