"""A database that is exported again while its former file is read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.exported_files import replacing
from newscrawl.research.reading_room.current_library import CurrentLibrary
from newscrawl.research.reading_room.results import Search
from newscrawl.research.sqlite_export import export_sqlite, write_database
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row


def export(home: Path, count: int) -> Path:
    made = [row(n, NEW_YEAR, body=f"Chợ phiên {n}.") for n in range(1, count + 1)]
    publish(home / "output", "baothu", made)
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    return home / "articles.sqlite"


def test_who_reads_the_former_file_reads_it_to_the_end(tmp_path: Path) -> None:
    with closing(CurrentLibrary(export(tmp_path, 2))) as current:
        with current.lent() as former, current.lent() as second:
            assert former is second
            export(tmp_path, 3)
            with current.lent() as present:
                assert present.results(Search(), 1).count == 3
                assert present is not former
            assert former.results(Search(text="cho"), 1).count == 2
            assert len(list(former.rows(Search()))) == 2
        with pytest.raises(sqlite3.ProgrammingError):  # nobody reads it any more: it is closed
            former.article("baothu:1", Search())
        with current.lent() as again:
            assert again is present


def test_several_former_files_are_each_closed_by_their_last_reader(tmp_path: Path) -> None:
    with closing(CurrentLibrary(export(tmp_path, 1))) as current, current.lent() as first:
        export(tmp_path, 2)
        with current.lent() as second:
            export(tmp_path, 3)
            with current.lent() as third:
                counts = [one.results(Search(), 1).count for one in (first, second, third)]
        assert counts == [1, 2, 3]
        assert first.results(Search(text="phien"), 1).count == 1
        with pytest.raises(sqlite3.ProgrammingError):
            second.article("baothu:1", Search())


def test_a_file_that_is_being_written_is_not_opened(tmp_path: Path) -> None:
    path = export(tmp_path, 2)
    with closing(CurrentLibrary(path)) as current:
        with current.lent() as before:
            assert before.results(Search(), 1).count == 2
        publish(tmp_path / "output", "baothu", [row(1, NEW_YEAR)])
        with replacing(path) as part:
            part.unlink(missing_ok=True)
            write_database(open_view(tmp_path / "output"), part, EVERY_ROW, with_text=True)
            with current.lent() as during:
                assert during is before
        with current.lent() as after:
            assert after.results(Search(), 1).count == 1


def test_the_file_that_was_opened_is_not_opened_anew_for_every_reader(tmp_path: Path) -> None:
    with closing(CurrentLibrary(export(tmp_path, 2))) as current:
        with current.lent() as first:
            pass
        with current.lent() as second:
            assert second is first
