"""The reading room shows what is archived, escapes what is hostile, and is no door to anything."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from newscrawl.exceptions import ArchiveError
from newscrawl.items import Image
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.reading_room.app import ReadingRoom
from newscrawl.research.reading_room.current_library import CurrentLibrary
from newscrawl.research.reading_room.printed_elsewhere import PrintedElsewhere, pairs_beside
from newscrawl.research.sqlite_export import export_sqlite
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
ROWS = [
    row(1, NEW_YEAR, body="Đồng bào Dao xuống chợ.", section="Xã hội", source="TTXVN", revision=2),
    row(2, NEW_YEAR, headline=HOSTILE, lead=HOSTILE, body=HOSTILE, captions=(HOSTILE,),
        tags=(HOSTILE,), authors=(HOSTILE,), section=HOSTILE, byline=HOSTILE, source=HOSTILE,
        images=(Image(url="javascript:alert(3)", caption=HOSTILE, credit=HOSTILE),)),
    *(row(n, NEW_YEAR, newspaper="baokia", headline=f"=cmd{n}") for n in range(3, 48)),
]  # fmt: skip
OLDER = ROWS[0] | {
    "revision": 1,
    "body": "Đồng bào Dao xuống phố.",
    "superseded_at": "2026-11-01T00:00:00Z",
    "changed_by": "newspaper",
    "changed_fields": ["body"],
}


PAIRS = [
    ("baokia:3", "baothu:1", 0.31, 0.96, 0.31, -30.0, "contains"),
    ("baothu:1", "baokia:4", 0.62, 0.8, 0.7, 72.0, "near copy"),
    ("baothu:1", "baoxa:9", 0.55, 0.7, 0.7, 0.5, "common source"),
    ("baokia:5", "baokia:6", 1.0, 1.0, 1.0, 2.0, "same"),
]


def write_pairs(path: Path) -> None:
    """The index that `newscrawl reuse` keeps, as far as the reading room asks it."""
    index = sqlite3.connect(path)
    index.execute("CREATE TABLE pairs (a, b, jaccard, a_in_b, b_in_a, hours, relation)")
    index.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)", PAIRS)
    index.commit()
    index.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("room")
    publish(home / "output", "baothu", ROWS[:2], revisions=[OLDER])
    publish(home / "output", "baokia", ROWS[2:])
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    write_pairs(home / "reuse.parquet.index")
    pairs = pairs_beside(home / "articles.sqlite")
    assert pairs is not None
    room = ReadingRoom(CurrentLibrary(home / "articles.sqlite", PrintedElsewhere(pairs)))
    with TestClient(room.application(("127.0.0.1",)), base_url="http://127.0.0.1") as client:
        yield client


def test_a_search_finds_with_and_without_marks_and_marks_the_words(client: TestClient) -> None:
    for query in ("dong bao", '"đồng bào"'):
        page = client.get("/", params={"q": query, "lang": "en"})
        assert page.status_code == 200
        assert "1 article\n" in page.text
        assert "<mark>" in page.text
    assert "No article matches" in client.get("/", params={"q": "đong bao", "lang": "en"}).text
    assert "Tìm" in client.get("/", headers={"accept-language": "vi"}).text


def test_results_come_in_pages_and_facets_narrow_them(client: TestClient) -> None:
    page = client.get("/", params={"lang": "en"})
    assert "47 articles" in page.text
    assert "1 / 3" in page.text
    assert "7 articles" not in client.get("/", params={"newspaper": "baothu", "lang": "en"}).text
    assert "2 articles" in client.get("/", params={"newspaper": "baothu", "lang": "en"}).text
    assert "1 article\n" in client.get("/", params={"source": "TTXVN", "lang": "en"}).text
    assert "0 articles" in client.get("/", params={"section": "nirgendwo", "lang": "en"}).text


def test_an_article_shows_its_revisions_as_words(client: TestClient) -> None:
    page = client.get("/article", params={"id": "baothu:1", "lang": "en"}).text
    assert "<del>phố.</del>" in page
    assert "<ins>chợ.</ins>" in page


def test_an_article_shows_where_else_it_was_printed(client: TestClient) -> None:
    page = client.get("/article", params={"id": "baothu:1", "lang": "en"}).text
    told = re.sub(r"<[^>]*>|\s+", " ", page.split("Also printed")[1].split("</ul>")[0])
    assert re.findall(r"(=cmd\d+|baoxa:9)\s+([^%]*%(?:; \d+ \w+ \w+)?)", told)[:3] == [
        ("=cmd3", "is part of this article, 96 %; 30 hours later"),
        ("=cmd4", "a near copy, 62 %; 3 days later"),
        ("baoxa:9", "the same source, 55 %"),
    ]
    page = client.get("/article", params={"id": "baokia:3", "lang": "en"}).text
    assert "holds this article, 96 %; 30 hours earlier" in page
    assert page.count("the same text, 100 %") == 45  # the other articles of the very same hash


def test_pairs_without_an_index_are_read_from_parquet(tmp_path: Path) -> None:
    names = ("a", "b", "jaccard", "a_in_b", "b_in_a", "hours", "relation")
    columns = dict(zip(names, map(list, zip(*PAIRS, strict=True)), strict=True))
    more = {name: [""] * len(PAIRS) for name in ("a_source", "b_source", "earlier")}
    pq.write_table(pa.table(columns | more), tmp_path / "reuse.parquet")
    found = PrintedElsewhere(tmp_path / "reuse.parquet").of("baothu:1")
    assert [(one.id, one.relation, one.hours) for one in found] == [
        ("baokia:3", "part", 30.0),
        ("baokia:4", "near copy", 72.0),
        ("baoxa:9", "common source", 0.5),
    ]
    (tmp_path / "reuse.parquet").write_bytes(b"no pairs")
    with pytest.raises(ArchiveError, match="holds no pairs"):
        PrintedElsewhere(tmp_path / "reuse.parquet")


@pytest.mark.parametrize(
    "path", ["/?lang=en", "/article?id=baothu:2", "/?q=script", f"/?q={HOSTILE}"]
)
def test_a_hostile_article_or_query_is_text(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert 'href="javascript:' not in page.text
    assert "49" not in page.text.replace("7*7", "")
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["x-content-type-options"] == "nosniff"


def test_a_csv_of_the_results_is_safe_for_spreadsheets(client: TestClient) -> None:
    answer = client.get("/results.csv", params={"newspaper": "baokia"})
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == 45
    assert {r["headline"] for r in rows} >= {"'=cmd3"}
    assert answer.headers["content-disposition"] == 'attachment; filename="results.csv"'


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/article?id=baothu:999", 404),
        ("/article", 404),
        ("/nothing", 404),
        ("/coverage", 404),
        ("/../../etc/passwd", 404),
        ("/?q=%22", 400),
        ("/?q=" + "x" * 2000, 400),
        ("/?page=-3", 200),
        ("/results.csv?q=%22%22", 400),
        ("/results.csv?q=" + "x" * 2000, 400),
        ("/?page=99999", 200),
        ("/?lang=xx", 200),
        ("/?newspaper=%00", 200),
    ],
)
def test_odd_addresses_are_answered(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_only_this_machines_names_are_answered_and_nothing_is_written(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.vn"}).status_code == 400
    assert client.post("/", data={"q": "x"}).status_code == 405


def test_a_file_that_is_no_export_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database" * 99)
    with pytest.raises(ArchiveError):
        CurrentLibrary(tmp_path / "a.sqlite")
