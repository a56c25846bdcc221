"""Search the text of an archive, and cut keyword-in-context lines.

The search asks the SQLite file that `newscrawl export --format sqlite` writes. For an archive's
folder that file is made in the user's cache folder, and made anew when a newspaper was exported
since.
"""

import hashlib
import json
import os
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newscrawl.exceptions import ArchiveError, ArgumentError
from newscrawl.research.archive_view import EVERY_ROW, ArchiveView, RowFilter, open_view
from newscrawl.research.exported_files import replacing
from newscrawl.research.folding import words
from newscrawl.research.query import Query
from newscrawl.research.search_database import connect, path_of, reading
from newscrawl.research.sqlite_export import DATABASE, INDEXED, checksums, write_database

_CACHE: Final = "newscrawl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a query finds."""

    number: int
    id: str
    newspaper: str
    published_date: str
    """YYYY-MM-DD; "" = undated"""
    url: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextLine:
    """One occurrence of a term, with the words around it as printed."""

    hit: Hit
    field: str
    left: str
    match: str
    right: str


def database_of(place: Path) -> Path:
    """Return the SQLite file of an archive, or the file itself where `place` is one.

    The file of an archive lies in the user's cache folder ($XDG_CACHE_HOME, else ~/.cache) and is
    made anew when the archive has changed. Nothing is written into the archive.

    Raises:
        ArgumentError: neither an archive nor a file.
        ArchiveError: a damaged archive, or a cache folder that cannot be written.
    """
    if place.is_file():
        return place
    if (place / DATABASE).is_file():
        return place / DATABASE
    view = open_view(place)
    path = _cache_folder() / f"{_name_of(view)}.sqlite"
    if not _is_current(path, view):
        with replacing(path) as temporary:
            temporary.unlink(missing_ok=True)
            write_database(view, temporary, EVERY_ROW, with_text=True)
    return path


def _cache_folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / _CACHE


def _name_of(view: ArchiveView) -> str:
    return hashlib.sha256(os.fsencode(view.folder.resolve())).hexdigest()[:16]


def _is_current(path: Path, view: ArchiveView) -> bool:
    if not path.is_file():
        return False
    try:
        with closing(connect(path)) as database:
            row = database.execute("SELECT value FROM about WHERE name = 'sources'").fetchone()
    except ArchiveError:
        return False
    made_of = checksums(view.newspapers)
    return row is not None and json.loads(row[0]) == made_of and all(made_of.values())


def find(database: sqlite3.Connection, query: Query, wanted: RowFilter) -> Iterator[Hit]:
    """Return the articles that match and are wanted, the newest first, the undated last.

    Raises `ArgumentError` for a newspaper that the database does not hold.
    """
    with reading(path_of(database)):
        yield from _find(database, query, wanted)


def _find(database: sqlite3.Connection, query: Query, wanted: RowFilter) -> Iterator[Hit]:
    known = {row[0] for row in database.execute("SELECT newspaper FROM papers")}
    for name in sorted(wanted.newspapers - known):
        raise ArgumentError(f"no newspaper {name!r} here; there are {', '.join(sorted(known))}")
    found, parameters = query.sql()
    where, more = _where(wanted)
    rows = database.execute(
        "SELECT number, id, newspaper, published_date, url, headline FROM articles"  # noqa: S608
        f" WHERE number IN ({found}){where} ORDER BY number DESC",
        [*parameters, *more],
    )
    for number, article_id, newspaper, day, url, headline in rows:
        yield Hit(
            number=number,
            id=article_id,
            newspaper=newspaper,
            published_date=day or "",
            url=url,
            headline=headline,
        )


def _where(wanted: RowFilter) -> tuple[str, list[str]]:
    conditions: list[str] = []
    parameters: list[str] = []
    if wanted.newspapers:
        conditions.append(f"newspaper IN ({', '.join('?' * len(wanted.newspapers))})")
        parameters += sorted(wanted.newspapers)
    for day, sign in ((wanted.since, ">="), (wanted.until, "<=")):
        if day is not None:
            conditions.append(f"published_date {sign} ?")
            parameters.append(day.isoformat())
    return "".join(f" AND {condition}" for condition in conditions), parameters


def context_lines(
    database: sqlite3.Connection, hit: Hit, query: Query, width_words: int
) -> Iterator[ContextLine]:
    """Return every occurrence of the query's terms in an article, in the order of the text.

    `width_words` is how many words stand on each side, letters as printed.
    """
    for name, text in texts_of(database, hit.number):
        found = tuple(words(text))
        spans = sorted({span for term in query.wanted_terms for span in term.hits(found)})
        starts, ends = [word.start for word in found], [word.end for word in found]
        for start, end in spans:
            first, behind = bisect_left(starts, start), bisect_right(ends, end)
            left = 0 if width_words > first else starts[first - width_words]
            last = min(behind + width_words, len(ends)) - 1
            right = end if last < behind else ends[last]
            left = left if width_words else start
            yield ContextLine(
                hit=hit,
                field=name,
                left=" ".join(text[left:start].split()),
                match=text[start:end],
                right=" ".join(text[end:right].split()),
            )


def texts_of(database: sqlite3.Connection, number: int) -> Iterator[tuple[str, str]]:
    """Return the indexed fields of an article and their texts; empty ones are left out."""
    columns = {row[1] for row in database.execute("PRAGMA table_info(articles)")}
    names = [name for name in INDEXED if name in columns]
    row: Any = database.execute(
        f"SELECT {', '.join(names)} FROM articles WHERE number = ?",  # noqa: S608
        [number],
    ).fetchone()
    for name, value in zip(names, row, strict=True):
        text = "\n".join(json.loads(value)) if name == "captions" else value
        if text:
            yield name, text
