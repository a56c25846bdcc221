"""One newspaper's part of a snapshot: the files its manifest lists, linked or copied."""

import errno
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, sync_folder
from newscrawl.archive.manifest import MANIFEST, Entry, read_manifest
from newscrawl.exceptions import ArchiveError
from newscrawl.text import counted

# Another file system; a file of another user, where the kernel protects hard links; no more links.
_NO_LINK: Final = (errno.EXDEV, errno.EPERM, errno.EACCES, errno.EMLINK)
_COPIES_MAX_SHARE: Final = 0.5  # of the free space


@dataclass(frozen=True, slots=True)
class Gathered:
    """How the files of a newspaper came into its snapshot, but for those that were linked."""

    copied: int = 0
    """Number of files that had to be copied: they cannot be linked, and are new"""
    left_out: int = 0
    """Number of files of raw pages that can be neither linked nor copied"""

    def __add__(self, other: "Gathered") -> "Gathered":
        return Gathered(self.copied + other.copied, self.left_out + other.left_out)

    def __str__(self) -> str:
        told = []
        if self.copied:
            copied = counted(self.copied, "file")
            told.append(f"{copied} copied, which cannot be linked from where they lie")
        if self.left_out:
            left = counted(self.left_out, "file")
            told.append(f"without {left} of raw pages, for which is no space")
        return "; ".join(told)


def gather(folder: Path, target: Path, before: Path | None) -> Gathered:
    """Link the files of the folder's manifest, and the manifest, durably into the new `target`.

    A file on another file system or of another user is copied: once, as long as it does not change.

    Args:
        folder: the newspaper's folder, as a run left it.
        target: is created on the file system of the snapshots.
        before: the newspaper in the snapshot before; None where there is none.

    Raises:
        ArchiveError: there is no manifest yet, a file is missing, or the disk refuses.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise ArchiveError(f"{folder} has no manifest yet: there is nothing to take a snapshot of")
    kept = _entries(before)
    found = Gathered()
    folders = _Folders(target)
    for name, entry in manifest.files.items():
        place = folders.place_of(Path(name))
        with disk("linking", folder / name):
            if _is_linked(folder / name, place):
                continue
        if before is not None and kept.get(name) == entry and (before / name).is_file():
            os.link(before / name, place)
        elif name.startswith("pages/") and not _has_room(folder / name, target):
            found += Gathered(left_out=1)
        else:
            _copy(folder / name, place)
            found += Gathered(copied=1)
    place_file(folder / MANIFEST, target / MANIFEST)
    folders.sync()
    return found


def place_file(source: Path, place: Path) -> None:
    """Link the file, or copy it where it cannot be linked."""
    if not _is_linked(source, place):
        _copy(source, place)


def link_tree(source: Path, target: Path) -> None:
    """Link every file below `source`, which lies on the same file system, durably."""
    folders = _Folders(target)
    for path in _files(source):
        os.link(path, folders.place_of(path.relative_to(source)))
    folders.sync()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _entries(before: Path | None) -> dict[str, Entry]:
    try:
        manifest = read_manifest(before) if before is not None else None
    except ArchiveError:
        return {}  # its files are copied once more
    return manifest.files if manifest is not None else {}


def _is_linked(source: Path, place: Path) -> bool:
    """Link the file, and return whether it could be linked."""
    try:
        os.link(source, place)
    except OSError as fault:
        if fault.errno not in _NO_LINK:
            raise
        return False
    return True


def _copy(source: Path, place: Path) -> None:
    with disk("copying", source), place.open("wb") as file, source.open("rb") as original:
        shutil.copyfileobj(original, file)
        file.flush()
        os.fsync(file.fileno())


def _has_room(source: Path, target: Path) -> bool:
    with disk("looking for space in", target):
        return source.stat().st_size < _COPIES_MAX_SHARE * shutil.disk_usage(target).free


class _Folders:
    """The folders below a new one, each made when its first file comes."""

    def __init__(self, target: Path) -> None:
        target.mkdir(parents=True)
        self._target = target
        self._made = {target}

    def place_of(self, name: Path) -> Path:
        """Return where the file of that name stands, and make its folder."""
        place = self._target / name
        if place.parent not in self._made:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._made.update(p for p in place.parents if p.is_relative_to(self._target))
        return place

    def sync(self) -> None:
        """Put the names of all files on the disk, the deepest folders first."""
        for folder in sorted(self._made, reverse=True):
            sync_folder(folder)
