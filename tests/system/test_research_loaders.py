"""What researchers load is row for row what the archive holds, by every loader, and as a wheel."""

import json
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
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
load_dataset = pytest.importorskip("datasets", reason=_WHY).load_dataset

pytestmark = [pytest.mark.thorough, pytest.mark.xdist_group("research")]
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
    loaded = load_dataset(
        "parquet", data_dir=str(folder / "parquet"), split="train", cache_dir=cache
    )
    return [dict(row) for row in loaded]


def by_jsonl(folder: Path) -> list[dict[str, Any]]:
    files = sorted((folder / "jsonl").glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    "load", [by_pandas, by_polars, by_pyarrow, by_duckdb, by_datasets, by_jsonl]
)
def test_every_loader_reads_the_frozen_set_row_for_row(
    frozen: Path, rows: dict[str, Line], load: Any
) -> None:
    found = {row["id"]: as_row(row) for row in load(frozen)}
    assert found == expected(rows)


def test_sqlite_holds_the_archive_row_for_row(archive: Path, rows: dict[str, Line]) -> None:
    export_sqlite(open_view(archive), archive.parent / "sqlite", EVERY_ROW, with_text=True)
    database = sqlite3.connect(archive.parent / "sqlite" / "articles.sqlite")
    database.row_factory = sqlite3.Row
    lists = ("captions", "images", "authors", "section_path", "tags", "warnings")
    found = {}
    for values in database.execute("SELECT * FROM articles"):
        row = dict(values)
        del row["number"]
        found[row["id"]] = row | {name: json.loads(row[name]) for name in lists}
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


def test_a_wheel_in_an_empty_environment_has_every_command(archive: Path, tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    root = Path(__file__).parents[2]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", tmp_path, root], check=True)
    (wheel,) = tmp_path.glob("newscrawl-*.whl")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    place = f"{wheel}[research,web]"
    subprocess.run([python, "-m", "pip", "install", "-q", place], check=True)
    newscrawl = tmp_path / "venv" / "bin" / "newscrawl"
    article_id = next(iter(open_view(archive).rows()))["id"]
    empty = tmp_path / "empty"
    empty.mkdir()
    for command in (
        ["papers"],
        ["export", archive, "-o", "out"],
        ["export", archive, "-o", "out", "--format", "sqlite"],
        ["search", "out/articles.sqlite", "thôn", "--limit", "3"],
        ["coverage", archive, "-o", "coverage.html"],
        ["reuse", archive, "-o", "reuse.parquet"],
        ["split", archive, "--reuse", "reuse.parquet"],
        ["cite", archive, article_id, "--bibtex"],
        ["history", archive, article_id],
        ["freeze", archive, "-o", "set-1"],
        ["crawl", "-h"],
        ["demo", "--articles", "120"],
    ):
        done = subprocess.run(
            [newscrawl, *map(str, command)], cwd=empty, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (command, done.stderr[-2000:])
