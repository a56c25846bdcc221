"""When each newspaper is refreshed: spread, one lane a host, as cron and systemd read it."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cli.schedule_plan import CommandPlace, ScheduleEntry, crontab, entries, quoted, units
from newscrawl.config.operator_file import HOURS_BETWEEN_RUNS

PLACE = CommandPlace(
    command=("/opt/tin bao/bin/newscrawl",), config=Path("/srv/tin 100%/newscrawl.toml")
)
LANES = st.lists(st.integers(1, 3), max_size=60).map(
    lambda sizes: [tuple(f"p{n}_{i}" for i in range(size)) for n, size in enumerate(sizes)]
)
_FIELD = re.compile(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?")


@given(LANES, st.sampled_from(HOURS_BETWEEN_RUNS))
def test_entries_hold_everyone_once_and_are_spread_evenly(
    lanes: list[tuple[str, ...]], hours: int
) -> None:
    found = entries(lanes, lambda _: hours)
    assert [entry.names for entry in found] == lanes
    minutes = [entry.minute for entry in found]
    assert minutes == sorted(minutes)
    assert all(0 <= minute < hours * 60 for minute in minutes)
    gaps = {later - earlier for earlier, later in pairwise(minutes)}
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_forty_six_newspapers_begin_at_forty_six_minutes() -> None:
    found = entries([(f"p{n}",) for n in range(46)], lambda _: 1)
    assert len({entry.minute for entry in found}) == 46


def test_a_lane_of_different_distances_is_one_entry_for_each() -> None:
    hours = {"a": 2, "b": 6, "c": 2}
    found = entries([("a", "b", "c")], hours.__getitem__)
    assert [(entry.names, entry.every_h) for entry in found] == [(("a", "c"), 2), (("b",), 6)]


def hours_of(text: str) -> set[int]:
    """The hours at which a crontab's field has a command run, as crontab(5) says."""
    found = _FIELD.fullmatch(text)
    assert found is not None, text
    first, last, step = found.groups()
    if first is None:
        return set(range(0, 24, int(step or 1)))
    return set(range(int(first), int(last or first) + 1, int(step or 1)))


@given(st.sampled_from(HOURS_BETWEEN_RUNS), st.data())
def test_cron_runs_it_at_every_distance_of_the_day(every_h: int, data: st.DataObject) -> None:
    minute = data.draw(st.integers(0, every_h * 60 - 1))
    entry = ScheduleEntry(names=("baothu",), every_h=every_h, minute=minute)
    fields = crontab([entry], PLACE).split("\n")[-1].split()
    assert int(fields[0]) == minute % 60
    assert hours_of(fields[1]) == set(range(minute // 60, 24, every_h))
    assert fields[2:5] == ["*", "*", "*"]


def test_the_shell_gets_the_words_and_cron_takes_no_percent_sign() -> None:
    entry = ScheduleEntry(names=("baothu",), every_h=2, minute=77)
    assert crontab([entry], PLACE).split("\n")[-1] == (
        r"17 1-23/2 * * *  cd '/srv/tin 100\%' && '/opt/tin bao/bin/newscrawl' crawl baothu --quiet"
        r" --config '/srv/tin 100\%/newscrawl.toml'"
    )


def test_newspapers_of_one_host_follow_each_other() -> None:
    assert PLACE.crawl(("a", "c"))[1:5] == ["crawlall", "a", "c", "--quiet"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("crawl", "crawl"),
        ("", '""'),
        ("a b", '"a b"'),
        ('a"b', r'"a\"b"'),
        ("a\\b", r'"a\\b"'),
        ("100%", "100%%"),
        ("$HOME", "$$HOME"),
        ("a;b", '"a;b"'),
    ],
)
def test_a_word_is_quoted_as_systemd_reads_it(word: str, said: str) -> None:
    assert quoted(word) == said


def test_the_status_page_is_written_every_hour() -> None:
    place = CommandPlace(
        command=("/bin/newscrawl",),
        config=Path("/srv/newscrawl.toml"),
        status_page=Path("/srv/status.html"),
    )
    line = crontab([], place).split("\n")[-1]
    assert line.startswith("58 * * * *  cd /srv && /bin/newscrawl status --html /srv/status.html")
    assert set(units([], place)) == {"newscrawl-status-page.service", "newscrawl-status-page.timer"}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this system has no systemd")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "tin bao"
    folder.mkdir()
    (folder / "newscrawl").symlink_to("/bin/true")
    place = CommandPlace(
        command=(str(folder / "newscrawl"),),
        config=folder / "newscrawl.toml",
        status_page=tmp_path / "100%.html",
        user="daemon",
    )
    planned = [
        ScheduleEntry(names=(f"p{every_h}", "q"), every_h=every_h, minute=every_h * 60 - 1)
        for every_h in HOURS_BETWEEN_RUNS
    ]
    found = units(planned, place)
    assert len(found) == 2 * len(HOURS_BETWEEN_RUNS) + 2
    for name, text in found.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [str(tmp_path / name) for name in found]
    done = systemd_analyze("verify", *paths)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for text in found.values() for line in text.split("\n")]
    times = [line[11:] for line in lines if line.startswith("OnCalendar=")]
    read = systemd_analyze("calendar", *times)
    assert (read.returncode, read.stdout.count("Next elapse:")) == (0, len(times))


def systemd_analyze(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *args], capture_output=True, text=True, check=False, timeout=60
    )
