"""Where else an article was printed, by the pairs that `newscrawl reuse` found.

The pairs are asked of the index beside the Parquet file, which is SQLite: no extra is needed and
nothing is loaded. A Parquet file that came without its index is read whole, by pyarrow.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveError

PAIRS: Final = "reuse.parquet"
INDEX_SUFFIX: Final = ".index"
_COLUMNS: Final = "a, b, jaccard, a_in_b, b_in_a, hours, relation"
_QUERY: Final = (
    f"SELECT {_COLUMNS} FROM pairs WHERE a = ? UNION ALL SELECT {_COLUMNS} FROM pairs WHERE b = ?"  # noqa: S608
)


class Reprint(NamedTuple):
    """Another article that shares text with one."""

    id: str
    relation: str
    """same, near copy, common source; holds: it holds the one, part: it is a part of the one"""
    share: float
    """Of the shingles of both; for holds and part, of the smaller article's"""
    hours: float
    """How much later it was printed; negative = earlier"""


class PrintedElsewhere:
    """The pairs of a file of `newscrawl reuse`."""

    def __init__(self, path: Path) -> None:
        """Open the file for reading; raises `ArchiveError` where it holds no pairs."""
        index = path if path.suffix == INDEX_SUFFIX else path.with_name(path.name + INDEX_SUFFIX)
        self._ask: Callable[[str], Iterable[tuple[Any, ...]]]
        if index.is_file():
            self._index = index
            self._ask = self._of_index
        else:
            self._pairs = _by_article(path)
            self._ask = lambda article_id: self._pairs.get(article_id, ())
        self.of("")

    def of(self, article_id: str) -> tuple[Reprint, ...]:
        """Return the articles that share text with one, the most alike first."""
        found = (_reprint(article_id, pair) for pair in self._ask(article_id))
        return tuple(sorted(found, key=lambda one: (-one.share, one.id)))

    def _of_index(self, article_id: str) -> list[tuple[Any, ...]]:
        try:
            address = f"{self._index.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True)) as database:
                return database.execute(_QUERY, [article_id, article_id]).fetchall()
        except sqlite3.Error as fault:
            raise ArchiveError(
                f"{self._index} holds no pairs ({fault}): {to_type('reuse')} makes it anew"
            ) from fault


def pairs_beside(place: Path) -> Path | None:
    """Return the file of pairs beside an archive or a database; None where there is none."""
    folders = (place.parent, place.parent.parent) if place.is_file() else (place.parent,)
    for folder in folders:
        for name in (PAIRS, PAIRS + INDEX_SUFFIX):
            if (folder / name).is_file():
                return folder / name
    return None


def _by_article(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    from newscrawl.research.reuse_index import read_pairs  # noqa: PLC0415  (an extra)

    found: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for pair in read_pairs(path):
        values = tuple(getattr(pair, name) for name in _COLUMNS.split(", "))
        found[pair.a].append(values)
        found[pair.b].append(values)
    return dict(found)


def _reprint(article_id: str, pair: tuple[Any, ...]) -> Reprint:
    a, b, jaccard, a_in_b, b_in_a, hours, relation = pair
    is_a = article_id == a
    if relation != "contains":
        return Reprint(b if is_a else a, relation, jaccard, hours if is_a else -hours)
    is_part = (a_in_b >= b_in_a) == is_a
    return Reprint(
        b if is_a else a,
        "holds" if is_part else "part",
        max(a_in_b, b_in_a),
        hours if is_a else -hours,
    )
