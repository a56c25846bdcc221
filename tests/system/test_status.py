"""`scrapy status` on archives as they are: whole, empty, half written, at work, only to be read."""

import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.acknowledged import SILENCE, acknowledge
from newscrawl.archive.atomic_files import replace_file
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.lock import LOCK, hold_lock
from newscrawl.cli.status_files import read_status
from newscrawl.items import to_line
from newscrawl.monitoring.paper_status import ArchiveStatus
from newscrawl.timestamps import utc_text
from tests.support.articles import make_article
from tests.support.commands import run_scrapy
from tests.support.published import publish
from tests.support.terminal import on_terminal

NOW = datetime.now(UTC).replace(microsecond=0)


def record(hours_ago: float, code: int = 0, **more: Any) -> dict[str, Any]:
    began = NOW - timedelta(hours=hours_ago)
    known = {"articles": 40, "states": {"archived": 40}, "counts": {"article/new": 2}}
    return {
        "started_at": utc_text(began),
        "ended_at": utc_text(began + timedelta(minutes=5)),
        "exit_code": code,
        "listings": [{"source": "/a/", "known_at": utc_text(NOW)}],
        **known,
        **more,
    }


def fill(home: Path, name: str, *codes: int) -> Path:
    """The files of a newspaper with a run every two hours, and an article every six."""
    times = [NOW - timedelta(hours=6 * n) for n in range(40)]
    rows = [
        to_line(
            make_article(
                id=f"{name}:{n}", newspaper=name, published_at=at, published_date=at.date(),
                body='Chợ họp sớm. Bảng ghi "published_at": "2001-01-01T00:00:00+07:00".',
            )
        )
        for n, at in enumerate(times)
    ]  # fmt: skip
    runs = [record(2 * n, code) for n, code in enumerate(codes[::-1])][::-1]
    return publish(home, name, rows, runs=runs)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive whose second newspaper failed last."""
    fill(tmp_path / "output", "baothu", 0, 0, 7)
    fill(tmp_path / "output", "baola", 0, 0, 4)
    return tmp_path / "output"


def look(home: Path) -> ArchiveStatus:
    return read_status(home, NOW + timedelta(hours=1), free_min_bytes=0, warn_days=14)


def status(home: Path, *args: str) -> Any:
    return run_scrapy("status", "-s", f"ARCHIVE={home}", "-s", "MIN_FREE_BYTES=0", *args)


def everything(home: Path) -> dict[str, tuple[int, int]]:
    found = (home, *home.rglob("*"))
    return {str(p.relative_to(home)): (p.stat().st_size, p.stat().st_mtime_ns) for p in found}


def test_the_command_tells_the_worst_first_and_exits_with_3(home: Path) -> None:
    before = everything(home)
    done = status(home)
    assert (done.returncode, done.stderr) == (3, "")
    assert [line.split()[0] for line in done.stdout.splitlines()[1:3]] == ["baola", "baothu"]
    assert "baola: exit 4: the site cannot be reached" in done.stdout
    assert everything(home) == before


def test_it_writes_the_files_asked_for_and_nothing_else(home: Path, tmp_path: Path) -> None:
    before = everything(home)
    page, metrics = tmp_path / "web" / "status.html", tmp_path / "newscrawl.prom"
    metrics.write_text("old\n")
    done = status(home, "--html", str(page), "--prometheus", str(metrics), "--json")
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert [paper["newspaper"] for paper in told["papers"]] == ["baola", "baothu"]
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert 'newscrawl_last_run_exit_code{newspaper="baola"} 4' in metrics.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newscrawl.prom", "output", "web"]
    assert everything(home) == before
    quiet = status(home, "--html", str(page))
    assert (quiet.returncode, quiet.stdout) == (3, "")


def test_a_terminal_gets_the_table_beside_the_page(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "status.html"
    command = [sys.executable, "-m", "newscrawl.cli.main", "status", "--html", str(page)]
    shown = on_terminal([*command, "-s", f"ARCHIVE={home}"], 120, with_stdout=True)
    assert shown.code == 3
    assert any(row.startswith("1 of 2 needs a person") for row in shown.rows)
    assert page.is_file()


def test_a_folder_that_is_made_for_the_page_is_told(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "a" / "b" / "status.html"
    assert (
        status(home, "--html", str(page)).stderr
        == f"status: {page.parent} was not there and is made\n"
    )
    assert status(home, "--html", str(page)).stderr == ""


def test_a_file_that_cannot_be_written_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = status(home, "--prometheus", str(tmp_path / "file" / "x.prom"))
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1


def test_an_archive_without_a_newspaper_needs_a_person(tmp_path: Path) -> None:
    """Who stands in another folder than they think is not told that all is well."""
    done = status(tmp_path / "none")
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.startswith(f"{tmp_path}/none holds no newspaper yet")
    assert list(tmp_path.iterdir()) == []


def test_newspapers_of_the_file_that_never_ran_are_told(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl.toml"
    path.write_text('papers = ["baotuyenquang"]\n[run]\nmin_free_bytes = 0\n')
    done = run_scrapy("status", "--config", str(path))
    assert done.returncode == 3
    assert "baotuyenquang: has never run" in done.stdout


def test_a_name_nobody_has_is_told(home: Path) -> None:
    done = status(home, "baotuyenqung")
    assert done.returncode == 2
    assert "did you mean baotuyenquang?" in done.stderr


# Half-written archives ---------------------------------------------------------------------------


def test_a_folder_of_a_first_run_has_a_row(tmp_path: Path) -> None:
    hold_lock(tmp_path / "baothu").close()
    (one,) = look(tmp_path).papers
    assert (one.last_run, one.articles, one.troubles) == (None, 0, ())
    os.utime(tmp_path / "baothu" / LOCK, (0, 0))
    (one,) = look(tmp_path).papers
    assert one.troubles[0].startswith("no run has ended")


@pytest.mark.parametrize("line", ['{"started_at": ', "[]", '{"started_at": 3}', "\x00", "{}"])
def test_a_damaged_line_is_told_and_the_others_are_read(home: Path, line: str) -> None:
    path = home / "baothu" / "runs" / "2026-11.jsonl"
    path.write_text(path.read_text("utf-8") + line + "\n", encoding="utf-8")
    papers = {paper.newspaper: paper for paper in look(home).papers}
    (told,) = papers["baothu"].troubles
    assert told == f"{path}, line 4, is no run's record: `newscrawl verify` tells"
    assert len(papers["baothu"].runs) == 3
    assert papers["baola"].last_run is not None


def test_a_text_that_names_a_date_is_no_date(home: Path) -> None:
    newest = {paper.newest for paper in look(home).papers}
    assert newest == {NOW}
    assert {paper.week for paper in look(home).papers} == {28}


def test_files_left_aside_and_folders_of_others_are_no_newspapers(home: Path) -> None:
    (home / "snapshots" / "2026-11-30").mkdir(parents=True)
    (home / "README.md").touch()
    shutil.copytree(home / "baola", home / "demo" / "baola")
    (home / "baola" / "runs" / "2026-11.jsonl.tmp").write_text("half")
    assert {paper.newspaper for paper in look(home).papers} == {"baola", "baothu"}
    assert len(look(home).papers[0].troubles) == 1


# Runs without a record ---------------------------------------------------------------------------


def test_a_first_run_at_work_is_no_newspaper_that_never_ran(tmp_path: Path) -> None:
    began = NOW - timedelta(hours=3)
    with hold_lock(tmp_path / "baothu") as lock:
        lock.note_run(began)
        (one,) = look(tmp_path).papers
        assert (one.last_run, one.at_work_since, one.troubles) == (None, began, ())
        said = status(tmp_path)
        assert said.returncode == 0
        assert [line.split()[1:4] for line in said.stdout.splitlines()[1:2]] == [
            ["at", "work", "–"]
        ]
        assert "baothu: at work since " in said.stdout
        assert "never" not in said.stdout
        told = json.loads(status(tmp_path, "--json").stdout)
        assert told["papers"][0]["at_work_since"] == utc_text(began)
        assert told["papers"][0]["links_waiting"] is None  # nobody has counted them yet
    (one,) = look(tmp_path).papers  # its lock is free, and it has left no record
    assert one.at_work_since is None
    assert one.last_run is not None
    assert one.last_run.said == "killed"


def test_a_run_that_was_killed_is_told_with_its_last_sign_of_life(home: Path) -> None:
    began, ended = NOW - timedelta(minutes=50), NOW - timedelta(minutes=30)
    with hold_lock(home / "baothu") as lock:
        lock.note_run(began)
    ledger = home / "baothu" / DATABASE
    ledger.touch()
    os.utime(ledger, (ended.timestamp(), ended.timestamp()))
    paper = next(one for one in look(home).papers if one.newspaper == "baothu")
    assert (paper.troubles, len(paper.runs)) == ((), 4)
    assert paper.last_run is not None
    assert (paper.last_run.started_at, paper.last_run.ended_at) == (began, ended)
    assert [note.partition(" at ")[0] for note in paper.notes] == ["killed"]
    assert ", after 20 min: " in paper.notes[0]
    runs = home / "baothu" / "runs" / "2026-11.jsonl"
    noted = json.dumps({**record(0), "started_at": utc_text(began), "exit_code": 137})
    runs.write_text(runs.read_text("utf-8") + noted + "\n", encoding="utf-8")
    paper = next(one for one in look(home).papers if one.newspaper == "baothu")
    assert len(paper.runs) == 4  # once the record is there, it counts, and nothing else


def test_what_is_acknowledged_is_shown(home: Path) -> None:
    until = NOW.date() + timedelta(days=9)
    acknowledge(home / "baothu", SILENCE, until, NOW.date())
    assert f"baothu: silence is not told until {until}, as is acknowledged" in status(home).stdout


# Others at work ----------------------------------------------------------------------------------


def test_a_run_at_work_is_neither_disturbed_nor_waited_for(home: Path) -> None:
    with hold_lock(home / "baothu"):
        assert len(look(home).papers) == 2
    hold_lock(home / "baothu").close()


@pytest.fixture
def exporting(home: Path) -> Iterator[None]:
    """A run that replaces and removes the files as fast as it can."""
    stop = threading.Event()
    runs = home / "baothu" / "runs" / "2026-11.jsonl"
    month = next((home / "baothu" / "articles").rglob("*.jsonl"))
    lines = {path: path.read_text("utf-8").splitlines() for path in (runs, month)}

    def write() -> None:
        while not stop.is_set():
            for path, text in lines.items():
                path.unlink()
                replace_file(path, text)

    thread = threading.Thread(target=write)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.mark.usefixtures("exporting")
def test_files_that_change_under_it_are_read_whole_or_not_at_all(home: Path) -> None:
    for _ in range(60):
        for paper in look(home).papers:
            assert len(paper.runs) in (0, 3)
            assert all("no run's record" not in trouble for trouble in paper.troubles)


def test_who_may_only_read_sees_the_same_and_who_may_not_is_told(home: Path) -> None:
    """A process of a user without rights, made by a fork: as root no rights would hold it back."""
    secret = home / "baothu" / "runs" / "2026-11.jsonl"
    secret.chmod(0o600)
    for path in (home, *home.parents[:4]):  # pytest's own folders, one more beside workers
        path.chmod(0o755)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setuid(65534)
            told = {p.newspaper: [*p.troubles, len(p.runs)] for p in look(home).papers}
            os.write(writer, json.dumps(told).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    assert os.waitpid(child, 0)[1] == 0
    told = json.loads(said)
    assert told["baola"][-1] == 3
    if os.geteuid() == 0:
        assert told["baothu"] == [f"{secret}: Permission denied: make it readable", 0]
