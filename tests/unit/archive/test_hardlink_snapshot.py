"""Snapshots: consistent, without a copy, and untouched by what comes later."""

import errno
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.atomic_files import replace_file
from newscrawl.archive.export.hardlink_snapshot import (
    LATEST,
    prune,
    take_snapshot,
    taken_at,
)
from newscrawl.archive.manifest import (
    Entry,
    Manifest,
    differing,
    read_manifest,
    write_manifest,
)
from newscrawl.exceptions import ArchiveError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def publish(folder: Path, run: int, *lines: str) -> None:
    """What an export leaves: two files, replaced, and the manifest that lists them."""
    names = ("articles/2026/2026-11.jsonl", "runs/2026-11.jsonl")
    files = {name: Entry(replace_file(folder / name, lines), f"r{run}") for name in names}
    write_manifest(folder, Manifest(folder.name, run, f"r{run}", files))


def names(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def snapshot(folder: Path, now: datetime) -> Path:
    taken = take_snapshot(folder, now=now)
    assert taken is not None
    return taken


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    folder = tmp_path / "bao"
    publish(folder, 1, "một")
    (folder / "state").mkdir()
    (folder / "state" / "ledger.sqlite").touch()
    (folder / "pages" / "2026-11").mkdir(parents=True)
    (folder / "pages" / "2026-11" / "open.warc.gz").touch()
    return folder


def test_a_snapshot_holds_what_the_manifest_lists_without_a_copy(paper: Path) -> None:
    taken = snapshot(paper, NOON)
    home = paper.parent / "snapshots"
    assert taken == home / "2026-11-23T120000Z"
    assert names(taken) == [
        "README.md",
        "article.schema.json",
        "bao/articles/2026/2026-11.jsonl",
        "bao/manifest.json",
        "bao/runs/2026-11.jsonl",
        "newspapers.csv",
        "revision.schema.json",
    ]
    for name in names(taken):
        assert (taken / name).samefile(paper.parent / name)
    assert (home / LATEST).readlink() == Path("2026-11-23T120000Z")
    assert (home / LATEST / "bao" / "manifest.json").is_file()


def test_later_runs_leave_a_snapshot_as_it_was(paper: Path) -> None:
    first = snapshot(paper, NOON)
    publish(paper, 2, "một", "hai")
    second = snapshot(paper, NOON + HOUR)
    for taken, lines in ((first, "một\n"), (second, "một\nhai\n")):
        assert (taken / "bao/articles/2026/2026-11.jsonl").read_text() == lines
        manifest = read_manifest(taken / "bao")
        assert manifest is not None
        assert differing(taken / "bao", manifest.files) == frozenset()
    assert (paper.parent / "snapshots" / LATEST).resolve() == second


def test_another_newspaper_is_held_as_its_own_run_left_it(paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "baokhac"
    publish(other, 1, "a")
    snapshot(other, NOON)
    replace_file(other / "runs/2026-11.jsonl", ["half of a run's export"])
    taken = snapshot(paper, NOON + HOUR)
    assert sorted(path.name for path in taken.iterdir() if path.is_dir()) == ["bao", "baokhac"]
    assert (taken / "baokhac/runs/2026-11.jsonl").read_text() == "a\n"
    manifest = read_manifest(taken / "baokhac")
    assert manifest is not None
    assert differing(taken / "baokhac", manifest.files) == frozenset()


def test_two_snapshots_of_one_second_are_two(paper: Path) -> None:
    assert snapshot(paper, NOON) != snapshot(paper, NOON)


def test_what_a_killed_snapshot_left_is_cleared_and_never_seen(paper: Path) -> None:
    home = paper.parent / "snapshots"
    half = home / "2026-11-22T120000Z.tmp" / "bao"
    half.mkdir(parents=True)
    (home / "latest.tmp").symlink_to("nowhere")
    snapshot(paper, NOON)
    assert sorted(path.name for path in home.iterdir()) == [".lock", "2026-11-23T120000Z", LATEST]


def test_a_folder_without_a_manifest_gives_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="has no manifest yet"):
        snapshot(tmp_path / "bao", NOON)
    assert not list((tmp_path / "snapshots").glob("2*"))


def test_a_listed_file_that_is_missing_gives_no_snapshot(paper: Path) -> None:
    first = snapshot(paper, NOON)
    (paper / "runs/2026-11.jsonl").unlink()
    with pytest.raises(ArchiveError, match=r"linking .*runs/2026-11\.jsonl: No such file"):
        snapshot(paper, NOON + HOUR)
    assert (paper.parent / "snapshots" / LATEST).resolve() == first
    publish(paper, 2, "hai")
    snapshot(paper, NOON + HOUR)


def test_pruning_keeps_the_newest_of_seven_days_and_twelve_months(paper: Path) -> None:
    home = paper.parent / "snapshots"
    start = datetime(2025, 1, 1, 6, tzinfo=UTC)
    moments = [start + n * 12 * HOUR for n in range(2 * 690)]
    home.mkdir()
    for at in moments:
        (home / f"{at:%Y-%m-%dT%H%M%SZ}").mkdir()
    newest = snapshot(paper, moments[-1] + HOUR)
    removed = prune(home)
    kept = sorted(t for path in home.iterdir() if (t := taken_at(path.name)) is not None)
    days = {f"{at:%Y-%m-%d}" for at in kept[-7:]}
    assert len(days) == 7
    assert len(kept) + len(removed) == len(moments) + 1
    months = [f"{at:%Y-%m}" for at in kept[:-7]]
    assert len(months) == len(set(months)) == 11
    assert kept[-1] == taken_at(newest.name)
    assert all(at.hour == 18 for at in kept[:-1])
    assert prune(home) == ()


def test_pruning_never_removes_what_latest_names_or_what_is_no_snapshot(paper: Path) -> None:
    taken = snapshot(paper, NOON - 400 * DAY)
    home = taken.parent
    for n in range(30):
        (home / f"{NOON + n * DAY:%Y-%m-%dT%H%M%SZ}").mkdir()
    (home / "notes").mkdir()
    prune(home, daily=1, monthly=0)
    assert sorted(path.name for path in home.iterdir()) == [
        ".lock", taken.name, "2026-12-22T120000Z", LATEST, "notes",
    ]  # fmt: skip


def test_pruning_nothing_is_fine(tmp_path: Path) -> None:
    assert prune(tmp_path / "snapshots") == ()


def test_removing_a_snapshot_leaves_the_archive(paper: Path) -> None:
    snapshot(paper, NOON)
    snapshot(paper, NOON + HOUR)
    before = names(paper)
    assert len(prune(paper.parent / "snapshots", daily=1, monthly=0)) == 1
    assert names(paper) == before
    assert (paper / "runs/2026-11.jsonl").read_text() == "một\n"


def test_a_disk_without_hard_links_gives_no_snapshot_and_no_error(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", source, target)

    monkeypatch.setattr("os.link", refuse)
    assert take_snapshot(paper, now=NOON) is None
    assert [path.name for path in (paper.parent / "snapshots").iterdir()] == [".lock"]


def test_a_full_disk_gives_no_snapshot_and_an_error(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", source, target)

    monkeypatch.setattr("os.link", refuse)
    with pytest.raises(ArchiveError, match="the disk is full"):
        take_snapshot(paper, now=NOON)
