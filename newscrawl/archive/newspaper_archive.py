"""One newspaper's archive as a run sees it: the lock, the ledger, the pages, the files."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from os import getpid
from pathlib import Path
from typing import Any

from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.archive.atomic_files import GIB, disk, ensure_space
from newscrawl.archive.export.hardlink_snapshot import prune, take_snapshot
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import Lock, hold_lock
from newscrawl.archive.warc.page_recovery import adopt_page_files
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.exceptions import ArchiveError
from newscrawl.http.exchange import Wire
from newscrawl.items import Line
from newscrawl.timestamps import seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What the archive holds."""

    articles: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    oldest: datetime | None = None
    newest: datetime | None = None


class Archive:
    """Opened before the first request, closed after the last word of the report."""

    def __init__(
        self,
        folder: Path,
        run_id: str,
        lock: Lock,
        ledger: Ledger,
        pages: PageStore | None,
        least_free: int = 0,
    ) -> None:
        self.folder = folder
        self.least_free = least_free
        self.run_id = run_id
        self.ledger = ledger
        self.pages = pages
        self._lock = lock
        if pages is not None:
            ledger.before_commit = pages.sync

    def begin(self, arguments: CrawlArguments, started_at: datetime) -> None:
        """The run is in the ledger, so that one that is killed leaves a trace."""
        given = {name: str(value) for name, value in _given(arguments).items()}
        self.ledger.begin_run(self.run_id, started_at, given)

    def keep(self, response: Response) -> str | None:
        """Where the raw page lies now; None where pages are not kept."""
        assert response.request is not None
        wire: Wire | None = response.request.meta.pop("newscrawl_wire", None)
        if self.pages is None or wire is None:
            return None
        return self.pages.keep(
            response.url,
            wire.status,
            wire.reason,
            wire.http_version,
            [(name.decode("latin-1"), value.decode("latin-1")) for name, value in wire.headers],
            wire.body,
            [
                (n.decode(), v.decode("latin-1"))
                for n, vs in dict.items(response.request.headers)  # not one by one by name
                for v in vs
            ],
            wire.received_at,
            wire.ip,
        )

    def flush(self) -> None:
        """Everything told so far is on the disk."""
        self.ledger.flush()

    def look_for_space(self) -> None:
        """Nothing while there is room; raises `ArchiveError` before the disk is full, not after.

        Half of what a start needs is left for what is under way.
        """
        with disk("looking for space in", self.folder):
            free = shutil.disk_usage(self.folder).free
        if free < self.least_free / 2:
            raise ArchiveError(
                f"{self.folder}: only {free / GIB:.2f} GiB free: stopped before the disk is full; "
                "free some space, the next run goes on"
            )

    def export(self) -> None:
        """The files say what the ledger says."""
        export(self.ledger, self.folder)

    def finish(self, record: Line, ended_at: datetime) -> str | None:
        """End the run: write its record, the files and the manifest, and take a snapshot.

        Returns the snapshot's name; None where the disk knows no hard links.
        """
        self.ledger.end_run(self.run_id, record)
        if self.pages is not None:
            self.pages.close()
        self.export()
        if (taken := take_snapshot(self.folder, ended_at)) is None:
            return None
        prune(taken.parent)
        return taken.name

    def forgive(self, now: datetime) -> None:
        """Failures of this run are no tries: the site was down, which says nothing of its pages.

        Nor does a robots.txt that allowed nothing: what it refused is asked for by the next run.
        """
        refused = (
            "UPDATE links SET next_due = ? WHERE settled = ? AND state = 'refused' "
            "AND reason = 'robots'"
        )
        with self.ledger.writing() as db:
            db.execute(refused, (seconds(now), self.ledger.run))
            db.execute(
                "UPDATE links SET tries = tries - 1, next_due = ?, "
                "state = iif(state = 'given_up', 'failed', state) "
                "WHERE settled = ? AND tries > 0 AND state IN ('failed', 'given_up', 'archived')",
                (seconds(now), self.ledger.run),
            )

    def holdings(self) -> Holdings:
        """What the ledger counts; nothing where it cannot be read any more."""
        try:
            oldest, newest = self.ledger.span()
            return Holdings(
                articles=self.ledger.count_articles(),
                states=self.ledger.states(),
                oldest=oldest,
                newest=newest,
            )
        except ArchiveError:
            return Holdings()

    def look_again(self, after: timedelta, now: datetime) -> None:
        """Every archived article that was last looked at so long ago is due now."""
        with self.ledger.writing() as db:
            db.execute(
                "UPDATE links SET next_due = ? WHERE state = 'archived' AND checked_at <= ?",
                (seconds(now), seconds(now - after)),
            )

    def close(self) -> None:
        """The lock is given back; a second call does nothing."""
        try:
            self.ledger.close()
        finally:
            self._lock.close()


def open_archive(settings: BaseSettings, newspaper: str) -> Archive:
    """The newspaper's archive, locked.

    Raises `ArchiveBusyError` where another run holds it, `ArchiveError` where it cannot be
    written, is damaged, or too little space is left.
    """
    folder, least_free = Path(settings["ARCHIVE"]) / newspaper, settings.getint("MIN_FREE_BYTES")
    ensure_space(folder, least_free)
    lock = hold_lock(folder)
    try:
        ledger = Ledger.open(folder, newspaper)
        adopt_page_files(ledger, folder)
        run_id = f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}-{getpid():x}"
        pages = PageStore(folder, run_id, ledger) if settings.getbool("KEEP_PAGES") else None
    except ArchiveError:
        lock.close()
        raise
    return Archive(folder, run_id, lock, ledger, pages, least_free)


def _given(arguments: CrawlArguments) -> dict[str, Any]:
    names = ("since", "until", "section", "limit")
    return {name: value for name in names if (value := getattr(arguments, name)) is not None}
