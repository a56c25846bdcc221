"""The SQLite file under the ledger: writes are grouped, commits are durable."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.atomic_files import refusal
from newscrawl.archive.closing import Closing
from newscrawl.archive.ledger import checksum
from newscrawl.exceptions import ArchiveError

_LINE_SUMS_VERSION: Final = 6
LOG_MAX_BYTES: Final = 16 << 20
"""Length of the write-ahead log from which it is folded into the file"""


class Database(Closing):
    """One SQLite file with grouped writes: the first opens a transaction, `flush` commits it.

    After a write that SQLite refused, nothing of the group is kept and every further write raises
    the same `ArchiveError`: the file stays as the last commit left it.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        sealed: bool,
        sums: checksum.PageSums | None = None,
    ) -> None:
        self.path = path
        self.before_commit: Callable[[], None] | None = None
        """Called before every commit: makes durable what the rows refer to"""
        self._db = connection
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        self.sum_column: Final = "sum" if version >= _LINE_SUMS_VERSION else "NULL"
        """The column with a line's checksum; a ledger of an earlier version is read as it is"""
        self._inode = path.stat().st_ino
        self._is_writing = False
        self._broken: str | None = None
        self._open = True
        self._sealed = sealed
        self._sums = sums
        self._written = checksum.WrittenPages(path)

    def is_in_place(self) -> bool:
        """Return whether the path still leads to the file that was opened."""
        try:
            return self.path.stat().st_ino == self._inode
        except OSError:
            return False

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open the group if none is open, and yield the connection.

        What the block wrote before it raised is rolled back; earlier writes of the group stay.
        """
        if self._broken is not None:
            raise ArchiveError(self._broken)
        try:
            if not self._is_writing:
                self._break_seal()
                self._db.execute("BEGIN IMMEDIATE")
                self._is_writing = True
            self._db.execute("SAVEPOINT step")
            try:
                yield self._db
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK TO step")
                    self._db.execute("RELEASE step")
                raise
            self._db.execute("RELEASE step")
        except sqlite3.Error as fault:
            raise self._give_up(fault) from fault

    def _break_seal(self) -> None:
        if self._sealed:
            checksum.unseal(self.path)
            self._sealed = False

    def _give_up(self, fault: sqlite3.Error) -> ArchiveError:
        error = refusal("writing", self.path, fault)
        self._broken = str(error)
        self._roll_back()
        return error

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._is_writing = False

    def rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query as they are read; write nothing before the last one."""
        try:
            for row in self._db.execute(query, values):  # noqa: UP028  (it would close the cursor)
                yield row
        except sqlite3.Error as fault:
            raise refusal("reading", self.path, fault) from fault

    def row(self, query: str, values: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query; None where it has none."""
        try:
            found: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        except sqlite3.Error as fault:
            raise refusal("reading", self.path, fault) from fault
        return found

    def flush(self) -> None:
        """Commit every pending write, after syncing what it refers to (`before_commit`)."""
        if self._broken is not None:
            raise ArchiveError(self._broken)
        if not self._is_writing:
            return
        try:
            if self.before_commit is not None:
                self.before_commit()
            self._db.execute("COMMIT")
            self._bound_log()
        except ArchiveError as fault:
            self._broken = str(fault)
            self._roll_back()
            raise
        except sqlite3.Error as fault:
            raise self._give_up(fault) from fault
        self._is_writing = False

    def compact(self) -> None:
        """Write the file anew, so that no page of it holds what was deleted, and empty the log."""
        self.flush()
        if self._broken is not None:
            raise ArchiveError(self._broken)
        try:
            self._break_seal()
            self._sums = None  # every page is written
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as fault:
            raise self._give_up(fault) from fault

    def _bound_log(self) -> None:
        """Fold a long write-ahead log into the file, once the pages in it are noted."""
        log = checksum.log_of(self.path)
        if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
            self._written.note()
            self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Commit, fold the write-ahead log into the file, and seal the file.

        A second call does nothing. After a refused write the file is only closed.
        """
        if not self._open:
            return
        self._open = False
        try:
            if self._broken is None:
                self.flush()
                self._written.note()
        finally:
            self._db.close()  # the last connection folds the log into the file
        if self._broken is None and not self._sealed:
            with suppress(ArchiveError):  # without a seal the next open only checks more closely
                checksum.seal(self.path, self._sums, self._written.numbers)
