"""The plugin with which Datasette searches an exported database as `newscrawl search` does.

Datasette finds it where both are installed; it touches no other database. SQLite folds, but leaves
đ, so that Datasette alone finds no "đồng bào" for "dong bao": here a query is folded before it is
matched, and words with marks, `NOT`, `OR` and prefixes mean what they mean to `newscrawl search`.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import lru_cache
from typing import Any, Final

from datasette import hookimpl
from datasette.filters import FilterArguments

from newscrawl.exceptions import ArgumentError
from newscrawl.research.query import parse_query
from newscrawl.research.search_database import FULL_TEXT

_MADE_BY: Final = "SELECT value FROM about WHERE name = 'made_by' AND value LIKE 'newscrawl/%'"
_ARTICLES: Final = {
    "title": "Articles",
    "description": "The newest revision of every article, numbered by time of publication.",
    "fts_table": "words_folded",
    "fts_pk": "number",
    "sort_desc": "number",
    "label_column": "headline",
    "facets": ["newspaper", "section", "source", "kind", "status"],
    "columns": {
        "number": "Place by time of publication; the undated come first",
        "published_date": "Vietnamese calendar day",
        "published_at": "With its zone, +07:00",
        "content_hash": "Equal for two articles of the same text",
        "body": "Paragraphs parted by empty lines",
    },
}
_TABLES: Final[dict[str, dict[str, Any]]] = {
    "articles": _ARTICLES,
    "papers": {"description": "Newspapers with domain and province.", "label_column": "title"},
    "revisions": {"description": "Superseded versions; `row` is the whole row as JSON."},
    "images": {"description": "Pictures with caption and credit; linked, not copied."},
    "authors": {"description": "Names from the bylines."},
    "tags": {"description": "Keywords as the newspaper states them."},
    **{
        name: {"hidden": True}
        for index in FULL_TEXT
        for name in (index, *(f"{index}_{part}" for part in ("data", "idx", "docsize", "config")))
    },
    "facets": {"hidden": True},
    "facet_combinations": {"hidden": True},
    "facet_values": {"hidden": True},
}


@hookimpl(trylast=True)  # after Datasette's own, whose escape_fts is replaced
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Have the searches of an exported database folded; leave every other as it is."""
    if _is_export(conn):
        conn.create_function("escape_fts", 1, _folded)


@hookimpl
def filters_from_request(
    request: Any, database: str, table: str, datasette: Any
) -> Callable[[], Awaitable[FilterArguments | None]]:
    """Narrow a search of `articles` to what `newscrawl search` finds: marks, NOT, OR, prefixes."""

    async def narrow() -> FilterArguments | None:
        text = request.args.get("_search", "")
        is_ours = table == "articles" and _is_export_file(datasette.get_database(database).path)
        if not is_ours or not text.strip():
            return None
        try:
            found, values = parse_query(text).sql()
        except ArgumentError as error:
            return FilterArguments(["0"], {}, [str(error)])
        parameters = {f"words_{n}": value for n, value in enumerate(values)}
        for name in parameters:
            found = found.replace("?", f":{name}", 1)
        return FilterArguments([f"number IN ({found})"], parameters, [])

    return narrow


@hookimpl
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Return titles, descriptions, facets and the full-text index of each exported database."""
    return {
        "databases": {
            name: {"tables": _TABLES}
            for name, database in datasette.databases.items()
            if _is_export_file(database.path)
        }
    }


def _folded(text: str) -> str:
    try:
        return parse_query(text).folded_expression()
    except ArgumentError:
        return '""'


def _is_export(database: sqlite3.Connection) -> bool:
    try:
        return database.execute(_MADE_BY).fetchone() is not None
    except sqlite3.Error:
        return False


@lru_cache
def _is_export_file(path: str | None) -> bool:
    if path is None:
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return _is_export(database)
    except sqlite3.Error:
        return False
