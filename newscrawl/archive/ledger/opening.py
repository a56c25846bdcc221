"""Opening a ledger, or refusing one that is damaged, newer than this program or another paper's.

A file that is refused is never touched.
"""

import json
import os
import sqlite3
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, make_folder, sync_folder
from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger.checksum import PageSums
from newscrawl.archive.ledger.tables import VERSION, migrate, version_of
from newscrawl.archive.manifest import MANIFEST
from newscrawl.config.program import on_archive
from newscrawl.exceptions import ArchiveError

DATABASE: Final = Path("state", "ledger.sqlite")
SIDECAR: Final = Path("state", "spare.jsonl")
"""What the ledger knows and no published file holds; see `sidecar.py`"""

_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit is on the disk when it returns
    # 4 MiB. With 32 MiB a crawl of 8,000 articles took 138 MB instead of 105 and 5 % longer:
    # SQLite's pages lay scattered among those of the parsed trees. The kernel caches the file.
    "PRAGMA cache_size = -4096",
    "PRAGMA wal_autocheckpoint = 0",  # `Database` folds the log, once it has noted the pages in it
    "PRAGMA journal_size_limit = 33554432",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)
_BUSY_MAX_S: Final = 5.0


def open_database(folder: Path, newspaper: str) -> tuple[sqlite3.Connection, bool, PageSums | None]:
    """Open the newspaper's ledger in autocommit mode.

    Returns the connection, whether the file is sealed, and its sums, None where all are to be made.

    A folder without a ledger gets an empty one, and a ledger of an older version is migrated.
    Raises `ArchiveError` for a ledger that is damaged, of a newer version, of another newspaper,
    older than the files beside it, or on a disk that cannot be written.
    """
    path = folder / DATABASE
    with disk("opening", path):
        make_folder(path.parent)
        verdict, sums = checksum.look_at(path), PageSums.read(path)
        if verdict == "damaged":
            raise _damaged(path, newspaper, "it is not what was closed last, byte for byte")
        if not path.exists() or path.stat().st_size == 0:
            refuse_missing(folder, newspaper)
        # SQLite would create the file without rights for the group, whatever the umask allows; its
        # log files get the rights of the file.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666))
        connection = sqlite3.connect(path, timeout=_BUSY_MAX_S, isolation_level=None)
    try:
        with disk("opening", path):
            is_old = _check(connection, path, newspaper, closely=verdict == "unsealed")
            if is_old:
                checksum.unseal(path)
            _prepare(connection, path, newspaper)
            _compare_with_files(folder, newspaper, _exports(connection))
    except BaseException:
        connection.close()
        raise
    is_sealed = verdict == "whole" and not is_old
    return connection, is_sealed, sums if is_sealed else None


def open_to_read(folder: Path, *, is_locked: bool = False) -> sqlite3.Connection:
    """Open a second connection to the ledger, which only reads what is committed.

    At rest the ledger has no log beside it, and SQLite would create one even to read. For a user
    who may not write, and while the lock keeps runs away (`is_locked`), the file is declared
    immutable instead.
    """
    path = folder / DATABASE
    with disk("reading", path):
        path.stat()
        is_at_rest = not path.with_name(path.name + "-wal").exists()
        fixed = is_at_rest and (is_locked or not os.access(path.parent, os.W_OK))
        address = f"{path.absolute().as_uri()}?{'immutable=1' if fixed else 'mode=ro'}"
        return sqlite3.connect(address, uri=True, timeout=_BUSY_MAX_S)


def open_to_check(folder: Path, newspaper: str) -> sqlite3.Connection:
    """Open the ledger for reading, with every check that opening it for a run makes.

    Hold the lock. Raises `ArchiveError` as `open_database` does; nothing is written or migrated.
    """
    path = folder / DATABASE
    with disk("opening", path):
        verdict = checksum.look_at(path, whole=True)
        if verdict == "damaged":
            raise _damaged(path, newspaper, "it is not what was closed last, byte for byte")
        if not path.exists():
            raise _damaged(path, newspaper, "it is not there")
    connection = open_to_read(folder, is_locked=True)
    try:
        with disk("opening", path):
            _check(connection, path, newspaper, closely=verdict == "unsealed")
            _compare_with_files(folder, newspaper, _exports(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def _exports(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT value FROM facts WHERE name = 'exports'").fetchone()
    return int(row[0]) if row else 0


def _check(db: sqlite3.Connection, path: Path, newspaper: str, *, closely: bool) -> bool:
    """Return whether the database is of an older version; raise for one that must stay closed."""
    version = version_of(db)
    if version > VERSION:
        raise ArchiveError(
            f"{path} is of version {version}, this program knows up to {VERSION}: update "
            f"newscrawl; nothing was touched"
        )
    if closely and (said := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise _damaged(path, newspaper, str(said).replace("\n", " "))
    if version > 0:
        owner = db.execute("SELECT value FROM facts WHERE name = 'newspaper'").fetchone()
        if owner is not None and owner[0] != newspaper:
            raise ArchiveError(f"{path} is the ledger of {owner[0]}, not of {newspaper}")
    return version < VERSION


def _prepare(db: sqlite3.Connection, path: Path, newspaper: str) -> None:
    for pragma in _PRAGMAS:
        db.execute(pragma)
    migrate(db)
    db.execute("INSERT OR IGNORE INTO facts VALUES ('newspaper', ?)", (newspaper,))
    sync_folder(path.parent)


def refuse_missing(folder: Path, newspaper: str) -> None:
    """Raise where there is no ledger, but something that only a ledger writes."""
    has_files = exports_of(folder) > 0 or any((folder / "articles").rglob("*.jsonl"))
    if has_files or (folder / SIDECAR).exists():
        raise ArchiveError(
            f"{folder / DATABASE} is not there, but what was written with it is, as in a copy of a"
            f" snapshot: run {on_archive(f'verify {newspaper} --rebuild')}; nothing was touched"
        )


def _compare_with_files(folder: Path, newspaper: str, exports: int) -> None:
    """Raise where the manifest counts more exports than the ledger: the ledger lost something."""
    if exports_of(folder) > exports:
        raise _damaged(folder / DATABASE, newspaper, "the files beside it are newer")
    if exports == 0 and any((folder / "articles").rglob("*.jsonl")):
        raise _damaged(folder / DATABASE, newspaper, "it does not know the files beside it")


def exports_of(folder: Path) -> int:
    """Return how many exports the folder's manifest counts; 0 where none is readable."""
    try:
        return int(json.loads((folder / MANIFEST).read_bytes())["exports"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _damaged(path: Path, newspaper: str, why: str) -> ArchiveError:
    return ArchiveError(
        f"{path} is damaged ({why}): run {on_archive(f'verify {newspaper} --rebuild')};"
        " nothing was touched"
    )
