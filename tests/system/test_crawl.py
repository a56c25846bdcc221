"""Whole crawls of the replica: everything it published is archived, once, field for field."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions, read_runs
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.days import pass_days

PAPERS = {
    "baotuyenquang": "baotuyenquang.com.vn",
    "baodongnai": "baodongnai.com.vn",
    "thanhpho": "thanhpho.tuyenquang.gov.vn",
}
ARTICLES = 360  # of the first paper: each template shows each of its features, some go
FIELDS = (
    "url", "headline", "lead", "body", "captions", "images", "authors", "byline", "source",
    "source_url", "source_line", "section", "section_path", "tags", "kind", "published_at",
)  # fmt: skip


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=ARTICLES) as running:
        yield running


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Path:
    """All three papers crawled once."""
    folder = tmp_path_factory.mktemp("archive")
    for name in PAPERS:
        done = crawl(name, folder, replica)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def crawl(name: str, folder: Path, replica: Replica, *more: str) -> Any:
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}")
    return run_scrapy("crawl", name, *places, *LOOPBACK, *more)


def lines_of(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    return {line["id"].partition(":")[2]: line for line in read_articles(folder / name)}


def on_disk(row: Mapping[str, Any], field: str) -> Any:
    """A value of the replica's truth in the archive's form."""
    value = row[field]
    if field == "body":
        return "\n\n".join(value)
    if field == "images":
        return [{k: v or "" for k, v in image.items()} for image in value]
    return "" if value is None else value


def fingerprint(folder: Path) -> dict[str, str]:
    files = sorted((folder / "articles").rglob("*.jsonl"))
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


@pytest.mark.parametrize("name", PAPERS)
def test_every_article_is_archived_once(name: str, archive: Path, replica: Replica) -> None:
    ids = [line["id"] for line in read_articles(archive / name)]
    assert sorted(ids) == sorted(f"{name}:{row['key']}" for row in replica.truth(PAPERS[name]))


@pytest.mark.parametrize("name", PAPERS)
def test_every_field_is_what_was_published(name: str, archive: Path, replica: Replica) -> None:
    found = lines_of(archive, name)
    wrong = [
        (row["key"], field, row["features"], on_disk(row, field), found[row["key"]][field])
        for row in replica.truth(PAPERS[name])
        for field in FIELDS
        if found[row["key"]][field] != on_disk(row, field)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_line_is_valid(name: str, archive: Path) -> None:
    assert [p for line in read_articles(archive / name) for p in check_line(line)] == []


def test_second_run_adds_nothing_and_changes_no_byte(archive: Path, replica: Replica) -> None:
    before = fingerprint(archive / "baotuyenquang")
    replica.reset()
    done = crawl("baotuyenquang", archive, replica)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "new 0 · changed 0 · gone 0 · unchanged 0 · failed 0" in done.stdout
    assert fingerprint(archive / "baotuyenquang") == before
    truth = {row["url"].removeprefix("https://") for row in replica.truth(PAPERS["baotuyenquang"])}
    asked = {path for path in replica.stats()["paths"] if path in truth}
    assert asked == set()


def test_what_is_no_article_is_not_archived(archive: Path, replica: Replica) -> None:
    listed = set(replica.not_articles(PAPERS["baotuyenquang"]))
    assert listed
    assert listed.isdisjoint(line["url"] for line in read_articles(archive / "baotuyenquang"))


def test_run_record_adds_up(archive: Path) -> None:
    record = next(iter(read_runs(archive / "baotuyenquang")))
    assert record["exit_code"] == 0
    found = sum(1 for _ in read_articles(archive / "baotuyenquang"))
    assert record["counts"]["article/new"] == found == record["articles"]
    assert record["states"]["archived"] == found


def test_limit_bounds_the_articles_asked_for(tmp_path: Path, replica: Replica) -> None:
    done = crawl("thanhpho", tmp_path, replica, "-a", "limit=7")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines_of(tmp_path, "thanhpho")) == 7
    assert crawl("thanhpho", tmp_path, replica).returncode == 0
    assert len(lines_of(tmp_path, "thanhpho")) == len(replica.truth(PAPERS["thanhpho"]))


@pytest.mark.thorough
def test_what_a_limit_left_unlisted_is_found_by_the_next_run(
    tmp_path: Path, replica: Replica
) -> None:
    assert crawl("baotuyenquang", tmp_path, replica, "-a", "limit=10").returncode == 0
    done = crawl("baotuyenquang", tmp_path, replica)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {line["id"] for line in read_articles(tmp_path / "baotuyenquang")}
    assert len(found) == len(replica.truth(PAPERS["baotuyenquang"]))


def test_a_bound_on_the_lists_is_told_and_gone_on_from(tmp_path: Path, replica: Replica) -> None:
    done = crawl("baodongnai", tmp_path, replica, "-s", "LIST_PAGES=1")
    assert done.returncode == 7, done.stdout + done.stderr
    assert "lists longer than LIST_PAGES (the next run goes on)" in done.stdout
    for _ in range(9):
        if crawl("baodongnai", tmp_path, replica, "-s", "LIST_PAGES=2").returncode == 0:
            break
    assert len(lines_of(tmp_path, "baodongnai")) == len(replica.truth(PAPERS["baodongnai"]))


def test_a_list_page_that_is_no_more_is_walked_to_again(tmp_path: Path, replica: Replica) -> None:
    assert crawl("baodongnai", tmp_path, replica, "-a", "limit=30").returncode == 0
    now = datetime.now(UTC)
    with Ledger.open(tmp_path / "baodongnai", "baodongnai") as ledger:
        open_ones = [
            row[0] for row in ledger.database.rows("SELECT source FROM listings WHERE cursor <> ''")
        ]
        assert open_ones
        for source in open_ones:
            lost = ["https://baodongnai.com.vn/api/no-more", int(now.timestamp()), "0001-01-01"]
            ledger.lists.note(source, Listing(json.dumps([lost]), None, None), now)
    done = crawl("baodongnai", tmp_path, replica)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines_of(tmp_path, "baodongnai")) == len(replica.truth(PAPERS["baodongnai"]))
    *_, record = read_runs(tmp_path / "baodongnai")
    assert record["counts"]["list/begun_again"] == len(open_ones)


def test_a_window_alone_is_archived_and_walked_once(tmp_path: Path, replica: Replica) -> None:
    window = ("-a", "since=2026-03-01", "-a", "until=2026-08-31", "-a", "section=/kinh-te/")
    assert crawl("baotuyenquang", tmp_path, replica, *window).returncode == 0
    found = lines_of(tmp_path, "baotuyenquang")
    dated = {  # the former CMS's lists state no day: what they name is asked for to know it
        key: line["published_date"]
        for key, line in found.items()
        if line["extractor"].endswith("/a1.2")
    }
    assert dated
    assert all("2026-03-01" <= day <= "2026-08-31" for day in dated.values())
    wanted = {
        row["key"]
        for row in replica.truth(PAPERS["baotuyenquang"])
        if row["section_path"][:1] == ["Kinh tế"] and row["template"] == "A1"
        and "2026-03-01" <= row["published_at"][:10] <= "2026-08-31"
    }  # fmt: skip
    assert wanted <= dated.keys()
    replica.reset()
    assert crawl("baotuyenquang", tmp_path, replica, *window).returncode == 0
    assert replica.stats()["requests"] < 8


def test_since_walks_back_to_its_day_and_no_further(tmp_path: Path, replica: Replica) -> None:
    done = crawl("baotuyenquang", tmp_path, replica, "-a", "since=2026-09-01", "-a",
                 "section=/kinh-te/")  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = lines_of(tmp_path, "baotuyenquang").values()
    wanted = {
        row["key"]
        for row in replica.truth(PAPERS["baotuyenquang"])
        if row["section_path"][:1] == ["Kinh tế"] and row["template"] == "A1"
        and row["published_at"] >= "2026-09-01"
    }  # fmt: skip
    assert wanted <= {line["id"].partition(":")[2] for line in lines}
    dated = [line for line in lines if line["extractor"].endswith("/a1.2")]
    assert dated
    assert len(dated) == len(lines)  # the former CMS's lists were closed before that day


def test_since_ends_a_list_that_states_no_days(tmp_path: Path, replica: Replica) -> None:
    done = crawl("thanhpho", tmp_path, replica, "-a", "since=2026-06-01")
    assert done.returncode == 0, done.stdout + done.stderr
    found = lines_of(tmp_path, "thanhpho")
    truth = {row["key"]: row["published_at"] for row in replica.truth(PAPERS["thanhpho"])}
    assert {key for key, at in truth.items() if at >= "2026-06-01"} <= found.keys()
    assert len(found) < len(truth)


@pytest.mark.thorough
def test_a_later_edition_is_revised_not_overwritten(tmp_path: Path) -> None:
    with running_replica(articles=ARTICLES) as replica:
        assert crawl("baotuyenquang", tmp_path, replica).returncode == 0
        first = lines_of(tmp_path, "baotuyenquang")
        replica.set_edition(2)
        again = ("-a", "refetch=0d")
        done = crawl("baotuyenquang", tmp_path, replica, *again)
        assert done.returncode == 0, done.stdout + done.stderr
        assert {line["status"] for line in lines_of(tmp_path, "baotuyenquang").values()} == {"live"}
        pass_days(tmp_path / "baotuyenquang", 1)
        done = crawl("baotuyenquang", tmp_path, replica, *again)
        assert done.returncode == 0, done.stdout + done.stderr
        truth = {row["key"]: row for row in replica.truth(PAPERS["baotuyenquang"])}
    second = lines_of(tmp_path, "baotuyenquang")
    edited = {key for key, row in truth.items() if row["modified"] == 2 and key in first}
    gone = {key for key in first if truth.get(key, {}).get("status") != "live"}
    assert edited
    assert gone
    assert {key for key, line in second.items() if line["revision"] == 2} == edited
    assert {key for key, line in second.items() if line["status"] == "gone"} == gone
    assert all(second[key]["body"] == first[key]["body"] for key in gone)
    superseded = {
        line["id"].partition(":")[2]: line for line in read_revisions(tmp_path / "baotuyenquang")
    }
    assert superseded.keys() == edited
    assert all(superseded[key]["body"] == first[key]["body"] for key in edited)
