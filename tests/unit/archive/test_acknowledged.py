"""What a person knows of and need not be told until a day."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from newscrawl.archive.acknowledged import SILENCE, acknowledge, read_acknowledged, withdraw

TODAY: Final = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path


def test_nothing_is_acknowledged_at_first(folder: Path) -> None:
    assert read_acknowledged(folder, TODAY) == {}


def test_it_holds_up_to_its_day(folder: Path) -> None:
    acknowledge(folder, "/kinh-te/", date(2026, 12, 5), TODAY)
    acknowledge(folder, SILENCE, date(2026, 12, 3), TODAY)
    both = {"/kinh-te/": date(2026, 12, 5), SILENCE: date(2026, 12, 3)}
    assert read_acknowledged(folder, date(2026, 12, 3)) == both
    assert set(read_acknowledged(folder, date(2026, 12, 4))) == {"/kinh-te/"}
    assert read_acknowledged(folder, date(2026, 12, 6)) == {}


def test_the_same_is_acknowledged_anew_and_what_is_over_dropped(folder: Path) -> None:
    acknowledge(folder, SILENCE, date(2026, 12, 2), TODAY)
    later = date(2026, 12, 10)
    acknowledge(folder, "/kinh-te/", date(2026, 12, 20), later)
    assert SILENCE not in (folder / "state" / "acknowledged.json").read_text("utf-8")
    acknowledge(folder, "/kinh-te/", date(2027, 1, 1), later)
    assert read_acknowledged(folder, later) == {"/kinh-te/": date(2027, 1, 1)}


def test_what_is_withdrawn_is_told_again_and_the_rest_is_not(folder: Path) -> None:
    acknowledge(folder, "/kinh-te/", date(2026, 12, 5), TODAY)
    acknowledge(folder, SILENCE, date(2026, 12, 3), TODAY)
    assert withdraw(folder, SILENCE, TODAY)
    assert read_acknowledged(folder, TODAY) == {"/kinh-te/": date(2026, 12, 5)}
    assert not withdraw(folder, SILENCE, TODAY)
    assert not withdraw(folder, "/kinh-te/", date(2026, 12, 6))  # it is over
    acknowledge(folder, SILENCE, date(2026, 12, 3), TODAY)
    assert read_acknowledged(folder, TODAY)[SILENCE] == date(2026, 12, 3)


@pytest.mark.parametrize("text", ["", "[]", "3", '{"a": 3}', '{"a": "soon"}', "\udcff"])
def test_a_damaged_file_acknowledges_nothing(folder: Path, text: str) -> None:
    file = folder / "state" / "acknowledged.json"
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert read_acknowledged(folder, TODAY) == {}
