"""The JSONL files, written from the ledger: whole months, replaced atomically where they differ.

All files are written aside before the first is put in place, so that a disk too small for them
leaves every file as it was. Superseded versions come first, then articles, runs,
`coverage.json`, and the manifest.
After a kill at any moment the next export writes the same files: a month stays dirty in the ledger
until the manifest lists its file.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import (
    aside,
    checksum_of,
    disk,
    measure,
    put_in_place,
    remove_file,
    sweep,
    write_aside,
)
from newscrawl.archive.ledger.article_table import UNDATED
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.month_table import Folder
from newscrawl.archive.ledger.opening import SIDECAR
from newscrawl.archive.ledger.published_state import COVERAGE, coverage_lines
from newscrawl.archive.ledger.sidecar import write_sidecar
from newscrawl.archive.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    manifest_lines,
    read_manifest,
    write_manifest,
)
from newscrawl.archive.tombstones import TOMBSTONES
from newscrawl.exceptions import ArchiveError

_FOLDERS: Final[tuple[Folder, ...]] = ("revisions", "articles", "runs")
EXPORTS: Final = "exports"


@dataclass(frozen=True, slots=True)
class Exported:
    """The files an export replaced or removed, and how many articles all files hold now."""

    files: tuple[str, ...]
    articles: int


def path_of(folder: Folder, month: str) -> str:
    """Return where a month's lines stand inside the newspaper's folder.

    >>> path_of("articles", "2022-11"), path_of("articles", "undated"), path_of("runs", "2026-11")
    ('articles/2022/2022-11.jsonl', 'articles/undated.jsonl', 'runs/2026-11.jsonl')
    """
    year = f"{month[:4]}/" if folder == "articles" and month != UNDATED else ""
    return f"{folder}/{year}{month}.jsonl"


def export(ledger: Ledger, folder: Path, distrusted: Collection[str] = ()) -> Exported:
    """Rewrite the months whose files differ from the ledger, and return what was replaced.

    A second call in a row changes nothing. A file that is missing, is not of the size the manifest
    states, or is `distrusted`, is written anew, and so is a damaged manifest.

    Raises:
        ArchiveError: the disk refuses. A full disk leaves every file as it was; a fault while
            files are put in place leaves each file old or new, and the next export completes it.
    """
    ledger.flush()
    sweep(folder)
    write_sidecar(ledger.database, folder)
    before = _readable_manifest(ledger, folder)
    trusted = {name: e for name, e in before.files.items() if name not in distrusted}
    months = _to_write(ledger, folder, trusted)
    pages = ledger.pages.files()
    pages |= _tombstones(folder, before, ledger.runs.run_id)
    listed = {name: entry for name, entry in trusted.items() if not _is_of_lines(name)}
    coverage = _stale_coverage(ledger, folder, trusted)
    if not months and listed == pages and coverage is None:
        _put_sidecar_in_place(folder)
        return Exported((), before.articles)
    exports = int(ledger.fact(EXPORTS) or 0) + 1
    written = _write_aside(ledger, folder, months, trusted, coverage)
    kept = {name: e for name, e in trusted.items() if name not in (*written, *listed)}
    files = kept | {name: entry for name, entry in written.items() if entry is not None}
    after = Manifest(before.newspaper, exports, ledger.runs.run_id, files | pages)
    _reserve(folder, after, written)
    ledger.note_fact(EXPORTS, str(exports))
    ledger.flush()  # from here on the ledger is never behind the manifest
    _put_all_in_place(folder, written)
    _put_sidecar_in_place(folder)
    write_manifest(folder, after)
    ledger.months.mark_exported(months)
    ledger.flush()
    changed = tuple(name for name, entry in written.items() if entry != trusted.get(name))
    return Exported(changed, after.articles)


def _is_of_lines(name: str) -> bool:
    """Return whether the ledger writes the file of that name."""
    return name == COVERAGE or name.startswith(tuple(f"{folder}/" for folder in _FOLDERS))


def _tombstones(folder: Path, before: Manifest, run_id: str) -> dict[str, Entry]:
    """Return the entry of the tombstones, if there are any."""
    name, path = TOMBSTONES.name, folder / TOMBSTONES
    if not path.exists():
        return {}
    written, known = measure(path), before.files.get(name)
    is_same = known is not None and known.written == written
    return {name: known if known is not None and is_same else Entry(written, run_id)}


def _readable_manifest(ledger: Ledger, folder: Path) -> Manifest:
    try:
        found = read_manifest(folder)
    except ArchiveError:
        found = None  # every month is then written, and a new manifest
    return found or Manifest(ledger.fact("newspaper") or folder.name, 0, "")


def _to_write(
    ledger: Ledger, folder: Path, trusted: Mapping[str, Entry]
) -> tuple[tuple[Folder, str], ...]:
    """Return the dirty months, and those whose file is not the one the manifest lists."""
    dirty = tuple(ledger.months.dirty())
    strayed = tuple(
        (kind, month)
        for kind in _FOLDERS
        for month in ledger.months.of(kind)
        if (kind, month) not in dirty
        and _size(folder / path_of(kind, month)) != _expected(trusted, path_of(kind, month))
    )
    return strayed + dirty if strayed else dirty


def _stale_coverage(ledger: Ledger, folder: Path, trusted: Mapping[str, Entry]) -> list[str] | None:
    """Return the lines of `coverage.json` where the file is another; None where it may stay."""
    lines = coverage_lines(ledger)
    if lines is None:
        return None
    entry = trusted.get(COVERAGE)
    is_same = entry is not None and entry.written.sha256 == checksum_of(lines)
    is_there = _size(folder / COVERAGE) == _expected(trusted, COVERAGE)
    return None if is_same and is_there else lines


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _expected(trusted: Mapping[str, Entry], name: str) -> int:
    entry = trusted.get(name)
    return -2 if entry is None else entry.written.bytes


def _write_aside(
    ledger: Ledger,
    folder: Path,
    months: tuple[tuple[Folder, str], ...],
    trusted: Mapping[str, Entry],
    coverage: list[str] | None,
) -> dict[str, Entry | None]:
    """Write each month's file aside; return the entries in the order to put them in place.

    None stands for a file of which no line is left.
    """
    written: dict[str, Entry | None] = {}
    try:
        for kind, month in months:
            name = path_of(kind, month)
            path, old = folder / name, trusted.get(name)
            with disk("writing", path):
                written[name] = _write_month(ledger, path, ledger.months.lines(kind, month), old)
        if coverage is not None:
            path = folder / COVERAGE
            with disk("writing", path):
                written[COVERAGE] = Entry(write_aside(path, coverage), ledger.runs.run_id)
    except ArchiveError:
        _forget(folder, written)
        raise
    return written


def _write_month(
    ledger: Ledger, path: Path, lines: Iterator[str], old: Entry | None
) -> Entry | None:
    """Write the file aside unless it stays or goes, and return its entry."""
    written = write_aside(path, lines)
    is_there = old is not None and written == old.written and _size(path) == written.bytes
    if is_there or written.rows == 0:
        aside(path).unlink()
    if written.rows == 0:
        return None
    return old if is_there else Entry(written, ledger.runs.run_id)


def _reserve(folder: Path, manifest: Manifest, written: Mapping[str, Entry | None]) -> None:
    """Write the manifest aside too, or undo everything where no room is left for it."""
    path = folder / MANIFEST
    try:
        with disk("writing", path):
            write_aside(path, manifest_lines(manifest))
    except ArchiveError:
        _forget(folder, written)
        raise


def _forget(folder: Path, written: Mapping[str, Entry | None]) -> None:
    for path in (folder / SIDECAR, *(folder / name for name in written)):
        with suppress(OSError):
            aside(path).unlink(missing_ok=True)


def _put_sidecar_in_place(folder: Path) -> None:
    with disk("writing", folder / SIDECAR):
        put_in_place(folder / SIDECAR)


def _put_all_in_place(folder: Path, written: Mapping[str, Entry | None]) -> None:
    for name, entry in written.items():
        path = folder / name
        if entry is None:
            remove_file(path)
        elif aside(path).exists():
            with disk("writing", path):
                put_in_place(path)
