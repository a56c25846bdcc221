"""Reading an archive's published files for its status: nothing is written, and no lock is taken.

Files are replaced whole while a run goes on, so that each is read whole; one that is removed
between two looks is passed over. What cannot be read is told, and the others are read all the same.
"""

import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from newscrawl.archive.acknowledged import SILENCE, read_acknowledged
from newscrawl.archive.atomic_files import disk
from newscrawl.archive.export.row_reader import article_files, parse
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.lock import LOCK, open_run
from newscrawl.archive.manifest import MANIFEST
from newscrawl.config.program import on_archive
from newscrawl.items import VIETNAM
from newscrawl.monitoring.paper_status import (
    PUBLISHED_MIN_ARTICLES,
    SPARKLINE_DAYS,
    WEEKS_COMPARED,
    ArchiveStatus,
    Disk,
    PaperFigures,
    archive_status,
)
from newscrawl.monitoring.run_history import OpenRun, RunFigures, RunHistory, figures_of

# A whole line costs nine times as much to parse. A text of the article cannot hold these bytes:
# JSON escapes every quotation mark in a text.
_PUBLISHED: Final = re.compile(rb'"published_at": "([^"]+)"')
_OF_A_NEWSPAPER: Final = (MANIFEST, Path("runs"), Path("articles"), LOCK)
_WINDOW: Final = timedelta(days=max(SPARKLINE_DAYS, 7 * (WEEKS_COMPARED + 1)))


def read_status(
    archive: Path,
    now: datetime,
    *,
    free_min_bytes: int,
    warn_days: float,
    names: Collection[str] = (),
    expected: Iterable[str] = (),
) -> ArchiveStatus:
    """Return how the newspapers of an archive are; an archive that is not there has none.

    Args:
        archive: The folder of the newspapers' folders.
        now: The moment of looking.
        free_min_bytes: Free space below which no run begins.
        warn_days: A disk that is full in fewer days is told.
        names: The newspapers wanted; () = all that the archive has.
        expected: Newspapers that ought to be in the archive.

    Raises:
        ArchiveError: The folder cannot be read.
    """
    folders = [folder for folder in newspaper_folders(archive) if not names or folder.name in names]
    there = {folder.name for folder in folders}
    return archive_status(
        str(archive if folders else archive.absolute()),  # one may be in the wrong folder
        [read_figures(folder, now) for folder in folders],
        now,
        disk_of(archive),
        free_min_bytes=free_min_bytes,
        warn_days=warn_days,
        never_run=[name for name in dict.fromkeys((*names, *expected)) if name not in there],
    )


def newspaper_folders(archive: Path) -> tuple[Path, ...]:
    """Return the newspapers' folders in an archive, by name; () where it is not there."""
    if not archive.is_dir():
        return ()
    with disk("reading", archive):
        return tuple(
            folder
            for folder in sorted(archive.iterdir())
            if any((folder / mark).exists() for mark in _OF_A_NEWSPAPER)
        )


def disk_of(folder: Path) -> Disk:
    """Return the file system that holds a folder, or will hold it."""
    while not folder.exists():
        folder = folder.absolute().parent
    with disk("looking for space in", folder):
        return Disk(device=folder.stat().st_dev, free_bytes=shutil.disk_usage(folder).free)


def read_figures(folder: Path, now: datetime) -> PaperFigures:
    """Return what one newspaper's files say, and which of them cannot be read."""
    faults: list[str] = []
    at_work = _open_run(folder, now)  # first: a run that ends meanwhile has its record then
    runs = sorted(_runs(folder, faults), key=lambda run: run.started_at)
    published = tuple(_published(folder, now, faults))
    acknowledged = read_acknowledged(folder, now.astimezone(VIETNAM).date())
    return PaperFigures(
        newspaper=folder.name,
        history=RunHistory(runs),
        published=published,
        disk_bytes=_bytes_below(folder),
        disk=disk_of(folder),
        began_at=_changed_at(folder / LOCK),
        open_run=at_work,
        faults=tuple(faults),
        silence_is_known=SILENCE in acknowledged,
        acknowledged=acknowledged,
    )


def _open_run(folder: Path, now: datetime) -> OpenRun | None:
    """Return the run that has no record yet, and when it last wrote into the ledger."""
    found = open_run(folder)
    if found is None:
        return None
    began_at, is_at_work = found
    ledger = folder / DATABASE
    signs = [_changed_at(ledger), _changed_at(ledger.with_name(ledger.name + "-wal"))]
    last = max((sign for sign in signs if sign is not None), default=began_at)
    return OpenRun(
        began_at=began_at, last_sign_at=max(began_at, min(last, now)), is_at_work=is_at_work
    )


def _changed_at(path: Path) -> datetime | None:
    """Return when a file was last written; None where it is not there, or may not be seen."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def _content(path: Path, faults: list[str]) -> bytes:
    """Return a file's bytes; b"" for one that was just removed, or that cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        faults.append(f"{path}: {error.strerror}: make it readable")
        return b""


def _listed(folder: Path, faults: list[str]) -> tuple[Path, ...]:
    """Return the folder's JSONL files by name; () where it is not there, or may not be read."""
    try:
        return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".jsonl"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        faults.append(f"{folder}: {error.strerror}: make it readable")
        return ()


def _runs(folder: Path, faults: list[str]) -> Iterator[RunFigures]:
    for path in _listed(folder / "runs", faults):
        text = _content(path, faults).decode(errors="replace")
        for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
            try:
                yield figures_of(parse(line) or {})
            except ValueError:
                faults.append(
                    f"{path}, line {number}, is no run's record: {on_archive('verify')} tells"
                )


def _published(folder: Path, now: datetime, faults: list[str]) -> Iterator[datetime]:
    """Yield when the newest articles were published: all of the window, at least 200 of them."""
    since = f"{(now - _WINDOW).astimezone(VIETNAM):%Y-%m}"
    count = 0
    dated = [path for path in article_files(folder) if path.stem[:1].isdigit()]
    for path in reversed(dated):
        if path.stem < since and count >= PUBLISHED_MIN_ARTICLES:
            return
        for found in _PUBLISHED.findall(_content(path, faults)):
            try:
                at = datetime.fromisoformat(found.decode(errors="replace"))
                yield at.astimezone(UTC)
            except ValueError:
                faults.append(f"{path} holds a date that is none: {on_archive('verify')} tells")
                break
            count += 1


def _bytes_below(folder: Path) -> int:
    """Return the bytes of all files in a folder; those that may not be seen do not count."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(Path(place, name)).st_size
            except OSError:  # removed since the folder was listed
                continue
    return total
