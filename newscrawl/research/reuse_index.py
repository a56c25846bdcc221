"""The pairs of an archive, kept beside the output, so that a new day costs its own articles.

The index remembers the checksum of each month it has read, the shingles of each article, and the
pairs. A new, changed or removed article has the pairs within two windows of it found anew; all
others stay. What comes out is what a run from the start gives.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, fields
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.archive.atomic_files import disk, measure
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveError
from newscrawl.items import VIETNAM
from newscrawl.research.archive_view import ArchiveView, NewspaperFiles
from newscrawl.research.checked_lines import article_lines
from newscrawl.research.exported_files import replacing
from newscrawl.research.text_reuse import WINDOW, ComparedText, Pair, Window, text_of

_FORM: Final = 2  # of the index; another number is read from the start
_REACH_S: Final = WINDOW.total_seconds()
_PAIR_FIELDS: Final = tuple(f.name for f in fields(Pair))
_TABLES: Final = """
CREATE TABLE files (name TEXT PRIMARY KEY, checksum TEXT NOT NULL);
CREATE TABLE texts (id TEXT PRIMARY KEY, at REAL NOT NULL, newspaper TEXT NOT NULL,
  is_precise INTEGER NOT NULL, source TEXT NOT NULL, content_hash TEXT NOT NULL,
  file TEXT NOT NULL, shingles BLOB NOT NULL);
CREATE INDEX texts_by_time ON texts (at, id);
CREATE INDEX texts_by_file ON texts (file);
CREATE TABLE pairs (a TEXT NOT NULL, b TEXT NOT NULL, jaccard REAL, a_in_b REAL, b_in_a REAL,
  hours REAL, a_source TEXT, b_source TEXT, relation TEXT, earlier TEXT, at_a REAL, at_b REAL,
  PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX pairs_by_time ON pairs (at_b);
CREATE INDEX pairs_by_b ON pairs (b);
"""
_INSERT: Final = "INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SCHEMA: Final = pa.schema(
    [
        pa.field(
            name, pa.float64() if name in ("jaccard", "a_in_b", "b_in_a", "hours") else pa.string()
        )
        for name in _PAIR_FIELDS
    ]
)


def write_reuse(view: ArchiveView, output: Path) -> int:
    """Write all pairs into a Parquet file, sorted by `a` and `b`, and return how many there are.

    The index lies beside the file, under its name with ".index". Nothing is written into the
    archive. Raises `ArchiveError` for a row that is not whole, or a folder that cannot be written.
    """
    path = output.with_name(f"{output.name}.index")
    with disk("writing", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_opened(path)) as index:
            _update(index, view)
            index.commit()
            rows = index.execute(
                f"SELECT {', '.join(_PAIR_FIELDS)} FROM pairs ORDER BY a, b"  # noqa: S608
            ).fetchall()
    columns: list[Sequence[object]] = [*zip(*rows, strict=True)] or [()] * len(_PAIR_FIELDS)
    table = pa.table([pa.array(column) for column in columns], schema=_SCHEMA)
    with replacing(output) as temporary:
        pq.write_table(table, temporary, compression="zstd")
    return len(rows)


def read_pairs(path: Path) -> list[Pair]:
    """Return the pairs of a file that `write_reuse` wrote.

    Raises `ArchiveError` where the file cannot be read or is none.
    """
    with disk("reading", path):
        try:
            return [Pair(**row) for row in pq.read_table(path).to_pylist()]
        except (pa.ArrowInvalid, TypeError) as fault:
            raise ArchiveError(
                f"{path} holds no pairs: give a file of {to_type('reuse')}"
            ) from fault


def _opened(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path)
    if index.execute("PRAGMA user_version").fetchone()[0] != _FORM:
        index.close()
        path.unlink()
        index = sqlite3.connect(path)
        index.executescript(_TABLES)
        index.execute(f"PRAGMA user_version = {_FORM}")
    return index


def _update(index: sqlite3.Connection, view: ArchiveView) -> None:
    there = {
        f"{paper.name}/{file.relative_to(paper.folder).as_posix()}": (paper, file)
        for paper in view.newspapers
        for file in paper.article_files
    }
    known = dict(index.execute("SELECT name, checksum FROM files").fetchall())
    moments: list[float] = []
    for name in known.keys() - there.keys():
        moments += _drop(index, name, ())
        index.execute("DELETE FROM files WHERE name = ?", [name])
    for name, (paper, file) in there.items():
        checksum = _checksum(paper, file)
        if known.get(name) != checksum:
            moments += _read(index, name, file)
            index.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", [name, checksum])
    for first, last in _spans(moments):
        _find(index, first, last)


def _checksum(paper: NewspaperFiles, file: Path) -> str:
    name = file.relative_to(paper.folder).as_posix()
    entry = paper.manifest.files.get(name) if paper.manifest else None
    return entry.written.sha256 if entry else measure(file).sha256


def _read(index: sqlite3.Connection, name: str, file: Path) -> Iterator[float]:
    """Bring the texts of a file up to date and yield the times of what changed."""
    query = "SELECT id, content_hash, at, source, is_precise FROM texts WHERE file = ?"
    known = {row[0]: row[1:] for row in index.execute(query, [name])}
    found: set[str] = set()
    for row in article_lines(file):
        text = text_of(row)
        if text is None:
            continue
        found.add(text.id)
        at = text.at.timestamp()
        state = (text.content_hash, at, text.source, int(text.is_precise))
        if known.get(text.id) == state:
            continue
        old = index.execute("SELECT at FROM texts WHERE id = ?", [text.id]).fetchone()
        yield from (at, *(old or ()))
        values = (
            text.id, at, text.newspaper, int(text.is_precise), text.source, text.content_hash,
            name, text.shingles.tobytes(),
        )  # fmt: skip
        index.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    yield from _drop(index, name, found)


def _drop(index: sqlite3.Connection, name: str, kept: Iterable[str]) -> list[float]:
    """Delete the file's texts that are not kept, with their pairs, and return their times."""
    query = "SELECT id, at FROM texts WHERE file = ?"
    gone = [row for row in index.execute(query, [name]).fetchall() if row[0] not in set(kept)]
    for article_id, _ in gone:
        index.execute("DELETE FROM texts WHERE id = ?", [article_id])
        index.execute("DELETE FROM pairs WHERE a = ? OR b = ?", [article_id, article_id])
    return [at for _, at in gone]


def _spans(moments: Iterable[float]) -> Iterator[tuple[float, float]]:
    """Return stretches of time that hold all moments; moments near each other share one.

    >>> list(_spans([0.0, 5.0, 9e6]))
    [(0.0, 5.0), (9000000.0, 9000000.0)]
    """
    first = last = None
    for moment in sorted(moments):
        if last is None or first is None:
            first = moment
        elif moment - last > 6 * _REACH_S:
            yield first, last
            first = moment
        last = moment
    if first is not None and last is not None:
        yield first, last


def _find(index: sqlite3.Connection, first: float, last: float) -> None:
    """Find anew all pairs of which one article lies within a window of the stretch."""
    low, high = first - _REACH_S, last + _REACH_S
    index.execute(
        "DELETE FROM pairs WHERE (at_a BETWEEN ? AND ?) OR (at_b BETWEEN ? AND ?)",
        [low, high, low, high],
    )
    window = Window()
    times: dict[str, float] = {}

    def keep(pairs: Iterable[Pair]) -> None:
        for pair in pairs:
            at_a, at_b = times[pair.a], times[pair.b]
            if low <= at_a <= high or low <= at_b <= high:
                index.execute(_INSERT, [*astuple(pair), at_a, at_b])

    for text in _texts(index, low - 2 * _REACH_S, high + 2 * _REACH_S):
        times[text.id] = text.at.timestamp()
        keep(window.add(text))
    keep(window.finish())


def _texts(index: sqlite3.Connection, first: float, last: float) -> Iterator[ComparedText]:
    rows = index.execute(
        "SELECT id, newspaper, at, is_precise, source, content_hash, shingles FROM texts"
        " WHERE at BETWEEN ? AND ? ORDER BY at, id",
        [first, last],
    )
    for article_id, newspaper, at, is_precise, source, content_hash, found in rows:
        yield ComparedText(
            id=article_id,
            newspaper=newspaper,
            at=datetime.fromtimestamp(at, VIETNAM),
            is_precise=bool(is_precise),
            source=source,
            content_hash=content_hash,
            shingles=np.frombuffer(found, np.uint64),
        )
