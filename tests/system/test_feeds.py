"""`crawl -o`: every format holds what the archive holds."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newscrawl.archive.export.row_reader import article_files, read_articles
from newscrawl.items import FIELDS, Line
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Path:
    """A folder with the archive of a crawl, and what -o wrote of it in four formats."""
    folder = tmp_path_factory.mktemp("feeds")
    feeds = [part for kind in ("jsonl", "json", "csv", "xml")
             for part in ("-o", str(folder / f"found.{kind}"))]  # fmt: skip
    done = run_scrapy(
        "crawl", NAME, *feeds, "-s", f"ARCHIVE={folder / 'output'}",
        "-s", f"MIRROR={replica.address}", *LOOPBACK,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def archived(crawled: Path) -> dict[str, Line]:
    return {line["id"]: line for line in read_articles(crawled / "output" / NAME)}


def test_json_lines_are_the_archives_own_byte_for_byte(crawled: Path) -> None:
    kept = [
        line
        for path in article_files(crawled / "output" / NAME)
        for line in path.read_bytes().splitlines()
    ]
    found = (crawled / "found.jsonl").read_bytes().splitlines()
    assert len(kept) > 30
    assert sorted(found) == sorted(kept)


def test_json_is_an_array_of_the_same(crawled: Path, archived: dict[str, Line]) -> None:
    found = json.loads((crawled / "found.json").read_text("utf-8"))
    assert {line["id"]: line for line in found} == archived


def test_csv_has_a_column_a_field_and_its_lists_as_json(
    crawled: Path, archived: dict[str, Line]
) -> None:
    with (crawled / "found.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(rows[0]) == set(FIELDS)
    assert len(rows) == len(archived)
    for row in rows:
        kept = archived[row["id"]]
        for name, value in kept.items():
            if isinstance(value, list):
                assert json.loads(row[name]) == value
            else:
                assert row[name] == ("" if value is None else str(value))


def test_xml_has_an_element_a_field(crawled: Path, archived: dict[str, Line]) -> None:
    found: dict[str, Any] = {}
    for item in etree.parse(crawled / "found.xml").getroot():
        texts = {child.tag: child for child in item}
        found[str(texts["id"].text)] = texts
    assert set(found) == set(archived)
    for key, texts in found.items():
        assert [child.text for child in texts["captions"]] == archived[key]["captions"]
        assert (texts["lead"].text or "") == archived[key]["lead"]


def test_a_second_run_writes_what_is_new_alone(crawled: Path, replica: Replica) -> None:
    done = run_scrapy(
        "crawl", NAME, "-O", str(crawled / "again.jsonl"),
        "-s", f"ARCHIVE={crawled / 'output'}", "-s", f"MIRROR={replica.address}", *LOOPBACK,
    )  # fmt: skip
    assert done.returncode == 0
    again = crawled / "again.jsonl"
    assert not again.exists() or again.read_bytes() == b""
