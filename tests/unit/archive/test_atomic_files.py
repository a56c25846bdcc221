"""What stands under every file: words for what the disk refuses, manifests, zones, readers."""

import errno
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.archive.atomic_files import (
    Written,
    aside,
    disk,
    make_folder,
    put_in_place,
    refusal,
    remove_file,
    write_aside,
)
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.export.row_reader import (
    article_files,
    numbered,
    parse,
    read_articles,
)
from newscrawl.archive.ledger.due import DUE_MAX_S, Known, reason_to_ask
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.month_table import line_text
from newscrawl.archive.ledger.opening import SIDECAR, exports_of
from newscrawl.archive.ledger.sidecar import read_sidecar, write_sidecar
from newscrawl.archive.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    differing,
    read_manifest,
    write_manifest,
)
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import VIETNAM, Article
from newscrawl.timestamps import moment_of, seconds, utc_text

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WHERE = Path("output/bao/state/ledger.sqlite")


def story(key: str, published: datetime) -> Article:
    text = f"Chợ phiên {key}."
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=f"https://bao.vn/cho-phien-{key}.html",
        headline="Chợ phiên",
        body=text,
        published_at=published,
        published_date=published.astimezone(VIETNAM).date(),
        published_precision="minute",
        modified_at=published + timedelta(hours=1),
        first_seen_at=NOON,
        fetched_at=NOON,
        revision=1,
        gone_at=None,
        content_hash=f"sha256:{sha256(text.encode()).hexdigest()}",
        run_id="r1",
        syllable_count=3,
    )


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "quota is used up"),
        (errno.EFBIG, "ulimit -f"),
        (errno.EROFS, "how the disk is mounted"),
        (errno.EACCES, "check its owner, its rights"),
        (errno.EIO, "the disk reports a fault"),
    ],
)
def test_what_the_system_refuses_says_what_to_do(number: int, advice: str) -> None:
    said = str(refusal("writing", WHERE, OSError(number, os.strerror(number))))
    assert said.startswith(f"writing {WHERE}: {os.strerror(number)}: ")
    assert advice in said


def test_an_unexpected_refusal_is_told_as_it_is() -> None:
    fault = OSError(errno.ENAMETOOLONG, "File name too long")
    assert str(refusal("writing", WHERE, fault)) == f"writing {WHERE}: File name too long"
    assert str(refusal("writing", WHERE, OSError("odd"))) == f"writing {WHERE}: odd"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (sqlite3.SQLITE_FULL, "free some space"),
        (sqlite3.SQLITE_IOERR_WRITE, "check free space, quota"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "check its owner"),
        (sqlite3.SQLITE_CANTOPEN, "check its owner"),
        (sqlite3.SQLITE_BUSY, "another program holds it"),
        (sqlite3.SQLITE_CORRUPT, "run `newscrawl verify bao --rebuild`"),
        (sqlite3.SQLITE_NOTADB, "run `newscrawl verify bao --rebuild`"),
    ],
)
def test_what_sqlite_refuses_says_what_to_do(code: int, advice: str) -> None:
    fault = sqlite3.OperationalError("no")
    fault.sqlite_errorcode = code
    assert advice in str(refusal("writing", WHERE, fault))


def test_the_disk_context_lets_other_errors_through() -> None:
    with pytest.raises(ArchiveError, match="reading x: gone"), disk("reading", Path("x")):
        raise OSError(errno.ENOENT, "gone")
    with pytest.raises(ZeroDivisionError), disk("reading", Path("x")):
        raise ZeroDivisionError


def test_a_file_written_aside_is_not_there_until_it_is_put_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.jsonl"
    written = write_aside(path, ["một", "hai"])
    assert (written.rows, written.bytes) == (2, len("một\nhai\n".encode()))
    assert not path.exists()
    assert not list(tmp_path.rglob("*.jsonl"))
    put_in_place(path)
    assert path.read_text() == "một\nhai\n"
    assert not aside(path).exists()
    remove_file(path)
    remove_file(path)
    assert not path.exists()


def test_text_that_cannot_be_utf8_leaves_nothing_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with pytest.raises(UnicodeEncodeError):
        write_aside(path, ["\ud800"])
    assert list(tmp_path.iterdir()) == []


def test_making_a_folder_twice_is_fine(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    assert make_folder(folder) == make_folder(folder) == folder
    assert folder.is_dir()


def test_a_line_has_no_value_that_is_no_json() -> None:
    assert line_text({"x": "Đồng bào\u2028"}) == '{"x": "Đồng bào\u2028"}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        line_text({"x": float("nan")})


# The manifest ---------------------------------------------------------------------------------


def test_a_manifest_is_read_back_as_written_and_its_bytes_are_fixed(tmp_path: Path) -> None:
    files = {
        "runs/2026-11.jsonl": Entry(Written(1, 9, "b" * 64), "r2"),
        "articles/2026/2026-11.jsonl": Entry(Written(3, 90, "a" * 64), "r1"),
    }
    manifest = Manifest("bao", 7, "r2", files)
    write_manifest(tmp_path, manifest)
    first = (tmp_path / MANIFEST).read_bytes()
    assert read_manifest(tmp_path) == manifest
    assert manifest.articles == 3
    assert exports_of(tmp_path) == 7
    write_manifest(tmp_path, Manifest("bao", 7, "r2", dict(reversed(files.items()))))
    assert (tmp_path / MANIFEST).read_bytes() == first
    assert json.loads(first)["articles"] == 3
    assert read_manifest(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"files": []}',
        '{"newspaper": "bao", "exports": 1, "run_id": "", "files": 3}',
    ],
)
def test_a_manifest_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(ArchiveError, match=r"manifest\.json is damaged: .*the next run writes it"):
        read_manifest(tmp_path)
    assert exports_of(tmp_path) == (1 if "exports" in text else 0)


@given(st.binary(max_size=200))
def test_no_manifest_of_any_bytes_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("m")
    (folder / MANIFEST).write_bytes(data)
    assert exports_of(folder) == 0
    with pytest.raises(ArchiveError):
        read_manifest(folder)


def test_what_differs_from_the_manifest_is_named(tmp_path: Path) -> None:
    listed = {}
    for name in ("same", "cut", "flipped", "missing", "pages/x.warc.gz"):
        make_folder((tmp_path / name).parent)
        (tmp_path / name).write_bytes(b"a\nb\n")
        listed[name] = Entry(Written(2, 4, sha256(b"a\nb\n").hexdigest()), "r1")
    listed["pages/x.warc.gz"] = Entry(Written(9, 4, sha256(b"a\nb\n").hexdigest()), "r1")
    (tmp_path / "cut").write_bytes(b"a\n")
    (tmp_path / "flipped").write_bytes(b"a\nc\n")
    (tmp_path / "missing").unlink()
    assert differing(tmp_path, listed) == {"cut", "flipped", "missing"}


# Zones and clocks -----------------------------------------------------------------------------


@pytest.fixture
def zone() -> Iterator[None]:
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_the_machines_zone_changes_no_byte(tmp_path: Path) -> None:
    """Eight years, each hour of a night at the border of two months."""
    found = []
    for name in ("UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Australia/Lord_Howe"):
        os.environ["TZ"] = name
        time.tzset()
        folder = tmp_path / name.replace("/", "-") / "bao"
        with Ledger.open(folder, "bao") as ledger:
            ledger.begin_run("r1", NOON, {})
            for year in range(2019, 2027):
                for hour in range(24):
                    published = datetime(year, 3, 31, tzinfo=UTC) + timedelta(hours=hour)
                    ledger.articles.archive(story(f"{year}{hour:02}", published), NOON)
            ledger.links.sift(
                [Link(url="https://bao.vn/9.html", key="9", published_at=NOON)], "r1", NOON
            )
            ledger.links.refuse("9", "robots.txt", NOON)
            export(ledger, folder)
        found.append(
            {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*.json*")
            }
        )
    assert found[0] == found[1] == found[2] == found[3]
    assert len([name for name in found[0] if name.startswith("articles/")]) == 16


@given(st.integers(-(10**9), 4 * 10**9), st.integers(-12, 14))
def test_moments_survive_seconds_in_every_zone(stamp: int, hours: int) -> None:
    moment = moment_of(stamp).astimezone(timezone(timedelta(hours=hours)))
    assert seconds(moment) == stamp
    assert moment_of(seconds(moment)) == moment
    assert datetime.fromisoformat(utc_text(moment)) == moment


# Readers --------------------------------------------------------------------------------------


@given(st.text())
def test_no_line_of_any_text_raises(text: str) -> None:
    line = parse(text)
    assert line is None or isinstance(line, dict)


def test_a_line_of_endless_brackets_is_no_line() -> None:
    assert parse("[" * 100_000) is None


def test_lines_are_split_at_newlines_only(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"a": "x\u2028y\x85z"}\r\n{"b": "'.encode() + b'\xff"}')
    assert list(numbered(path)) == [(1, '{"a": "x\u2028y\x85z"}\r'), (2, '{"b": "\ufffd"}')]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        list(numbered(tmp_path / "x.jsonl"))
    assert list(read_articles(tmp_path)) == []


def test_articles_are_read_by_month_the_undated_last(tmp_path: Path) -> None:
    for name in ("undated.jsonl", "2021/2021-12.jsonl", "2010/2010-01.jsonl", "2021/2021-02.jsonl"):
        make_folder((tmp_path / "articles" / name).parent)
        (tmp_path / "articles" / name).write_text(f'{{"month": "{name}"}}\n')
    assert [path.stem for path in article_files(tmp_path)] == [
        "2010-01", "2021-02", "2021-12", "undated",
    ]  # fmt: skip
    assert len(list(read_articles(tmp_path))) == 4


# What only the ledger knows -------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "bao", "bao") as opened:
        opened.begin_run("r1", NOON, {})
        yield opened


def fill(ledger: Ledger) -> None:
    links = [
        Link(url=f"https://bao.vn/{slug}-{n}.html", key=str(n)) for n in range(4) for slug in "ab"
    ]
    ledger.links.sift(links, "r1", NOON)
    ledger.links.refuse("1", "robots.txt", NOON)
    ledger.links.fail("2", "HTTP 500", NOON)
    ledger.articles.mark_absent("3", 404, NOON)
    ledger.lists.note("thoi-su", Listing("trang-3", NOON, NOON.date()), NOON)


def snapshot_of(ledger: Ledger) -> list[list[tuple[object, ...]]]:
    tables = ("links", "listings", "addresses")
    return [sorted(ledger.database.rows(f"SELECT * FROM {table}")) for table in tables]  # noqa: S608


def spare(ledger: Ledger, folder: Path) -> None:
    write_sidecar(ledger.database, folder)
    put_in_place(folder / SIDECAR)


def test_the_spare_file_restores_what_no_published_file_holds(
    ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger)
    spare(ledger, tmp_path)
    with Ledger.open(tmp_path / "other", "bao") as other:
        assert read_sidecar(other.database, tmp_path) == 13
        assert snapshot_of(other) == snapshot_of(ledger)
        assert read_sidecar(other.database, tmp_path) == 0
        assert snapshot_of(other) == snapshot_of(ledger)


def test_a_damaged_row_of_the_spare_file_is_left_out(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    spare(ledger, tmp_path)
    lines = (tmp_path / SIDECAR).read_text().splitlines()
    whole = lines[1]
    lines[1] = whole[:-4]
    lines[2] = '["links", "x"]'
    lines += ['["facts", "exports", "99"]', "[]", "3", '["links", "7", "u", "elsewhere"]']
    lines.append(whole.replace('"discovered"', '"elsewhere"'))
    lines.append(whole.replace(str(seconds(NOON)), '"soon"'))
    lines += [
        '["listings", "a", null, 0, null, [1]]',
        f'["listings", "a", null, 0, null, {1 << 64}]',
    ]
    (tmp_path / SIDECAR).write_text("\n".join(lines))
    with Ledger.open(tmp_path / "other", "bao") as other:
        assert read_sidecar(other.database, tmp_path) == 11
        assert other.fact("exports") is None
        assert other.faults() == ()


def test_a_spare_file_of_the_version_before_has_the_same_tables(
    ledger: Ledger, tmp_path: Path
) -> None:
    fill(ledger)
    spare(ledger, tmp_path)
    text = (tmp_path / SIDECAR).read_text()
    with Ledger.open(tmp_path / "same", "bao") as same:
        taken = read_sidecar(same.database, tmp_path)
    (tmp_path / SIDECAR).write_text(text.replace('["version", 6]', '["version", 5]'))
    with Ledger.open(tmp_path / "other", "bao") as other:
        assert read_sidecar(other.database, tmp_path) == taken > 0


def test_a_spare_file_of_another_version_is_not_taken(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    spare(ledger, tmp_path)
    text = (tmp_path / SIDECAR).read_text()
    (tmp_path / SIDECAR).write_text(text.replace('["version", 6]', '["version", 1]'))
    with Ledger.open(tmp_path / "other", "bao") as other:
        assert read_sidecar(other.database, tmp_path) == 0
        assert read_sidecar(other.database, tmp_path / "nowhere") == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(str)))
def test_no_spare_file_of_any_text_raises(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("spare")
    text = "\n".join(['["version", 4]', *lines])
    with Ledger.open(folder, "bao") as ledger:
        (folder / SIDECAR).write_bytes(text.encode("utf-8", "replace"))
        assert read_sidecar(ledger.database, folder) == 0


# Which pages to ask for -----------------------------------------------------------------------


DAY_S = 24 * 60 * 60


def known(
    state: str,
    due: int | None,
    revision: int = 0,
    checked_at: int | None = 50,
    absent_at: int | None = None,
) -> Known:
    return Known(
        key="1", url="https://bao.vn/1.html", title=None, published_at=None, kind=None,
        state=state, etag='"v1"', last_modified=None, next_due=due, settled=0,  # type: ignore[arg-type]
        checked_at=checked_at, revision=revision, tries=0, changes=0, streak=0,
        seen_at=0, reason=None, absent_at=absent_at, runs_410=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "moved", "reason"),
    [
        (known("discovered", 999), False, "again"),
        (known("failed", 100), False, "again"),
        (known("failed", 101), False, None),
        (known("failed", 101), True, "again"),
        (known("given_up", None), False, None),
        (known("given_up", None), True, "again"),
        (known("refused", None), True, "again"),
        (known("refused", None, checked_at=100 - 30 * DAY_S), False, "again"),
        (known("refused", None, checked_at=101 - 30 * DAY_S), False, None),
        (known("given_up", None, checked_at=100 - 7 * DAY_S), False, "again"),
        (known("gone", None, checked_at=100 - 30 * DAY_S), False, "again"),
        (known("gone", None), False, None),
        (known("gone", 999, revision=1), False, "due"),
        (known("archived", 999, revision=1, absent_at=50), False, "due"),
        (known("gone", 101), False, None),
        (known("gone", 100), False, "again"),
        (known("gone", None), True, "again"),
        (known("gone", 101, revision=1), True, "due"),
        (known("archived", 101, revision=1), True, None),
        (known("archived", 100, revision=1), False, "due"),
        (known("archived", 100 + DUE_MAX_S, revision=1), False, None),
        (known("archived", 101 + DUE_MAX_S, revision=1), False, "due"),
    ],
)
def test_why_a_link_is_asked_for_again(found: Known, moved: bool, reason: str | None) -> None:
    assert reason_to_ask(found, 100, None, moved=moved) == reason


@pytest.mark.parametrize(("checked_at", "reason"), [(40, "due"), (41, None), (None, "due")])
def test_a_page_looked_at_too_long_ago_is_due(checked_at: int | None, reason: str | None) -> None:
    found = known("archived", 9_999, revision=1, checked_at=checked_at)
    assert reason_to_ask(found, 100, timedelta(seconds=60), moved=False) == reason


def test_only_a_request_with_an_article_to_fall_back_on_is_conditional() -> None:
    assert known("archived", 1, revision=1).ask("due").etag == '"v1"'
    assert known("gone", 1, revision=1).ask("due").etag is None
    assert known("failed", 1).ask("again").etag is None
