"""The seal of a database: each page's sum, made anew only for the pages that were written."""

import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger import database as database_module
from newscrawl.archive.ledger.checksum import PageSums, look_at, seal, seal_of
from newscrawl.archive.ledger.database import Database

PAGE_BYTES = 4096


def connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA cache_size = 5")  # large writes spill into the log before a commit
    return connection


def make(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = connect(path)
    connection.execute("CREATE TABLE words (number INTEGER PRIMARY KEY, word TEXT) STRICT")
    connection.close()
    seal(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "ledger.sqlite")


def run(path: Path, *steps: tuple[str, int]) -> None:
    """Open the database as a run does, take the steps, and close it."""
    assert look_at(path, whole=True) == "whole"
    sums = PageSums.read(path)
    with Database(path, connect(path), sealed=True, sums=sums) as database:
        for step, number in steps:
            if step == "flush":
                database.flush()
                continue
            with database.writing() as db:
                if step == "add":
                    rows = [(f"{number} " * 300,)] * (number % 60)
                    db.executemany("INSERT INTO words (word) VALUES (?)", rows)
                elif step == "change":
                    db.execute("UPDATE words SET word = ? WHERE number % 7 = ?", (step, number % 7))
                elif step == "remove":
                    db.execute("DELETE FROM words WHERE number % 5 = ?", (number % 5,))
                else:
                    with suppress(ZeroDivisionError), database.writing() as inner:
                        rows = [("undone " * 300,)] * (number % 60)
                        inner.executemany("INSERT INTO words (word) VALUES (?)", rows)
                        raise ZeroDivisionError


steps = st.tuples(
    st.sampled_from(["add", "change", "remove", "undo", "flush"]), st.integers(0, 200)
)


@given(st.lists(st.lists(steps, max_size=8), min_size=1, max_size=4), st.sampled_from([0, 50_000]))
def test_the_sums_made_page_by_page_are_those_of_the_whole_file(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[str, int]]], log_bytes: int
) -> None:
    path = make(tmp_path_factory.mktemp("sums") / "ledger.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "LOG_MAX_BYTES", log_bytes)
        for taken in runs:
            run(path, *taken)
            page_by_page = PageSums.read(path)
            assert page_by_page is not None
            seal(path)
            at_once = PageSums.read(path)
            assert at_once is not None
            assert page_by_page.sums == at_once.sums


def test_only_what_was_written_is_read_again(path: Path) -> None:
    run(path, ("add", 59), ("add", 58), ("add", 57))
    data = bytearray(path.read_bytes())
    number = len(data) // PAGE_BYTES // 2
    data[number * PAGE_BYTES + 2000] ^= 1  # decays at rest, after it was looked at
    sums = PageSums.read(path)
    with Database(path, connect(path), sealed=True, sums=sums) as database:
        path.write_bytes(data)
        with database.writing() as db:
            db.execute("UPDATE words SET word = 'changed' WHERE number = 1")
    assert look_at(path, whole=True) == "damaged"


def test_a_look_goes_on_where_the_last_one_ended(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksum, "LOOK_MAX_BYTES", 3 * PAGE_BYTES)
    run(path, ("add", 35))
    count = path.stat().st_size // PAGE_BYTES
    assert count > 9
    flipped = bytearray(path.read_bytes())
    flipped[(count - 1) * PAGE_BYTES + 9] ^= 1
    places = []
    for _ in range(count):
        sums = PageSums.read(path)
        assert sums is not None
        places.append(sums.next_page)
        whole = path.read_bytes()
        path.write_bytes(flipped)
        is_in_look = (count - 1 - sums.next_page) % count < 3
        assert look_at(path) == ("damaged" if is_in_look else "whole")
        assert look_at(path, whole=True) == "damaged"
        path.write_bytes(whole)
        seal(path, sums, ())
    first, second = places[0], places[1]
    assert (second - first) % count == 3
    seen = {(place + i) % count for place in places for i in range(3)}
    assert seen == set(range(count))


def test_the_sum_of_an_earlier_version_still_counts(path: Path) -> None:
    data = path.read_bytes()
    seal_of(path).write_text(f"{len(data)} {zlib.crc32(data):08x}\n")
    assert look_at(path) == "whole"
    assert PageSums.read(path) is None
    path.write_bytes(data[:-1] + b"\x01")
    assert look_at(path) == "damaged"


@pytest.mark.parametrize("place", [0, 6, 30, -2])
def test_a_flipped_letter_of_the_seal_is_told(path: Path, place: int) -> None:
    data = bytearray(seal_of(path).read_bytes())
    data[place] ^= 1
    seal_of(path).write_bytes(data)
    assert look_at(path) == "damaged"
