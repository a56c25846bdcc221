"""What researchers load is row for row what the archive holds, by every loader, and as a wheel."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newscrawl.items import Line
from newscrawl.replica import running_replica
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.frozen_set import freeze
from newscrawl.research.sqlite_export import export_sqlite
from tests.support.commands import LOOPBACK, run_scrapy

_WHY = "needs the loaders: pip install -e '.[loaders]'"
duckdb = pytest.importorskip("duckdb", reason=_WHY)
mlcroissant = pytest.importorskip("mlcroissant", reason=_WHY)
datasets = pytest.importorskip("datasets", reason=_WHY)
jsonlines = pytest.importorskip("jsonlines", reason=_WHY)
orjson = pytest.importorskip("orjson", reason=_WHY)
dask = pytest.importorskip("dask", reason=_WHY)
pytest.importorskip("dask.dataframe", reason=_WHY)

pytestmark = pytest.mark.thorough
TIMES = ("published_at", "modified_at", "first_seen_at", "fetched_at", "gone_at")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("research") / "output"
    with running_replica(articles=120) as replica:
        mirror = ("-s", f"MIRROR={replica.address}", "-s", f"ARCHIVE={home}", *LOOPBACK)
        for name in ("baotuyenquang", "baodongnai"):
            assert run_scrapy("crawl", name, *mirror).returncode == 0
    return home


@pytest.fixture(scope="module")
def rows(archive: Path) -> dict[str, Line]:
    return {row["id"]: row for row in open_view(archive).rows()}


@pytest.fixture(scope="module")
def frozen(archive: Path) -> Path:
    return freeze(open_view(archive), archive.parent / "set-1", EVERY_ROW, with_text=True).folder


def as_row(values: dict[str, Any]) -> Line:
    """A loaded row in the archive's form: times compared as moments, null as the archive has it."""
    found: Line = {}
    for name, value in values.items():
        if name in TIMES:
            empty = None if name == "published_at" else ""
            found[name] = empty if is_empty(value) else moment(value)
        elif name == "published_date":
            found[name] = None if is_empty(value) else str(value)[:10]
        elif name == "images":
            found[name] = [dict(one) for one in value]
        else:
            found[name] = (
                list(value) if hasattr(value, "__len__") and not isinstance(value, str) else value
            )
    return found


def is_empty(value: Any) -> bool:
    return value is None or value == "" or bool(pd.isna(value))


def moment(value: Any) -> float:
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return float(value.timestamp())


def expected(rows: dict[str, Line]) -> dict[str, Line]:
    return {name: as_row(row) for name, row in rows.items()}


def by_pandas(folder: Path) -> list[dict[str, Any]]:
    found = pd.read_parquet(folder / "parquet").to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def by_polars(folder: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(folder / "parquet" / "*.parquet").to_dicts()


def by_pyarrow(folder: Path) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / "parquet").to_pylist())


def by_duckdb(folder: Path) -> list[dict[str, Any]]:
    found = duckdb.read_parquet(f"{folder}/parquet/*.parquet")
    return [dict(zip(found.columns, values, strict=True)) for values in found.fetchall()]


def by_datasets(folder: Path) -> list[dict[str, Any]]:
    cache = str(folder.parent / "cache")
    loaded = datasets.load_dataset(
        "parquet", data_dir=str(folder / "parquet"), split="train", cache_dir=cache
    )
    return [dict(row) for row in loaded]


def by_datasets_of_the_set(folder: Path) -> list[dict[str, Any]]:
    """Of the folder as it is, whose card says which files hold the rows."""
    cache = str(folder.parent / "cache-of-sets")
    loaded = datasets.load_dataset(str(folder), split="train", cache_dir=cache)
    return [dict(row) for row in loaded]


def by_dask(folder: Path) -> list[dict[str, Any]]:
    with dask.config.set({"dataframe.convert-string": False}):  # its strings would flatten lists
        found = dask.dataframe.read_parquet(folder / "parquet").compute().to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def by_mlcroissant(folder: Path) -> list[dict[str, Any]]:
    """Texts come as bytes, and what a list of records holds comes as columns of records."""
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    return [
        {name.removeprefix("articles/"): as_text(value) for name, value in record.items()}
        for record in dataset.records("articles")
    ]


def as_text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {name.rpartition("/")[2]: as_text(one) for name, one in value.items()}
    if hasattr(value, "__len__") and not isinstance(value, str):
        return [as_text(one) for one in value]
    return value


PARQUET = [
    by_pandas,
    by_polars,
    by_pyarrow,
    by_duckdb,
    by_datasets,
    by_datasets_of_the_set,
    by_dask,
]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # dask's own
@pytest.mark.parametrize("load", PARQUET)
def test_every_loader_reads_parquet_row_for_row(
    frozen: Path, rows: dict[str, Line], load: Any
) -> None:
    found = {row["id"]: as_row(row) for row in load(frozen)}
    assert found == expected(rows)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # mlcroissant's own
def test_mlcroissant_reads_parquet_row_for_row(frozen: Path, rows: dict[str, Line]) -> None:
    found = {row["id"]: row for row in by_mlcroissant(frozen)}
    assert found.keys() == rows.keys()
    for name in ("headline", "body", "url", "source", "revision", "captions", "tags", "authors"):
        assert {key: row[name] for key, row in found.items()} == {
            key: row[name] for key, row in rows.items()
        }


# JSON Lines --------------------------------------------------------------------------------------


def jsonl_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("jsonl/*/articles/**/*.jsonl"))


def by_json(folder: Path) -> list[Line]:
    return [json.loads(line) for f in jsonl_files(folder) for line in f.open(encoding="utf-8")]


def by_splitlines(folder: Path) -> list[Line]:
    texts = (f.read_text("utf-8") for f in jsonl_files(folder))
    return [json.loads(line) for text in texts for line in text.splitlines()]


def by_jsonlines(folder: Path) -> list[Line]:
    found: list[Line] = []
    for path in jsonl_files(folder):
        with jsonlines.open(path) as lines:
            found += lines
    return found


def by_orjson(folder: Path) -> list[Line]:
    lines = (line for f in jsonl_files(folder) for line in f.read_bytes().splitlines())
    return [orjson.loads(line) for line in lines]


def by_jq(folder: Path) -> list[Line]:
    return json_lines_of("jq", "-c", ".", *map(str, jsonl_files(folder)))


def by_r(folder: Path) -> list[Line]:
    """R's jsonlite: a data frame a file, written again as JSON."""
    script = (
        "for (f in commandArgs(TRUE)) { d <- jsonlite::stream_in(file(f), verbose = FALSE,"
        " simplifyVector = FALSE); for (r in d) cat(jsonlite::toJSON(r, auto_unbox = TRUE,"
        " null = 'null', digits = NA), '\\n') }"
    )
    return json_lines_of("Rscript", "-e", script, *map(str, jsonl_files(folder)))


def json_lines_of(program: str, *arguments: str) -> list[Line]:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is no Python package: install it to have it compared")
    said = subprocess.run([program, *arguments], capture_output=True, check=True)
    return [json.loads(line) for line in said.stdout.decode().split("\n") if line.strip()]


@pytest.mark.parametrize("load", [by_json, by_splitlines, by_jsonlines, by_orjson, by_jq, by_r])
def test_every_loader_reads_json_lines_row_for_row(
    frozen: Path, rows: dict[str, Line], load: Any
) -> None:
    assert {row["id"]: row for row in load(frozen)} == rows


# SQLite ------------------------------------------------------------------------------------------

_EVERY = "SELECT * FROM articles"
_LISTS = ("captions", "images", "authors", "section_path", "tags", "warnings")


@pytest.fixture(scope="module")
def database(archive: Path) -> Path:
    export_sqlite(open_view(archive), archive.parent / "sqlite", EVERY_ROW, with_text=True)
    return archive.parent / "sqlite" / "articles.sqlite"


def sqlite_by_sqlite3(path: Path) -> list[dict[str, Any]]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return [dict(values) for values in connection.execute(_EVERY)]


def sqlite_by_pandas(path: Path) -> list[dict[str, Any]]:
    found = pd.read_sql(_EVERY, sqlite3.connect(path)).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in found]


def sqlite_by_polars(path: Path) -> list[dict[str, Any]]:
    return pl.read_database(_EVERY, sqlite3.connect(path), infer_schema_length=None).to_dicts()


def sqlite_by_datasets(path: Path) -> list[dict[str, Any]]:
    cache = str(path.parent / "cache")
    loaded = datasets.Dataset.from_sql(_EVERY, sqlite3.connect(path), cache_dir=cache)
    return [dict(row) for row in loaded]


def sqlite_by_pyarrow(path: Path) -> list[dict[str, Any]]:
    cursor = sqlite3.connect(path).execute(_EVERY)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, values, strict=True)) for values in cursor]
    return list(pa.Table.from_pylist(rows).to_pylist())


def sqlite_by_its_own_shell(path: Path) -> list[dict[str, Any]]:
    if shutil.which("sqlite3") is None:
        pytest.skip("Debian's package sqlite3 is not installed")
    said = subprocess.run(["sqlite3", "-json", path, _EVERY], capture_output=True, check=True)
    return list(json.loads(said.stdout))


SQLITE = [
    sqlite_by_sqlite3,
    sqlite_by_pandas,
    sqlite_by_polars,
    sqlite_by_datasets,
    sqlite_by_pyarrow,
    sqlite_by_its_own_shell,
]


@pytest.mark.parametrize("load", SQLITE)
def test_every_loader_reads_sqlite_row_for_row(
    database: Path, rows: dict[str, Line], load: Any
) -> None:
    found = {}
    for row in load(database):
        del row["number"]
        lists = {name: json.loads(row[name]) for name in _LISTS}
        undated = {n: None for n in ("published_at", "published_date") if is_empty(row[n])}
        found[row["id"]] = row | lists | undated
    assert found == rows


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # mlcroissant's own
def test_the_set_checks_itself_and_its_croissant_is_valid(
    frozen: Path, rows: dict[str, Line]
) -> None:
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=frozen, check=True)
    dataset = mlcroissant.Dataset(jsonld=str(frozen / "croissant.json"))
    assert dataset.metadata.issues.errors == set()
    records = list(dataset.records("articles"))
    assert len(records) == len(rows)
    assert {record["articles/id"].decode() for record in records} == set(rows)


OF_AN_ARCHIVE: Final = {
    "export": ("-o", "out"),
    "search": ("thôn", "--limit", "3"),
    "reuse": ("-o", "reuse.parquet"),
    "split": ("--reuse", "reuse.parquet"),
    "cite": ("{id}", "--bibtex"),
    "history": ("{id}",),
    "coverage": ("-o", "coverage.html"),
    "freeze": ("-o", "set-1"),
}
"""The options of each command whose first argument is an archive"""
OF_A_NEWSPAPER: Final = {
    "links": (), "verify": (), "snapshot": (), "reparse": (), "status": (), "prune": (),
    "acknowledge": ("silence", "--until", "2030-01-01"),
    "forget": ("{id}", "--reason", "court order"),
}  # fmt: skip
"""The options of each command about an archive below the folder `output`"""
OF_THEMSELVES: Final = {
    "papers": (), "init": (), "demo": ("--articles", "120"), "list": (), "version": (), "help": (),
    "schedule": ("--cron", "-s", "CONTACT=archivist@toasoan.vn"), "checkall": (),
    "readpage": ("{page}",), "replica": ("--list",),
}  # fmt: skip
EXPLAINED: Final = (
    "crawl", "crawlall", "fetch", "savefixture", "newpaper", "serve", "shell", "view", "settings",
    "ingest", "probe", "fleet",
)  # fmt: skip
"""Commands that ask a network, a terminal or a checkout, of which -h is asked"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout with its two extras in an empty environment; its `newscrawl`."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    root = Path(__file__).parents[2]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", place, root], check=True)
    (wheel,) = place.glob("newscrawl-*.whl")
    subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
    python = place / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", f"{wheel}[research,web]"], check=True)
    return place / "venv" / "bin" / "newscrawl"


def test_every_command_is_tried(installed: Path) -> None:
    said = subprocess.run([installed, "-h"], capture_output=True, text=True, check=True).stdout
    offered = set(re.findall(r"^  ([a-z]+)  ", said, re.MULTILINE))
    assert offered
    tried = {*OF_AN_ARCHIVE, *OF_A_NEWSPAPER, *OF_THEMSELVES, *EXPLAINED}
    assert offered <= tried


def test_a_wheel_in_an_empty_environment_has_every_command(
    installed: Path, archive: Path, tmp_path: Path
) -> None:
    article_id = next(iter(open_view(archive).rows()))["id"]
    name = article_id.partition(":")[0]
    shutil.copytree(archive, tmp_path / "output", symlinks=True)
    page = Path(__file__).parents[1] / "fixtures" / "baotuyenquang" / "article-drop-cap.html"
    asked: list[list[str]] = [
        *([command, str(archive), *options] for command, options in OF_AN_ARCHIVE.items()),
        ["export", str(archive), "-o", "out", "--format", "sqlite"],
        ["search", "out/articles.sqlite", "thôn", "--limit", "3"],
        ["search", "set-1", "thôn", "--limit", "3"],
        *([command, name, *options] for command, options in OF_A_NEWSPAPER.items()
          if command != "forget"),
        ["forget", *OF_A_NEWSPAPER["forget"]],
        *([command, *options] for command, options in OF_THEMSELVES.items()),
        *([command, "-h"] for command in EXPLAINED),
    ]  # fmt: skip
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for command in asked:
        given = [one.replace("{id}", article_id).replace("{page}", str(page)) for one in command]
        done = subprocess.run(
            [installed, *given],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (given, done.stdout[-500:], done.stderr[-2000:])
