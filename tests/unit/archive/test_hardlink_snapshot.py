"""Snapshots: consistent, without a copy, and untouched by what comes later."""

import errno
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from newscrawl.archive.atomic_files import exchange_folders, measure, replace_file
from newscrawl.archive.export.hardlink_snapshot import (
    LATEST,
    newest_parts,
    prune,
    take_snapshot,
    taken_at,
)
from newscrawl.archive.export.snapshot_tree import Gathered
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
    return taken.path


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
    assert names(home / LATEST) == names(taken)
    for name in names(taken):
        assert (home / LATEST / name).samefile(taken / name)


def test_later_runs_leave_a_snapshot_as_it_was(paper: Path) -> None:
    first = snapshot(paper, NOON)
    publish(paper, 2, "một", "hai")
    second = snapshot(paper, NOON + HOUR)
    for taken, lines in ((first, "một\n"), (second, "một\nhai\n")):
        assert (taken / "bao/articles/2026/2026-11.jsonl").read_text() == lines
        manifest = read_manifest(taken / "bao")
        assert manifest is not None
        assert differing(taken / "bao", manifest.files) == frozenset()
    assert is_latest(second)


def is_latest(taken: Path) -> bool:
    """Whether `latest` shows what the snapshot holds."""
    return all((taken.parent / LATEST / name).samefile(taken / name) for name in names(taken))


def test_another_newspaper_is_held_as_its_own_run_left_it(paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "baokhac"
    publish(other, 1, "a")
    snapshot(other, NOON)
    replace_file(other / "runs/2026-11.jsonl", ["half of a run's export"])
    taken = snapshot(paper, NOON + HOUR)
    latest = taken.parent / LATEST
    assert [path.name for path in taken.iterdir() if path.is_dir()] == ["bao"]
    assert sorted(path.name for path in latest.iterdir() if path.is_dir()) == ["bao", "baokhac"]
    assert (latest / "baokhac/runs/2026-11.jsonl").read_text() == "a\n"
    manifest = read_manifest(latest / "baokhac")
    assert manifest is not None
    assert differing(latest / "baokhac", manifest.files) == frozenset()


def links_of(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_nlink for name in names(folder)}


def test_a_run_links_its_own_files_whatever_the_others_have(paper: Path, tmp_path: Path) -> None:
    others = [tmp_path / f"bao{n}" for n in range(5)]
    for folder in (paper, *others):
        publish(folder, 1, folder.name)
        snapshot(folder, NOON)
    before = [links_of(other) for other in others]
    taken = snapshot(paper, NOON + HOUR)
    assert [links_of(other) for other in others] == before
    for folder in (paper, *others):
        shown = taken.parent / LATEST / folder.name
        assert (shown / "articles/2026/2026-11.jsonl").read_text() == f"{folder.name}\n"
        assert (shown / "manifest.json").samefile(folder / "manifest.json")
        assert not any(path.is_symlink() for path in (shown, *shown.rglob("*")))


def test_runs_of_many_newspapers_keep_each_ones_days_and_months(
    paper: Path, tmp_path: Path
) -> None:
    folders = [paper, tmp_path / "baohai", tmp_path / "baoba"]
    home = tmp_path / "snapshots"
    said: dict[str, dict[datetime, str]] = {folder.name: {} for folder in folders}
    for run in range(90):
        folder, at = folders[(run * run + run // 7) % 3], NOON + run * 5 * HOUR
        said[folder.name][at] = f"{folder.name} {run}"
        publish(folder, run, said[folder.name][at])
        snapshot(folder, at)
        prune(home, 3, 2, (folder.name,))
        for name, runs in said.items():
            days = {f"{at:%Y-%m-%d}": at for at in runs}
            months = {f"{at:%Y-%m}": at for at in runs}
            kept = {*list(days.values())[-3:], *list(months.values())[-2:]}
            assert {
                taken_at(path.parent.name): text(path) for path in home.glob(f"20*/{name}")
            } == {at: runs[at] for at in kept}
            if runs:
                assert text(home / LATEST / name) == list(runs.values())[-1]
                assert text(newest_parts(home)[name]) == list(runs.values())[-1]
    assert {path.name for path in home.glob("*") if not taken_at(path.name)} == {".lock", LATEST}


def text(folder: Path) -> str:
    return (folder / "articles/2026/2026-11.jsonl").read_text().strip()


def test_a_snapshot_of_several_goes_with_its_last_newspaper(paper: Path, tmp_path: Path) -> None:
    other = tmp_path / "baokhac"
    publish(other, 1, "a")
    both = take_snapshot(paper, other, now=NOON)
    assert both is not None
    snapshot(paper, NOON + HOUR)
    assert prune(both.path.parent, 1, 12, ("bao",)) == (both.path / "bao",)
    assert text(both.path / "baokhac") == "a"
    snapshot(other, NOON + HOUR)
    prune(both.path.parent, 1, 12, ("baokhac",))
    assert not both.path.exists()


def test_latest_that_is_a_link_becomes_a_folder(paper: Path, tmp_path: Path) -> None:
    home, other = tmp_path / "snapshots", tmp_path / "baokhac"
    publish(other, 1, "a")
    both = take_snapshot(paper, other, now=NOON)
    assert both is not None
    shutil.rmtree(home / LATEST)
    (home / LATEST).symlink_to(both.path.name)
    publish(paper, 2, "hai")
    snapshot(paper, NOON + HOUR)
    assert not (home / LATEST).is_symlink()
    assert (text(home / LATEST / "bao"), text(home / LATEST / "baokhac")) == ("hai", "a")
    assert (text(both.path / "bao"), text(both.path / "baokhac")) == ("một", "a")


@pytest.mark.parametrize("fault", [None, errno.ENOSYS, errno.EINVAL])
def test_a_folder_changes_places_with_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int | None
) -> None:
    if fault is not None:
        monkeypatch.setattr(
            "ctypes.CDLL", lambda *_, **__: SimpleNamespace(renameat2=lambda *_: -1)
        )
        monkeypatch.setattr("ctypes.get_errno", lambda: fault)
    for name in ("cũ", "mới"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange_folders(tmp_path / "mới", tmp_path / "cũ")
    assert names(tmp_path) == ["cũ/mới", "mới/cũ"]
    exchange_folders(tmp_path / "mới", tmp_path / "thêm")
    assert names(tmp_path) == ["cũ/mới", "thêm/cũ"]


def test_a_reader_of_latest_never_misses_a_newspaper(paper: Path) -> None:
    """While a process takes one snapshot after the other."""
    snapshot(paper, NOON)
    latest = paper.parent / "snapshots" / LATEST / "bao"
    child = os.fork()
    if child == 0:
        for run in range(100):
            take_snapshot(paper, now=NOON + (run + 1) * HOUR)
        os._exit(0)
    looks = 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        assert (latest / "manifest.json").is_file()
        looks += 1
    assert looks > 100


def test_two_processes_make_their_parts_side_by_side(paper: Path, tmp_path: Path) -> None:
    """What another run has half made is left alone, what a killed run of one's own left is not."""
    (tmp_path / "snapshots" / ".baokhac.tmp" / "shown").mkdir(parents=True)
    (tmp_path / "snapshots" / ".bao.tmp" / "shown").mkdir(parents=True)
    snapshot(paper, NOON)
    assert (tmp_path / "snapshots" / ".baokhac.tmp" / "shown").is_dir()
    assert not (tmp_path / "snapshots" / ".bao.tmp").exists()


# Files that cannot be linked ---------------------------------------------------------------------


def refuse_links(monkeypatch: pytest.MonkeyPatch, folder: Path, fault: int) -> None:
    """No file below the folder can be linked."""
    link = os.link

    def refuse(source: Path, target: Path) -> None:
        if source.is_relative_to(folder):
            raise OSError(fault, os.strerror(fault), source, target)
        link(source, target)

    monkeypatch.setattr("os.link", refuse)


@pytest.mark.parametrize("fault", [errno.EXDEV, errno.EPERM, errno.EMLINK])
def test_what_cannot_be_linked_is_copied_once(
    paper: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    refuse_links(monkeypatch, paper / "runs", fault)
    first = take_snapshot(paper, now=NOON)
    second = take_snapshot(paper, now=NOON + HOUR)
    publish(paper, 2, "một", "hai")
    third = take_snapshot(paper, now=NOON + 2 * HOUR)
    assert first
    assert second
    assert third
    assert [taken.gathered for taken in (first, second, third)] == [
        Gathered(copied=1), Gathered(), Gathered(copied=1),
    ]  # fmt: skip
    name = "bao/runs/2026-11.jsonl"
    assert (second.path / name).samefile(first.path / name)
    assert not (first.path / name).samefile(paper / "runs/2026-11.jsonl")
    for taken, text in ((first, "một\n"), (third, "một\nhai\n")):
        assert (taken.path / name).read_text() == text
    assert str(first.gathered).startswith("1 file copied")


def test_pages_that_find_no_room_are_left_out_and_said(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = read_manifest(paper)
    assert manifest is not None
    page = "pages/2026-11/open.warc.gz"
    (paper / page).write_bytes(b"x" * 1000)
    manifest.files[page] = Entry(measure(paper / page), "r1")
    write_manifest(paper, manifest)
    refuse_links(monkeypatch, paper / "pages", errno.EXDEV)
    real = shutil.disk_usage
    monkeypatch.setattr("shutil.disk_usage", lambda path: real(path)._replace(free=1500))
    taken = take_snapshot(paper, now=NOON)
    assert taken
    assert taken.gathered == Gathered(left_out=1)
    assert "without 1 file of raw pages" in str(taken.gathered)
    assert (taken.path / "bao/articles/2026/2026-11.jsonl").read_text() == "một\n"
    assert not (taken.path / "bao" / page).exists()


def test_two_snapshots_of_one_second_are_two(paper: Path) -> None:
    assert snapshot(paper, NOON) != snapshot(paper, NOON)


def test_what_a_killed_snapshot_left_is_cleared_and_never_seen(paper: Path) -> None:
    home = paper.parent / "snapshots"
    half = home / "2026-11-22T120000Z.tmp" / "bao"
    half.mkdir(parents=True)
    (home / "latest.tmp").symlink_to("nowhere")
    snapshot(paper, NOON)
    assert sorted(path.name for path in home.iterdir()) == [".lock", "2026-11-23T120000Z", LATEST]
    assert (home / LATEST / "bao").is_dir()


def test_a_folder_without_a_manifest_gives_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="has no manifest yet"):
        snapshot(tmp_path / "bao", NOON)
    assert not list((tmp_path / "snapshots").glob("2*"))


def test_a_listed_file_that_is_missing_gives_no_snapshot(paper: Path) -> None:
    first = snapshot(paper, NOON)
    (paper / "runs/2026-11.jsonl").unlink()
    with pytest.raises(ArchiveError, match=r"linking .*runs/2026-11\.jsonl: No such file"):
        snapshot(paper, NOON + HOUR)
    assert is_latest(first)
    publish(paper, 2, "hai")
    snapshot(paper, NOON + HOUR)


def test_pruning_keeps_the_newest_of_seven_days_and_twelve_months(paper: Path) -> None:
    home = paper.parent / "snapshots"
    start = datetime(2025, 1, 1, 6, tzinfo=UTC)
    moments = [start + n * 12 * HOUR for n in range(2 * 690)]
    home.mkdir()
    for at in moments:
        (home / f"{at:%Y-%m-%dT%H%M%SZ}" / "bao").mkdir(parents=True)
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


def test_pruning_never_removes_the_newest_or_what_is_no_snapshot(paper: Path) -> None:
    taken = snapshot(paper, NOON - 400 * DAY)
    home = taken.parent
    for n in range(30):
        (home / f"{NOON + n * DAY:%Y-%m-%dT%H%M%SZ}" / "baokhac").mkdir(parents=True)
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
    assert list((paper.parent / "snapshots").iterdir()) == []


def test_a_full_disk_gives_no_snapshot_and_an_error(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", source, target)

    monkeypatch.setattr("os.link", refuse)
    with pytest.raises(ArchiveError, match="the disk is full"):
        take_snapshot(paper, now=NOON)
