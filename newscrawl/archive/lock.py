"""The lock that lets one run at a time work in a newspaper's folder.

The kernel holds the lock (flock(2)), not the file: a process that dies by any signal leaves no lock
behind. The file stays, and its text only tells which process holds the lock, and since when a run
has been at work. A second lock on the same descriptor (fcntl(2), F_OFD_SETLK) is there to be asked
for: to try flock is to hold it for a moment, in which a run that begins would leave.
"""

import errno
import fcntl
import os
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, make_folder, refusal
from newscrawl.archive.closing import Closing
from newscrawl.exceptions import ArchiveBusyError
from newscrawl.items import VIETNAM
from newscrawl.timestamps import utc_text

LOCK: Final = Path("state", "lock")
_TEXT_MAX_BYTES: Final = 80
_RUN: Final = re.compile(r"process \d+, a run since (\S+)\n")
_FLOCK: Final = struct.Struct("hhqqi4x")  # l_type, l_whence, l_start, l_len, l_pid
_WHOLE_FILE: Final = _FLOCK.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)


class Lock(Closing):
    """The lock, held until `close` or the end of the process."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor
        # A forked worker inherits the descriptor, and would keep the lock after its parent is
        # killed. The worker closes its copy, which leaves the parent's lock alone.
        os.register_at_fork(after_in_child=self.close)

    def note_run(self, began_at: datetime) -> None:
        """Write into the file that a run is at work; `forget_run` takes it back.

        Nothing is written where the file system has no lock that can be asked for: a run at work
        would seem to have been killed.
        """
        if self._descriptor is not None and _can_be_asked_for(self._descriptor):
            self._write(f"process {os.getpid()}, a run since {utc_text(began_at)}\n")

    def forget_run(self) -> None:
        """Write into the file that no run is at work any more: its record is in the archive."""
        self._write(f"process {os.getpid()}\n")

    def _write(self, text: str) -> None:
        if self._descriptor is not None:
            with disk("locking", self.path):
                _write(self._descriptor, text)

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
            _write(descriptor, f"process {os.getpid()}\n")
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


def open_run(folder: Path) -> tuple[datetime, bool] | None:
    """Return when the run began that has no record yet, and whether it is at work; else None.

    A run that is not at work any more was killed. The lock is not taken, and whoever may read the
    file may ask.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        before = _text(descriptor)
        is_held = _is_held(descriptor)
        found = _RUN.fullmatch(before)
        if found is None or _text(descriptor) != before:  # the run has ended meanwhile
            return None
        return datetime.fromisoformat(found[1]), is_held
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)


def _text(descriptor: int) -> str:
    return os.pread(descriptor, _TEXT_MAX_BYTES, 0).decode(errors="replace")


def _write(descriptor: int, text: str) -> None:
    """Replace the text; on a full disk, too, where an emptied file may get no block again."""
    os.truncate(descriptor, os.pwrite(descriptor, text.encode(), 0))


def _can_be_asked_for(descriptor: int) -> bool:
    """Lock the open file once more, and return whether others can see that."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, _WHOLE_FILE)
    except OSError:
        return False
    return True


def _is_held(descriptor: int) -> bool:
    """Return whether a run holds the file locked; this takes no lock."""
    found = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, _WHOLE_FILE)
    return int(_FLOCK.unpack(found)[0]) != fcntl.F_UNLCK


def _take(path: Path, descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        holder = _told(_text(descriptor)) or "starting"
        raise ArchiveBusyError(
            f"another run holds {path} ({holder}): let it end, then start again"
        ) from error


def _told(text: str) -> str:
    r"""Return what a lock file says, in the time of reports.

    >>> _told("process 7, a run since 2026-12-01T18:22:39Z\n"), _told("process 7\n"), _told("")
    ('process 7, a run since 2026-12-02 01:22 (+07)', 'process 7', '')
    """
    found = _RUN.fullmatch(text)
    if found is None:
        return text.strip()
    try:
        began = datetime.fromisoformat(found[1]).astimezone(VIETNAM)
    except ValueError:
        return text.strip()
    return f"{text[: found.start(1)]}{began:%Y-%m-%d %H:%M} (+07)"
