"""The lock that lets one run at a time work in a newspaper's folder.

The kernel holds the lock (flock(2)), not the file: a process that dies by any signal leaves no lock
behind. The file stays, and its text only tells a person which process holds the lock.
"""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, make_folder, refusal
from newscrawl.archive.closing import Closing
from newscrawl.exceptions import ArchiveBusyError

LOCK: Final = Path("state", "lock")


class Lock(Closing):
    """The lock, held until `close` or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        # A forked worker inherits the descriptor, and would keep the lock after its parent is
        # killed. The worker closes its copy, which leaves the parent's lock alone.
        os.register_at_fork(after_in_child=self.close)

    def close(self) -> None:
        """Release the lock; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold_lock(folder: Path) -> Lock:
    """Lock a newspaper's folder without waiting, and return the lock.

    Raises:
        ArchiveBusyError: another process holds the lock.
        ArchiveError: the folder cannot be written, or its file system has no locks.
    """
    return hold_file(folder / LOCK)


def hold_file(path: Path) -> Lock:
    """Lock a file without waiting, made where it is not there; raise as `hold_lock` does."""
    with disk("locking", path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        with disk("locking", path):
            _take(path, descriptor)
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(path, descriptor)


@contextmanager
def hold_lock_to_read(folder: Path) -> Iterator[None]:
    """Keep runs away while an archive is read, also for a user who may not write.

    Without the right to write the lock file is only opened; where there is none, no run ever was.
    Raises `ArchiveBusyError` while a run is at work, `ArchiveError` where the file is not readable.
    """
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield
        return
    except OSError as error:
        raise refusal("locking", path, error) from error
    try:
        with disk("locking", path):
            _take(path, descriptor)
        yield
    finally:
        os.close(descriptor)


def _take(path: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        holder = os.pread(descriptor, 80, 0).decode(errors="replace").strip()
        raise ArchiveBusyError(
            f"another run holds {path} ({holder or 'starting'}): let it end, then start again"
        ) from error
