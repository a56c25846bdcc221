"""What the ledger knows and no published file holds: links without an article, progress, addresses.

Written beside the ledger at every export, so that a damaged one is rebuilt with nothing missing.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, write_aside
from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.opening import SPARE
from newscrawl.archive.ledger.tables import VERSION

_TOO_LARGE: Final = 1 << 63
_QUERIES: Final = {
    "links": "SELECT * FROM links WHERE revision = 0",
    "listings": "SELECT * FROM listings",
    "addresses": "SELECT * FROM addresses",
}


def write_spare(ledger: Database, folder: Path) -> None:
    """What the ledger says now, written beside the file: `put_in_place` makes it the file.

    It must not be newer than the articles: that a list is known says nothing without them.
    """
    path = folder / SPARE
    with disk("writing", path):
        write_aside(path, _lines(ledger))


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
    widths = {name: len(list(ledger.rows(f"PRAGMA table_info({name})"))) for name in _QUERIES}
    rows = (_row(line, widths) for line in lines[1:])
    return sum(_take(ledger, *row) for row in rows if row is not None)


def _row(line: str, widths: Mapping[str, int]) -> tuple[str, list[object]] | None:
    """The table and the values a line holds; None = it is not whole."""
    try:
        table, *values = json.loads(line)
    except (ValueError, TypeError, RecursionError):
        return None
    if not isinstance(table, str) or len(values) != widths.get(table):
        return None
    fits = all(v is None or isinstance(v, str) or _is_number(v) for v in values)
    return (table, values) if fits else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and abs(value) < _TOO_LARGE


def _take(ledger: Database, table: str, values: list[object]) -> int:
    marks = ", ".join("?" * len(values))
    with ledger.writing() as db:
        try:
            return db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values).rowcount  # noqa: S608
        except sqlite3.IntegrityError:  # a text where a number belongs
            return 0
