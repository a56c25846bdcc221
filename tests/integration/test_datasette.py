"""Datasette with the plugin finds what `newscrawl search` finds; other databases are left alone."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.query import parse_query
from newscrawl.research.search_database import connect
from newscrawl.research.sqlite_export import export_sqlite
from newscrawl.research.text_search import find
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

pytest.importorskip("datasette", reason="needs the loaders: pip install -e '.[loaders]'")
from datasette.app import Datasette

pytestmark = [
    pytest.mark.thorough,  # Datasette takes two seconds to import
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # Datasette's own
]
BODIES = (
    "Đồng bào Dao xuống chợ.", "Cánh đồng lũ về, bào ngư lên giá.", "Dòng sông và bao cát.",
    "Hòa trong nắng sớm.", "Hoà Bình có mưa.", "Mưa lũ ở Nà Hang.", "Dong riềng và bao tải.",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("datasette")
    rows = [row(n, NEW_YEAR, body=body) for n, body in enumerate(BODIES)]
    publish(home / "output", "baothu", rows)
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    other = sqlite3.connect(home / "other.sqlite")
    other.executescript(
        "CREATE TABLE notes (note TEXT); INSERT INTO notes VALUES ('Đồng bào'), ('dong bao');"
        'CREATE VIRTUAL TABLE notes_fts USING fts5(note, content="notes");'
        "INSERT INTO notes_fts (rowid, note) SELECT rowid, note FROM notes;"
    )
    other.close()
    return home


@pytest.fixture(scope="module")
def site(folder: Path) -> Datasette:
    names = ("articles.sqlite", "other.sqlite")
    return Datasette([], immutables=[str(folder / name) for name in names])


def asked(site: Datasette, path: str, **parameters: str) -> Any:
    async def ask() -> Any:
        await site.invoke_startup()
        return await site.client.get(f"{path}?{urlencode(parameters)}")

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "query",
    [
        "dong bao", '"đồng bào"', "đồng", "dòng OR lũ", "dong NOT lũ", "mưa -lũ", "hoà", "hoa",
        "b*", "đong", "NEAR(", '"', "* *", "a\x00b",
    ],
)  # fmt: skip
def test_datasette_finds_what_search_finds(folder: Path, site: Datasette, query: str) -> None:
    try:
        hits = find(connect(folder / "articles.sqlite"), parse_query(query), EVERY_ROW)
        expected = [hit.id for hit in hits]
    except ArgumentError:
        expected = []
    answer = asked(site, "/articles/articles.json", _search=query, _shape="array")
    assert answer.status_code == 200
    assert [found["id"] for found in answer.json()] == expected


def test_the_tables_are_described_and_the_indexes_hidden(site: Datasette) -> None:
    page = asked(site, "/articles").text
    assert ">articles</a>" in page
    assert ">words_folded</a>" not in page
    page = asked(site, "/articles/articles").text
    assert "The newest revision of every article" in page
    assert 'name="_search"' in page
    assert "Vietnamese calendar day" in page


def test_another_database_is_searched_as_ever(site: Datasette) -> None:
    found = asked(site, "/other/notes.json", _search="dong bao", _shape="array").json()
    assert [one["note"] for one in found] == ["dong bao"]
