"""The table of stations: read from a docstring, compared with the tree, written for the docs."""

from pathlib import Path
from typing import Final

import pytest

import newscrawl
from newscrawl.project.line_table import (
    Station,
    check_stations,
    markdown,
    stations,
)

TABLE: Final = """A small line.

Station   Package       Entry point      In → out
--------  ------------  ---------------  ------------------
find      discovery     discovery.walk   page → links
keep      archive.deep  archive.deep     article → file
hold      archive       archive.open.do  name → archive

Flat: `items`.
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that the table describes."""
    folder = tmp_path / "smallcrawl"
    for name in ("", "discovery", "archive", "archive/deep"):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "__init__.py").touch()
    (folder / "discovery" / "walk.py").write_text("A = 1\n")
    (folder / "archive" / "open.py").write_text("def do() -> None:\n    pass\n")
    (folder / "items.py").write_text("A = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def test_rows_are_read_by_their_columns() -> None:
    assert stations(TABLE) == (
        Station("find", "discovery", "discovery.walk", "page → links"),
        Station("keep", "archive.deep", "archive.deep", "article → file"),
        Station("hold", "archive", "archive.open.do", "name → archive"),
    )


@pytest.mark.parametrize("text", [None, "", "No table.", "Station\n-------\n"])
def test_a_docstring_without_a_table_has_no_rows(text: str | None) -> None:
    assert stations(text or "") == ()


def test_a_table_that_is_right_has_no_problem(package: Path) -> None:
    assert list(check_stations(package, TABLE)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "keep      archive.deep  archive.deep     article → file\n",
            "",
            "package archive.deep is in no row of the table: add its station",
        ),
        ("find      discovery ", "find      discoverx ", "discoverx is no package: remove its row"),
        ("discovery.walk ", "discovery.talk ", "entry point discovery.talk is not there"),
        ("archive.open.do", "archive.open.no", "entry point archive.open.no is not there"),
        ("page → links", "page, links ", "the row of discovery has no →"),
        ("`items`", "items", "module items is not named: say what it holds"),
    ],
)
def test_what_is_missing_is_told(package: Path, old: str, new: str, said: str) -> None:
    told = list(check_stations(package, TABLE.replace(old, new)))
    assert any(said in line for line in told)
    assert all("smallcrawl/__init__.py: " in line for line in told)


def test_a_new_package_is_told(package: Path) -> None:
    (package / "research").mkdir()
    (package / "research" / "__init__.py").touch()
    (problem,) = check_stations(package, TABLE)
    assert "package research is in no row" in problem


def test_every_station_of_the_package_is_a_row_of_the_docs() -> None:
    rows = stations(newscrawl.__doc__)
    assert {"discovery", "http", "page", "article", "archive"} <= {row.package for row in rows}
    for row in rows:
        assert f"| {row.name} | `{row.package}` | `{row.entry_point}` | {row.flow} |" in markdown(
            rows
        )
