"""KWIC lines are the words around each match, as many as asked for, as printed."""

import sqlite3
from pathlib import Path

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.query import parse_query
from newscrawl.research.search_database import connect
from newscrawl.research.sqlite_export import export_sqlite
from newscrawl.research.text_search import context_lines, find
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

BODY = "Sáng nay, đồng bào Dao xuống chợ; đồng bào Tày ở lại."


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kwic")
    publish(home / "output", "baothu", [row(1, NEW_YEAR, headline="Tin vắn", body=BODY)])
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    return home / "articles.sqlite"


@pytest.mark.parametrize(
    ("query", "width", "lines"),
    [
        ('"dong bao"', 0, [("", "đồng bào", ""), ("", "đồng bào", "")]),
        ('"dong bao"', 1, [("nay,", "đồng bào", "Dao"), ("chợ;", "đồng bào", "Tày")]),
        (
            '"đồng bào"',
            3,
            [
                ("Sáng nay,", "đồng bào", "Dao xuống chợ"),
                ("Dao xuống chợ;", "đồng bào", "Tày ở lại"),
            ],
        ),
        ("sáng", 2, [("", "Sáng", "nay, đồng")]),
        ("lại", 99, [(BODY.removesuffix(" lại."), "lại", "")]),
        ("x* OR t*", 1, [("", "Tin", "vắn"), ("Dao", "xuống", "chợ"), ("bào", "Tày", "ở")]),
    ],
)
def test_context(database: Path, query: str, width: int, lines: list[tuple[str, str, str]]) -> None:
    connection = connect(database)
    parsed = parse_query(query)
    (hit,) = find(connection, parsed, EVERY_ROW)
    found = context_lines(connection, hit, parsed, width)
    assert [(line.left, line.match, line.right) for line in found] == lines


@pytest.mark.parametrize("table", ["articles", "papers", "words_folded", "facet_values"])
def test_a_database_that_lacks_a_table_is_told(database: Path, tmp_path: Path, table: str) -> None:
    path = tmp_path / "broken.sqlite"
    path.write_bytes(database.read_bytes())
    broken = sqlite3.connect(path)
    broken.execute(f"DROP TABLE {table}")
    broken.commit()
    broken.close()
    with pytest.raises(ArchiveError, match="export --format sqlite"):
        connect(path)
