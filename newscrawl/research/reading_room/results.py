"""What the reading room shows of a database: results, facets, an article and its history."""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from newscrawl.exceptions import ArgumentError
from newscrawl.items import Line
from newscrawl.research.article_history import Change, changes, shortened
from newscrawl.research.folding import words
from newscrawl.research.query import Query, parse_query
from newscrawl.research.reading_room.printed_elsewhere import PrintedElsewhere, later_or_earlier
from newscrawl.research.sqlite_export import FACETS
from newscrawl.research.text_search import connect, texts_of

PAGE_MAX_HITS: Final = 20
CSV_MAX_ROWS: Final = 100_000
FACET_MAX_VALUES: Final = 100  # more than newspapers, provinces, kinds and years there are
_MARKED_MAX_CHARS: Final = 200_000  # a hostile article may be any size
_SNIPPET_CHARS: Final = 300
_CACHED_SEARCHES: Final = 16  # of 0.8 MB for 100,000 articles found
_COPIES_MAX: Final = 200
_COPIES: Final = (
    "SELECT id, newspaper, published_date, headline FROM articles WHERE {} ORDER BY number"
)


class Piece(NamedTuple):
    """A stretch of text, marked where the query stands in it."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for: a query, and values of facets."""

    text: str = ""
    is_exact: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    """Facet and value, at most one value a facet, in the order of `FACETS`"""

    @property
    def query(self) -> Query | None:
        """The query; None = all articles. Raises `ArgumentError` for one without a word."""
        return parse_query(self.text, is_exact=self.is_exact) if self.text.strip() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One article among the results."""

    id: str
    headline: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    newspaper: str
    published_date: str
    section: str
    url: str
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of results, and how all of them are spread."""

    count: int
    hits: tuple[Result, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    """Facet → its most frequent values and how many results have each"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A version of an article and what differs from the one before."""

    row: Line
    changes: tuple[tuple[str, tuple[Change, ...]], ...] = ()


class Copy(NamedTuple):
    """Another article that shares text with one."""

    id: str
    relation: str
    """As in `Reprint`"""
    percent: int
    when: tuple[str, ...]
    """Number and wording of the time between both; () = less than an hour, or not known"""
    row: Line | None
    """None = the database does not hold it"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article with everything the database says of it."""

    row: Line
    paragraphs: tuple[tuple[Piece, ...], ...]
    paper: str
    revisions: tuple[Revision, ...] = ()
    """Oldest first; the newest is the row itself"""
    copies: tuple[Copy, ...] = field(default=())
    """Where else it was printed, the most alike first"""


class Library:
    """A database opened for reading; every call uses a connection of its own."""

    def __init__(self, path: Path, elsewhere: PrintedElsewhere | None = None) -> None:
        self.path = path
        self.elsewhere = elsewhere
        with closing(connect(path)) as database:
            self.fields = [row[1] for row in database.execute("PRAGMA table_info(articles)")]
            self.papers: dict[str, str] = dict(
                database.execute("SELECT newspaper, title FROM papers").fetchall()
            )
            self._values = {
                (facet, value): number
                for number, facet, value in database.execute(
                    "SELECT value_number, facet, value FROM facet_values"
                )
            }
            self._combinations = {
                row[0]: row[1:]
                for row in database.execute(
                    f"SELECT combination, {', '.join(FACETS)} FROM facet_combinations"  # noqa: S608
                )
            }
        self._names = {number: pair for pair, number in self._values.items()}
        self._found = lru_cache(_CACHED_SEARCHES)(self._find)

    def title_of(self, newspaper: str) -> str:
        """Return the newspaper's name as it writes it; its short name where none is known."""
        return self.papers.get(newspaper, newspaper)

    # Searching ---------------------------------------------------------------------------------

    def results(self, search: Search, page: int) -> Results:
        """Return a page of results, the newest first; pages count from 1.

        Raises `ArgumentError` for a query without a word.
        """
        numbers, facets = self._found(search)
        shown = numbers[(page - 1) * PAGE_MAX_HITS : page * PAGE_MAX_HITS]
        with closing(connect(self.path)) as database:
            hits = tuple(self._result(database, number, search.query) for number in shown)
        return Results(count=len(numbers), hits=hits, facets=facets)

    def rows(self, search: Search) -> Iterator[Line]:
        """Return the rows of all results, the newest first, at most `CSV_MAX_ROWS`."""
        numbers, _ = self._found(search)
        with closing(connect(self.path)) as database:
            for number in numbers[:CSV_MAX_ROWS]:
                yield self._row(database, "number = ?", number)

    def _find(
        self, search: Search
    ) -> tuple[Sequence[int], Mapping[str, tuple[tuple[str, int], ...]]]:
        where, parameters = self._where(search)
        with closing(connect(self.path)) as database:
            found = database.execute(
                f"SELECT number, combination FROM facets{where} ORDER BY number DESC",  # noqa: S608
                parameters,
            ).fetchall()
        counts: dict[str, Counter[int]] = {facet: Counter() for facet in FACETS}
        for combination, count in Counter(pair[1] for pair in found).items():
            for facet, value in zip(FACETS, self._combinations[combination], strict=True):
                counts[facet][value] += count
        return array("q", [pair[0] for pair in found]), {
            facet: tuple(self._most(counted)) for facet, counted in counts.items()
        }

    def _most(self, counts: Counter[int]) -> Iterator[tuple[str, int]]:
        for number, count in counts.most_common(FACET_MAX_VALUES):
            if self._names[number][1]:
                yield self._names[number][1], count

    def _where(self, search: Search) -> tuple[str, list[Any]]:
        conditions: list[str] = []
        parameters: list[Any] = []
        if (query := search.query) is not None:
            found, more = query.sql()
            conditions.append(f"number IN ({found})")
            parameters += more
        for facet, value in search.facets:
            if facet not in FACETS:
                raise ArgumentError(f"no facet is named {facet!r}")
            conditions.append(
                f"combination IN (SELECT combination FROM facet_combinations WHERE {facet} = ?)"  # noqa: S608
            )
            parameters.append(self._values.get((facet, value), 0))
        return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), parameters

    def _result(self, database: sqlite3.Connection, number: int, query: Query | None) -> Result:
        row = self._row(database, "number = ?", number)
        texts = dict(texts_of(database, number))
        return Result(
            id=row["id"],
            headline=marked(row["headline"], query),
            snippet=_snippet(texts, query),
            newspaper=self.title_of(row["newspaper"]),
            published_date=row["published_date"] or "",
            section=row["section"],
            url=row["url"],
            is_gone=row["status"] == "gone",
        )

    def _row(self, database: sqlite3.Connection, where: str, value: object) -> Line:
        found = database.execute(f"SELECT * FROM articles WHERE {where}", [value]).fetchone()  # noqa: S608
        if found is None:
            raise ArgumentError(f"no article {value!r} is here")
        return self._as_row(found)

    def _as_row(self, values: tuple[Any, ...]) -> Line:
        row = dict(zip(self.fields, values, strict=True))
        del row["number"]
        lists = ("captions", "images", "authors", "section_path", "tags", "warnings")
        return row | {name: json.loads(row[name]) for name in lists if name in row}

    # One article -------------------------------------------------------------------------------

    def article(self, article_id: str, search: Search) -> ArticleView:
        """Return an article; the words of the search are marked in its text.

        Raises `ArgumentError` where the database has no such article.
        """
        with closing(connect(self.path)) as database:
            row = self._row(database, "id = ?", article_id)
            older = [
                json.loads(text)
                for (text,) in database.execute(
                    "SELECT row FROM revisions WHERE id = ? ORDER BY revision", [article_id]
                )
            ]
            copies = tuple(self._copies(database, row))
        body = row.get("body") or ""
        return ArticleView(
            row=row,
            paragraphs=tuple(marked(text, search.query) for text in body.split("\n\n") if text),
            paper=self.title_of(row["newspaper"]),
            revisions=tuple(_revisions([*older, row])),
            copies=copies,
        )

    def _copies(self, database: sqlite3.Connection, row: Line) -> Iterator[Copy]:
        """Return the pairs of the article, then what has the very same text but is no pair."""
        told = set()
        for one in self.elsewhere.of(row["id"]) if self.elsewhere is not None else ():
            told.add(one.id)
            other = database.execute(_COPIES.format("id = ?"), [one.id]).fetchone()
            when = tuple(later_or_earlier(one.hours))
            yield Copy(one.id, one.relation, round(100 * one.share), when, _short(other))
        same = database.execute(_COPIES.format("content_hash = ?"), [row["content_hash"]])
        for other in same.fetchmany(_COPIES_MAX):
            if other[0] not in told and other[0] != row["id"]:
                yield Copy(other[0], "same", 100, (), _short(other))


def _short(values: tuple[str, ...] | None) -> Line | None:
    names = ("id", "newspaper", "published_date", "headline")
    return None if values is None else dict(zip(names, values, strict=True))


def _revisions(rows: list[Line]) -> Iterator[Revision]:
    before: Line | None = None
    for row in rows:
        found = changes(before, row) if before is not None else ()
        told = tuple((name, tuple(map(shortened, change))) for name, change in found)
        yield Revision(row=row, changes=told)
        before = row


def marked(text: str, query: Query | None) -> tuple[Piece, ...]:
    """Return a text in pieces, those that the query finds marked; letters as printed.

    >>> [piece.text for piece in marked("Đồng bào Dao", parse_query("bao")) if piece.is_match]
    ['bào']
    """
    pieces: list[Piece] = []
    end = 0
    for start, stop in _spans(text, query):
        if start < end:
            continue
        pieces += [Piece(text[end:start], is_match=False), Piece(text[start:stop], is_match=True)]
        end = stop
    pieces.append(Piece(text[end:], is_match=False))
    return tuple(piece for piece in pieces if piece.text)


def _spans(text: str, query: Query | None) -> list[tuple[int, int]]:
    if query is None:
        return []
    found = tuple(words(text[:_MARKED_MAX_CHARS]))
    return sorted({span for term in query.wanted_terms for span in term.hits(found)})


def _snippet(texts: Mapping[str, str], query: Query | None) -> tuple[Piece, ...]:
    """Return a stretch of the first text in which the query stands, else the text's beginning."""
    fields = [name for name in ("lead", "body", "captions") if name in texts]
    for name in fields:
        if spans := _spans(texts[name], query):
            start = max(0, spans[0][0] - _SNIPPET_CHARS // 3)
            start = texts[name].find(" ", start) + 1 if start else 0
            return marked(_cut(texts[name][start:], is_cut=start > 0), query)
    return marked(_cut(texts[fields[0]], is_cut=False), None) if fields else ()


def _cut(text: str, *, is_cut: bool) -> str:
    flat = " ".join(text[: 2 * _SNIPPET_CHARS].split())
    short = flat if len(flat) <= _SNIPPET_CHARS else flat[:_SNIPPET_CHARS].rpartition(" ")[0] + " …"
    return f"… {short}" if is_cut else short
