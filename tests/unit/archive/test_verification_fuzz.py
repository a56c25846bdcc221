"""One flipped byte or a cut, anywhere in an archive: it is told, and what can be mended is."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.export.row_reader import read_articles, read_revisions
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.warc.page_reader import pages
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    Line,
)
from tests.support.exchanges import exchange

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COUNT = 12


def check_line(line: Line) -> tuple[str, ...]:
    return () if tuple(line) == FIELDS and line["id"].startswith("bao:") else ("not an article",)


def key_of_url(url: str) -> str | None:
    return url.rpartition("-")[2].removesuffix(".html")


def story(key: str, raw_ref: str, edition: int) -> Article:
    text = f"Bản tin {key}, lần {edition if int(key) % 4 == 0 else 0}."
    published = datetime(2026, 9 + int(key) % 3, 1 + int(key), 6, 0, tzinfo=VIETNAM)
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=f"https://bao.vn/ban-tin-{key}.html",
        headline=f"Bản tin {key}",
        body=text,
        published_at=published,
        published_date=published.date(),
        published_precision="minute",
        modified_at=None,
        first_seen_at=NOON,
        fetched_at=NOON,
        revision=1,
        gone_at=None,
        content_hash=f"sha256:{sha256(text.encode()).hexdigest()}",
        raw_ref=raw_ref,
        run_id=f"r{edition}",
        syllable_count=5,
    )


def crawl(folder: Path, edition: int) -> None:
    """One run: every article asked for, kept, archived, exported."""
    now = NOON + edition * 400 * DAY
    run_id = f"r{edition}"
    with Ledger.open(folder, "bao") as ledger:
        adopt_page_files(ledger, folder)
        ledger.begin_run(run_id, now, {})
        with PageStore(folder, run_id, ledger.pages) as store:
            ledger.database.before_commit = store.sync
            links = [Link(url=f"https://bao.vn/ban-tin-{n}.html", key=str(n)) for n in range(COUNT)]
            for ask in (*ledger.links.waiting(now, 99), *ledger.links.sift(links, run_id, now).ask):
                html = f"<h1>Bản tin {ask.link.key}</h1> {edition}".encode() * 30
                raw_ref = store.keep(exchange(ask.link.url, html, now))
                ledger.articles.archive(story(ask.link.key, raw_ref, edition), now)
                ledger.flush()
        ledger.runs.end(run_id, {"run_id": run_id, "started_at": f"{now:%Y-%m-%dT%H:%M:%SZ}"})
        export(ledger, folder)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "bao"
    crawl(folder, 0)
    crawl(folder, 1)
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "bao")
    return tmp_path / "bao"


def published(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for kind in ("articles", "revisions", "runs")
        for path in (folder / kind).rglob("*.jsonl")
    }


def texts(folder: Path) -> list[Line]:
    """Every line but for where its page lies: pages are asked for in the order of the schedule."""
    lines = (*read_articles(folder), *read_revisions(folder))
    return sorted(({**line, "raw_ref": ""} for line in lines), key=str)


def checked_files(folder: Path) -> list[Path]:
    """The files a problem of which must be told."""
    private = ("lock", "spare.jsonl", "ledger.sum")
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in private)


def flips(folder: Path, count: int) -> Iterator[tuple[Path, int, int]]:
    chance = random.Random(20261123)  # noqa: S311
    for path in checked_files(folder):
        for _ in range(count):
            yield path, chance.randrange(path.stat().st_size), 1 << chance.randrange(8)


def test_every_flipped_byte_is_told(folder: Path) -> None:
    for path, at, bit in flips(folder, 6):
        data = path.read_bytes()
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        assert verify(folder, check_line), f"{path.name} byte {at} bit {bit}"
        path.write_bytes(data)
    assert verify(folder, check_line) == ()


def test_a_byte_flipped_in_the_files_is_mended_from_the_ledger(folder: Path) -> None:
    before = published(folder)
    for path, at, bit in flips(folder, 2):
        if path.suffix not in (".jsonl", ".json"):
            continue
        data = path.read_bytes()
        path.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        rebuild(folder, "bao", NOON, check_line, key_of_url)
        assert published(folder) == before
        assert verify(folder, check_line) == ()


def test_a_byte_flipped_in_the_ledger_is_told_and_mended_from_the_files(folder: Path) -> None:
    before, database = published(folder), folder / DATABASE
    with Ledger.open(folder, "bao") as ledger:
        states = ledger.links.states()
    data = database.read_bytes()
    chance = random.Random(7)  # noqa: S311
    for _ in range(12):
        at = chance.randrange(len(data))
        database.write_bytes(data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :])
        with pytest.raises(ArchiveError, match="newscrawl verify bao --rebuild"):
            Ledger.open(folder, "bao")
        rebuild(folder, "bao", NOON, check_line, key_of_url)
        with Ledger.open(folder, "bao") as ledger:
            assert ledger.links.states() == states
        assert published(folder) == before
        assert verify(folder, check_line) == ()
        data = database.read_bytes()


def test_every_cut_is_told(folder: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    for path in checked_files(folder):
        data = path.read_bytes()
        for _ in range(3):
            path.write_bytes(data[: chance.randrange(len(data))])
            assert verify(folder, check_line), path.name
        path.write_bytes(data)
    assert verify(folder, check_line) == ()


def test_every_file_that_is_missing_is_told(folder: Path) -> None:
    for path in checked_files(folder):
        hidden = path.rename(folder.parent / "hidden")
        assert verify(folder, check_line), path.name
        hidden.rename(path)
    assert verify(folder, check_line) == ()


def test_a_harmed_page_costs_no_article_and_is_fetched_again(folder: Path) -> None:
    before = published(folder)
    path = min((folder / "pages").rglob("*.warc.gz"))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert len(list(pages(folder))) < 2 * COUNT
    assert verify(folder, check_line)
    assert published(folder) == before
    crawl(folder, 2)
    assert len(list(pages(folder))) > COUNT


def test_after_a_rebuilding_the_next_run_goes_on_as_if_nothing_had_been(
    folder: Path, whole: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "bao"
    shutil.copytree(whole, other)
    (folder / DATABASE).write_bytes(b"")
    rebuild(folder, "bao", NOON + 401 * DAY, check_line, key_of_url)
    for each in (folder, other):
        crawl(each, 3)
        assert verify(each, check_line) == ()
    assert texts(folder) == texts(other)


def test_a_snapshot_of_a_whole_archive_is_whole(folder: Path) -> None:
    taken = take_snapshot(folder, now=NOON)
    assert taken is not None
    found = verify(taken.path / "bao", check_line)
    assert [problem.where for problem in found] == []
    assert published(taken.path / "bao") == published(folder)
