"""One run at a time in a newspaper's folder.

The lock is the kernel's (flock(2)), not the file: whoever dies, by whatever signal, leaves no lock
behind. The file stays, and its text only tells a person who holds it.
"""

import errno
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from newscrawl.archive.atomic_files import disk, make_folder
from newscrawl.exceptions import ArchiveBusyError

LOCK: Final = Path("state", "lock")


class Lock:
    """The lock, held until `close` or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        # A forked worker would hold the lock on after its killed parent; closing its copy of the
        # descriptor leaves the parent's lock alone.
        os.register_at_fork(after_in_child=self.close)

    def close(self) -> None:
        """The lock, given back; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def hold_lock(folder: Path) -> Lock:
    """The lock of a newspaper's folder, taken without waiting.

    Raises `ArchiveBusyError` while another process holds it, `ArchiveError` where the folder
    cannot be written or the file system knows no locks.
    """
    path = folder / LOCK
    with disk("locking", path):
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        with disk("locking", path):
            _take(path, descriptor)
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return Lock(path, descriptor)


def _take(path: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        holder = os.pread(descriptor, 80, 0).decode(errors="replace").strip()
        raise ArchiveBusyError(
            f"another run holds {path} ({holder or 'starting'}): let it end, then start again"
        ) from fault
