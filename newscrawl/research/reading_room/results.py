"""What the reading room shows of a database: results, facets, an article and its history."""

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

from newscrawl.exceptions import ArgumentError
from newscrawl.items import Line
from newscrawl.research.article_history import Change, changes, shortened
from newscrawl.research.folding import word_texts, words
from newscrawl.research.query import Query, parse_query
from newscrawl.research.reading_room.printed_elsewhere import PrintedElsewhere
from newscrawl.research.search_database import FACETS, connect, matching, reading

PAGE_MAX_HITS: Final = 20
CSV_MAX_ROWS: Final = 100_000
FACET_MAX_VALUES: Final = 100  # more than newspapers, provinces, kinds and years there are
_MARKED_MAX_CHARS: Final = 200_000  # a hostile article may be any size
_SNIPPET_CHARS: Final = 300
_BEGINNING_CHARS: Final = 500
_CACHED_SEARCHES: Final = 8  # of 0.4 MB for 100,000 articles found
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
    hours: float
    """From the article's publication to this one's; 0 = not known"""
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
    """A database opened for reading, as it is at that moment; threads take turns at it."""

    def __init__(self, path: Path, elsewhere: PrintedElsewhere | None = None) -> None:
        """Open the file; raises `ArchiveError` where it is no export."""
        self.elsewhere = elsewhere
        self._turn = Lock()
        self._database = connect(path, for_threads=True)
        with reading(path):
            self._load()
        self._found = lru_cache(_CACHED_SEARCHES)(self._find)

    def _load(self) -> None:
        """Read what every page needs into memory."""
        ask = self._database.execute
        self.fields = [row[1] for row in ask("PRAGMA table_info(articles)")]
        self.papers: dict[str, str] = dict(ask("SELECT newspaper, title FROM papers").fetchall())
        self._values = {
            (facet, value): number
            for number, facet, value in ask("SELECT value_number, facet, value FROM facet_values")
        }
        self._combinations = {
            row[0]: row[1:]
            for row in ask(f"SELECT combination, {', '.join(FACETS)} FROM facet_combinations")  # noqa: S608
        }
        rows = ask("SELECT combination FROM facets ORDER BY number")
        alike = {number: number for number in self._combinations}  # 0.8 MB instead of 3.6
        self._combination_of = [0, *(alike[combination] for (combination,) in rows)]
        """The combination of each article's facets; articles are numbered from 1"""
        self._names = {number: pair for pair, number in self._values.items()}

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def title_of(self, newspaper: str) -> str:
        """Return the newspaper's name as it writes it; its short name where none is known."""
        return self.papers.get(newspaper, newspaper)

    # Searching ---------------------------------------------------------------------------------

    def results(self, search: Search, page: int) -> Results:
        """Return a page of results, the newest first; pages count from 1.

        Raises `ArgumentError` for a query without a word.
        """
        with self._turn:
            numbers, facets = self._found(search)
            behind = max(0, len(numbers) - (page - 1) * PAGE_MAX_HITS)
            shown = numbers[max(0, behind - PAGE_MAX_HITS) : behind]
            rows = [self._row("number = ?", number) for number in reversed(shown)]
        hits = tuple(self._result(row, search.query) for row in rows)
        return Results(count=len(numbers), hits=hits, facets=facets)

    def rows(self, search: Search) -> Iterator[Line]:
        """Return the rows of all results, the newest first, at most `CSV_MAX_ROWS`.

        Raises `ArgumentError` for a query without a word.
        """
        with self._turn:
            numbers, _ = self._found(search)
        return self._rows(numbers)

    def _rows(self, numbers: Sequence[int]) -> Iterator[Line]:
        for number in islice(reversed(numbers), CSV_MAX_ROWS):
            with self._turn:
                row = self._row("number = ?", number)
            yield row

    def _find(
        self, search: Search
    ) -> tuple[Sequence[int], Mapping[str, tuple[tuple[str, int], ...]]]:
        """Return the numbers of all results, ascending, and the facets' values among them."""
        query, combination_of = search.query, self._combination_of
        numbers: Sequence[int] = range(1, len(combination_of))
        if query is not None:
            numbers = array("I", matching(self._database, query))
        if search.facets:
            wanted = self._having(search.facets)
            numbers = array("I", [n for n in numbers if combination_of[n] in wanted])
        counts: dict[str, Counter[int]] = {facet: Counter() for facet in FACETS}
        for combination, count in Counter(map(combination_of.__getitem__, numbers)).items():
            for facet, value in zip(FACETS, self._combinations[combination], strict=True):
                counts[facet][value] += count
        return numbers, {facet: tuple(self._most(counted)) for facet, counted in counts.items()}

    def _having(self, facets: Sequence[tuple[str, str]]) -> set[int]:
        """Return the combinations that have a value for each of these facets."""
        for facet, _ in facets:
            if facet not in FACETS:
                raise ArgumentError(f"no facet is named {facet!r}")
        asked = [
            (FACETS.index(facet), self._values.get((facet, value), 0)) for facet, value in facets
        ]
        return {
            combination
            for combination, values in self._combinations.items()
            if all(values[place] == value for place, value in asked)
        }

    def _most(self, counts: Counter[int]) -> Iterator[tuple[str, int]]:
        for number, count in counts.most_common(FACET_MAX_VALUES):
            if self._names[number][1]:
                yield self._names[number][1], count

    def _result(self, row: Line, query: Query | None) -> Result:
        return Result(
            id=row["id"],
            headline=marked(row["headline"], query),
            snippet=_snippet(row, query),
            newspaper=self.title_of(row["newspaper"]),
            published_date=row["published_date"] or "",
            section=row["section"],
            url=row["url"],
            is_gone=row["status"] == "gone",
        )

    def _row(self, where: str, value: object) -> Line:
        found = self._database.execute(
            f"SELECT * FROM articles WHERE {where}",  # noqa: S608
            [value],
        ).fetchone()
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
        with self._turn:
            row = self._row("id = ?", article_id)
            older = [
                json.loads(text)
                for (text,) in self._database.execute(
                    "SELECT row FROM revisions WHERE id = ? ORDER BY revision", [article_id]
                )
            ]
            copies = tuple(self._copies(row))
        body = row.get("body") or ""
        return ArticleView(
            row=row,
            paragraphs=tuple(marked(text, search.query) for text in body.split("\n\n") if text),
            paper=self.title_of(row["newspaper"]),
            revisions=tuple(_revisions([*older, row])),
            copies=copies,
        )

    def _copies(self, row: Line) -> Iterator[Copy]:
        """Return the pairs of the article, then what has the very same text but is no pair."""
        told = set()
        for one in self.elsewhere.of(row["id"]) if self.elsewhere is not None else ():
            told.add(one.id)
            other = self._database.execute(_COPIES.format("id = ?"), [one.id]).fetchone()
            share = round(100 * one.share)
            yield Copy(one.id, one.relation, share, one.hours, _short(other))
        same = self._database.execute(_COPIES.format("content_hash = ?"), [row["content_hash"]])
        for other in same.fetchmany(_COPIES_MAX):
            if other[0] not in told and other[0] != row["id"]:
                yield Copy(other[0], "same", 100, 0, _short(other))


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


def _snippet(row: Line, query: Query | None) -> tuple[Piece, ...]:
    """Return a stretch of the first text in which the query stands, else the text's beginning."""
    texts = {"lead": row.get("lead"), "body": row.get("body")}
    texts["captions"] = "\n".join(row.get("captions", ()))
    found = [text for text in texts.values() if text]
    for text in found:
        if (first := _first_place(text, query)) is not None:
            start = max(0, first - _SNIPPET_CHARS // 3)
            start = text.find(" ", start) + 1 if start else 0
            return marked(_cut(text[start:], is_cut=start > 0), query)
    return marked(_cut(found[0], is_cut=False), None) if found else ()


def _first_place(text: str, query: Query | None) -> int | None:
    """Return where the query first stands in a text; None = nowhere.

    Most texts have it near their beginning, and words of the rest need not be looked at.
    """
    if query is None:
        return None
    for part in (text[: text.find(" ", _BEGINNING_CHARS) + 1], text[:_MARKED_MAX_CHARS]):
        printed = word_texts(part)
        firsts = (next(term.places(printed), None) for term in query.wanted_terms)
        if found := [first for first in firsts if first is not None]:
            return next(islice(words(part), min(found), None)).start
    return None


def _cut(text: str, *, is_cut: bool) -> str:
    flat = " ".join(text[: 2 * _SNIPPET_CHARS].split())
    short = flat if len(flat) <= _SNIPPET_CHARS else flat[:_SNIPPET_CHARS].rpartition(" ")[0] + " …"
    return f"… {short}" if is_cut else short
