"""A checksum beside a database at rest: one flipped byte is seen before anything is read.

SQLite has no checksums of its own, so a flipped letter inside a stored article would be exported as
truth. The seal is written when the database is closed and removed before the first write. A killed
run therefore leaves none, and the next open checks the structure instead (`PRAGMA quick_check`).
"""

import os
import zlib
from pathlib import Path
from typing import Literal

from newscrawl.archive.atomic_files import remove_file, replace_file

Verdict = Literal["whole", "damaged", "unsealed"]


def seal(database: Path) -> None:
    """Write size and checksum beside the database, unless changes wait in its write-ahead log."""
    if not _has_log(database):
        replace_file(seal_of(database), [_sum_of(database)])


def unseal(database: Path) -> None:
    """Remove the seal: the database is about to change."""
    remove_file(seal_of(database))


def look_at(database: Path) -> Verdict:
    """Return whether the database is, byte for byte, what was sealed."""
    path = seal_of(database)
    if not path.exists():
        return "unsealed"
    expected = path.read_text(encoding="ascii", errors="replace").strip()
    whole = database.exists() and not _has_log(database) and _sum_of(database) == expected
    return "whole" if whole else "damaged"


def seal_of(database: Path) -> Path:
    """Return where a database's seal lies."""
    return database.with_suffix(".sum")


def _has_log(database: Path) -> bool:
    """Return whether changes wait beside the database; a killed reader leaves an empty log."""
    log = database.with_name(database.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _sum_of(database: Path) -> str:
    total = 0
    with database.open("rb") as file:
        while block := file.read(1 << 20):
            total = zlib.crc32(block, total)
        return f"{os.fstat(file.fileno()).st_size} {total:08x}"
