"""What an operator's machine does to an archive: lost pages, links, killed workers, rights."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive.export.hardlink_snapshot import LATEST, OLD
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.manifest import differing, read_manifest
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import sums
from tests.reliability.crawls import EVERYTHING_AGAIN, NAME, Place, start
from tests.reliability.disk import obey_modes
from tests.reliability.truths import by_id
from tests.support.commands import LOOPBACK, Scrapy, run_scrapy
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=150) as replica:
        yield replica


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Place:
    place = Place(tmp_path_factory.mktemp("care"), replica.address)
    assert place.crawl().code == 0
    return place


@pytest.fixture
def place(tmp_path: Path, model: Place, replica: Replica) -> Place:
    shutil.copytree(model.archive, tmp_path / "archive", symlinks=True)
    replica.reset()
    return Place(tmp_path / "archive", model.mirror)


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A folder on another file system."""
    folder = Path(tempfile.mkdtemp(prefix="care-", dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


def page_file(place: Place) -> Path:
    return next((place.folder / "pages").glob("*/*.warc.gz"))


# Snapshots ---------------------------------------------------------------------------------------


def test_a_lost_page_file_costs_a_snapshot_and_no_run(place: Place) -> None:
    before = sums(place.archive / "snapshots", LATEST)
    page_file(place).unlink()
    done = place.crawl()
    assert done.code == 0, done.err
    assert f"no snapshot: linking {page_file_name(place)}" in done.out
    assert "snapshots/latest is of 20" in done.out
    assert sums(place.archive / "snapshots", LATEST) == before
    assert (place.archive / "snapshots" / OLD).read_text().startswith(f"{NAME}: ")


def page_file_name(place: Place) -> str:
    manifest = read_manifest(place.folder)
    assert manifest is not None
    return str(next(place.folder / name for name in manifest.files if name.startswith("pages/")))


def test_lost_pages_can_be_forgotten_and_are_fetched_anew(place: Place, replica: Replica) -> None:
    page_file(place).unlink()
    assert place.say("verify").code == 5
    texts = {key: line["body"] for key, line in by_id(place.folder).items()}
    done = place.say("verify", "--forget-lost-pages")
    assert done.code == 0, done.out
    assert f"{len(texts)} lines without a raw page now" in done.out
    assert {line["raw_ref"] for line in by_id(place.folder).values()} == {""}
    replica.reset()
    done = place.crawl(*EVERYTHING_AGAIN)
    assert done.code == 0, done.err
    assert "no snapshot" not in done.out
    lines = by_id(place.folder)
    assert all(line["raw_ref"] for line in lines.values())
    assert {line["revision"] for line in lines.values()} == {1}
    assert {key: line["body"] for key, line in lines.items()} == texts
    assert not (place.archive / "snapshots" / OLD).exists()
    assert place.say("verify").code == 0


def test_all_newspapers_are_checked_and_the_gravest_code_is_told(
    place: Place, scrapy: Scrapy
) -> None:
    def verify_all(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
        return scrapy("verify", "--all", "-s", f"ARCHIVE={home}", *more)

    assert verify_all(place.archive).returncode == 0
    (place.archive / "khongco" / "articles").mkdir(parents=True)  # of no newspaper
    done = verify_all(place.archive)
    assert done.returncode == 2, done.stderr
    assert f"{NAME}: " in done.stdout
    assert "'khongco'" in done.stderr
    page_file(place).unlink()
    assert verify_all(place.archive).returncode == 5  # the graver of the two, told first
    nothing = verify_all(place.archive / "nothing")
    assert (nothing.returncode, nothing.stdout) == (2, "")
    assert "holds no newspaper" in nothing.stderr
    assert verify_all(place.archive, "--rebuild").returncode == 2
    assert verify_all(place.archive, NAME).returncode == 2


def changed(path: Path, change: Callable[[bytearray], None]) -> None:
    """The file's bytes once they are changed; links to it keep the old ones."""
    data = bytearray(path.read_bytes())
    change(data)
    path.unlink()
    path.write_bytes(data)


def damage(data: bytearray, length: int, *places: float) -> None:
    """Turn every bit of so many bytes at each place, so that none of them stays as it was."""
    for place in places:
        at = int(len(data) * place)
        data[at : at + length] = bytes(byte ^ 0xFF for byte in data[at : at + length])


DAMAGE: dict[str, Callable[[bytearray], None]] = {
    "a byte": lambda data: damage(data, 1, 0.5),
    "three places": lambda data: damage(data, 1, 0.2, 0.5, 0.8),
    "many records": lambda data: damage(data, 200_000, 0.3),
    "the first record": lambda data: damage(data, 30, 0),
    "a cut": lambda data: data.__delitem__(slice(len(data) // 2, None)),
    "bytes taken out": lambda data: data.__delitem__(slice(len(data) // 2, len(data) // 2 + 9)),
    "no gzip at all": lambda data: data.__setitem__(slice(None), b"x" * 5000),
    "no gzip and short": lambda data: data.__setitem__(slice(None), b"x" * 50),
    "nothing left": lambda data: data.clear(),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damaged_records_can_be_forgotten_and_are_fetched_anew(
    place: Place, replica: Replica, kind: str
) -> None:
    texts = {key: line["body"] for key, line in by_id(place.folder).items()}
    path = page_file(place)
    changed(path, DAMAGE[kind])
    assert place.say("verify").code == 5
    done = place.say("verify", "--forget-lost-pages")
    assert done.code == 0, done.out
    assert f"{len(texts)} articles, whole" in done.out
    assert place.say("verify").code == 0
    kept = {line["raw_ref"] for line in by_id(place.folder).values()} - {""}
    assert (len(kept) > 0) is (not kind.startswith("no"))
    if path.exists() and path.stat().st_size:
        with path.open("rb") as file:
            count = sum(record.rec_type == "response" for record in ArchiveIterator(file))
        assert count >= len(kept)
    replica.reset()
    done = place.crawl(*EVERYTHING_AGAIN)
    assert done.code == 0, done.err
    lines = by_id(place.folder)
    assert all(line["raw_ref"] for line in lines.values())
    assert {line["revision"] for line in lines.values()} == {1}
    assert {key: line["body"] for key, line in lines.items()} == texts
    assert place.say("verify").code == 0
    assert place.say("reparse").code == 0


def test_pages_on_another_file_system_are_copied_once(place: Place, elsewhere: Path) -> None:
    shutil.move(place.folder / "pages", elsewhere / "pages")
    (place.folder / "pages").symlink_to(elsewhere / "pages")
    shutil.rmtree(place.archive / "snapshots")
    done = place.crawl()
    assert done.code == 0, done.err
    assert "snapshot: 1 file copied" in done.out
    latest = place.archive / "snapshots" / LATEST / NAME
    manifest = read_manifest(latest)
    assert manifest is not None
    assert any(name.startswith("pages/") for name in manifest.files)
    assert differing(latest, manifest.files) == frozenset()
    copied = next((latest / "pages").glob("*/*.warc.gz")).stat().st_ino
    done = place.crawl()
    assert (done.code, "copied" in done.out) == (0, False), done.out
    assert next((latest / "pages").glob("*/*.warc.gz")).stat().st_ino == copied
    assert place.say("verify").code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB, which only root can mount."""
    disk = tmp_path / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("mounting a small file system takes root and the right to mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_pages_elsewhere_that_find_no_room_are_left_out(place: Place, small_disk: Path) -> None:
    """The archive lies on a small disk, its pages on a large one."""
    elsewhere = place.archive.parent / "pages"
    shutil.move(place.folder / "pages", elsewhere)
    shutil.rmtree(place.archive / "snapshots")
    shutil.copytree(place.archive, small_disk / "archive", symlinks=True)
    small = Place(small_disk / "archive", place.mirror)
    (small.folder / "pages").symlink_to(elsewhere)
    fill = small_disk / "fill"
    pages = sum(path.stat().st_size for path in elsewhere.rglob("*.warc.gz"))
    fill.write_bytes(bytes(shutil.disk_usage(small_disk).free - int(1.9 * pages)))
    done = small.crawl("-s", "MIN_FREE_BYTES=0")
    assert done.code == 0, done.err
    assert "snapshot: without 1 file of raw pages" in done.out
    latest = small.archive / "snapshots" / LATEST / NAME
    assert by_id(latest) == by_id(small.folder)
    assert not (latest / "pages").exists()
    fill.unlink()
    done = small.crawl("-s", "MIN_FREE_BYTES=0")
    assert (done.code, "snapshot: 1 file copied" in done.out) == (0, True), done.out


def test_a_crawl_links_no_file_of_another_newspaper(tmp_path: Path, replica: Replica) -> None:
    replica.reset()
    other, place = (Place(tmp_path, replica.address, name) for name in ("thanhpho", NAME))
    assert other.crawl().code == 0
    before = {path: path.stat().st_nlink for path in other.folder.rglob("*.*")}
    assert place.crawl().code == 0
    assert {path: path.stat().st_nlink for path in other.folder.rglob("*.*")} == before
    latest = tmp_path / "snapshots" / LATEST
    assert {path.name for path in latest.iterdir() if path.is_dir()} == {NAME, "thanhpho"}
    for one in (other, place):
        assert by_id(latest / one.name) == by_id(one.folder)


def test_crawlall_takes_one_snapshot_of_all(tmp_path: Path, replica: Replica) -> None:
    replica.reset()
    names = (NAME, "thanhpho")
    where = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={replica.address}")
    done = run_scrapy("crawlall", *names, *where, *LOOPBACK)
    assert done.returncode == 0, done.stdout + done.stderr
    taken = [path for path in (tmp_path / "snapshots").iterdir() if path.name[:2] == "20"]
    assert len(taken) == 1
    assert {path.name for path in taken[0].iterdir() if path.is_dir()} == set(names)
    done = run_scrapy("crawlall", *names, *where, *LOOPBACK)  # nothing new: no snapshot
    assert done.returncode == 0, done.stdout + done.stderr
    assert len([path for path in (tmp_path / "snapshots").iterdir() if path.name[:2] == "20"]) == 1


# Verify ------------------------------------------------------------------------------------------


def test_a_folder_that_is_a_link_is_read(place: Place, tmp_path: Path) -> None:
    count = len(by_id(place.folder))
    year = next((place.folder / "articles").glob("20*"))
    shutil.move(year, tmp_path / "moved")
    year.symlink_to(tmp_path / "moved")
    done = place.say("verify")
    assert (done.code, done.out.strip()) == (0, f"{NAME}: {count} articles, whole")


def test_a_rebuilding_that_would_lose_rows_is_refused(place: Place) -> None:
    (place.folder / DATABASE).write_bytes(b"damaged")
    shutil.rmtree(next((place.folder / "articles").glob("20*")))
    before = sums(place.folder, "articles", "revisions", "runs", "manifest.json")
    done = place.say("verify", "--rebuild")
    assert done.code == 5
    assert "the manifest counts" in done.err
    assert sums(place.folder, "articles", "revisions", "runs", "manifest.json") == before
    assert (place.folder / DATABASE).read_bytes() == b"damaged"
    done = place.say("verify", "--rebuild", "--accept-loss")
    assert f"{len(by_id(place.folder))} articles" in done.out


# Reparse -----------------------------------------------------------------------------------------


def test_a_page_that_kills_its_reader_costs_that_page_alone(place: Place) -> None:
    lines = by_id(place.folder)
    deadly = sorted(line["url"] for line in lines.values())[len(lines) // 2]
    before = sums(place.folder, "articles", "revisions", "pages")
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "reliability" / "deadly")))
    where = ("-s", f"ARCHIVE={place.archive}", "--processes", "2")
    command = [*place.command()[:3], "reparse", NAME, *where]
    done = start(command, env={"PYTHONPATH": path, "DEADLY": deadly}).done()
    assert done.code == 3, done.out + done.err
    assert f"unchanged {len(lines) - 1} · unread 1" in done.out
    assert "the process that read the page was killed [pages/" in done.err
    assert sums(place.folder, "articles", "revisions", "pages") == before


# Rights ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mask", "files"), [(0o002, 0o664), (0o077, 0o600)])
def test_the_operators_umask_is_honoured(
    tmp_path: Path, replica: Replica, mask: int, files: int
) -> None:
    replica.reset()
    place = Place(tmp_path / "archive", replica.address)

    def set_mask() -> None:
        os.umask(mask)

    assert place.start(preexec=set_mask).done().code == 0
    modes = {
        path.relative_to(place.archive).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in place.archive.rglob("*")
        if path.is_file()
    }
    assert {name for name, mode in modes.items() if mode != files} == set()
    assert any(name.endswith(".warc.gz") for name in modes)


def test_who_may_only_read_can_verify_and_list(place: Place) -> None:
    count = len(by_id(place.folder))
    everything = [place.archive, *place.archive.rglob("*")]
    for path in everything:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        where = ("-s", f"ARCHIVE={place.archive}")
        start_of = place.command()[:3]
        done = start([*start_of, "verify", NAME, *where], preexec=obey_modes).done()
        assert (done.code, done.out.strip()) == (0, f"{NAME}: {count} articles, whole"), done.err
        done = start([*start_of, "links", NAME, *where], preexec=obey_modes).done()
        assert done.code == 0, done.err
    finally:
        for path in everything:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)
