"""Whether a run has anything for a snapshot: only what changed, and no more often than is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from newscrawl.archive.export.hardlink_snapshot import (
    LATEST,
    SNAPSHOTS,
    newest_parts,
    taken_at,
)
from newscrawl.archive.ledger.opening import exports_of
from newscrawl.archive.ledger.published_state import COVERAGE
from newscrawl.archive.manifest import read_manifest
from newscrawl.exceptions import ArchiveError

_OF_EVERY_RUN: Final = ("runs/", COVERAGE)


def is_snapshot_due(folder: Path, now: datetime, every: timedelta) -> bool:
    """Return whether the newspaper's folder is to be put into a new snapshot.

    It is not where the latest snapshot holds the same articles, older versions and pages (a run
    that brought nothing new adds but its record), where the first one would hold none, or where the
    latest was taken less than `every` ago. What cannot be read, or is missing, is in doubt: a
    snapshot is tried, which tells of it.
    """
    shown = folder.parent / SNAPSHOTS / LATEST / folder.name
    try:
        before, after = _contents(shown), _contents(folder)
    except ArchiveError:
        return True
    if before is None and after is not None and not after:
        return False
    if before is None or after is None or _lacks(folder, after) or _lacks(shown, before):
        return True
    if before == after:
        return False
    at = _taken_at(folder)
    return at is None or not timedelta(0) <= now - at < every


def snapshot_exports(folder: Path) -> int:
    """Return how many exports the newspaper's newest snapshot counts; 0 where there is none."""
    return exports_of(folder.parent / SNAPSHOTS / LATEST / folder.name)


def _lacks(folder: Path, names: Iterable[str]) -> bool:
    return not all((folder / name).is_file() for name in names)


def _contents(folder: Path) -> Mapping[str, str] | None:
    """Return the checksums of the files that hold more than what a run did and saw."""
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    files = manifest.files.items()
    return {name: e.written.sha256 for name, e in files if not name.startswith(_OF_EVERY_RUN)}


def _taken_at(folder: Path) -> datetime | None:
    """Return when the newspaper's newest snapshot was taken; None where that is not known."""
    newest = newest_parts(folder.parent / SNAPSHOTS).get(folder.name)
    return None if newest is None else taken_at(newest.parent.name)
