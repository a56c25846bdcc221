"""The files: whole months, in order, replaced at once, and only where they differ."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.atomic_files import (
    Written,
    ensure_space,
    measure,
    replace_file,
    sweep,
)
from newscrawl.archive.export.jsonl import Exported, export, path_of
from newscrawl.archive.export.row_reader import (
    read_articles,
    read_lines,
    read_revisions,
    read_runs,
)
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.opening import SIDECAR
from newscrawl.archive.ledger.published_state import COVERAGE, note_coverage, published_state
from newscrawl.archive.manifest import (
    Manifest,
    differing,
    read_manifest,
    write_manifest,
)
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import VIETNAM, Article, to_line
from tests.support.articles import NOON, story_of

DAY = timedelta(days=1)


def story(key: str, month: int = 11, text: str = "Vụ lúa mùa được mùa.", day: int = 5) -> Article:
    published = datetime(2026, month, day, 7, 30, tzinfo=VIETNAM)
    return story_of(f"{text} {key}", key, published_at=published, published_date=published.date())


def edited(article: Article, text: str = "Vụ lúa mùa mất mùa.") -> Article:
    digest = f"sha256:{sha256(text.encode()).hexdigest()}"
    return replace(article, body=text, content_hash=digest)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bao"


@pytest.fixture
def ledger(folder: Path) -> Iterator[Ledger]:
    with Ledger.open(folder, "bao") as opened:
        opened.begin_run("r1", NOON, {})
        yield opened


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every published file: its bytes and its inode."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "state"
    }


def manifest_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "manifest.json").read_bytes()))


def test_months_stand_where_they_belong_in_order(ledger: Ledger, folder: Path) -> None:
    undated = replace(story("9"), published_at=None, published_date=None)
    for article in (
        story("3", day=9),
        story("10", day=9),
        story("2", day=1),
        story("4", 2),
        undated,
    ):
        ledger.articles.archive(article, NOON)
    done = export(ledger, folder)
    assert done == Exported(
        (
            "articles/2026/2026-02.jsonl",
            "articles/2026/2026-11.jsonl",
            "articles/undated.jsonl",
        ),
        5,
    )
    ids = [json.loads(line)["id"] for line in (folder / done.files[1]).read_text().splitlines()]
    assert ids == ["bao:2", "bao:10", "bao:3"]
    assert list(read_articles(folder)) == list(ledger.articles.lines())
    assert (folder / done.files[0]).read_bytes() == (
        json.dumps(to_line(story("4", 2)), ensure_ascii=False).encode() + b"\n"
    )


def test_exporting_twice_touches_no_file(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1"), NOON)
    export(ledger, folder)
    before = tree(folder)
    assert export(ledger, folder) == Exported((), 1)
    ledger.begin_run("r2", NOON + DAY, {})
    ledger.articles.archive(story("1"), NOON + DAY)
    assert export(ledger, folder) == Exported((), 1)
    assert tree(folder) == before


def test_only_the_month_that_changed_is_written(ledger: Ledger, folder: Path) -> None:
    for month in (1, 2, 3):
        ledger.articles.archive(story(str(month), month), NOON)
    export(ledger, folder)
    before = tree(folder)
    ledger.articles.archive(story("20", 2), NOON)
    assert export(ledger, folder).files == ("articles/2026/2026-02.jsonl",)
    after = tree(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"articles/2026/2026-02.jsonl", "manifest.json"}


def test_a_month_written_anew_with_the_same_bytes_keeps_its_file(
    ledger: Ledger, folder: Path
) -> None:
    ledger.articles.archive(story("1"), NOON)
    export(ledger, folder)
    before = tree(folder)
    ledger.months.mark_dirty("articles", "2026-11")
    assert export(ledger, folder).files == ()
    after = tree(folder)
    assert after["articles/2026/2026-11.jsonl"] == before["articles/2026/2026-11.jsonl"]


def test_an_open_reader_keeps_the_old_file_whole(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1"), NOON)
    export(ledger, folder)
    month = folder / "articles/2026/2026-11.jsonl"
    before = month.read_bytes()
    with month.open("rb") as reader:
        ledger.articles.archive(story("2"), NOON)
        export(ledger, folder)
        assert reader.read() == before
    assert len(month.read_bytes()) > len(before)


def test_superseded_versions_stand_in_the_month_they_were_superseded(
    ledger: Ledger, folder: Path
) -> None:
    ledger.articles.archive(story("1", 2), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    ledger.articles.archive(edited(story("1", 2)), NOON + DAY)
    done = export(ledger, folder)
    assert done.files == ("revisions/2026-11.jsonl", "articles/2026/2026-02.jsonl")
    (older,) = read_revisions(folder)
    (newest,) = read_articles(folder)
    assert (older["id"], older["revision"], newest["revision"]) == ("bao:1", 1, 2)
    assert older["changed_fields"] == ["body", "content_hash"]


def test_revisions_are_only_ever_added_behind(ledger: Ledger, folder: Path) -> None:
    path = folder / "revisions/2026-11.jsonl"
    before = b""
    for number, key in enumerate("2131", 1):
        ledger.begin_run(f"e{number}", NOON, {})
        ledger.articles.archive(story(key), NOON)
        ledger.articles.archive(
            edited(story(key), f"Bản {number}."), NOON + number * timedelta(hours=1)
        )
        export(ledger, folder)
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()


def test_a_moved_article_is_in_its_new_month_before_it_leaves_the_old(
    ledger: Ledger, folder: Path
) -> None:
    ledger.articles.archive(story("1", 2), NOON)
    ledger.articles.archive(story("2", 2), NOON)
    export(ledger, folder)
    moved = replace(edited(story("1", 2)), published_at=story("1", 3).published_at)
    ledger.articles.archive(moved, NOON)
    done = export(ledger, folder)
    assert done.files[1:] == ("articles/2026/2026-03.jsonl", "articles/2026/2026-02.jsonl")
    assert done.articles == 2


def test_a_month_without_an_article_left_has_no_file(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1", 2), NOON)
    export(ledger, folder)
    ledger.articles.archive(
        replace(edited(story("1", 2)), published_at=story("1", 3).published_at), NOON
    )
    export(ledger, folder)
    assert not (folder / "articles/2026/2026-02.jsonl").exists()
    assert "articles/2026/2026-02.jsonl" not in manifest_of(folder)["files"]
    assert [line["id"] for line in read_articles(folder)] == ["bao:1"]


def test_the_record_of_a_run_stands_in_runs(ledger: Ledger, folder: Path) -> None:
    ledger.runs.end("r1", {"run_id": "r1", "started_at": "2026-11-23T12:00:00Z", "new": 0})
    export(ledger, folder)
    ledger.begin_run("r2", NOON + 9 * DAY, {})
    ledger.runs.end("r2", {"run_id": "r2", "started_at": "2026-12-02T12:00:00Z", "new": 1})
    export(ledger, folder)
    assert [run["run_id"] for run in read_runs(folder)] == ["r1", "r2"]
    assert sorted(path.name for path in (folder / "runs").iterdir()) == [
        "2026-11.jsonl",
        "2026-12.jsonl",
    ]


def test_coverage_is_published_with_the_manifest_and_written_anew_where_it_strays(
    ledger: Ledger, folder: Path
) -> None:
    ledger.lists.note("A:/a/", Listing(None, NOON, NOON.date()), NOON)
    ledger.lists.note("A:/b/", Listing("3"), NOON)
    link = Link(url="https://bao.vn/x-9.html", key="9")
    ledger.links.sift([link], "r1", NOON)
    ledger.links.refuse("9", "HTTP 403", NOON)
    record = {"run_id": "r1", "newspaper": "bao", "started_at": "2026-11-23T12:00:00Z"}
    whole = record | published_state(ledger, "r1")
    ledger.runs.end("r1", whole)
    note_coverage(ledger, whole)
    export(ledger, folder)
    told = json.loads((folder / COVERAGE).read_text("utf-8"))
    assert [(one["source"], one["reached"], one["complete"]) for one in told["listings"]] == [
        ("A:/a/", "2026-11-23", True),
        ("A:/b/", "", False),
    ]
    assert told["links"] == [{"url": link.url, "state": "refused", "reason": "HTTP 403"}]
    assert (told["links_left_out"], told["arguments"], told["run_id"]) == (0, {}, "r1")
    manifest = read_manifest(folder)
    assert manifest is not None
    assert manifest.files[COVERAGE].written == measure(folder / COVERAGE)
    assert export(ledger, folder).files == ()
    (folder / COVERAGE).write_text("{}", "utf-8")
    assert export(ledger, folder).files == ()  # the same bytes as before: no change is told
    assert json.loads((folder / COVERAGE).read_text("utf-8")) == told


def test_the_manifest_says_what_each_file_holds(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1", 2), NOON)
    ledger.articles.archive(story("2", 3), NOON)
    export(ledger, folder)
    ledger.begin_run("r2", NOON, {})
    ledger.articles.archive(edited(story("2", 3)), NOON)
    export(ledger, folder)
    found = manifest_of(folder)
    assert (found["newspaper"], found["run_id"], found["articles"]) == ("bao", "r2", 2)
    assert {name: entry["run_id"] for name, entry in found["files"].items()} == {
        "articles/2026/2026-02.jsonl": "r1",
        "articles/2026/2026-03.jsonl": "r2",
        "revisions/2026-11.jsonl": "r2",
    }
    for name, entry in found["files"].items():
        data = (folder / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert (entry["rows"], entry["bytes"]) == (data.count(b"\n"), len(data))
    manifest = read_manifest(folder)
    assert manifest is not None
    assert differing(folder, manifest.files) == frozenset()


@pytest.mark.parametrize("harm", ["removed", "cut", "no manifest", "bad manifest", "foreign tmp"])
def test_what_was_harmed_is_written_anew(ledger: Ledger, folder: Path, harm: str) -> None:
    ledger.articles.archive(story("1", 2), NOON)
    ledger.articles.archive(story("2", 3), NOON)
    export(ledger, folder)
    before = {name: data for name, (data, _) in tree(folder).items()}
    month, manifest = folder / "articles/2026/2026-02.jsonl", folder / "manifest.json"
    if harm == "removed":
        month.unlink()
    elif harm == "cut":
        month.write_bytes(month.read_bytes()[:-9])
    elif harm == "no manifest":
        manifest.unlink()
    elif harm == "bad manifest":
        manifest.write_bytes(manifest.read_bytes()[:-40])
    else:
        month.with_name("2026-02.jsonl.tmp").write_text("half a li")
    export(ledger, folder)
    after = {name: data for name, (data, _) in tree(folder).items()}
    assert after.keys() == before.keys()
    before.pop("manifest.json"), after.pop("manifest.json")
    assert after == before
    assert export(ledger, folder).files == ()


def test_a_distrusted_file_is_written_anew(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1"), NOON)
    export(ledger, folder)
    month = folder / "articles/2026/2026-11.jsonl"
    whole = month.read_bytes()
    month.write_bytes(whole.replace(b"a", b"e", 1))
    assert export(ledger, folder).files == ()
    assert export(ledger, folder, ("articles/2026/2026-11.jsonl",)).files
    assert month.read_bytes() == whole


@pytest.mark.parametrize("at", ["articles/2026/2026-03.jsonl", "manifest.json"])
def test_an_export_that_breaks_off_is_completed_by_the_next(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    for month in (2, 3, 4):
        ledger.articles.archive(story(str(month), month), NOON)
    export(ledger, folder)
    old, spare = tree(folder), (folder / SIDECAR).read_bytes()
    for month in (2, 3, 4):
        ledger.articles.archive(story(f"{month}0", month), NOON)
    ledger.lists.note("Source:/kinh-te/", Listing(None, NOON, None), NOON)
    real = os.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == folder / at:
            raise OSError(28, "No space left on device")
        real(self, target)
        return target

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(ArchiveError, match="No space left on device: the disk is full"):
            export(ledger, folder)
    broken = tree(folder)
    assert broken["manifest.json"] == old["manifest.json"]
    assert (folder / SIDECAR).read_bytes() == spare or at == "manifest.json"
    for line in read_articles(folder):
        assert line["newspaper"] == "bao"
    assert export(ledger, folder).articles == 6
    assert not list(folder.rglob("*.tmp"))
    assert sorted(line["id"] for line in read_articles(folder)) == sorted(
        line["id"] for line in ledger.articles.lines()
    )


def test_the_ledger_is_never_behind_a_manifest(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.articles.archive(story("1"), NOON)
    seen = []

    def look(at: Path, manifest: Manifest) -> None:
        with Ledger.open(folder, "bao") as reader:
            seen.append((int(reader.fact("exports") or 0), manifest.exports))
        write_manifest(at, manifest)

    monkeypatch.setattr("newscrawl.archive.export.jsonl.write_manifest", look)
    export(ledger, folder)
    assert seen == [(1, 1)]


def test_links_without_an_article_are_kept_beside_the_ledger(ledger: Ledger, folder: Path) -> None:
    ledger.articles.archive(story("1"), NOON)
    ledger.links.refuse("1", "robots.txt", NOON)
    ledger.links.sift([Link(url="https://bao.vn/x-2.html", key="2")], "r1", NOON)
    ledger.links.refuse("2", "robots.txt", NOON)
    export(ledger, folder)
    rows = [json.loads(line) for line in (folder / SIDECAR).read_text().splitlines()]
    assert rows[0] == ["version", 6]
    assert [row[:4] for row in rows[1:]] == [["links", "2", "https://bao.vn/x-2.html", "refused"]]


def test_a_line_that_is_not_whole_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "bao:1"}\n{"id": \n')
    lines = read_lines(path)
    assert next(lines) == {"id": "bao:1"}
    with pytest.raises(ArchiveError, match=r"x\.jsonl, line 2, is not a whole JSON object"):
        next(lines)


def test_paths_of_months() -> None:
    assert path_of("articles", "2010-01") == "articles/2010/2010-01.jsonl"
    assert path_of("revisions", "2026-11") == "revisions/2026-11.jsonl"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.jsonl"
    assert replace_file(path, ["một", "hai"]) == measure(path)
    assert path.read_text() == "một\nhai\n"

    def broken() -> Iterator[str]:
        yield "ba"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace_file(path, broken())
    assert path.read_text() == "một\nhai\n"
    assert [each.name for each in path.parent.iterdir()] == ["x.jsonl"]


def test_an_empty_file_is_measured(tmp_path: Path) -> None:
    nothing = Written(0, 0, hashlib.sha256().hexdigest())
    assert replace_file(tmp_path / "x", []) == nothing
    assert measure(tmp_path / "x") == nothing


def test_half_written_files_are_swept(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    left = tmp_path / "a" / "2026-11.jsonl.tmp"
    left.touch()
    (tmp_path / "a" / "2026-11.jsonl").touch()
    assert sweep(tmp_path) == (left,)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["2026-11.jsonl"]
    assert sweep(tmp_path / "nowhere") == ()


def test_too_little_space_is_told_before_anything_is_touched(tmp_path: Path) -> None:
    there = tmp_path / "not" / "yet"
    assert ensure_space(there, 0) > 0
    with pytest.raises(ArchiveError, match=r"GiB free, 1048576\.00 GiB needed"):
        ensure_space(there, 1 << 50)
    assert not there.exists()
