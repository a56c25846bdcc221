"""The library of a database that may be exported again while it is served."""

import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from newscrawl.exceptions import ArchiveError
from newscrawl.research.reading_room.printed_elsewhere import PrintedElsewhere
from newscrawl.research.reading_room.results import Library

logger = logging.getLogger(__name__)


class _Identity(NamedTuple):
    """What differs between a file and the one that took its place."""

    device: int
    inode: int
    size: int
    modified_ns: int


class CurrentLibrary:
    """Lends the library of the file that lies at a path now.

    An export writes beside the file and renames, so that a whole file takes the place of another:
    it is opened when the next reader comes. Who reads the old one reads it to the end.
    """

    def __init__(self, path: Path, elsewhere: PrintedElsewhere | None = None) -> None:
        """Open the file; raises `ArchiveError` where it is no export."""
        self.path = path
        self.elsewhere = elsewhere
        self._turn = Lock()
        self._seen = _identity(path)
        self._library = Library(path, elsewhere)
        self._readers: Counter[Library] = Counter()

    @contextmanager
    def lent(self) -> Iterator[Library]:
        """Lend the library; it stays open until the block ends."""
        with self._turn:
            self._renew()
            library = self._library
            self._readers[library] += 1
        try:
            yield library
        finally:
            with self._turn:
                self._readers[library] -= 1
                self._close_unread()

    def close(self) -> None:
        """Close all that is open."""
        for library in {self._library, *self._readers}:
            library.close()

    def _renew(self) -> None:
        """Open the file that has taken the place of the open one; one that is no export is told."""
        identity = _identity(self.path)
        if identity in (None, self._seen):
            return
        self._seen = identity
        try:
            library = Library(self.path, self.elsewhere)
        except ArchiveError as error:
            logger.warning("%s; the one before is served", error)
            return
        self._readers[self._library] += 0
        self._library = library
        self._close_unread()

    def _close_unread(self) -> None:
        """Close the libraries of former files that nobody reads any more."""
        for library in [one for one, count in self._readers.items() if not count]:
            del self._readers[library]
            if library is not self._library:
                library.close()


def _identity(path: Path) -> _Identity | None:
    """Return what tells the file at a path from another; None where none can be looked at."""
    try:
        found = os.stat(path)  # noqa: PTH116  (1 µs instead of 3, with every request)
    except OSError:
        return None
    return _Identity(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
