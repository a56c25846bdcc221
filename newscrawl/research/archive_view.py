"""A consistent, read-only view of an archive's published files.

`open_view` takes a folder of newspapers (`output/`), one newspaper's folder, a snapshot or a frozen
set. Where the folder has snapshots, each newspaper's newest one is read, because its files do not
change while a crawl goes on.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from newscrawl.archive.export.hardlink_snapshot import SNAPSHOTS, newest_parts
from newscrawl.archive.ledger.published_state import COVERAGE
from newscrawl.archive.manifest import MANIFEST, Manifest, read_manifest
from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveError, ArgumentError
from newscrawl.items import Line
from newscrawl.research.checked_lines import (
    UNDATED,
    article_lines,
    coverage_of,
    revision_lines,
    run_lines,
)
from newscrawl.urls.canonical import spellings

_OF_A_SET: Final = Path("jsonl")
"""Where a frozen set holds the files of an archive"""
TEXT_FIELDS: Final = ("lead", "body", "captions", "images")
"""The fields that an export without text leaves out; the headline stays"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows are wanted; the default wants all."""

    newspapers: frozenset[str] = frozenset()
    """Names; empty = every newspaper"""
    since: date | None = None
    """First Vietnamese calendar day; undated rows fall outside any day that is given"""
    until: date | None = None
    """Last Vietnamese calendar day, itself wanted"""

    def wants(self, row: Line) -> bool:
        """Return whether the row lies in the window of days."""
        if self.since is None and self.until is None:
            return True
        text = row["published_date"]
        if not text:
            return False
        day = date.fromisoformat(text)
        return (self.since or day) <= day <= (self.until or day)

    def wants_file(self, month: str) -> bool:
        """Return whether a file of that month, YYYY-MM or "undated", may hold wanted rows."""
        if month == UNDATED or (self.since is None and self.until is None):
            return self.since is None and self.until is None
        first = f"{self.since:%Y-%m}" if self.since else month
        last = f"{self.until:%Y-%m}" if self.until else month
        return first <= month <= last


EVERY_ROW: Final = RowFilter()


@dataclass(frozen=True)
class NewspaperFiles:
    """The published files of one newspaper."""

    name: str
    folder: Path

    @cached_property
    def manifest(self) -> Manifest | None:
        """The newspaper's manifest; None = it has none. Raises `ArchiveError` for a damaged one."""
        return read_manifest(self.folder)

    @cached_property
    def article_files(self) -> tuple[Path, ...]:
        """The files that the manifest names, by month, the undated last; without one, all there."""
        if self.manifest is not None:
            names = [name for name in self.manifest.files if name.startswith("articles/")]
            if any(".." in name.split("/") for name in names):
                raise ArchiveError(f"{self.folder / MANIFEST} names a file outside its folder")
            paths = [self.folder / name for name in names]
        else:
            paths = list((self.folder / "articles").rglob("*.jsonl"))
        return tuple(sorted(paths, key=lambda path: path.name))

    def rows(self, wanted: RowFilter = EVERY_ROW) -> Iterator[Line]:
        """Return the newest revision of every wanted article, by month of publication.

        Raises `ArchiveError` naming file and line where a row is no article of this schema.
        """
        for path in self.article_files:
            if wanted.wants_file(path.stem):
                yield from (row for row in article_lines(path) if wanted.wants(row))

    def revisions(self) -> Iterator[Line]:
        """Return every superseded version, oldest month of superseding first; raises as `rows`."""
        for path in sorted((self.folder / "revisions").glob("*.jsonl")):
            yield from revision_lines(path)

    def runs(self) -> Iterator[Line]:
        """Return the record of every run, oldest first; raises as `rows`."""
        for path in sorted((self.folder / "runs").glob("*.jsonl")):
            yield from run_lines(path)

    def coverage(self) -> Line | None:
        """Return what `coverage.json` tells; None where no run has written it."""
        return coverage_of(self.folder / COVERAGE)


@dataclass(frozen=True)
class ArchiveView:
    """The newspapers of an archive, as they were published at one moment."""

    folder: Path
    newspapers: tuple[NewspaperFiles, ...] = field(default=())

    def chosen(self, wanted: RowFilter) -> tuple[NewspaperFiles, ...]:
        """Return the newspapers that are wanted, by name.

        Raises `ArgumentError` for a name that the archive does not have.
        """
        known = {paper.name for paper in self.newspapers}
        for name in sorted(wanted.newspapers - known):
            raise ArgumentError(f"{self.folder} has no newspaper {name!r}; it has {_list(known)}")
        names = wanted.newspapers or known
        return tuple(paper for paper in self.newspapers if paper.name in names)

    def rows(self, wanted: RowFilter = EVERY_ROW) -> Iterator[Line]:
        """Return the wanted rows, newspaper by newspaper, each by month of publication."""
        for paper in self.chosen(wanted):
            yield from paper.rows(wanted)

    def row(self, article_id: str) -> Line:
        """Return the row with that id; raises `ArgumentError` where there is none."""
        name = article_id.partition(":")[0]
        for paper in self.newspapers:
            if paper.name == name:
                for row in paper.rows():
                    if row["id"] == article_id:
                        return row
        form = "" if ":" in article_id else ": an id is NEWSPAPER:KEY, as search prints it"
        raise ArgumentError(f"{self.folder} has no article {article_id!r}{form}")


def open_view(folder: Path) -> ArchiveView:
    """Return the view of an archive; raises `ArgumentError` where the folder holds none."""
    if not folder.is_dir():
        raise ArgumentError(f"{folder} is no folder: name an archive, such as output/")
    if _is_newspaper(folder):
        return ArchiveView(folder, (NewspaperFiles(folder.resolve().name, folder),))
    is_set = (folder / _OF_A_SET).is_dir() and (folder / "SHA256SUMS").is_file()
    place = folder / _OF_A_SET if is_set else folder
    parts = newest_parts(place / SNAPSHOTS).values() or sorted(place.iterdir())
    found = [path for path in parts if path.is_dir() and _is_newspaper(path)]
    for path in found:
        if not path.name.isprintable():  # escaped bytes of another encoding, too, are not
            raise ArgumentError(f"{path.name!r} in {folder} is the name of no newspaper")
    if not found:
        raise ArgumentError(f"{folder} holds no newspaper's articles: {_where_instead(place)}")
    return ArchiveView(folder, tuple(NewspaperFiles(path.name, path) for path in found))


def _is_newspaper(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() or (folder / "articles").is_dir()


def _where_instead(folder: Path) -> str:
    """Return what to name instead of a folder without newspapers: the archive inside, if one."""
    folders = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    inner = [path for path in folders if any(map(_is_newspaper, path.iterdir()))]
    if len(inner) == 1:
        return f"{inner[0]} does, name it"
    return f"name the folder that {to_type('crawl')} writes"


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def entries_by_newspaper(newspapers: Iterable[NewspaperFiles]) -> dict[str, CatalogueEntry]:
    """Return what the catalogue knows of each newspaper, by name; absent = it has no row.

    A newspaper's name is the first label of its domain when it joined, so the host of its rows
    leads to the catalogue.
    """
    by_host = {
        host: entry
        for entry in catalogue()
        for host in spellings(entry.domain, *entry.former_domains)
    }
    found: dict[str, CatalogueEntry] = {}
    for paper in newspapers:
        row = next(paper.rows(), None)
        host = row["url"].split("/", 3)[2] if row and row["url"].count("/") > 1 else ""
        if host in by_host:
            found[sys.intern(paper.name)] = by_host[host]
    return found
