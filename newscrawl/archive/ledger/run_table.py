"""The table of runs: each run of the newspaper, and which one is open now."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.month_table import MonthTable, line_text
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line
from newscrawl.timestamps import utc_text

NO_RUN: Final = -1


class RunTable:
    """Every run of the newspaper; at most one of them is open in this process."""

    def __init__(self, database: Database, months: MonthTable) -> None:
        self._db = database
        self._months = months
        self.number = NO_RUN
        """Number of the open run; `NO_RUN` while none is"""
        self.run_id = ""
        """Id of the open run; "" while none is"""

    def begin(
        self, run_id: str, started_at: datetime, arguments: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Open a run, and return the ids of the earlier ones that were killed, oldest first.

        Raises `ArchiveError` where the ledger knows a run of this id already.
        """
        if self._db.row("SELECT 1 FROM runs WHERE run_id = ?", (run_id,)):
            raise ArchiveError(f"{self._db.path} already knows a run {run_id}")
        killed = tuple(
            str(row[0])
            for row in self._db.rows("SELECT run_id FROM runs WHERE record IS NULL ORDER BY number")
        )
        values = (run_id, utc_text(started_at)[:7], utc_text(started_at), line_text(arguments))
        with self._db.writing() as db:
            insert = "INSERT INTO runs (run_id, month, started_at, arguments) VALUES (?, ?, ?, ?)"
            self.number = db.execute(insert, values).lastrowid or 0
        self.run_id = run_id
        return killed

    def end(self, run_id: str, record: Line) -> None:
        """Store the run's record, which the next export writes to `runs/`.

        A second record replaces the first. Raises KeyError where there is no such run.
        """
        row = self._db.row("SELECT month FROM runs WHERE run_id = ?", (run_id,))
        if row is None:
            raise KeyError(run_id)
        with self._db.writing() as db:
            db.execute("UPDATE runs SET record = ? WHERE run_id = ?", (line_text(record), run_id))
            self._months.touch(db, "runs", row[0])

    def started_at(self, run_id: str) -> str:
        """Return when a run began, UTC; raises KeyError where there is no such run."""
        row = self._db.row("SELECT started_at FROM runs WHERE run_id = ?", (run_id,))
        if row is None:
            raise KeyError(run_id)
        return str(row[0])

    def last_new_at(self) -> datetime | None:
        """Return when the last run began that brought a new article; None where none did."""
        row = self._db.row(
            """SELECT started_at FROM runs
            WHERE json_extract(record, '$.counts."article/new"') > 0
            OR json_extract(record, '$.counts."article/kept"') > 0
            ORDER BY number DESC LIMIT 1"""
        )
        return None if row is None else datetime.fromisoformat(row[0])

    def free_space(self, since: datetime) -> tuple[tuple[datetime, int], ...]:
        """Return when each run since then ended, and how many bytes were free, oldest first."""
        query = (
            "SELECT record ->> 'ended_at', record ->> 'free_bytes' FROM runs WHERE started_at >= ?"
            " AND record ->> 'free_bytes' IS NOT NULL ORDER BY number"
        )
        rows = self._db.rows(query, (utc_text(since),))
        return tuple((datetime.fromisoformat(at), int(free)) for at, free in rows)

    def arguments(self, run_id: str) -> Line:
        """Return the arguments that a run was given; raises KeyError where there is no such run."""
        row = self._db.row("SELECT arguments FROM runs WHERE run_id = ?", (run_id,))
        if row is None:
            raise KeyError(run_id)
        arguments: Line = json.loads(row[0])
        return arguments

    def last(self, count: int) -> tuple[Line, ...]:
        """Return the records of the last runs that ended, newest first."""
        query = "SELECT record FROM runs WHERE record IS NOT NULL ORDER BY number DESC LIMIT ?"
        return tuple(json.loads(row[0]) for row in self._db.rows(query, (count,)))

    def restore(self, line: Line, text: str) -> None:
        """Store a run that a file of `runs/` holds; `text` is its line."""
        started_at = str(line["started_at"])
        with self._db.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO runs (run_id, month, started_at, arguments, record) "
                "VALUES (?, ?, ?, '{}', ?)",
                (line["run_id"], started_at[:7], started_at, text),
            )
