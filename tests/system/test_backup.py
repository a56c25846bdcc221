"""docs/backup.md as printed: while a run is at work, on a new machine, as another user."""

import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.lock import hold_lock
from newscrawl.exceptions import ArchiveBusyError
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import article_of
from tests.reliability.crawls import NAME, Place
from tests.reliability.disk import obey_modes
from tests.reliability.truths import by_id
from tests.support.commands import run_scrapy
from tests.support.paths import ROOT
from tests.system.test_docs import _QUICK, blocks_of, copy_of_the_project, run, runnable

pytestmark = pytest.mark.thorough
WHOLE, SNAPSHOT, RESTORE, FROM_SNAPSHOT = (
    block.text for block in blocks_of(ROOT / "docs" / "backup.md")
)
ANOTHER_USER = 12345


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Path:
    place = copy_of_the_project(tmp_path_factory.mktemp("backup") / "newscrawl")
    settings = _QUICK.format(mirror=replica.address)
    (place.parent / "quick_settings.py").write_text(settings, encoding="utf-8")
    run(place, "bash", "-ec", runnable(f".venv/bin/scrapy crawl {NAME}"))
    return place


@pytest.fixture(scope="module")
def backup(project: Path) -> Path:
    """The checkout, with the first backup of the page made."""
    do(project, WHOLE)
    return project


def do(project: Path, script: str) -> None:
    run(project, "bash", "-ec", runnable(script))


def done_in(project: Path, script: str) -> str:
    """What the script says on its standard output."""
    return run(project, "bash", "-ec", runnable(script))


def is_busy(folder: Path) -> bool:
    try:
        hold_lock(folder).close()
    except ArchiveBusyError:
        return True
    return False


def articles_asked_for(replica: Replica) -> list[str]:
    return [path for path in replica.stats()["paths"] if article_of(path)]


def test_a_backup_waits_for_the_run_at_work_and_is_whole(project: Path, replica: Replica) -> None:
    alone = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
    slow = ("-s", "DOWNLOAD_DELAY=0.1", *alone, "-a", "refetch=0d")
    running = Place(project / "output", replica.address).start(*slow)
    began = time.monotonic()
    while not is_busy(project / "output" / NAME):
        assert running.is_alive
        assert time.monotonic() - began < 60
        time.sleep(0.05)
    do(project, WHOLE)
    assert running.done().code == 0
    with tarfile.open(project / "backup" / f"{NAME}.tar.gz") as tar:
        packed = tar.extractfile(f"{NAME}/manifest.json")
        assert packed is not None
        assert packed.read() == (project / "output" / NAME / "manifest.json").read_bytes()


def test_a_backup_does_not_wait_for_ever(backup: Path) -> None:
    """The run goes on: its newspaper keeps the backup before, and is named."""
    packed = backup / "backup" / f"{NAME}.tar.gz"
    before = packed.read_bytes()
    assert "flock -w 3600 " in WHOLE
    script = WHOLE.replace("-w 3600 ", "-w 1 ")
    with hold_lock(backup / "output" / NAME):
        done = subprocess.run(
            ["bash", "-ec", script], cwd=backup, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stdout) == (75, "")
    assert done.stderr == f"no new backup of: {NAME}\n"
    assert packed.read_bytes() == before
    assert list(packed.parent.glob("*.new")) == []


def test_a_run_that_meets_a_backup_leaves(project: Path, replica: Replica) -> None:
    place = Place(project / "output", replica.address)
    command = ["flock", str(place.folder / "state" / "lock"), *place.command("--quiet")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (75, "", "")


def test_a_restored_archive_asks_for_nothing_known(backup: Path, replica: Replica) -> None:
    replica.reset()
    do(backup, RESTORE)
    assert articles_asked_for(replica) == []
    assert by_id(backup / "restored" / NAME) == by_id(backup / "output" / NAME)


def test_a_snapshot_is_enough(backup: Path, replica: Replica) -> None:
    said = done_in(backup, SNAPSHOT)
    assert "whole as published: every file is what the manifest says" in said
    assert "a snapshot or a copy of one: it has no ledger" in said
    links = [path for path in (backup / "backup" / "published").rglob("*") if path.is_symlink()]
    assert links == []
    within = Place(backup / "output" / "snapshots" / "latest", replica.address)
    refused = within.say("verify", "--rebuild")
    assert refused.code == 2
    assert refused.err.endswith("is a snapshot, which never changes: copy it out first\n")
    assert not (within.folder / "state").exists()
    replica.reset()
    do(backup, FROM_SNAPSHOT)
    assert articles_asked_for(replica) == []
    place = Place(backup / "from-snapshot", replica.address)
    assert place.say("verify").code == 0
    assert by_id(place.folder).keys() == by_id(backup / "output" / NAME).keys()


def test_an_older_backup_over_a_newer_archive_is_told(backup: Path, tmp_path: Path) -> None:
    archive = tmp_path / "output"
    do(backup, f"mkdir -p {archive} && tar -xzf backup/{NAME}.tar.gz -C {archive}")
    place = Place(archive, "http://127.0.0.1:9")
    old = (place.folder / "state" / "ledger.sqlite").read_bytes()
    manifest = (place.folder / "manifest.json").read_text()
    newer = manifest.replace('"exports": ', '"exports": 9')
    (place.folder / "manifest.json").write_text(newer)
    (place.folder / "state" / "ledger.sum").unlink()
    done = place.crawl()
    assert done.code == 5
    assert "the files beside it are newer" in done.err
    assert (place.folder / "state" / "ledger.sqlite").read_bytes() == old


def test_what_was_forgotten_after_the_backup_does_not_come_back(
    backup: Path, replica: Replica, tmp_path: Path
) -> None:
    newer, restored = (Place(tmp_path / name, replica.address) for name in ("newer", "restored"))
    for place in (newer, restored):
        do(backup, f"mkdir -p {place.archive} && tar -xzf backup/{NAME}.tar.gz -C {place.archive}")
    article_id = min(by_id(newer.folder))
    where = ("-s", f"ARCHIVE={newer.archive}")
    assert run_scrapy("forget", article_id, "--reason", "x", *where).returncode == 0
    shutil.copy(newer.folder / "tombstones.jsonl", restored.folder)
    told = restored.say("verify")
    assert told.code == 5
    assert f"{article_id} was forgotten, and stands there; the next run, or " in told.out
    done = restored.crawl()
    assert done.code == 0, done.err
    assert f"{article_id} was forgotten at " in done.err
    assert by_id(restored.folder).keys() == by_id(newer.folder).keys()
    shown = by_id(restored.archive / "snapshots" / "latest" / NAME)
    assert article_id not in shown
    assert restored.say("verify").code == 0

    copied = Place(tmp_path / "copied", replica.address)
    shutil.copytree(backup / "output" / "snapshots" / "latest" / NAME, copied.folder)
    shutil.copy(newer.folder / "tombstones.jsonl", copied.folder)
    refused = copied.crawl()
    assert refused.code == 5
    remedy = f"`scrapy verify {NAME} --rebuild -s ARCHIVE={copied.archive}`"
    assert remedy in refused.err
    assert remedy in copied.say("verify").out
    rebuilt = run_scrapy(*remedy.strip("`").split()[1:])  # as a person types it
    assert rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr
    assert by_id(copied.folder).keys() == by_id(newer.folder).keys()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to another user")
def test_after_a_run_as_root_the_owner_is_told_what_to_do(project: Path, replica: Replica) -> None:
    """Here the user of cron is the one without leave, and root's files are another user's."""
    do(project, f"rm -rf owned && mkdir owned && cp -a output/{NAME} owned/")
    place = Place(project / "owned", replica.address)
    before = by_id(place.folder)
    for path in [place.folder, *place.folder.rglob("*")]:
        os.chown(path, ANOTHER_USER, ANOTHER_USER)
    done = place.start(preexec=obey_modes).done()
    assert done.code == 5
    (line,) = done.err.strip().splitlines()
    assert "it cannot be written: check its owner, its rights" in line
    assert by_id(place.folder) == before
    give_back = next(
        line for line in (ROOT / "docs" / "backup.md").read_text().splitlines() if "chown" in line
    )
    command = give_back.removeprefix("sudo ").replace("/srv/newscrawl/output", str(place.archive))
    subprocess.run(command.split(), check=True)
    done = place.start(preexec=obey_modes).done()
    assert done.code == 0, done.err
