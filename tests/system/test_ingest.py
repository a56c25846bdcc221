"""`scrapy ingest`: what others have collected becomes the archive that a crawl would have made."""

import gzip
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.items import Line
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"
HOST = "baotuyenquang.com.vn"
_OF_THE_RUN = ("run_id", "raw_ref", "fetched_at", "first_seen_at")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as running:
        yield running


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Path:
    folder = tmp_path_factory.mktemp("crawled")
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}", *LOOPBACK)
    assert run_scrapy("crawl", NAME, *places).returncode == 0
    return folder


def rows(folder: Path) -> dict[str, Line]:
    kept = {}
    for line in read_articles(folder / NAME):
        kept[line["id"]] = {k: v for k, v in line.items() if k not in _OF_THE_RUN}
    return kept


def fetched_at(folder: Path) -> dict[str, datetime]:
    lines = read_articles(folder / NAME)
    return {line["id"]: datetime.fromisoformat(line["fetched_at"]) for line in lines}


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def whole(folder: Path) -> bool:
    return run_scrapy("verify", NAME, "-s", f"ARCHIVE={folder}").returncode == 0


def test_the_pages_of_a_crawl_make_the_same_archive_again(crawled: Path, tmp_path: Path) -> None:
    collection = [str(path) for path in (crawled / NAME / "pages").rglob("*.warc.gz")]
    done = run_scrapy("ingest", *collection, "-s", f"ARCHIVE={tmp_path}")
    assert (done.returncode, done.stderr) == (0, "")
    assert rows(tmp_path) == rows(crawled)
    fetched = fetched_at(crawled)
    for key, at in fetched_at(tmp_path).items():  # a record states when the last byte came
        assert timedelta() <= fetched[key] - at <= timedelta(seconds=30)
    assert all(line["raw_ref"] for line in read_articles(tmp_path / NAME))
    assert whole(tmp_path)
    (record,) = read_runs(tmp_path / NAME)
    assert record["discovered_by"] == "ingest"
    assert record["counts"] == {"new": len(fetched)}
    before = files(tmp_path)
    again = run_scrapy("ingest", *collection, "-s", f"ARCHIVE={tmp_path}")
    assert again.returncode == 0
    assert f"unchanged {len(fetched)}" in again.stdout
    assert files(tmp_path) == before


def test_into_the_archive_it_came_from_nothing_changes(crawled: Path, tmp_path: Path) -> None:
    shutil.copytree(crawled, tmp_path / "copy")
    collection = [str(path) for path in (crawled / NAME / "pages").rglob("*.warc.gz")]
    before = files(tmp_path / "copy")
    done = run_scrapy("ingest", *collection, "-s", f"ARCHIVE={tmp_path / 'copy'}")
    assert done.returncode == 0
    assert files(tmp_path / "copy") == before


def test_a_run_that_is_killed_goes_on_where_it_was(crawled: Path, tmp_path: Path) -> None:
    collection = [str(path) for path in (crawled / NAME / "pages").rglob("*.warc.gz")]
    command = [sys.executable, "-m", "scrapy", "ingest", *collection, "-s", f"ARCHIVE={tmp_path}"]
    with subprocess.Popen(
        [*command, "--processes", "1"], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as process:
        until = time.monotonic() + 60
        while not (tmp_path / NAME / "pages").exists() and time.monotonic() < until:
            time.sleep(0.01)
        process.kill()
    done = run_scrapy("ingest", *collection, "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path) == rows(crawled)
    assert whole(tmp_path)


def test_only_the_newspapers_that_are_named_are_taken_in(
    crawled: Path, replica: Replica, tmp_path: Path
) -> None:
    places = ("-s", f"ARCHIVE={tmp_path / 'other'}", "-s", f"MIRROR={replica.address}", *LOOPBACK)
    assert run_scrapy("crawl", "thanhpho", *places, "-a", "limit=5").returncode == 0
    collection = [
        str(path)
        for folder in (crawled / NAME, tmp_path / "other" / "thanhpho")
        for path in (folder / "pages").rglob("*.warc.gz")
    ]
    assert len(collection) == 2
    out = ("-s", f"ARCHIVE={tmp_path / 'out'}")
    done = run_scrapy("ingest", *collection, "--newspaper", "thanhpho", *out)
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["thanhpho"]
    assert "other host" in done.stdout.splitlines()[-1]
    both = run_scrapy("ingest", *collection, *out)
    assert both.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [NAME, "thanhpho"]
    assert rows(tmp_path / "out") == rows(crawled)


def test_what_was_forgotten_does_not_come_back(crawled: Path, tmp_path: Path) -> None:
    collection = [str(path) for path in (crawled / NAME / "pages").rglob("*.warc.gz")]
    out = ("-s", f"ARCHIVE={tmp_path}")
    assert run_scrapy("ingest", *collection, *out).returncode == 0
    forgotten, *others = sorted(rows(tmp_path))
    assert run_scrapy("forget", forgotten, "--reason", "asked for", *out).returncode == 0
    done = run_scrapy("ingest", *collection, *out)
    assert done.returncode == 0
    assert "forgotten 1" in done.stdout
    assert sorted(rows(tmp_path)) == others
    assert whole(tmp_path)


def test_a_file_that_breaks_off_gives_what_stands_before(crawled: Path, tmp_path: Path) -> None:
    (path,) = (crawled / NAME / "pages").rglob("*.warc.gz")
    data = path.read_bytes()
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(data[: len(data) // 2])
    done = run_scrapy("ingest", str(cut), "-s", f"ARCHIVE={tmp_path / 'out'}")
    found = rows(tmp_path / "out")
    assert 10 < len(found) < len(rows(crawled))
    assert found.items() <= rows(crawled).items()
    assert done.returncode in (0, 3)
    assert whole(tmp_path / "out")


def test_wget_collects_what_ingest_reads(replica: Replica, crawled: Path, tmp_path: Path) -> None:
    """wget writes chunked bodies as they came, requests beside responses, and its own log."""
    if shutil.which("wget") is None:
        pytest.skip("wget is not installed here")
    addresses = [row["url"] for row in replica.truth(HOST) if "old" not in row["features"]][:20]
    listed = tmp_path / "addresses.txt"
    plain = [url.replace(f"https://{HOST}", replica.address) for url in addresses]
    listed.write_text("\n".join(plain) + "\n", "utf-8")
    subprocess.run(
        ["wget", "-q", "-i", str(listed), f"--header=Host: {HOST}", "-e", "robots=off",
         "-O", "/dev/null", f"--warc-file={tmp_path / 'wget'}"],
        check=False, timeout=120,
    )  # fmt: skip
    (made,) = tmp_path.glob("wget*.warc.gz")
    text = gzip.decompress(made.read_bytes())
    port = replica.address.rpartition("/")[2].encode()
    warc = tmp_path / "named.warc"  # the addresses as a crawl of the real host would have them
    assert port in text
    named = _renamed(text, replica.address.encode(), f"https://{HOST}".encode())
    warc.write_bytes(named)
    done = run_scrapy("ingest", str(warc), "-s", f"ARCHIVE={tmp_path / 'out'}")
    assert done.returncode == 0, done.stderr
    found = rows(tmp_path / "out")
    assert len(found) == len(addresses)
    assert found.items() <= rows(crawled).items()


def _renamed(text: bytes, old: bytes, new: bytes) -> bytes:
    """Return a plain WARC file with another address in its own heads; blocks stay as they are."""
    out = []
    for line in text.split(b"\r\n"):
        is_target = line.startswith(b"WARC-Target-URI:")
        out.append(line.replace(old, new) if is_target else line)
    return b"\r\n".join(out)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "one file or more"),
        (("nowhere.warc.gz",), 3, "nowhere.warc.gz"),
        (("x.warc.gz", "--newspaper", "baoxyz"), 2, "no newspaper is named 'baoxyz'"),
        (("x.warc.gz", "--processes", "0"), 2, "--processes takes a number"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    done = run_scrapy("ingest", *arguments, "-s", f"ARCHIVE={tmp_path}")
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
