"""Checking that an archive is whole: lines, manifest, pages and ledger, and how they agree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import checksum_of
from newscrawl.archive.export.jsonl import path_of
from newscrawl.archive.export.row_reader import article_files, files_below, numbered, parse
from newscrawl.archive.ledger.article_table import key_of, month_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.month_table import Folder
from newscrawl.archive.ledger.opening import DATABASE, refuse_missing
from newscrawl.archive.ledger.published_state import COVERAGE, coverage_lines
from newscrawl.archive.ledger.revision import EXTRA, CheckLine
from newscrawl.archive.maintenance.returned_articles import older_than_snapshot
from newscrawl.archive.maintenance.takedown import PENDING
from newscrawl.archive.manifest import MANIFEST, Manifest, differing, read_manifest
from newscrawl.archive.tombstones import TOMBSTONES, read_tombstones
from newscrawl.archive.warc.page_reader import (
    Member,
    members,
    page_files,
    page_of,
)
from newscrawl.config.program import given_place, program
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line
from newscrawl.text import counted

REWRITE: Final = "`{program} verify <newspaper> --rebuild{place}` writes it anew from the ledger"
REBUILD: Final = (
    "`{program} verify <newspaper> --rebuild{place}` makes the ledger anew from the files"
)
NEXT_RUN: Final = "the next run does it"
LOST: Final = (
    "`{program} verify <newspaper> --forget-lost-pages{place}`, then refetch= asks for it again"
)
FORGET: Final = "the next run, or `{program} forget{place}` with its id, removes it again"
OLDER: Final = (
    "copy the newer one out of the snapshot, or, where the older one is meant,"
    " `{program} verify <newspaper> --rebuild{place}` makes the ledger anew"
)
FINISH: Final = "the next run, or `{program} forget{place}` again, completes it"
COPY_AGAIN: Final = "copy it again: a snapshot has no ledger that could write it anew"
NOT_READ: Final = "put it where the archive looks for it, or restore the folder from a snapshot"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in an archive: where, what, and what cures it."""

    where: str
    what: str
    cure: str
    """What to do; {program} and {place} stand for the name and the archive that a person called"""

    is_waiting: bool = False
    """Only an export is missing, as after a kill: the next run writes it, and nothing is lost"""

    def __str__(self) -> str:
        cure = self.cure.format(program=program(), place=given_place())
        return f"{self.where}: {self.what}; {cure}"


@dataclass(slots=True)
class _Seen:
    """What the lines of all files state, gathered in one pass."""

    revisions: dict[str, int] = field(default_factory=dict)
    older: set[tuple[str, int]] = field(default_factory=set)
    pages: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    rows: dict[str, int] = field(default_factory=dict)
    """Number of rows read, by the name of each file"""
    forgotten: frozenset[str] = frozenset()
    """Ids of articles that must not be there"""


def verify(folder: Path, check_line: CheckLine) -> tuple[Problem, ...]:
    """Return everything that is wrong with a newspaper's archive; () where it is whole.

    Hold the lock, so that no run writes meanwhile. `check_line` returns the problems of an
    article's line. Nothing is changed. A snapshot, and a copy of one, has no ledger to agree with.
    """
    seen = _Seen()
    published = (
        *_takedowns(folder, seen),
        *_lines(folder, check_line, seen),
        *_older_lines(folder, check_line, seen),
        *_run_lines(folder, seen),
        *_pages(folder, seen),
        *_against_manifest(folder, seen),
    )
    if is_snapshot(folder):
        return tuple(replace(one, cure=COPY_AGAIN, is_waiting=False) for one in published)
    return (*published, *_against_ledger(folder))


def is_snapshot(folder: Path) -> bool:
    """Return whether a newspaper's folder holds what a snapshot of it does: no folder `state`."""
    return (folder / MANIFEST).is_file() and not (folder / DATABASE.parent).exists()


def _takedowns(folder: Path, seen: _Seen) -> Iterator[Problem]:
    if (folder / PENDING).exists():
        yield Problem(PENDING.as_posix(), "a takedown was cut short", FINISH)
    try:
        stones = read_tombstones(folder)
    except ArchiveError as fault:
        yield Problem(TOMBSTONES.name, str(fault), NOT_READ)
        return
    seen.forgotten = frozenset(stone.id for stone in stones.values())
    if stones:
        seen.rows[TOMBSTONES.name] = len(stones)


def _lines(folder: Path, check_line: CheckLine, seen: _Seen) -> Iterator[Problem]:
    for path in article_files(folder):
        name = path.relative_to(folder).as_posix()
        before = ("", "")
        seen.rows[name] = 0
        for number, text in numbered(path):
            seen.rows[name] = number
            where = f"{name}, line {number}"
            line = parse(text)
            if line is None:
                yield Problem(where, "not a whole JSON object", REWRITE)
                continue
            if problems := check_line(line):
                yield Problem(where, "; ".join(problems), REWRITE)
                continue
            yield from _place(where, name, line, before, seen)
            before = (line["published_at"] or "", key_of(line["id"]))
            seen.revisions[line["id"]] = line["revision"]
            _note_page(seen, line)


def _place(
    where: str, name: str, line: Line, before: tuple[str, str], seen: _Seen
) -> Iterator[Problem]:
    if line["id"] in seen.forgotten:
        yield Problem(where, f"{line['id']} was forgotten, and stands there", FORGET)
    if line["id"] in seen.revisions:
        yield Problem(where, f"{line['id']} stands in the files twice", REWRITE)
    if path_of("articles", month_of(line)) != name:
        yield Problem(where, f"{line['id']} belongs in another month", REWRITE)
    if (line["published_at"] or "", key_of(line["id"])) < before:
        yield Problem(where, f"{line['id']} is out of order", REWRITE)


def _older_lines(folder: Path, check_line: CheckLine, seen: _Seen) -> Iterator[Problem]:
    for path in sorted((folder / "revisions").glob("*.jsonl")):
        name = path.relative_to(folder).as_posix()
        seen.rows[name] = 0
        for number, text in numbered(path):
            seen.rows[name] = number
            where = f"{name}, line {number}"
            line = parse(text)
            if line is None or any(key not in line for key in EXTRA):
                yield Problem(where, "not a whole superseded version", REWRITE)
                continue
            article = {key: value for key, value in line.items() if key not in EXTRA}
            if problems := check_line(article):
                yield Problem(where, "; ".join(problems), REWRITE)
                continue
            seen.older.add((line["id"], line["revision"]))
            _note_page(seen, line)
    for article_id, newest in seen.revisions.items():
        for revision in range(1, newest):
            if (article_id, revision) not in seen.older:
                yield Problem("revisions", f"{article_id} lacks its revision {revision}", REWRITE)


def _run_lines(folder: Path, seen: _Seen) -> Iterator[Problem]:
    for path in sorted((folder / "runs").glob("*.jsonl")):
        name = path.relative_to(folder).as_posix()
        seen.rows[name] = 0
        for number, text in numbered(path):
            seen.rows[name] = number
            if (line := parse(text)) is None or "run_id" not in line:
                yield Problem(f"{name}, line {number}", "not a whole record of a run", REWRITE)


def _note_page(seen: _Seen, line: Line) -> None:
    name, _, offset = line["raw_ref"].partition("#")
    if name:
        seen.pages[name][int(offset)] = line["id"]


def _against_manifest(folder: Path, seen: _Seen) -> Iterator[Problem]:
    """Compare the manifest with the files and with what was read of them."""
    try:
        manifest = read_manifest(folder)
    except ArchiveError as fault:
        yield Problem("manifest.json", str(fault), NEXT_RUN)
        return
    there = {
        path.relative_to(folder).as_posix()
        for kind in ("articles", "revisions", "runs")
        for path in files_below(folder / kind)
    }
    listed = {} if manifest is None else manifest.files
    for name in sorted(there - listed.keys()):
        yield Problem(name, "the manifest does not list it", NEXT_RUN, is_waiting=True)
    strayed = differing(folder, listed)
    for name, entry in sorted(listed.items()):
        rows = seen.rows.get(name)
        if name == COVERAGE:
            continue  # compared with the ledger, which holds the same text
        if name not in strayed and rows is None:
            yield Problem(name, "the manifest lists it, and it was not read", NOT_READ)
        elif name not in strayed and not name.startswith("pages/") and rows != entry.written.rows:
            what = f"{counted(rows or 0, 'row')} read, the manifest counts {entry.written.rows}"
            yield Problem(name, what, REWRITE)
    for name in sorted(strayed):
        cure = LOST if name.startswith("pages/") else REWRITE
        is_there = (folder / name).exists()
        yield Problem(name, "not what the manifest says" if is_there else "it is missing", cure)


def _pages(folder: Path, seen: _Seen) -> Iterator[Problem]:
    """Yield damaged records; a truncated last one, as a kill leaves it, only if a line needs it."""
    readable: dict[str, set[int]] = {}
    wanted = seen.pages
    for path in page_files(folder):
        name = path.relative_to(folder).as_posix()
        readable[name] = set()
        seen.rows[name] = 0
        for member in members(path):
            if member.record is None:
                if not member.is_truncated:
                    yield Problem(f"{name}#{member.offset}", "a damaged record", LOST)
            elif member.offset in wanted.get(name, ()) and _is_page(folder, name, member):
                readable[name].add(member.offset)
    for name, offsets in sorted(wanted.items()):
        for offset, article_id in sorted(offsets.items()):
            if offset not in readable.get(name, ()):
                yield Problem(f"{name}#{offset}", f"the page of {article_id} is unreadable", LOST)


def _is_page(folder: Path, name: str, member: Member) -> bool:
    try:
        return page_of(folder, name, member) is not None
    except ArchiveError:  # a revisit of a page that is lost
        return False


def _against_ledger(folder: Path) -> Iterator[Problem]:
    try:
        path = folder / DATABASE
        if not path.exists() or path.stat().st_size == 0:  # killed before its first table
            refuse_missing(folder, folder.name)
            return
        with Ledger.open_to_check(folder, folder.name) as ledger:
            where = ledger.path.relative_to(folder).as_posix()
            for fault in ledger.faults():
                yield Problem(where, fault, REBUILD)
            if why := older_than_snapshot(ledger, folder):
                yield Problem(where, why, OLDER)
            yield from _months(ledger, read_manifest(folder))
    except ArchiveError as fault:
        yield Problem("state", str(fault), REBUILD)


def _months(ledger: Ledger, manifest: Manifest | None) -> Iterator[Problem]:
    listed = {} if manifest is None else manifest.files
    waiting = set(ledger.months.dirty())
    kinds: tuple[Folder, ...] = ("articles", "revisions", "runs")
    expected = {(kind, month) for kind in kinds for month in ledger.months.of(kind)}
    for kind, month in sorted(expected | waiting):
        name = path_of(kind, month)
        if (kind, month) in waiting:
            yield Problem(name, "changes wait to be written", NEXT_RUN, is_waiting=True)
        elif name not in listed or listed[name].written.sha256 != _checksum(ledger, kind, month):
            yield Problem(name, "the ledger and the manifest disagree", REWRITE)
    told = coverage_lines(ledger)
    if COVERAGE in listed and told and listed[COVERAGE].written.sha256 != checksum_of(told):
        yield Problem(COVERAGE, "the ledger and the manifest disagree", REWRITE)
    known = {path_of(kind, month) for kind, month in expected | waiting}
    known |= {TOMBSTONES.name, COVERAGE}
    for name in sorted(name for name in listed.keys() - known if not name.startswith("pages/")):
        yield Problem(name, "the ledger has no line of it", REBUILD)


def _checksum(ledger: Ledger, kind: Folder, month: str) -> str:
    return checksum_of(ledger.months.lines(kind, month))
