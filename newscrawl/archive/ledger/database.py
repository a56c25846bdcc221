"""The SQLite file under the ledger: written in groups, committed durably."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

from newscrawl.archive.atomic_files import refusal
from newscrawl.archive.ledger import checksum
from newscrawl.exceptions import ArchiveError


class Database:
    """One SQLite file whose writes are grouped: the first opens a transaction, `flush` commits it.

    After a refused write nothing of the group is kept and every further write raises the same
    `ArchiveError`: the file is what the last commit made it.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        sealed: bool,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self.path = path
        self.before_commit: Callable[[], None] | None = None
        self._db = connection
        self._clock = clock
        self._since: float | None = None
        self._broken: str | None = None
        self._open = True
        self._sealed = sealed

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, inside the group; what raises inside leaves no half of itself in it."""
        if self._broken is not None:
            raise ArchiveError(self._broken)
        try:
            if self._since is None:
                self._break_seal()
                self._db.execute("BEGIN IMMEDIATE")
                self._since = self._clock()
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
        self._since = None

    def rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, as they are read; nothing may be written while they are."""
        try:
            for row in self._db.execute(query, values):  # noqa: UP028  (it would close the cursor)
                yield row
        except sqlite3.Error as fault:
            raise refusal("reading", self.path, fault) from fault

    def row(self, query: str, values: tuple[object, ...] = ()) -> tuple[Any, ...] | None:
        """The first row of a query; None = it has none."""
        try:
            found: tuple[Any, ...] | None = self._db.execute(query, values).fetchone()
        except sqlite3.Error as fault:
            raise refusal("reading", self.path, fault) from fault
        return found

    def dirty_for(self, now_monotonic: float) -> float:
        """Seconds since the first write that is not committed yet; 0 = everything is."""
        return 0.0 if self._since is None else now_monotonic - self._since

    def flush(self) -> None:
        """Everything written so far is on the disk, after what it refers to (`before_commit`)."""
        if self._broken is not None:
            raise ArchiveError(self._broken)
        if self._since is None:
            return
        try:
            if self.before_commit is not None:
                self.before_commit()
            self._db.execute("COMMIT")
        except ArchiveError as fault:
            self._broken = str(fault)
            self._roll_back()
            raise
        except sqlite3.Error as fault:
            raise self._give_up(fault) from fault
        self._since = None

    def close(self) -> None:
        """Everything is committed, the log folded into the file, the file sealed.

        A second call does nothing. After a refused write the file is only closed.
        """
        if not self._open:
            return
        self._open = False
        try:
            if self._broken is None:
                self.flush()
        finally:
            self._db.close()  # the last connection folds the log into the file
        if self._broken is None and not self._sealed:
            with suppress(ArchiveError):  # no seal only makes the next open look more closely
                checksum.seal(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()
