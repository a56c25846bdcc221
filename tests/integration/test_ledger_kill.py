"""Killed at any moment, or refused by the disk: what was told as done is there, files are whole."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.verification import verify
from newscrawl.items import FIELDS, Line

COUNT = 90

# A run in small: lists name COUNT articles, each is kept, archived and told as done once it is on
# the disk; a third of them were edited since the edition before. Says what it did, line by line.
RUN = """
import resource, sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.exceptions import ArchiveError
from newscrawl.items import VIETNAM, Article
from newscrawl.discovery.source import Link
from tests.support.exchanges import exchange

folder, run_id, edition, count, limit = Path(sys.argv[1]), *sys.argv[2:]
now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=400 * int(edition))
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))

def article(key, raw_ref):
    number = int(key)
    text = f"Tin số {key}, bản {edition if number % 3 == 0 else 0}."
    at = datetime(2024, 1 + number % 5, 1 + number % 28, tzinfo=VIETNAM)
    return Article(
        id=f"bao:{key}", newspaper="bao", url=f"https://bao.vn/tin-{key}.html",
        headline=f"Tin {key}",
        body=text, published_at=at, published_date=at.date(), published_precision="day",
        first_seen_at=now, fetched_at=now, raw_ref=raw_ref, run_id=run_id,
        content_hash="sha256:" + sha256(text.encode()).hexdigest(),
    )

def run(ledger, pages):
    done = []
    def settle():
        ledger.flush()
        print("done", *done, flush=True)
        done.clear()
    links = [Link(url=f"https://bao.vn/tin-{n}.html", key=str(n)) for n in range(int(count))]
    asks = (*ledger.links.waiting(now, 10_000), *ledger.links.sift(links, run_id, now).ask)
    for number, ask in enumerate(asks, 1):
        key = ask.link.key
        html = f"<h1>Tin {key}, {edition}</h1>".encode() * 99
        raw_ref = pages.keep(exchange(ask.link.url, html, now))
        ledger.articles.archive(article(key, raw_ref), now)
        done.append(key)
        if number % 7 == 0:
            settle()
        if number % 30 == 0:
            export(ledger, folder)
            print("exported", flush=True)
    settle()
    ledger.runs.end(run_id, {"run_id": run_id, "started_at": f"{now:%Y-%m-%dT%H:%M:%SZ}"})
    pages.close()
    export(ledger, folder)
    take_snapshot(folder, now=now)
    print("ended", flush=True)

try:
    with hold_lock(folder), Ledger.open(folder, "bao") as ledger:
        adopt_page_files(ledger, folder)
        ledger.begin_run(run_id, now, {})
        pages = PageStore(folder, run_id, ledger.pages)
        ledger.database.before_commit = pages.sync
        run(ledger, pages)
except ArchiveError as fault:
    print("refused", fault, flush=True)
    sys.exit(5)
"""


def check_line(line: Line) -> tuple[str, ...]:
    return () if tuple(line) == FIELDS and line["id"].startswith("bao:") else ("not an article",)


def start(folder: Path, run_id: str, edition: int = 0, limit: int = 0) -> subprocess.Popen[str]:
    arguments = (str(folder), run_id, str(edition), str(COUNT), str(limit))
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *arguments], stdout=subprocess.PIPE, text=True
    )


def finish(folder: Path, run_id: str, edition: int = 0, limit: int = 0) -> tuple[int, list[str]]:
    process = start(folder, run_id, edition, limit)
    said, _ = process.communicate()
    return process.returncode, said.splitlines()


def ids(folder: Path) -> list[str]:
    """The ids in the files; raises where a line is not whole."""
    return [line["id"] for line in read_articles(folder)]


def published(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for kind in ("articles", "revisions")
        for path in (folder / kind).rglob("*.jsonl")
    }


def kill_at(process: subprocess.Popen[str], lines: int, delay_s: float) -> set[str]:
    """Kills the run once it has said so many lines and a little later; what it told as done."""
    assert process.stdout is not None
    said: list[str] = []
    while len(said) < lines and (line := process.stdout.readline()):
        said.append(line)
    time.sleep(delay_s)
    process.kill()
    rest, _ = process.communicate()
    words = [line.split() for line in (*said, *rest.splitlines())]
    return {f"bao:{key}" for first, *keys in words if first == "done" for key in keys}


@pytest.mark.thorough
def test_a_dozen_kills_on_one_archive_lose_nothing_and_tear_nothing(tmp_path: Path) -> None:
    folder, chance = tmp_path / "bao", random.Random(20261123)  # noqa: S311
    done: set[str] = set()
    before: set[str] = set()
    for trial in range(12):
        edition = trial // 4
        process = start(folder, f"k{trial}", edition)
        done |= kill_at(process, chance.randrange(16), chance.random() * 0.03)
        now = ids(folder)
        assert len(now) == len(set(now))
        assert before <= set(now)
        before = set(now)
        with Ledger.open(folder, "bao") as ledger:
            assert done <= {line["id"] for line in ledger.articles.lines()}
            assert ledger.faults() == ()
    code, said = finish(folder, "last", 2)
    assert (code, said[-1]) == (0, "ended")
    assert sorted(ids(folder)) == sorted(f"bao:{n}" for n in range(COUNT))
    assert verify(folder, check_line) == ()
    newest = {line["id"]: line["revision"] for line in read_articles(folder)}
    older = [(line["id"], line["revision"]) for line in read_revisions(folder)]
    assert len(older) == len(set(older)) == sum(newest.values()) - COUNT
    assert all(newest[f"bao:{n}"] == 1 for n in range(COUNT) if n % 3)
    files = published(folder)
    assert finish(folder, "again", 2) == (0, ["done", "ended"])
    assert published(folder) == files


@pytest.mark.thorough
@pytest.mark.parametrize("limit", [3_000, 20_000, 40_000, 60_000, 90_000, 130_000])
def test_a_disk_that_refuses_leaves_the_archive_as_it_was(tmp_path: Path, limit: int) -> None:
    folder = tmp_path / "bao"
    assert finish(folder, "r1")[0] == 0
    before, manifest = published(folder), (folder / "manifest.json").read_bytes()
    code, said = finish(folder, "r2", 1, limit)
    assert code == 5
    refusals = [line for line in said if line.startswith("refused")]
    assert len(refusals) == 1
    assert "bao" in refusals[0]
    if (folder / "manifest.json").read_bytes() == manifest:
        assert before.keys() <= published(folder).keys()
    assert sorted(ids(folder)) == sorted(f"bao:{n}" for n in range(COUNT))
    code, said = finish(folder, "r3", 1)
    assert (code, said[-1]) == (0, "ended")
    assert verify(folder, check_line) == ()
    revisions = {line["id"]: line["revision"] for line in read_articles(folder)}
    assert revisions == {f"bao:{n}": 2 if n % 3 == 0 else 1 for n in range(COUNT)}


def test_a_reader_at_any_moment_sees_whole_files_that_never_shrink(tmp_path: Path) -> None:
    folder, seen, looks = tmp_path / "bao", 0, 0
    process = start(folder, "r1")
    while process.poll() is None:
        found = len(set(ids(folder)))
        assert found >= seen
        seen, looks = found, looks + 1
    process.communicate()
    assert (process.returncode, len(ids(folder))) == (0, COUNT)
    assert looks > 3


def test_a_record_of_a_killed_run_is_not_written_and_its_name_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    kill_at(start(folder, "k1"), 2, 0)
    assert finish(folder, "r1")[0] == 0
    runs = [json.loads(line)["run_id"] for line in (folder / "runs/2026-01.jsonl").open()]
    assert runs == ["r1"]
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.database.row("SELECT run_id FROM runs WHERE record IS NULL") == ("k1",)
