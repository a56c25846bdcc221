"""What is printed at the end of a run: troubles once, the disk's once for all newspapers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.cli.run_ending import end_run, refuse_run
from newscrawl.exceptions import ArchiveBusyError, ArchiveError, ArgumentError, NoSpaceError
from newscrawl.monitoring.run_report import RunReport
from tests.unit.monitoring.test_run_report import GOOD, STARTED, report

DAY = timedelta(days=1)
DISK = "full in about 13 days: 14.0 GiB free, 1.00 GiB are written a day"
FAILED: Mapping[str, int] = {"list/failed": 18}


def settings(home: Path) -> Settings:
    return Settings({"ARCHIVE": str(home), "ALERT_WEBHOOK": ""})


def run(
    home: Path,
    day: float,
    counts: Mapping[str, int] = GOOD,
    name: str = "baothu",
    **more: Any,
) -> list[str]:
    """The lines of a quiet run so many days after the first one."""
    made: RunReport = replace(report(counts), newspaper=name, ended_at=STARTED + day * DAY, **more)
    (home / name).mkdir(parents=True, exist_ok=True)
    lines, fault = end_run(made, settings(home), quiet=True, repeats=False)
    assert fault is None
    return lines


def refused(home: Path, day: float, error: Any, name: str = "baothu", **more: bool) -> str | None:
    given = {"quiet": True, "repeats": False} | more
    return refuse_run(name, error, settings(home), STARTED + day * DAY, **given)


def test_a_disk_that_fills_is_told_once_for_all_newspapers(tmp_path: Path) -> None:
    names = [f"bao{n}" for n in range(46)]
    told = [line for name in names for line in run(tmp_path, 1, name=name, disk=DISK)]
    assert len(told) == 1
    assert f"  DISK: {DISK}" in told[0]
    assert [run(tmp_path, 3, name=name, disk=DISK) for name in names] == [[]] * 46
    again = [line for name in names for line in run(tmp_path, 8.5, name=name, disk=DISK)]
    assert len(again) == 1
    ends = [line for name in names for line in run(tmp_path, 9, name=name)]
    assert len(ends) == 2
    assert ends[1] == "  the disk: there is space again"


def test_a_trouble_of_its_own_is_told_beside_the_disk(tmp_path: Path) -> None:
    run(tmp_path, 1, disk=DISK)
    (told,) = run(tmp_path, 2, FAILED, disk=DISK)
    assert "exit 4" in told
    assert run(tmp_path, 3, FAILED, disk=DISK) == []
    ends = run(tmp_path, 4, disk=DISK)
    assert ends[1:] == ["  baothu: all is well again"]


def space(free: float) -> NoSpaceError:
    return NoSpaceError(f"output: {free:.2f} GiB free, 1.00 GiB needed: free some space")


def test_runs_that_cannot_begin_for_want_of_space_are_told_once(tmp_path: Path) -> None:
    names = [f"bao{n}" for n in range(46)]
    first = [refused(tmp_path, 1, space(0.9), name) for name in names]
    assert [text for text in first if text] == [str(space(0.9))]
    assert {refused(tmp_path, 2 + n / 20, space(0.9 - n / 99), "bao1") for n in range(20)} == {None}
    assert refused(tmp_path, 8.1, space(0.3)) == str(space(0.3))
    assert run(tmp_path, 9)[1:] == ["  the disk: there is space again"]


def test_a_forecast_that_comes_true_is_a_change(tmp_path: Path) -> None:
    assert len(run(tmp_path, 1, disk=DISK)) == 1
    assert refused(tmp_path, 2, space(0.9)) is not None
    assert refused(tmp_path, 2.1, space(0.9)) is None
    assert len(run(tmp_path, 3, disk=DISK)) == 1


def test_a_damaged_archive_is_told_for_its_newspaper(tmp_path: Path) -> None:
    damaged = ArchiveError("baothu/state/ledger.sqlite is damaged (page 12): run verify")
    assert refused(tmp_path, 1, damaged) == str(damaged)  # no folder keeps what was told
    for name in ("baothu", "baola"):
        (tmp_path / name).mkdir()
        assert refused(tmp_path, 1, damaged, name) == str(damaged)
        assert refused(tmp_path, 2, damaged, name) is None
        assert refused(tmp_path, 2, damaged, name, repeats=True) == str(damaged)
        assert refused(tmp_path, 2, damaged, name, quiet=False) == str(damaged)
    assert refused(tmp_path, 8.5, damaged) == str(damaged)
    assert run(tmp_path, 9)[1:] == ["  baothu: all is well again"]


@pytest.mark.parametrize("quiet", [True, False])
def test_a_busy_archive_is_told_to_who_looks(tmp_path: Path, *, quiet: bool) -> None:
    busy = ArchiveBusyError("another run holds it")
    assert refused(tmp_path, 1, busy, quiet=quiet) == (None if quiet else str(busy))


def test_a_mistake_is_told_each_time_and_makes_no_folder(tmp_path: Path) -> None:
    wrong = ArgumentError("no newspaper is named 'baothi'")
    assert refused(tmp_path, 1, wrong, "baothi") == str(wrong)
    assert refused(tmp_path, 1.1, wrong, "baothi") == str(wrong)
    assert list(tmp_path.iterdir()) == []


# An archive that cannot be written ----------------------------------------------------------------

AGAIN = "  told with every run, because what was told cannot be noted: "


def unwritable(home: Path) -> None:
    """Have a file stand where the archive's own notes are, where root cannot write either."""
    (home / "baothu").mkdir(parents=True)
    (home / "baothu" / "state").write_text("")


def test_what_cannot_be_noted_is_told_with_every_run_and_says_so(tmp_path: Path) -> None:
    unwritable(tmp_path)
    error = ArchiveError(f"writing {tmp_path}/baothu/state: not a directory")
    for day in (1, 2, 3):
        text = refused(tmp_path, day, error)
        assert text is not None
        first, second = text.splitlines()
        assert first == str(error)
        assert second.startswith(f"{AGAIN}writing {tmp_path}/baothu/state")


def test_a_run_whose_trouble_cannot_be_noted_says_so_too(tmp_path: Path) -> None:
    unwritable(tmp_path)
    for day in (1, 2):
        told = run(tmp_path, day, FAILED)
        assert "exit 4" in told[0]
        assert told[1].startswith(AGAIN)
    assert run(tmp_path, 3) == []


def test_what_can_be_noted_is_told_without_that(tmp_path: Path) -> None:
    (tmp_path / "baothu").mkdir()
    error = ArchiveError("writing a page: the disk is broken")
    assert refused(tmp_path, 1, error) == str(error)
    assert refused(tmp_path, 2, error) is None
