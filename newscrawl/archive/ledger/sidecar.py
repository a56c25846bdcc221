"""The sidecar: what no published file holds, so that a damaged ledger is rebuilt without loss.

It holds the links without an article, the progress of the lists and the articles' other addresses,
and is written beside the ledger at every export.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, write_aside
from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.opening import SIDECAR
from newscrawl.archive.ledger.tables import VERSION

_OLDEST_VERSION: Final = 4
"""The tables that the sidecar holds have been as they are since this version of the ledger"""
_SQLITE_INT_END: Final = 1 << 63
_QUERIES: Final = {
    "links": "SELECT * FROM links WHERE revision = 0",
    "listings": "SELECT * FROM listings",
    "addresses": "SELECT * FROM addresses",
}


def write_sidecar(database: Database, folder: Path) -> None:
    """Write what the ledger says now beside the sidecar file; `put_in_place` then replaces it.

    Write it before the articles: a rebuilt ledger that believes a list is known but lacks its
    articles would never fetch them.
    """
    path = folder / SIDECAR
    with disk("writing", path):
        write_aside(path, _lines(database))


def _lines(database: Database) -> Iterator[str]:
    yield json.dumps(["version", VERSION])
    for table, query in _QUERIES.items():
        for row in database.rows(query):
            yield json.dumps([table, *row], ensure_ascii=False)


def read_sidecar(database: Database, folder: Path) -> int:
    """Take the sidecar's rows into the ledger, and return how many; none of tables of another form.

    A row that is damaged, or that the ledger has already, is left out.
    """
    path = folder / SIDECAR
    if not path.exists():
        return 0
    with disk("reading", path):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    if lines[0] not in (json.dumps(["version", n]) for n in range(_OLDEST_VERSION, VERSION + 1)):
        return 0
    widths = {name: len(list(database.rows(f"PRAGMA table_info({name})"))) for name in _QUERIES}
    rows = (_row(line, widths) for line in lines[1:])
    return sum(_take(database, *row) for row in rows if row is not None)


def _row(line: str, widths: Mapping[str, int]) -> tuple[str, list[object]] | None:
    """Return the table and the values a line holds; None where the line is not whole."""
    try:
        table, *values = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(table, str) or len(values) != widths.get(table):
        return None
    fits = all(v is None or isinstance(v, str) or _is_number(v) for v in values)
    return (table, values) if fits else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and abs(value) < _SQLITE_INT_END


def _take(database: Database, table: str, values: list[object]) -> int:
    marks = ", ".join("?" * len(values))
    with database.writing() as db:
        try:
            return db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values).rowcount  # noqa: S608
        except sqlite3.IntegrityError:  # a text where a number belongs
            return 0
