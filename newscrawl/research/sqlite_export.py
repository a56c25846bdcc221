"""Rows as one SQLite file: tables to join, and three full-text indexes.

Articles are numbered by time of publication, so that the order of the numbers is the order of time.
`words_folded` indexes headline, lead, body and captions without marks and with đ as d, because
SQLite's own folding leaves đ: without that "dong bao" finds no "đồng bào". `words_exact` indexes
the words with their marks. `word_starts` tells which articles have a word that begins with a letter
or two, without marks and, behind U+E010, with them; or with letters of a word that has this tone.
None holds a text of its own; KWIC lines are cut from `articles`.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.atomic_files import disk
from newscrawl.archive.manifest import Manifest
from newscrawl.catalogue.entries import CatalogueEntry
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveError
from newscrawl.items import FIELDS, Line
from newscrawl.research.archive_view import (
    TEXT_FIELDS,
    ArchiveView,
    NewspaperFiles,
    RowFilter,
    entries_by_newspaper,
)
from newscrawl.research.checked_lines import article_lines
from newscrawl.research.exported_files import ExportedFile, replacing
from newscrawl.research.folding import exact_text, folded_text, starts_text
from newscrawl.research.search_database import FACETS, FULL_TEXT
from newscrawl.version import __version__

DATABASE: Final = "articles.sqlite"
INDEXED: Final = ("headline", "lead", "body", "captions")
_LISTS: Final = ("captions", "images", "authors", "section_path", "tags", "warnings")
_INTEGERS: Final = ("schema_version", "http_status", "revision", "syllable_count")
_OTHER_TABLES: Final = """
CREATE TABLE images (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  url TEXT NOT NULL, caption TEXT NOT NULL, credit TEXT NOT NULL, PRIMARY KEY (article, position))
  WITHOUT ROWID;
CREATE TABLE authors (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  name TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE TABLE tags (article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
  tag TEXT NOT NULL, PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE TABLE revisions (id TEXT NOT NULL, revision INTEGER NOT NULL, superseded_at TEXT NOT NULL,
  changed_by TEXT NOT NULL, changed_fields TEXT NOT NULL, row TEXT NOT NULL,
  PRIMARY KEY (id, revision)) WITHOUT ROWID;
CREATE TABLE papers (newspaper TEXT PRIMARY KEY, title TEXT NOT NULL, domain TEXT NOT NULL,
  province_code TEXT NOT NULL, province TEXT NOT NULL, articles INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facets (number INTEGER PRIMARY KEY, combination INTEGER NOT NULL);
CREATE TABLE facet_combinations (combination INTEGER PRIMARY KEY, newspaper INTEGER NOT NULL,
  province INTEGER NOT NULL, section INTEGER NOT NULL, year INTEGER NOT NULL,
  source INTEGER NOT NULL, kind INTEGER NOT NULL);
CREATE TABLE facet_values (value_number INTEGER PRIMARY KEY, facet TEXT NOT NULL,
  value TEXT NOT NULL, articles INTEGER NOT NULL);
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_TOKENS: Final = "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co'\""
_WORDS: Final = f"CREATE VIRTUAL TABLE {{name}} USING fts5({{columns}}, content='', {_TOKENS})"
_STARTS: Final = (
    f"CREATE VIRTUAL TABLE word_starts USING fts5(starts, content='', detail=none, {_TOKENS})"
)
_INDEXES: Final = """
CREATE INDEX articles_by_newspaper ON articles (newspaper, published_date);
CREATE INDEX articles_by_text ON articles (content_hash);
CREATE INDEX authors_by_name ON authors (name);
CREATE INDEX tags_by_tag ON tags (tag);
"""


def export_sqlite(
    view: ArchiveView, folder: Path, wanted: RowFilter, *, with_text: bool
) -> tuple[ExportedFile, ...]:
    """Write the wanted rows into `articles.sqlite` in the folder and return the file.

    The same rows give the same bytes. Without text the tables have no lead, body, captions or
    images, and the indexes hold headlines only.

    Raises:
        ArgumentError: a newspaper that the archive does not have.
        ArchiveError: a row that is not whole, a folder that cannot be written.
    """
    path = folder / DATABASE
    with replacing(path) as temporary:
        temporary.unlink(missing_ok=True)
        rows = write_database(view, temporary, wanted, with_text=with_text)
    return (ExportedFile(path.name, rows),)


def write_database(view: ArchiveView, path: Path, wanted: RowFilter, *, with_text: bool) -> int:
    """Write a new database at `path` and return how many articles it holds."""
    fields = [name for name in FIELDS if with_text or name not in TEXT_FIELDS]
    indexed = [name for name in INDEXED if name in fields]
    papers = view.chosen(wanted)
    with disk("writing", path), closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.executescript(_articles_table(fields) + _OTHER_TABLES)
        for name in ("words_folded", "words_exact"):
            database.execute(_WORDS.format(name=name, columns=", ".join(indexed)))
        database.execute(_STARTS)
        counts = dict.fromkeys((paper.name for paper in papers), 0)
        facets = _Facets(entries_by_newspaper(papers))
        for number, row in enumerate(rows_by_time(papers, wanted), 1):
            counts[row["newspaper"]] = counts.get(row["newspaper"], 0) + 1
            _insert(database, number, row, fields, indexed)
            facets.insert(database, number, row)
        facets.insert_values(database)
        _insert_papers(database, papers, counts)
        _insert_revisions(database, papers, wanted, with_text=with_text)
        about = {"made_by": f"newscrawl/{__version__}", "sources": json.dumps(checksums(papers))}
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        database.executescript(_INDEXES)
        for name in FULL_TEXT:
            database.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")  # noqa: S608
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    return sum(counts.values())


def checksums(papers: Iterable[NewspaperFiles]) -> dict[str, str]:
    """Return a checksum of what each paper's files hold, by its name; "" without a manifest.

    A takedown changes files without an export, and so changes the checksum.
    """
    return {paper.name: _sum_of(paper.manifest) for paper in papers}


def _sum_of(manifest: Manifest | None) -> str:
    if manifest is None:
        return ""
    held = sorted((name, entry.written.sha256) for name, entry in manifest.files.items())
    return hashlib.sha256(repr(held).encode()).hexdigest()


def rows_by_time(papers: Sequence[NewspaperFiles], wanted: RowFilter) -> Iterator[Line]:
    """Return the wanted rows of all papers by time of publication, the undated first.

    One month of all papers is held in memory at a time.
    """
    files: dict[str, list[Path]] = {}
    for paper in papers:
        for path in paper.article_files:
            if wanted.wants_file(path.stem):
                files.setdefault(path.stem, []).append(path)
    for month in sorted(files, key=lambda name: "" if name == "undated" else name):
        rows = [row for path in files[month] for row in article_lines(path) if wanted.wants(row)]
        yield from sorted(rows, key=lambda row: (row["published_at"] or "", row["id"]))


class _Facets:
    """What a search can be narrowed by, as numbers, so that counting reads few bytes.

    Many articles share newspaper, section, year and the rest: a search counts combinations, of
    which there are some hundreds, and only then values.
    """

    def __init__(self, known: Mapping[str, CatalogueEntry]) -> None:
        self._known = known
        self._numbers: dict[tuple[str, str], int] = {}
        self._combinations: dict[tuple[int, ...], int] = {}
        self._counts: Counter[int] = Counter()

    def insert(self, database: sqlite3.Connection, number: int, row: Line) -> None:
        entry = self._known.get(row["newspaper"])
        values = {
            "newspaper": row["newspaper"],
            "province": entry.province if entry else "",
            "section": row["section_path"][0] if row["section_path"] else row["section"],
            "year": (row["published_date"] or "")[:4],
            "source": row["source"],
            "kind": row["kind"],
        }
        numbers = tuple(self._number(facet, values[facet]) for facet in FACETS)
        self._counts.update(numbers)
        combination = self._combinations.setdefault(numbers, len(self._combinations) + 1)
        database.execute("INSERT INTO facets VALUES (?, ?)", [number, combination])

    def _number(self, facet: str, value: str) -> int:
        return self._numbers.setdefault((facet, value), len(self._numbers) + 1)

    def insert_values(self, database: sqlite3.Connection) -> None:
        database.executemany(
            "INSERT INTO facet_combinations VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(n, *numbers) for numbers, n in self._combinations.items()],
        )
        database.executemany(
            "INSERT INTO facet_values VALUES (?, ?, ?, ?)",
            [(n, facet, value, self._counts[n]) for (facet, value), n in self._numbers.items()],
        )


def _articles_table(fields: Sequence[str]) -> str:
    columns = ", ".join(
        f"{name} {'INTEGER' if name in _INTEGERS else 'TEXT'}" for name in fields if name != "id"
    )
    return (
        f"CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, {columns});"
    )


def _insert(
    database: sqlite3.Connection,
    number: int,
    row: Line,
    fields: Sequence[str],
    indexed: Sequence[str],
) -> None:
    values = [_stored(name, row[name]) for name in ("id", *(f for f in fields if f != "id"))]
    marks = ", ".join("?" * (len(values) + 1))
    try:
        database.execute(f"INSERT INTO articles VALUES ({marks})", [number, *values])  # noqa: S608
    except sqlite3.IntegrityError as fault:
        raise ArchiveError(
            f"the archive holds {row['id']} twice: {to_type('verify')} helps"
        ) from fault
    if "images" in fields:
        pictures = [
            (number, n, image["url"], image["caption"], image["credit"])
            for n, image in enumerate(row["images"])
        ]
        database.executemany("INSERT INTO images VALUES (?, ?, ?, ?, ?)", pictures)
    for table, key in (("authors", "authors"), ("tags", "tags")):
        found = [(number, n, value) for n, value in enumerate(row[key])]
        database.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", found)  # noqa: S608
    _insert_words(
        database,
        number,
        {name: "\n".join(row[name]) if name in _LISTS else row[name] for name in indexed},
    )


def _insert_words(database: sqlite3.Connection, number: int, texts: Mapping[str, str]) -> None:
    spelled = [[*map(spell, texts.values())] for spell in (folded_text, exact_text)]
    columns, places = ", ".join(("rowid", *texts)), ", ".join("?" * (len(texts) + 1))
    for name, found in zip(("words_folded", "words_exact"), spelled, strict=True):
        database.execute(
            f"INSERT INTO {name} ({columns}) VALUES ({places})",  # noqa: S608
            [number, *found],
        )
    starts = starts_text(*(" ".join(found).split() for found in spelled))
    database.execute("INSERT INTO word_starts (rowid, starts) VALUES (?, ?)", [number, starts])


def _stored(name: str, value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if name in _LISTS else value


def _insert_papers(
    database: sqlite3.Connection, papers: Iterable[NewspaperFiles], counts: Mapping[str, int]
) -> None:
    known = entries_by_newspaper(papers)
    for paper in papers:
        entry = known.get(paper.name)
        told = (entry.paper, entry.domain, entry.province_code, entry.province) if entry else ()
        values = (paper.name, *(told or (paper.name, "", "", "")), counts[paper.name])
        database.execute("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?)", values)


def _insert_revisions(
    database: sqlite3.Connection,
    papers: Iterable[NewspaperFiles],
    wanted: RowFilter,
    *,
    with_text: bool,
) -> None:
    for paper in papers:
        for row in paper.revisions():
            if not wanted.wants(row):
                continue
            kept = {k: v for k, v in row.items() if with_text or k not in TEXT_FIELDS}
            values = (
                row["id"],
                row["revision"],
                row.get("superseded_at", ""),
                row.get("changed_by", ""),
                json.dumps(row.get("changed_fields", []), ensure_ascii=False),
                json.dumps(kept, ensure_ascii=False),
            )
            database.execute("INSERT OR REPLACE INTO revisions VALUES (?, ?, ?, ?, ?, ?)", values)
