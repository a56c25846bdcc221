"""Groups of writes: committed together or not at all; after a refusal nothing more is written."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger.database import Database
from newscrawl.exceptions import ArchiveError

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bao" / "state" / "ledger.sqlite"
    path.parent.mkdir(parents=True)
    connection = connect(path)
    connection.execute("CREATE TABLE words (word TEXT PRIMARY KEY) STRICT")
    connection.close()
    checksum.seal(path)
    return path


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database(path, connect(path), sealed=True) as opened:
        yield opened


def add(database: Database, *words: str) -> None:
    for word in words:
        with database.writing() as db:
            db.execute("INSERT INTO words VALUES (?)", (word,))


def words(path: Path) -> list[str]:
    """What another reader sees."""
    connection = connect(path)
    found = [row[0] for row in connection.execute("SELECT word FROM words ORDER BY word")]
    connection.close()
    return found


def test_a_group_is_seen_by_others_once_it_is_flushed(database: Database, path: Path) -> None:
    add(database, "chè", "cam")
    assert words(path) == []
    assert [row[0] for row in database.rows("SELECT word FROM words ORDER BY word")] == [
        "cam",
        "chè",
    ]
    database.flush()
    assert words(path) == ["cam", "chè"]
    add(database, "lúa")
    assert words(path) == ["cam", "chè"]
    database.close()
    assert words(path) == ["cam", "chè", "lúa"]


def test_flushing_nothing_does_nothing(database: Database, path: Path) -> None:
    calls: list[str] = []
    database.before_commit = lambda: calls.append("synced")
    database.flush()
    assert calls == []
    assert checksum.look_at(path) == "whole"
    add(database, "chè")
    database.flush()
    database.flush()
    assert calls == ["synced"]


def test_what_raises_inside_takes_back_only_its_own_step(database: Database, path: Path) -> None:
    def broken() -> None:
        with database.writing() as db:
            db.execute("INSERT INTO words VALUES ('cam')")
            raise RuntimeError("a bug")

    add(database, "chè")
    with pytest.raises(RuntimeError, match="a bug"):
        broken()
    add(database, "lúa")
    database.flush()
    assert words(path) == ["chè", "lúa"]


def test_steps_may_stand_inside_each_other(database: Database, path: Path) -> None:
    def inner() -> None:
        with database.writing() as db:
            db.execute("INSERT INTO words VALUES ('cam')")
            raise RuntimeError("a bug")

    with database.writing() as db:
        db.execute("INSERT INTO words VALUES ('chè')")
        with pytest.raises(RuntimeError):
            inner()
        with database.writing() as again:
            again.execute("INSERT INTO words VALUES ('lúa')")
    database.flush()
    assert words(path) == ["chè", "lúa"]


def test_a_refused_write_takes_back_the_group_and_ends_all_writing(
    database: Database, path: Path
) -> None:
    add(database, "chè")
    database.flush()
    add(database, "cam")
    pages = database.row("PRAGMA page_count")
    assert pages is not None
    database.row(f"PRAGMA max_page_count = {pages[0]}")
    with pytest.raises(ArchiveError, match=r"ledger\.sqlite: database or disk is full: ") as caught:
        add(database, *(f"{n:05}" * 300 for n in range(50)))
    with pytest.raises(ArchiveError) as again:
        add(database, "lúa")
    with pytest.raises(ArchiveError) as flushed:
        database.flush()
    assert str(again.value) == str(flushed.value) == str(caught.value)
    assert words(path) == ["chè"]
    database.close()
    assert words(path) == ["chè"]
    assert checksum.look_at(path) == "unsealed"


def test_a_query_that_fails_is_told_with_the_file(database: Database) -> None:
    with pytest.raises(ArchiveError, match=r"reading .*ledger\.sqlite: no such table: nowhere"):
        database.row("SELECT * FROM nowhere")
    with pytest.raises(ArchiveError, match=r"reading .*ledger\.sqlite: no such table: nowhere"):
        list(database.rows("SELECT * FROM nowhere"))


def test_a_commit_that_another_program_holds_up_is_told(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    other = connect(path)
    other.execute("BEGIN IMMEDIATE")
    database = Database(path, connection, sealed=False)
    with pytest.raises(ArchiveError, match="another program holds it"):
        add(database, "chè")
    other.execute("ROLLBACK")
    other.close()
    database.close()


def test_half_read_rows_do_not_hinder_a_commit_or_the_closing(
    database: Database, path: Path
) -> None:
    add(database, "chè", "cam")
    database.flush()
    half = database.rows("SELECT word FROM words ORDER BY word")
    assert next(half) == ("cam",)
    add(database, "lúa")
    database.flush()
    database.close()
    assert words(path) == ["cam", "chè", "lúa"]
    del half


# The seal -------------------------------------------------------------------------------------


def test_a_seal_knows_every_byte_and_the_length(path: Path) -> None:
    data = path.read_bytes()
    assert checksum.look_at(path) == "whole"
    for harmed in (data[:-1], data + b"\0", data[:100] + b"\xff" + data[101:], b""):
        path.write_bytes(harmed)
        assert checksum.look_at(path) == "damaged"
    path.unlink()
    assert checksum.look_at(path) == "damaged"
    path.write_bytes(data)
    assert checksum.look_at(path) == "whole"


@pytest.mark.parametrize("text", ["", "12 zz", "không phải", "\xff\xfe"])
def test_a_seal_that_is_none_fits_nothing(path: Path, text: str) -> None:
    checksum.seal_of(path).write_text(text)
    assert checksum.look_at(path) == "damaged"


def test_a_database_with_changes_beside_it_is_not_sealed(path: Path) -> None:
    checksum.unseal(path)
    log = path.with_name("ledger.sqlite-wal")
    log.write_bytes(b"frames")
    checksum.seal(path)
    assert checksum.look_at(path) == "unsealed"
    log.write_bytes(b"")
    checksum.seal(path)
    assert checksum.look_at(path) == "whole"
    log.write_bytes(b"frames")
    assert checksum.look_at(path) == "damaged"


def test_unsealing_twice_is_fine(path: Path) -> None:
    checksum.unseal(path)
    checksum.unseal(path)
    assert checksum.look_at(path) == "unsealed"


def test_while_another_has_it_open_the_last_to_close_seals(database: Database, path: Path) -> None:
    with Database(path, connect(path), sealed=False) as reader:
        assert reader.row("SELECT count(*) FROM words") == (0,)
        add(database, "chè")
        database.close()
        assert reader.row("SELECT count(*) FROM words") == (1,)
    assert checksum.look_at(path) == "whole"
    assert words(path) == ["chè"]
