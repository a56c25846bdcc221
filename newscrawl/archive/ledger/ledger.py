"""The ledger of one newspaper: links, articles with their revisions, runs, in one SQLite file.

An article and the state of its link change in one transaction. Transactions are grouped, and what
`flush` has returned from survives kill -9 and a power cut. The JSONL files are written from it.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from newscrawl.archive.closing import Closing
from newscrawl.archive.ledger.article_table import ArticleTable
from newscrawl.archive.ledger.collected_versions import CollectedVersions
from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.link_table import LinkTable
from newscrawl.archive.ledger.list_table import ListTable
from newscrawl.archive.ledger.month_table import MonthTable
from newscrawl.archive.ledger.opening import (
    DATABASE,
    open_database,
    open_to_check,
    open_to_read,
)
from newscrawl.archive.ledger.page_table import PageTable
from newscrawl.archive.ledger.run_table import RunTable
from newscrawl.archive.tombstones import Tombstone, read_tombstones
from newscrawl.text import counted

# Each query counts rows that must not exist.
_FAULTS: Final = {
    ("article", "without a link of the same revision"): (
        "SELECT count(*) FROM articles LEFT JOIN links USING (key) "
        "WHERE links.revision IS NOT articles.revision"
    ),
    ("link", "of an article that is not there"): (
        "SELECT count(*) FROM links LEFT JOIN articles USING (key) "
        "WHERE links.revision > 0 AND articles.key IS NULL"
    ),
    ("article", "without all older revisions"): (
        "SELECT count(*) FROM articles WHERE revision - 1 <> "
        "(SELECT count(*) FROM revisions WHERE revisions.key = articles.key "
        "AND revisions.revision < articles.revision)"
    ),
}


class Ledger(Closing):
    """Every link, article, page, list and run of one newspaper: a table for each, one database."""

    def __init__(self, database: Database, tombstones: Mapping[str, Tombstone]) -> None:
        self.database = database
        self.tombstones = tombstones
        """What must not come back, by the articles' keys"""
        self.months = MonthTable(database)
        self.runs = RunTable(database, self.months)
        self.lists = ListTable(database)
        self.links = LinkTable(database, self.runs, frozenset(tombstones))
        self.articles = ArticleTable(database, self.links, self.months)
        self.collected = CollectedVersions(database, self.links, self.months, self.articles)
        self.pages = PageTable(database)

    @classmethod
    def open(cls, folder: Path, newspaper: str) -> Self:
        """Open the ledger of a newspaper's folder, or make an empty one; hold the lock first.

        Raises `ArchiveError` for a ledger that is damaged, newer than this program, of another
        newspaper or not to be written; the file is left as it was.
        """
        tombstones = read_tombstones(folder)
        connection, sealed, sums = open_database(folder, newspaper)
        database = Database(folder / DATABASE, connection, sealed=sealed, sums=sums)
        return cls(database, tombstones)

    @classmethod
    def open_to_read(cls, folder: Path) -> Self:
        """Open the ledger for reading what is committed, also while a run writes it."""
        return cls._read_only(folder, open_to_read(folder))

    @classmethod
    def open_to_check(cls, folder: Path, newspaper: str) -> Self:
        """Open the ledger for reading with the checks of `open`; hold the lock."""
        return cls._read_only(folder, open_to_check(folder, newspaper))

    @classmethod
    def _read_only(cls, folder: Path, connection: sqlite3.Connection) -> Self:
        database = Database(folder / DATABASE, connection, sealed=True)
        return cls(database, read_tombstones(folder))

    @property
    def path(self) -> Path:
        """Return where the SQLite file lies."""
        return self.database.path

    def begin_run(
        self, run_id: str, started_at: datetime, arguments: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Open a run, and return the ids of the earlier ones that were killed, oldest first.

        Raises `ArchiveError` where the ledger knows a run of this id already.
        """
        killed = self.runs.begin(run_id, started_at, arguments)
        self.links.forget_asked()
        return killed

    def fact(self, name: str) -> str | None:
        """Return what the ledger notes about itself under a name."""
        row = self.database.row("SELECT value FROM facts WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def note_fact(self, name: str, value: str) -> None:
        """Note something about the ledger itself under a name."""
        with self.database.writing() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def flush(self) -> None:
        """Commit every pending write, after syncing what it refers to."""
        self.database.flush()

    def close(self) -> None:
        """Commit and close the database; a second call does nothing."""
        self.database.close()

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong inside the ledger; () where nothing is."""
        broken = tuple(str(row[0]) for row in self.database.rows("PRAGMA integrity_check(5)"))
        found = ((what, self.database.row(query)) for what, query in _FAULTS.items())
        strange = tuple(
            f"{counted(row[0], noun)} {fault}" for (noun, fault), row in found if row and row[0]
        )
        return (() if broken == ("ok",) else broken) + strange
