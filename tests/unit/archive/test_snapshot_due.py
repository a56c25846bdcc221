"""A run that changed nothing takes no snapshot, nor one that comes too soon."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.atomic_files import replace_file
from newscrawl.archive.export.hardlink_snapshot import LATEST, take_snapshot
from newscrawl.archive.export.snapshot_due import is_snapshot_due
from newscrawl.archive.manifest import MANIFEST, Entry, Manifest, write_manifest

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEVER_TOO_SOON = timedelta(0)


def publish(folder: Path, article: str, run: str) -> None:
    files = {
        name: Entry(replace_file(folder / name, [text]), run)
        for name, text in (("articles/2026/2026-11.jsonl", article), ("runs/2026-11.jsonl", run))
    }
    write_manifest(folder, Manifest(folder.name, 1, run, files))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A newspaper in the latest snapshot, and another one in the one before."""
    paper, other = tmp_path / "output" / "bao", tmp_path / "output" / "tin"
    for folder in (paper, other):
        publish(folder, "một", "r1")
    take_snapshot(other, now=NOON - HOUR)
    take_snapshot(paper, now=NOON)
    return paper


def test_the_first_snapshot_is_always_due(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "bao"
    publish(folder, "một", "r1")
    assert is_snapshot_due(folder, NOON, 24 * HOUR)


def test_a_first_run_that_kept_nothing_takes_none(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "bao"
    written = replace_file(folder / "runs" / "2026-11.jsonl", ["r1"])
    files = {"runs/2026-11.jsonl": Entry(written, "r1")}
    write_manifest(folder, Manifest(folder.name, 1, "r1", files))
    assert not is_snapshot_due(folder, NOON, NEVER_TOO_SOON)


def test_a_run_that_only_adds_its_record_takes_none(paper: Path) -> None:
    publish(paper, "một", "r2")
    assert not is_snapshot_due(paper, NOON + 99 * HOUR, NEVER_TOO_SOON)
    publish(paper, "hai", "r3")
    assert is_snapshot_due(paper, NOON + 2 * HOUR, NEVER_TOO_SOON)


def test_a_change_waits_until_the_snapshot_is_old_enough(paper: Path) -> None:
    publish(paper, "hai", "r2")
    assert not is_snapshot_due(paper, NOON + 23 * HOUR, 24 * HOUR)
    assert is_snapshot_due(paper, NOON + 24 * HOUR, 24 * HOUR)


def test_a_clock_that_was_set_back_does_not_end_the_snapshots(paper: Path) -> None:
    publish(paper, "hai", "r2")
    assert is_snapshot_due(paper, NOON - 9 * HOUR, 24 * HOUR)


def test_a_snapshot_that_cannot_be_read_is_no_snapshot(paper: Path) -> None:
    shown = paper.parent / "snapshots" / LATEST / paper.name
    (shown.resolve() / MANIFEST).unlink()
    assert is_snapshot_due(paper, NOON + HOUR, 24 * HOUR)
    (shown.resolve() / MANIFEST).write_text("{")
    assert is_snapshot_due(paper, NOON + HOUR, 24 * HOUR)


def test_a_file_that_is_lost_is_told_by_the_snapshot(paper: Path) -> None:
    assert not is_snapshot_due(paper, NOON + HOUR, NEVER_TOO_SOON)
    (paper / "articles" / "2026" / "2026-11.jsonl").unlink()
    assert is_snapshot_due(paper, NOON + HOUR, NEVER_TOO_SOON)
