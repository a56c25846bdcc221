"""Opening a ledger: damage, versions and owners are told in one line, and nothing is touched."""

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.ledger.tables import (
    STEPS,
    VERSION,
    migrate,
    version_of,
)
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.manifest import Manifest, write_manifest
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def links(count: int) -> list[Link]:
    return [Link(url=f"https://bao.vn/tin-so-{n}.html", key=str(n)) for n in range(count)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The newspaper's folder; nothing is there yet."""
    return tmp_path / "bao"


@pytest.fixture
def database(folder: Path) -> Path:
    """A closed ledger of 400 links."""
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        ledger.links.sift(links(400), "r1", NOON)
    return folder / DATABASE


def refused(folder: Path, newspaper: str = "bao") -> str:
    """What opening says; the file must be as it was."""
    path = folder / DATABASE
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(ArchiveError) as caught:
        Ledger.open(folder, newspaper).close()
    assert (path.read_bytes() if path.exists() else b"") == before
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_new_folder_gets_an_empty_ledger(folder: Path) -> None:
    with Ledger.open(folder, "bao") as ledger:
        assert sum(ledger.links.states().values()) == 0
        assert ledger.database.row("PRAGMA journal_mode") == ("wal",)
        assert ledger.database.row("PRAGMA synchronous") == (2,)
        assert ledger.database.row("PRAGMA user_version") == (VERSION,)


def test_a_closed_ledger_is_sealed_and_has_no_log(database: Path) -> None:
    assert checksum.look_at(database) == "whole"
    assert not database.with_name("ledger.sqlite-wal").exists()


def test_the_seal_is_off_before_the_first_write_and_not_before(
    database: Path, folder: Path
) -> None:
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.links.is_known("7")
        assert checksum.look_at(database) == "whole"
        ledger.begin_run("r2", NOON, {})
        assert checksum.look_at(database) == "unsealed"
    assert checksum.look_at(database) == "whole"


def test_closing_twice_does_nothing(database: Path, folder: Path) -> None:
    ledger = Ledger.open(folder, "bao")
    ledger.close()
    ledger.close()
    assert checksum.look_at(database) == "whole"


def test_any_flipped_byte_is_told(database: Path, folder: Path) -> None:
    whole = database.read_bytes()
    chance = random.Random(11)  # noqa: S311
    for _ in range(60):
        at = chance.randrange(len(whole))
        database.write_bytes(
            whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
        )
        assert "is damaged" in (said := refused(folder))
        assert "newscrawl verify bao --rebuild" in said
    database.write_bytes(whole)
    Ledger.open(folder, "bao").close()


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_cut_ledger_is_told(database: Path, folder: Path, share: float) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[: int(len(whole) * share)])
    assert "newscrawl verify bao --rebuild" in refused(folder)


def test_damage_to_the_structure_is_told_even_without_a_seal(database: Path, folder: Path) -> None:
    checksum.unseal(database)
    whole = database.read_bytes()
    for start in range(4096, len(whole), 4096):
        database.write_bytes(whole[:start] + b"\xee" * 64 + whole[start + 64 :])
        assert "newscrawl verify bao --rebuild" in refused(folder)


def test_no_database_at_all_is_told(folder: Path) -> None:
    (folder / "state").mkdir(parents=True)
    (folder / DATABASE).write_text("không phải cơ sở dữ liệu\n" * 200)
    assert "newscrawl verify bao --rebuild" in refused(folder)


def test_a_newer_version_is_told_with_both_numbers(database: Path, folder: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 3}")
    db.close()
    checksum.unseal(database)
    said = refused(folder)
    assert f"is of version {VERSION + 3}, this program knows up to {VERSION}" in said
    assert "update newscrawl" in said


def test_an_older_version_is_migrated_with_what_it_holds(folder: Path) -> None:
    (folder / "state").mkdir(parents=True)
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    assert migrate(db, STEPS[:1]) == 0
    db.execute("INSERT INTO facts VALUES ('newspaper', 'bao')")
    db.execute(
        "INSERT INTO links (key, url, state, seen_at) VALUES ('1', 'https://bao.vn/1', 'failed', 0)"
    )
    db.close()
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.database.row("PRAGMA user_version") == (VERSION,)
        assert ledger.links.is_known("1")
        assert ledger.pages.payload("https://bao.vn/1") is None
        assert ledger.faults() == ()


def test_a_migration_takes_all_steps_or_none() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    migrate(db, STEPS[:1])
    broken = (STEPS[0], ("CREATE TABLE one (a TEXT)", "CREATE TABLE facts (a TEXT)"))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(db, broken)
    db.execute("ROLLBACK")
    assert version_of(db) == 1
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'one'").fetchone() == (0,)
    assert migrate(db) == 1
    assert version_of(db) == VERSION
    db.close()


def test_a_half_made_ledger_is_simply_made(folder: Path) -> None:
    (folder / "state").mkdir(parents=True)
    (folder / DATABASE).touch()
    Ledger.open(folder, "bao").close()


@pytest.mark.usefixtures("database")
def test_another_newspapers_ledger_is_told(folder: Path) -> None:
    assert "is the ledger of bao, not of baokhac" in refused(folder, "baokhac")


def test_a_reader_killed_without_a_write_leaves_the_seal(database: Path, folder: Path) -> None:
    database.with_name("ledger.sqlite-wal").touch()
    database.with_name("ledger.sqlite-shm").touch()
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.links.is_known("7")


def test_an_older_version_loses_its_seal_before_it_is_migrated(folder: Path) -> None:
    (folder / "state").mkdir(parents=True)
    db = sqlite3.connect(folder / DATABASE, isolation_level=None)
    migrate(db, STEPS[:1])
    db.close()
    checksum.seal(folder / DATABASE)
    with Ledger.open(folder, "bao"):
        assert checksum.look_at(folder / DATABASE) == "unsealed"
    assert checksum.look_at(folder / DATABASE) == "whole"


@pytest.mark.usefixtures("database")
def test_a_ledger_older_than_the_files_is_told(folder: Path) -> None:
    write_manifest(folder, Manifest("bao", 1, "r1"))
    assert "the files beside it are newer" in refused(folder)


def test_a_lost_ledger_beside_files_is_told(folder: Path) -> None:
    month = folder / "articles" / "2026" / "2026-11.jsonl"
    month.parent.mkdir(parents=True)
    month.write_text("{}\n")
    assert "newscrawl verify bao --rebuild" in refused(folder)


def test_a_lost_ledger_beside_what_only_it_knew_is_told(folder: Path) -> None:
    """No article was ever archived, but links were refused and lists read."""
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        ledger.links.sift(links(3), "r1", NOON)
        export(ledger, folder)
    (folder / DATABASE).unlink()
    assert "newscrawl verify bao --rebuild" in refused(folder)
    assert rebuild(folder, "bao", NOON, lambda _: ()).links == 3
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.links.states()["discovered"] == 3


def _folder_that_is_a_file(folder: Path) -> None:
    folder.mkdir()
    (folder / "state").write_text("")


def _database_that_is_a_folder(folder: Path) -> None:
    (folder / DATABASE).mkdir(parents=True)


@pytest.mark.parametrize("obstacle", [_folder_that_is_a_file, _database_that_is_a_folder])
def test_what_cannot_be_opened_is_told(folder: Path, obstacle: Callable[[Path], None]) -> None:
    obstacle(folder)
    with pytest.raises(ArchiveError, match=r"opening .*ledger\.sqlite: "):
        Ledger.open(folder, "bao")
