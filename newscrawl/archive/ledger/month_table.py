"""Months as the export sees them: the lines of each month's file, and which files are outdated."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.line_sum import checked

Folder = Literal["revisions", "articles", "runs", "pages"]

_LINES: Final = {
    "articles": "SELECT line, {sum} FROM articles WHERE month = ? ORDER BY published_at, key",
    # In the order of writing, whatever the clock did: the file only ever grows at its end.
    "revisions": "SELECT line, {sum} FROM revisions WHERE month = ? ORDER BY rowid",
    "runs": "SELECT record, NULL FROM runs WHERE month = ? AND record IS NOT NULL ORDER BY number",
}
_MONTHS: Final = {
    "articles": "SELECT DISTINCT month FROM articles",
    "revisions": "SELECT DISTINCT month FROM revisions",
    "runs": "SELECT DISTINCT month FROM runs WHERE record IS NOT NULL",
}


def line_text(line: Mapping[str, object]) -> str:
    """Return the line's JSON as the files hold it: one line, letters in UTF-8, no NaN."""
    return json.dumps(line, ensure_ascii=False, allow_nan=False)


class MonthTable:
    """The months of each folder, and those that the next export must write (dirty)."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def dirty(self) -> Iterator[tuple[Folder, str]]:
        """Yield the months whose files differ from the ledger, in the order to write them.

        Superseded versions come first, then the months that only gain lines: an article that
        changed its month stands in the new file before it leaves the old one.
        """
        order = "CASE folder WHEN 'revisions' THEN 0 WHEN 'articles' THEN 1 ELSE 2 END"
        query = f"SELECT folder, month FROM dirty ORDER BY {order}, shrinks, month"  # noqa: S608
        for row in self._db.rows(query):
            folder, month = row
            yield folder, month

    def of(self, folder: Folder) -> tuple[str, ...]:
        """Return every month of which a folder has lines."""
        return tuple(row[0] for row in self._db.rows(_MONTHS[folder] + " ORDER BY month"))

    def lines(self, folder: Folder, month: str) -> Iterator[str]:
        """Yield the lines of a month's file in their order, as they are read.

        Raises `ArchiveError` at a line that is not what was written.
        """
        query = _LINES[folder].format(sum=self._db.sum_column)
        for line, stated in self._db.rows(query, (month,)):
            yield checked(line, stated, self._db.path)

    def mark_dirty(self, folder: Folder, month: str) -> None:
        """Have the next export write a month's file."""
        with self._db.writing() as db:
            self.touch(db, folder, month)

    def mark_exported(self, months: tuple[tuple[Folder, str], ...]) -> None:
        """Note that the files of these months say what the ledger says."""
        with self._db.writing() as db:
            db.executemany("DELETE FROM dirty WHERE folder = ? AND month = ?", months)

    def touch(
        self, db: sqlite3.Connection, folder: Folder, month: str, *, shrinks: bool = False
    ) -> None:
        """Mark a month dirty inside an open write; `shrinks` = its file loses a line."""
        db.execute(
            "INSERT INTO dirty VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET shrinks = "
            "max(shrinks, excluded.shrinks)",
            (folder, month, shrinks),
        )
