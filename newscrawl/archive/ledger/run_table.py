"""Runs, the progress of listings, and which months the next export must write."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Final, Literal

from newscrawl.archive.ledger.database import Database
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line
from newscrawl.timestamps import moment_of, seconds, utc_text

Folder = Literal["revisions", "articles", "runs", "pages"]

_LINES: Final = {
    "articles": "SELECT line FROM articles WHERE month = ? ORDER BY published_at, key",
    # As they came, whatever the clock did: the file only ever grows at its end.
    "revisions": "SELECT line FROM revisions WHERE month = ? ORDER BY rowid",
    "runs": "SELECT record FROM runs WHERE month = ? AND record IS NOT NULL ORDER BY number",
}
_MONTHS: Final = {
    "articles": "SELECT DISTINCT month FROM articles",
    "revisions": "SELECT DISTINCT month FROM revisions",
    "runs": "SELECT DISTINCT month FROM runs WHERE record IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """How far the older pages of a source have been read."""

    cursor: str | None = None
    known_at: datetime | None = None
    """When it was last known whole; None = it never was"""
    reached: date | None = None


def dump(line: Mapping[str, object]) -> str:
    """The line's JSON as the files hold it: one line, UTF-8 letters as they are, no NaN."""
    return json.dumps(line, ensure_ascii=False, allow_nan=False)


class Runs(Database):
    """The tables of runs, listings and dirty months."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        sealed: bool,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(path, connection, sealed=sealed, clock=clock)
        self.run = -1
        self.run_id = ""

    def begin_run(
        self, run_id: str, started_at: datetime, arguments: Mapping[str, object]
    ) -> tuple[str, ...]:
        """The ids of earlier runs that never ended (killed), oldest first; this one is open now.

        Raises `ArchiveError` where the id is taken.
        """
        if self.row("SELECT 1 FROM runs WHERE run_id = ?", (run_id,)):
            raise ArchiveError(f"{self.path} already knows a run {run_id}")
        cut_off = tuple(
            str(row[0])
            for row in self.rows("SELECT run_id FROM runs WHERE record IS NULL ORDER BY number")
        )
        values = (run_id, utc_text(started_at)[:7], utc_text(started_at), dump(arguments))
        with self.writing() as db:
            insert = "INSERT INTO runs (run_id, month, started_at, arguments) VALUES (?, ?, ?, ?)"
            self.run = db.execute(insert, values).lastrowid or 0
        self.run_id = run_id
        return cut_off

    def end_run(self, run_id: str, record: Line) -> None:
        """The run's line stands in `runs/` after the next export; raises KeyError for no such run.

        A second record replaces the first.
        """
        row = self.row("SELECT month FROM runs WHERE run_id = ?", (run_id,))
        if row is None:
            raise KeyError(run_id)
        with self.writing() as db:
            db.execute("UPDATE runs SET record = ? WHERE run_id = ?", (dump(record), run_id))
            self._touch(db, "runs", row[0])

    def last_runs(self, n: int) -> tuple[Line, ...]:
        """The records of the last runs that ended, newest first."""
        query = "SELECT record FROM runs WHERE record IS NOT NULL ORDER BY number DESC LIMIT ?"
        return tuple(json.loads(row[0]) for row in self.rows(query, (n,)))

    def listing(self, source: str) -> Listing:
        """How far a source has been read; nothing noted yet is a new `Listing`."""
        query = "SELECT cursor, known_at, reached FROM listings WHERE source = ?"
        row = self.row(query, (source,))
        if row is None:
            return Listing()
        known_at = None if row[1] is None else moment_of(row[1])
        return Listing(row[0], known_at, date.fromisoformat(row[2]) if row[2] else None)

    def note_listing(
        self,
        source: str,
        cursor: str | None,
        known_at: datetime | None,
        reached: date | None,
        now: datetime,
    ) -> None:
        """A source has been read as far as `cursor`; committed together with the links it gave."""
        known = None if known_at is None else seconds(known_at)
        values = (source, cursor, known, reached and reached.isoformat(), seconds(now))
        insert = (
            "INSERT OR REPLACE INTO listings (source, cursor, known_at, reached, noted_at) "
            "VALUES (?, ?, ?, ?, ?)"
        )
        with self.writing() as db:
            db.execute(insert, values)

    def fact(self, name: str) -> str | None:
        """What the ledger notes about itself under a name."""
        row = self.row("SELECT value FROM facts WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def note_fact(self, name: str, value: str) -> None:
        """The ledger notes this about itself."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def dirty(self) -> Iterator[tuple[Folder, str]]:
        """The months whose files differ from the ledger, in the order to write them.

        Superseded versions first; then the months that only gain, so that an article that moved is
        in its new month before it leaves the old one.
        """
        order = "CASE folder WHEN 'revisions' THEN 0 WHEN 'articles' THEN 1 ELSE 2 END"
        query = f"SELECT folder, month FROM dirty ORDER BY {order}, shrinks, month"  # noqa: S608
        for row in self.rows(query):
            folder, month = row
            yield folder, month

    def months(self, folder: Folder) -> tuple[str, ...]:
        """Every month a folder has lines of."""
        return tuple(row[0] for row in self.rows(_MONTHS[folder] + " ORDER BY month"))

    def lines(self, folder: Folder, month: str) -> Iterator[str]:
        """The lines of a month's file, in their order, as they are read."""
        for (line,) in self.rows(_LINES[folder], (month,)):
            yield line

    def mark(self, folder: Folder, month: str) -> None:
        """A month's file is to be written by the next export."""
        with self.writing() as db:
            self._touch(db, folder, month)

    def exported(self, months: tuple[tuple[Folder, str], ...]) -> None:
        """The files of these months say what the ledger says."""
        with self.writing() as db:
            db.executemany("DELETE FROM dirty WHERE folder = ? AND month = ?", months)

    def _touch(
        self, db: sqlite3.Connection, folder: Folder, month: str, *, shrinks: bool = False
    ) -> None:
        db.execute(
            "INSERT INTO dirty VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET shrinks = "
            "max(shrinks, excluded.shrinks)",
            (folder, month, shrinks),
        )
