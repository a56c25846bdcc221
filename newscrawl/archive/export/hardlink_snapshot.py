"""Snapshots by hard links: a consistent set for a reader while the crawl goes on writing.

A snapshot holds what one newspaper's manifest lists, and what the snapshot before held of every
other newspaper: each newspaper in it is as one of its runs left it. The dataset card is in it too.
No file is ever written in place, so a later run does not change a snapshot.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, make_folder, replace_file, sync_folder
from newscrawl.archive.export.dataset_card import write_card
from newscrawl.archive.manifest import MANIFEST, read_manifest
from newscrawl.exceptions import ArchiveError
from newscrawl.timestamps import utc_file_name

LATEST: Final = "latest"
OLD: Final = "latest-is-old.txt"
"""Beside `latest`: one line for each newspaper whose last run could take no snapshot, and why"""
_FORMAT: Final = "%Y-%m-%dT%H%M%SZ"
_UNFINISHED: Final = ".tmp"
_NO_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV)


def take_snapshot(*folders: Path, now: datetime) -> Path | None:
    """Take a snapshot, point `latest` at it and return it; None where no hard links exist.

    Each file costs a hard link (about 35 µs), those of the other newspapers too: where many end
    together, take one snapshot of all of them. Call it with the locks of `folders` held.

    Args:
        folders: the folders of newspapers that are as a run left them; the snapshots lie beside.
        now: names the snapshot.

    Raises:
        ArchiveError: a folder has no manifest yet, a file is missing or may not be linked, or the
            disk refuses. No reader ever sees half a snapshot.
    """
    archive, first = folders[0].parent, folders[0]
    home = archive / "snapshots"
    with disk("taking a snapshot in", home), hold_snapshots(make_folder(home)):
        listed = {folder: _listed(folder) for folder in folders}
        explained = write_card(archive)
        _clear(home)
        if not _can_link(first, home):
            return None
        target = _free_name(home, now)
        work = target.with_name(target.name + _UNFINISHED)
        work.mkdir()
        for folder, names in listed.items():
            _link_all(folder, work / folder.name, names)
        for other in _others(home, {folder.name for folder in folders}):
            inside = (path.relative_to(other) for path in _files(other))
            _link_all(other, work / other.name, inside)
        for name in explained:
            os.link(archive / name, work / name)
        sync_folder(work)
        work.rename(target)
        sync_folder(home)
        _point(home, target)
        for folder in folders:
            _note_old(home, folder.name, None)
    return target


def mark_latest_old(folder: Path, why: str) -> str | None:
    """Note beside `latest` that it lacks the newspaper's last run; return when it was taken.

    None where there is no snapshot, or where the folder cannot be written either.
    """
    home = folder.parent / "snapshots"
    with suppress(OSError, ArchiveError), hold_snapshots(make_folder(home)):
        _clear(home)
        _note_old(home, folder.name, why)
    with suppress(OSError):
        return (home / LATEST).readlink().name
    return None


def _note_old(home: Path, newspaper: str, why: str | None) -> None:
    path = home / OLD
    kept = path.read_text("utf-8").splitlines() if path.exists() else []
    lines = [line for line in kept if not line.startswith(f"{newspaper}: ")]
    if why is not None:
        lines.append(f"{newspaper}: {why}")
    if lines:
        replace_file(path, lines)
    elif path.exists():
        path.unlink()


def prune(home: Path, daily: int = 7, monthly: int = 12) -> tuple[Path, ...]:
    """Remove old snapshots, and return them.

    Kept are the newest of each of the last `daily` days and `monthly` months that have one, the
    newest of all, and the one that `latest` names. `home` is the folder of snapshots.
    """
    if not home.is_dir():
        return ()
    with disk("pruning", home), hold_snapshots(home):
        taken = {path: at for path in home.iterdir() if (at := taken_at(path.name))}
        keep = _newest_of(taken, "%Y-%m-%d", daily) | _newest_of(taken, "%Y-%m", monthly)
        keep.add((home / LATEST).resolve().name)
        removed = tuple(sorted(path for path in taken if path.name not in keep))
        for path in removed:
            unfinished = path.with_name(path.name + _UNFINISHED)
            path.rename(unfinished)  # a reader never sees half of one
            shutil.rmtree(unfinished)
        sync_folder(home)
    return removed


def taken_at(name: str) -> datetime | None:
    """Return when the snapshot of that name was taken, UTC; None for the name of none.

    >>> taken_at("2026-11-23T161142Z")
    datetime.datetime(2026, 11, 23, 16, 11, 42, tzinfo=datetime.timezone.utc)
    >>> taken_at("latest")
    """
    try:
        return datetime.strptime(name, _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def _newest_of(taken: dict[Path, datetime], period: str, count: int) -> set[str]:
    newest = {at.strftime(period): path.name for path, at in sorted(taken.items())}
    return {newest[name] for name in sorted(newest)[-count:]} if count else set()


@contextmanager
def hold_snapshots(home: Path) -> Iterator[None]:
    """Wait until no other process takes a snapshot: two newspapers may end in the same second."""
    descriptor = os.open(home / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _clear(home: Path) -> None:
    for path in home.glob(f"*{_UNFINISHED}"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _free_name(home: Path, now: datetime) -> Path:
    at = now.astimezone(UTC)
    while (path := home / utc_file_name(at)).exists():
        at += timedelta(seconds=1)
    return path


def _can_link(folder: Path, home: Path) -> bool:
    """Return whether the file system has hard links (exFAT and many network ones do not)."""
    probe = home / f"probe{_UNFINISHED}"
    try:
        os.link(folder / MANIFEST, probe)
    except OSError as fault:
        if fault.errno in _NO_LINKS:
            return False
        raise
    probe.unlink()
    return True


def _listed(folder: Path) -> tuple[Path, ...]:
    """Return the files of the newspaper's manifest, and the manifest."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise ArchiveError(f"{folder} has no manifest yet: there is nothing to take a snapshot of")
    return (*map(Path, manifest.files), MANIFEST)


def _others(home: Path, names: Collection[str]) -> tuple[Path, ...]:
    latest = home / LATEST
    if not latest.is_dir():
        return ()
    found = (path for path in latest.resolve().iterdir() if path.is_dir())
    return tuple(sorted(path for path in found if path.name not in names))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _link_all(source: Path, target: Path, names: Iterable[Path]) -> None:
    """Link the files of `source` under the same names into `target`, durably."""
    folders = {target}
    target.mkdir()
    for name in names:
        place = target / name
        if place.parent not in folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            folders.update(p for p in place.parents if p.is_relative_to(target))
        with disk("linking", source / name):
            os.link(source / name, place)
    for folder in sorted(folders, reverse=True):
        sync_folder(folder)


def _point(home: Path, target: Path) -> None:
    link = home / (LATEST + _UNFINISHED)
    link.symlink_to(target.name)
    link.replace(home / LATEST)
    sync_folder(home)
