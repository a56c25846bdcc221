"""What the ledger knows and no published file holds: links without an article, progress, addresses.

Written beside the ledger at every export, so that a damaged one is rebuilt with nothing missing.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newscrawl.archive.database import Database
from newscrawl.archive.files import disk, replace_file
from newscrawl.archive.schema import VERSION

SPARE: Final = Path("state", "spare.jsonl")
_QUERIES: Final = {
    "links": "SELECT * FROM links WHERE revision = 0",
    "listings": "SELECT * FROM listings",
    "addresses": "SELECT * FROM addresses",
}


def write_spare(ledger: Database, folder: Path) -> None:
    """The file says what the ledger says now."""
    replace_file(folder / SPARE, _lines(ledger))


def _lines(ledger: Database) -> Iterator[str]:
    yield json.dumps(["version", VERSION])
    for table, query in _QUERIES.items():
        for row in ledger.rows(query):
            yield json.dumps([table, *row], ensure_ascii=False)


def read_spare(ledger: Database, folder: Path) -> int:
    """How many rows the ledger has taken from the file; none from another version's.

    A row that is damaged, or that the ledger has already, is left out.
    """
    path = folder / SPARE
    if not path.exists():
        return 0
    with disk("reading", path):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if lines[0] != json.dumps(["version", VERSION]):
        return 0
    taken = 0
    for line in lines[1:]:
        taken += _take(ledger, line)
    return taken


def _take(ledger: Database, line: str) -> int:
    try:
        table, *row = json.loads(line)
        if table not in _QUERIES:
            return 0
        marks = ", ".join("?" * len(row))
        with ledger.writing() as db:
            return _insert(db, f"INSERT OR IGNORE INTO {table} VALUES ({marks})", row)  # noqa: S608
    except (ValueError, TypeError):
        return 0


def _insert(db: sqlite3.Connection, statement: str, row: list[object]) -> int:
    try:
        return db.execute(statement, row).rowcount
    except (sqlite3.IntegrityError, sqlite3.OperationalError, sqlite3.ProgrammingError):
        return 0
