"""Which run alerts anybody, and how often a person is told of alerts that do not arrive."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.cli.alert_rules import switch_off_foreign_alerts, told_of_lost_alerts
from newscrawl.cli.parallel_crawls import Ended, cause_of
from newscrawl.commands.crawlall import told_of
from newscrawl.config.operator_file import OperatorSettings
from tests.unit.monitoring.test_run_report import STARTED

DAY = timedelta(days=1)
LOST = ["the alert to http://127.0.0.1:9/start failed: refused", "the alert to … failed: refused"]
ADDRESS = "https://ping.vn/{newspaper}"


def settings_of(folder: Path, given: dict[str, str], *, of_file: bool = True) -> Settings:
    """Those of a command in a folder whose file states alerts, with what `-s` gives."""
    stated: dict[str, Any] = {"ARCHIVE": str(folder / "output"), "ALERT_PING": ADDRESS}
    operator = OperatorSettings(
        path=folder / "newscrawl.toml",
        settings=stated,
        of_file=frozenset(["ALERT_PING"] if of_file else []),
    )
    settings = Settings(stated | {"ALERT_WEBHOOK": "", "OPERATOR": operator})
    for name, value in given.items():
        settings.set(name, value, priority="cmdline")
    return settings


def test_another_archive_sends_none_of_the_files_alerts(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, {"ARCHIVE": "restored"})
    said = switch_off_foreign_alerts(settings)
    assert said == (
        f"-s ARCHIVE=restored is not the archive of {tmp_path}/newscrawl.toml: none of its alerts"
        " are sent; -s ALERT_PING=… sends them"
    )
    assert settings["ALERT_PING"] == ""


@pytest.mark.parametrize(
    "given", [{}, {"ARCHIVE": "{home}/output"}, {"ARCHIVE": "{home}/./output/"}]
)
def test_the_files_own_archive_keeps_its_alerts(tmp_path: Path, given: dict[str, str]) -> None:
    placed = {name: value.format(home=tmp_path) for name, value in given.items()}
    settings = settings_of(tmp_path, placed)
    assert switch_off_foreign_alerts(settings) is None
    assert settings["ALERT_PING"] == ADDRESS


def test_alerts_that_are_given_or_of_the_environment_stand(tmp_path: Path) -> None:
    given = {"ARCHIVE": "restored", "ALERT_PING": "https://ping.vn/x"}
    for settings in (
        settings_of(tmp_path, given),
        settings_of(tmp_path, {"ARCHIVE": "restored"}, of_file=False),
    ):
        before = settings["ALERT_PING"]
        assert switch_off_foreign_alerts(settings) is None
        assert settings["ALERT_PING"] == before


def told(folder: Path, day: float, *faults: str, quiet: bool = True, **more: bool) -> str | None:
    repeats = more.get("repeats", False)
    at = STARTED + day * DAY
    return told_of_lost_alerts(folder, faults, at, quiet=quiet, repeats=repeats)


def test_lost_alerts_are_told_once_and_again_after_a_week(tmp_path: Path) -> None:
    assert told(tmp_path, 0) is None
    assert told(tmp_path, 1, *LOST) == f"{LOST[0]}; so did 1 more"
    assert told(tmp_path, 2, *LOST) is None
    assert told(tmp_path, 2, *LOST, repeats=True) == f"{LOST[0]}; so did 1 more"
    assert told(tmp_path, 2, LOST[0], quiet=False) == LOST[0]
    assert told(tmp_path, 8.5, LOST[0]) == LOST[0]
    assert told(tmp_path, 9) is None  # they arrive again
    assert told(tmp_path, 10, LOST[0]) == LOST[0]


def test_lost_alerts_that_nothing_can_note_are_told_with_every_run(tmp_path: Path) -> None:
    for day in (1, 2):
        assert told(tmp_path / "none", day, LOST[0]) == LOST[0]


RECORD = {
    "started_at": "2026-12-01T05:00:00Z",
    "ended_at": "2026-12-01T05:05:00Z",
    "exit_code": 4,
    "counts": {"failure/refused": 8},
    "disk": "full in about 8 days",
}


def test_the_end_of_a_run_pings_its_row_and_what_it_printed_or_why_it_failed() -> None:
    run = Ended(name="baothu", code=4, record=RECORD)
    cause = cause_of(run)
    assert cause.startswith("exit 4: the site cannot be reached, ")
    assert cause.endswith(": connection refused by the host: 8 times; DISK: full in about 8 days")
    silent = told_of(run, [("baokhac", "a line")]).splitlines()
    assert silent[-1] == cause
    assert not any("refreshed" in line for line in silent)
    assert told_of(run, [("baothu", "a line")]).splitlines()[-1] == "a line"
    assert cause_of(Ended(name="baothu", code=7, record=RECORD)) == ""
    assert cause_of(Ended(name="baothu", code=137)) == ""
