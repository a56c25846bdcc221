"""Files replaced atomically: written aside, fsynced, renamed into place, the folder fsynced.

What the disk or SQLite refuses becomes an `ArchiveError` of one line: what failed, where, and what
a person can do.
"""

import ctypes
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawl.config.program import on_archive
from newscrawl.exceptions import ArchiveError, NoSpaceError

GIB: Final = 1024**3
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
_FULL: Final = "the disk is full or a quota is used up: free some space and start again"
_DENIED: Final = "it cannot be written: check its owner, its rights and how the disk is mounted"
_LIMIT: Final = "the process may not write files this large: raise its limit (ulimit -f)"
_FAULT: Final = "the disk reports a fault: check it, then start again"
_ADVICE_OF_SYSTEM: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _LIMIT,
    errno.EROFS: _DENIED,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EIO: _FAULT,
}
_ADVICE_OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "writing failed: check free space, quota, file size limit and the disk",
    sqlite3.SQLITE_READONLY: _DENIED,
    sqlite3.SQLITE_CANTOPEN: _DENIED,
    sqlite3.SQLITE_BUSY: "another program holds it: close that one, then start again",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds, as measured when it was written or read."""

    rows: int
    bytes: int
    sha256: str


def refusal(doing: str, where: Path, fault: OSError | sqlite3.Error) -> ArchiveError:
    """Return the error that tells a person what failed, where, and what to do.

    >>> print(refusal("writing", Path("output/x"), OSError(errno.ENOSPC, "No space left")))
    writing output/x: No space left: the disk is full or a quota is used up: free some space and \
start again
    """
    if isinstance(fault, OSError):
        why, advice = fault.strerror or str(fault), _ADVICE_OF_SYSTEM.get(fault.errno or 0, "")
    else:
        code = getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        rebuild = f"run {on_archive(f'verify {where.parent.parent.name} --rebuild')}"
        why, advice = str(fault), _ADVICE_OF_SQLITE.get(code, rebuild)
    return ArchiveError(": ".join(part for part in (f"{doing} {where}", why, advice) if part))


@contextmanager
def disk(doing: str, where: Path) -> Iterator[None]:
    """Raise what the disk or SQLite refuses inside the block as `ArchiveError`."""
    try:
        yield
    except (OSError, sqlite3.Error) as fault:
        raise refusal(doing, where, fault) from fault


def sync_folder(folder: Path) -> None:
    """Put the folder's names on the disk: every file created, renamed or removed stays so."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> Path:
    """Create the folder and its parents durably, and return the folder."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
    return folder


def exchange_folders(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old`, and `old`, where it exists, in that of `new`.

    Linux exchanges the two at once. Elsewhere, and on file systems that cannot, `old` is no more
    for some microseconds. The caller syncs the parents.
    """
    if not old.exists():
        new.rename(old)
        return
    if _exchange(os.fsencode(new), os.fsencode(old)):
        return
    held = new.with_name(new.name + ".old")
    old.rename(held)
    new.rename(old)
    held.rename(new)


def _exchange(one: bytes, other: bytes) -> bool:
    """Exchange two names by renameat2(2), which Python lacks; return whether it was done."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE) == 0:
        return True
    fault = ctypes.get_errno()
    if fault in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(fault, os.strerror(fault), os.fsdecode(other))


def aside(path: Path) -> Path:
    """Return where a file is written before it is put in place; no reader's pattern matches it.

    >>> aside(Path("articles/2022/2022-11.jsonl")).name
    '2022-11.jsonl.tmp'
    """
    return path.with_name(path.name + ".tmp")


def write_aside(path: Path, lines: Iterable[str]) -> Written:
    """Write the lines durably to the file beside `path`, each ended by a newline.

    `path` itself is untouched. Nothing is left behind when writing fails.
    """
    rows = size = 0
    digest = hashlib.sha256()
    make_folder(path.parent)
    try:
        with aside(path).open("wb") as file:
            for line in lines:
                data = line.encode() + b"\n"
                file.write(data)
                digest.update(data)
                rows += 1
                size += len(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        aside(path).unlink(missing_ok=True)
        raise
    return Written(rows, size, digest.hexdigest())


def checksum_of(lines: Iterable[str]) -> str:
    """Return the sha256 of a file of these lines."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def put_in_place(path: Path) -> None:
    """Replace the file by what was written aside, for every reader at once and durably."""
    aside(path).replace(path)
    sync_folder(path.parent)


def replace_file(path: Path, lines: Iterable[str]) -> Written:
    """Replace the file by these lines; a reader sees the old file or the new one, whole."""
    with disk("writing", path):
        written = write_aside(path, lines)
        put_in_place(path)
    return written


def remove_file(path: Path) -> None:
    """Remove the file durably, if it exists."""
    with disk("removing", path):
        if path.exists():
            path.unlink()
            sync_folder(path.parent)


def measure(path: Path) -> Written:
    """Read the file, and return what it holds; its rows are its newlines."""
    rows = size = 0
    digest = hashlib.sha256()
    with disk("reading", path), path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            rows += block.count(b"\n")
            size += len(block)
    return Written(rows, size, digest.hexdigest())


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove the half-written files that an earlier run left aside, and return their paths."""
    left = tuple(sorted(folder.rglob("*.tmp"))) if folder.is_dir() else ()
    with disk("cleaning", folder):
        for path in left:
            path.unlink(missing_ok=True)
    return left


def ensure_space(folder: Path, minimum: int = GIB) -> int:
    """Return the free bytes at the folder's place; raise `NoSpaceError` below `minimum`."""
    there = folder
    while not there.exists():
        there = there.parent
    with disk("looking for space in", there):
        free = shutil.disk_usage(there).free
    if free < minimum:
        raise NoSpaceError(
            f"{there}: {free / GIB:.2f} GiB free, {minimum / GIB:.2f} GiB needed: free some space, "
            f"then start again; nothing was touched"
        )
    return free
