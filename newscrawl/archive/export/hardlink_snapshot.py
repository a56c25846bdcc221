"""Snapshots by hard links: a consistent set for a reader while the crawl goes on writing.

    snapshots/<time>/<newspaper>/    what the manifest of a newspaper lists, as a run left it
    snapshots/latest/<newspaper>/    the same of every newspaper's last snapshot

A snapshot holds the newspapers whose run took it, and the dataset card. In `latest` the folder of
each of them is then exchanged for the new one at once, so that a reader sees the old folder or the
new one. A run links the files of its own newspaper twice, and none of another. No file is ever
written in place, so a later run does not change a snapshot.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import (
    disk,
    exchange_folders,
    make_folder,
    replace_file,
    sync_folder,
)
from newscrawl.archive.export.dataset_card import write_card
from newscrawl.archive.export.snapshot_tree import Gathered, gather, link_tree, place_file
from newscrawl.exceptions import ArchiveError
from newscrawl.timestamps import utc_file_name

SNAPSHOTS: Final = "snapshots"
"""Folder of the snapshots, beside those of the newspapers"""
LATEST: Final = "latest"
OLD: Final = "latest-is-old.txt"
"""Beside `latest`: one line for each newspaper whose last run could take no snapshot, and why"""
_FORMAT: Final = "%Y-%m-%dT%H%M%SZ"
_UNFINISHED: Final = ".tmp"
_DATED: Final = "dated"
_NO_LINKS: Final = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot that was taken."""

    path: Path
    gathered: Gathered


def take_snapshot(*folders: Path, now: datetime) -> Snapshot | None:
    """Take a snapshot, renew `latest` and return the snapshot; None where no hard links exist.

    Call it with the locks of `folders` held. Each of their files costs two hard links (35 µs each).
    Other processes may take snapshots of other newspapers meanwhile: they wait for each other only
    while folders are put in place.

    Args:
        folders: the folders of newspapers that are as a run left them; the snapshots lie beside.
        now: names the snapshot.

    Raises:
        ArchiveError: a folder has no manifest yet, a file is missing, or the disk refuses. No
            reader ever sees half a snapshot.
    """
    archive = folders[0].parent
    home = archive / SNAPSHOTS
    with disk("taking a snapshot in", home):
        make_folder(home)
        with _parts(home, folders) as parts:
            if not all(map(_can_link, parts.values())):
                return None
            found = Gathered()
            for folder in folders:
                part = parts[folder.name]
                found += gather(folder, part / _DATED, _before(home, folder.name))
                link_tree(part / _DATED, part / LATEST)
            with hold_snapshots(home):
                target = _put_in_place(archive, home, parts, now)
                for name in parts:
                    _note_old(home, name, None)
    return Snapshot(target, found)


@contextmanager
def _parts(home: Path, folders: Sequence[Path]) -> Iterator[dict[str, Path]]:
    """Yield an empty folder for each newspaper, where its part of the snapshot is made."""
    parts = {folder.name: home / f".{folder.name}{_UNFINISHED}" for folder in folders}
    try:
        for part in parts.values():
            if part.exists():  # a run was killed
                shutil.rmtree(part)
            part.mkdir()
        yield parts
    finally:
        for part in parts.values():
            shutil.rmtree(part, ignore_errors=True)


def _can_link(part: Path) -> bool:
    """Return whether the file system has hard links (exFAT and many network ones do not)."""
    probe = part / "probe"
    probe.touch()
    try:
        os.link(probe, part / "link")
    except OSError as fault:
        if fault.errno in _NO_LINKS:
            return False
        raise
    return True


def _before(home: Path, name: str) -> Path | None:
    path = home / LATEST / name
    return path if path.is_dir() else None


def _put_in_place(archive: Path, home: Path, parts: Mapping[str, Path], now: datetime) -> Path:
    """Make the snapshot of its parts, renew `latest`, and return the snapshot."""
    explained = write_card(archive)
    _clear(home)
    target = _free_name(home, now)
    work = target.with_name(target.name + _UNFINISHED)
    work.mkdir()
    for name, part in parts.items():
        (part / _DATED).rename(work / name)
    for path in explained:
        place_file(archive / path, work / path)
    sync_folder(work)
    work.rename(target)
    sync_folder(home)
    latest = _latest(home)
    for name, part in parts.items():
        exchange_folders(part / LATEST, latest / name)
    for path in explained:
        _renew(archive / path, latest / path)
    sync_folder(latest)
    return target


def _renew(source: Path, place: Path) -> None:
    if place.exists() and place.samefile(source):
        return
    unfinished = place.with_name(f"{place.name}{_UNFINISHED}")
    unfinished.unlink(missing_ok=True)
    place_file(source, unfinished)
    unfinished.replace(place)


def _latest(home: Path) -> Path:
    """Return the folder `latest`; one that is a link, as it once was, becomes a folder."""
    latest = home / LATEST
    if latest.is_symlink():
        work = home / f"{LATEST}{_UNFINISHED}"
        link_tree(latest.resolve(), work)
        latest.unlink()
        work.rename(latest)
    return make_folder(latest)


def mark_latest_old(folder: Path, why: str) -> str | None:
    """Note beside `latest` that it lacks the newspaper's last run; return when it was taken.

    None where there is no snapshot, or where the folder cannot be written either.
    """
    home = folder.parent / SNAPSHOTS
    with suppress(OSError, ArchiveError), hold_snapshots(make_folder(home)):
        _clear(home)
        _note_old(home, folder.name, why)
    with suppress(OSError):
        held = sorted(path.name for path in _dated(home) if (path / folder.name).is_dir())
        return held[-1] if held else None
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


def prune(
    home: Path, daily: int = 7, monthly: int = 12, newspapers: Collection[str] = ()
) -> tuple[Path, ...]:
    """Remove old snapshots of the newspapers, and return their folders.

    Kept are of each newspaper the newest of each of the last `daily` days and `monthly` months that
    have one, and the newest of all. A snapshot goes with its last newspaper.

    Args:
        home: the folder of snapshots.
        daily: number of days.
        monthly: number of months.
        newspapers: names; () = every newspaper.
    """
    if not home.is_dir():
        return ()
    removed: list[Path] = []
    with disk("pruning", home), hold_snapshots(home):
        dated = _dated(home)
        names = set(newspapers) or {part.name for path in dated for part in _folders(path)}
        for name in sorted(names):
            taken = {path: at for path, at in dated.items() if (path / name).is_dir()}
            keep = _newest_of(taken, "%Y-%m-%d", daily) | _newest_of(taken, "%Y-%m", monthly)
            keep |= _newest_of(taken, "", 1)
            removed += [path / name for path in sorted(taken) if path.name not in keep]
        for part in removed:
            _remove(home, part)
        for path in sorted({part.parent for part in removed}):
            if not list(_folders(path)):
                _remove(home, path)
        sync_folder(home)
    return tuple(removed)


def _remove(home: Path, path: Path) -> None:
    unfinished = home / f"{path.name}{_UNFINISHED}"
    path.rename(unfinished)  # a reader never sees half of one
    shutil.rmtree(unfinished)


def _dated(home: Path) -> dict[Path, datetime]:
    return {path: at for path in home.iterdir() if (at := taken_at(path.name))}


def _folders(path: Path) -> Iterator[Path]:
    return (part for part in path.iterdir() if part.is_dir())


def newest_parts(home: Path) -> dict[str, Path]:
    """Return the folder of each newspaper in its newest snapshot, by name.

    These folders do not change, while those in `latest` are exchanged. A newspaper that `latest`
    alone holds has its folder there. The result is empty where there is no `latest`.
    """
    latest = home / LATEST
    if not latest.is_dir():
        return {}
    found = {part.name: part for part in sorted(_folders(latest))}
    missing = set(found)
    for path in sorted(_dated(home), reverse=True):
        if not missing:
            break
        for part in _folders(path):
            if part.name in missing:
                found[part.name] = part
                missing.remove(part.name)
    return found


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
    """Remove what a killed run left, but for the newspapers' own parts, which may be at work."""
    unfinished = home.glob(f"*{_UNFINISHED}")
    for path in (path for path in unfinished if not path.name.startswith(".")):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _free_name(home: Path, now: datetime) -> Path:
    at = now.astimezone(UTC)
    while (path := home / utc_file_name(at)).exists():
        at += timedelta(seconds=1)
    return path
