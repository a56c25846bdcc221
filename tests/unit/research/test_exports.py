"""What the exports hold: every row, every value, the same bytes twice."""

import csv
import hashlib
import json
import shutil
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newscrawl.exceptions import ArchiveError, ArgumentError
from newscrawl.items import VIETNAM, Image, Line, to_line
from newscrawl.research.archive_view import EVERY_ROW, RowFilter, open_view
from newscrawl.research.article_history import as_text, changes, versions
from newscrawl.research.frozen_set import freeze
from newscrawl.research.parquet_export import export_parquet
from newscrawl.research.query import parse_query
from newscrawl.research.search_database import connect
from newscrawl.research.sqlite_export import export_sqlite
from newscrawl.research.text_files import export_csv, export_jsonl
from newscrawl.research.text_search import context_lines, find
from tests.support.articles import make_article
from tests.support.published import publish


def row(number: int, published: datetime | None, **changes: object) -> Line:
    newspaper = str(changes.pop("newspaper", "baothu"))
    changes.setdefault("body", "Nương ngô ba vụ.")
    day = {} if published else {"published_precision": "", "published_source": ""}
    return to_line(
        make_article(
            id=f"{newspaper}:{number}",
            newspaper=newspaper,
            url=f"https://{newspaper}.vn/tin-{number}.html",
            published_at=published,
            published_date=published.date() if published else None,
            **day,
            **changes,
        )
    )


NEW_YEAR = datetime(2026, 1, 1, 0, 30, tzinfo=VIETNAM)  # the day before in UTC
ROWS = [
    row(1, NEW_YEAR, body="Đồng bào Dao xuống chợ.\n\nHòa trong nắng sớm.", tags=("chợ",)),
    row(2, NEW_YEAR - timedelta(days=40), headline="=1+1", lead="Dòng sông, “cánh đồng”"),
    row(3, None, images=(Image(url="https://baothu.vn/a.jpg", credit="Lò Mẩy"),)),
    row(4, NEW_YEAR + timedelta(days=1), newspaper="baokia", authors=("Hà Bình", "Lò Mẩy")),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("baothu", "baokia"):
        publish(tmp_path / "output", name, [r for r in ROWS if r["newspaper"] == name])
    return tmp_path / "output"


def digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_parquet_holds_every_row_with_types_and_zones(home: Path, tmp_path: Path) -> None:
    files = export_parquet(open_view(home), tmp_path / "out", EVERY_ROW, with_text=True)
    assert [tuple(file) for file in files] == [
        ("baokia-2026.parquet", 1),
        ("baothu-2025.parquet", 1),
        ("baothu-2026.parquet", 1),
        ("baothu-undated.parquet", 1),
    ]
    (found,) = pq.read_table(tmp_path / "out" / "baothu-2026.parquet").to_pylist()
    assert found["published_at"] == NEW_YEAR
    assert found["published_at"].utcoffset() == timedelta(hours=7)
    assert found["published_date"] == date(2026, 1, 1)
    assert found["gone_at"] is None
    assert found["tags"] == ["chợ"]
    (undated,) = pq.read_table(tmp_path / "out" / "baothu-undated.parquet").to_pylist()
    assert undated["published_at"] is None
    assert undated["images"] == [
        {"url": "https://baothu.vn/a.jpg", "caption": "", "credit": "Lò Mẩy"}
    ]


def test_an_export_repeated_or_gone_on_with_has_the_bytes_of_one_from_the_start(
    home: Path, tmp_path: Path
) -> None:
    view = open_view(home)
    export_parquet(view, tmp_path / "out", EVERY_ROW, with_text=True)
    first = digests(tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    export_parquet(view, tmp_path / "out", EVERY_ROW, with_text=True)
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == times
    more = [*ROWS[:3], row(5, NEW_YEAR + timedelta(days=40)), row(6, NEW_YEAR)]
    publish(home, "baothu", more, exports=2)
    for folder in ("out", "anew"):
        export_parquet(open_view(home), tmp_path / folder, EVERY_ROW, with_text=True)
    assert digests(tmp_path / "out") == digests(tmp_path / "anew") != first


def test_only_changed_months_are_read_again(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_parquet(open_view(home), out, EVERY_ROW, with_text=True)
    before = digests(out)
    publish(home, "baothu", [*ROWS[:3], row(5, NEW_YEAR + timedelta(days=40))], exports=2)
    unchanged = home / "baothu" / "articles" / "2026" / "2026-01.jsonl"
    unchanged.write_text("whoever reads this fails\n", encoding="utf-8")
    export_parquet(open_view(home), out, EVERY_ROW, with_text=True)
    after = digests(out)
    assert {name for name in after if after[name] != before.get(name)} == {"baothu-2026.parquet"}
    found = pq.read_table(out / "baothu-2026.parquet")["id"].to_pylist()
    assert found == ["baothu:1", "baothu:5"]


def test_a_file_without_rows_is_removed_and_a_strangers_is_left(home: Path, tmp_path: Path) -> None:
    export_parquet(open_view(home), tmp_path, EVERY_ROW, with_text=True)
    (tmp_path / "mine.parquet").write_bytes(b"not ours")
    since = RowFilter(since=date(2026, 1, 2))
    export_parquet(open_view(home), tmp_path, since, with_text=True)
    assert sorted(path.name for path in tmp_path.glob("*.parquet")) == [
        "baokia-2026.parquet",
        "mine.parquet",
    ]


def test_sqlite_holds_every_row_and_finds_words(home: Path, tmp_path: Path) -> None:
    for _ in range(2):
        ((name, count),) = export_sqlite(open_view(home), tmp_path, EVERY_ROW, with_text=True)
    before = digests(tmp_path)["articles.sqlite"]
    export_sqlite(open_view(home), tmp_path, EVERY_ROW, with_text=True)
    assert (name, count) == ("articles.sqlite", 4)
    assert digests(tmp_path)["articles.sqlite"] == before
    database = sqlite3.connect(tmp_path / name)
    stored = {
        r[0]: r[1:] for r in database.execute("SELECT id, body, published_date, tags FROM articles")
    }
    assert stored["baothu:1"] == (ROWS[0]["body"], "2026-01-01", '["chợ"]')
    assert stored["baothu:3"][1] is None
    assert database.execute("SELECT name FROM authors ORDER BY position").fetchall() == [
        ("Hà Bình",),
        ("Lò Mẩy",),
    ]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("dong bao", ["baothu:1"]),
        ("dong", ["baothu:1", "baothu:2"]),
        ("đồng", ["baothu:1", "baothu:2"]),
        ("dòng", ["baothu:2"]),
        ("hoà", ["baothu:1"]),
        ("đong", []),
        ("dong NOT chợ", ["baothu:2"]),
        ("son* OR dao", ["baothu:1", "baothu:2"]),
        ("nương", ["baokia:4", "baothu:2", "baothu:3"]),
    ],
)
def test_a_search_finds_by_folded_and_by_exact_words(
    home: Path, tmp_path: Path, query: str, ids: list[str]
) -> None:
    export_sqlite(open_view(home), tmp_path, EVERY_ROW, with_text=True)
    database = connect(tmp_path / "articles.sqlite")
    assert [hit.id for hit in find(database, parse_query(query), EVERY_ROW)] == ids


def test_context_lines_keep_the_letters_as_printed(home: Path, tmp_path: Path) -> None:
    export_sqlite(open_view(home), tmp_path, EVERY_ROW, with_text=True)
    database = connect(tmp_path / "articles.sqlite")
    query = parse_query("dong bao")
    (hit,) = find(database, query, EVERY_ROW)
    lines = [(c.left, c.match, c.right) for c in context_lines(database, hit, query, 2)]
    assert lines == [("", "Đồng", "bào Dao"), ("Đồng", "bào", "Dao xuống")]


def test_a_window_of_days_leaves_the_undated_out(home: Path, tmp_path: Path) -> None:
    view = open_view(home)
    wanted = RowFilter(since=date(2026, 1, 1), until=date(2026, 1, 1))
    assert [r["id"] for r in view.rows(wanted)] == ["baothu:1"]
    export_sqlite(view, tmp_path, EVERY_ROW, with_text=True)
    database = connect(tmp_path / "articles.sqlite")
    assert [h.id for h in find(database, parse_query("dong"), wanted)] == ["baothu:1"]


def test_csv_is_safe_for_spreadsheets_and_jsonl_is_exact(home: Path, tmp_path: Path) -> None:
    view, only = open_view(home), RowFilter(newspapers=frozenset(["baothu"]))
    export_csv(view, tmp_path, only, with_text=True)
    export_jsonl(view, tmp_path, only, with_text=True)
    cells = list(csv.DictReader((tmp_path / "baothu.csv").open(encoding="utf-8", newline="")))
    lines = [json.loads(x) for x in (tmp_path / "baothu.jsonl").read_text("utf-8").splitlines()]
    assert {c["headline"] for c in cells} >= {"'=1+1"}
    assert sorted(lines, key=lambda r: str(r["id"])) == ROWS[:3]
    assert json.loads(next(c for c in cells if c["id"] == "baothu:1")["tags"]) == ["chợ"]


def test_without_text_there_is_none(home: Path, tmp_path: Path) -> None:
    view = open_view(home)
    export_parquet(view, tmp_path / "out", EVERY_ROW, with_text=False)
    export_sqlite(view, tmp_path / "out", EVERY_ROW, with_text=False)
    names = set(pq.read_schema(tmp_path / "out" / "baothu-2026.parquet").names)
    assert not names & {"body", "lead", "captions", "images"}
    assert "headline" in names
    for path in (tmp_path / "out").iterdir():
        assert "xuống chợ".encode() not in path.read_bytes()


def test_an_archive_that_is_none_or_half_written_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="is no folder"):
        open_view(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArgumentError, match="holds no newspaper"):
        open_view(tmp_path / "empty")
    with pytest.raises(ArgumentError, match="has no newspaper 'bao'; it has baokia, baothu"):
        list(open_view(home).rows(RowFilter(newspapers=frozenset(["bao"]))))
    path = home / "baothu" / "articles" / "2026" / "2026-01.jsonl"
    path.write_text(path.read_text("utf-8")[:-40], encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"2026-01.jsonl, line 1: not a whole JSON object"):
        list(open_view(home).rows())


def test_the_newest_snapshot_is_read_and_one_newspaper_alone_too(home: Path) -> None:
    publish(home / "snapshots" / "2026-11-20T000000Z", "baothu", ROWS[:1])
    (home / "snapshots" / "latest").symlink_to("2026-11-20T000000Z")
    assert [r["id"] for r in open_view(home).rows()] == ["baothu:1"]
    assert len(list(open_view(home / "baothu").rows())) == 3


def test_a_frozen_set_is_the_same_for_everybody_and_checks_itself(
    home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "copy")  # another person's, in another place
    one, two = tmp_path / "set-1", tmp_path / "elsewhere" / "my-set"
    made = freeze(open_view(home), one, EVERY_ROW, with_text=True)
    freeze(open_view(tmp_path / "copy"), two, EVERY_ROW, with_text=True)
    assert made.articles == 4
    assert digests(one) == digests(two)
    listed = (one / "SHA256SUMS").read_text("utf-8").splitlines()
    there = digests(one)
    assert {line.split("  ")[1]: line.split("  ")[0] for line in listed} == {
        name: digest for name, digest in there.items() if name != "SHA256SUMS"
    }
    with pytest.raises(ArgumentError, match="never changes"):
        freeze(open_view(home), one, EVERY_ROW, with_text=True)


def test_a_frozen_set_is_read_as_an_archive(tmp_path: Path) -> None:
    older = ROWS[0] | {"superseded_at": "2026-11-01T00:00:00Z", "changed_by": "newspaper",
                       "changed_fields": ["headline"], "headline": "Mùa chè"}  # fmt: skip
    newest = ROWS[0] | {"revision": 2}
    publish(tmp_path / "output", "baothu", [newest, *ROWS[1:3]], revisions=[older])
    freeze(open_view(tmp_path / "output"), tmp_path / "set", EVERY_ROW, with_text=True)
    view = open_view(tmp_path / "set")
    assert list(view.rows()) == [ROWS[1], newest, ROWS[2]]
    assert [r["headline"] for r in versions(view, "baothu:1")] == ["Mùa chè", newest["headline"]]
    (count,) = export_sqlite(view, tmp_path / "out", EVERY_ROW, with_text=True)
    assert count.rows == 3


def test_a_history_shows_words_removed_and_added(tmp_path: Path) -> None:
    newest = ROWS[0] | {"revision": 2, "headline": "Mùa chè sớm trên đồi Khau Tinh"}
    older = ROWS[0] | {"superseded_at": "2026-11-01T00:00:00Z", "changed_fields": ["headline"]}
    publish(tmp_path, "baothu", [newest], revisions=[older])
    found = versions(open_view(tmp_path), "baothu:1")
    assert [r["revision"] for r in found] == [1, 2]
    assert [(name, as_text(change)) for name, change in changes(*found)] == [
        ("headline", "Mùa chè {+sớm +}trên đồi Khau Tinh")
    ]
    with pytest.raises(ArgumentError, match="has no article 'baothu:77'"):
        versions(open_view(tmp_path), "baothu:77")


def test_an_id_without_its_newspaper_is_told_its_form(tmp_path: Path) -> None:
    publish(tmp_path, "baothu", ROWS)
    with pytest.raises(ArgumentError, match=r"'1': an id is NEWSPAPER:KEY, as search prints it$"):
        versions(open_view(tmp_path), "1")


def test_the_one_archive_inside_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "found").mkdir()
    with pytest.raises(ArgumentError, match="holds no newspaper's articles: name the folder that"):
        open_view(tmp_path)
    publish(tmp_path / "demo", "baothu", ROWS)
    with pytest.raises(ArgumentError, match=r"articles: .*/demo does, name it$"):
        open_view(tmp_path)
    publish(tmp_path / "other", "baothu", ROWS)
    with pytest.raises(ArgumentError, match="holds no newspaper's articles: name the folder that"):
        open_view(tmp_path)
