"""Days that pass between two runs, without waiting: every time in a ledger moves into the past."""

from datetime import timedelta
from pathlib import Path

from newscrawl.archive.ledger.ledger import Ledger

_TIMES = {
    "links": ("next_due", "seen_at", "checked_at", "absent_at"),
    "listings": ("known_at", "noted_at"),
    "payloads": ("fetched_at",),
}


def pass_days(folder: Path, days: float) -> None:
    """Have the ledger of a newspaper's folder believe that so many days have passed."""
    by = int(timedelta(days=days).total_seconds())
    with Ledger.open(folder, folder.name) as ledger, ledger.database.writing() as db:
        for table, columns in _TIMES.items():
            moved = ", ".join(f"{column} = {column} - {by}" for column in columns)
            db.execute(f"UPDATE {table} SET {moved}")  # noqa: S608
