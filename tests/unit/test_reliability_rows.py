"""The reliability table: what scripts print becomes cells, what was not measured is told."""

import json

import pytest

from tests.reliability.crawls import ROOT
from tests.reliability.rows import MEASURES, ROWS, Taken, read_log, table

KILLS = {
    "trials": 200,
    "killed in time": {"start": 30, "crawl": 100},
    "ended before the kill": 70,
    "wrong": {},
    "most often asked for one article": 2,
    "looks of the reader": 9000,
}


def log_of(figures: object, code: int) -> str:
    return f"5 kills, nothing wrong\n{json.dumps(figures)}\nexit code {code}\n"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows_of(measure: str, log: str) -> list[list[str]]:
    """The table's rows that come from one script."""
    own = [row for row in ROWS if row.measure == measure]
    return [cells(line) for line in table(own, {measure: read_log(log)}).splitlines()[2:]]


def test_a_row_holds_where_its_script_found_nothing_wrong() -> None:
    first, ninth = rows_of("kill", log_of(KILLS, 0))
    said = "200 kills, 130 in time: 0 lost, doubled, torn; no article asked for more than 2 times"
    assert (first[0], first[2:]) == ("C1", [said, "yes"])
    assert (ninth[0], ninth[2:]) == ("C9", ["9,000 looks: 0 lost, doubled, torn", "yes"])


def test_a_row_that_does_not_hold_says_what_was_wrong() -> None:
    first, _ = rows_of("kill", log_of(KILLS | {"wrong": {"lost": 3}}, 1))
    assert "3 lost" in first[2]
    assert first[3] == "**no**"


def test_a_part_of_a_script_holds_or_not_for_itself() -> None:
    figures = {
        "states": {"found": 120, "holds": True},
        "editions": {"edits": "12 of 13", "holds": False},
        "dates": {"holds": True},
        "addresses": {"rows": 60, "holds": True},
        "second run": {"files changed": 0, "holds": True},
        "broken selector": {"lost": 54, "holds": True},
        "demo": {"articles": 614, "holds": True},
        "wrong": ["editions"],
    }
    found = rows_of("truths", log_of(figures, 1))
    assert {(row[0], row[2], row[3]) for row in found} >= {
        ("F5", "found 120", "yes"),
        ("F6", "edits 12 of 13", "**no**"),
        ("F8", "files changed 0", "yes"),
    }


@pytest.mark.parametrize("log", ["/dev/fuse or mfusepy is missing\nexit code 1\n", "exit code 1\n"])
def test_what_could_not_be_measured_says_so(log: str) -> None:
    (row,) = rows_of("power", log)
    assert row[2].startswith("not measured:")
    assert row[3] == "–"


def test_a_row_without_a_log_is_not_measured() -> None:
    assert table(ROWS[:1], {}).splitlines()[2].endswith("| not measured: no log | – |")


def test_the_summary_of_tests_is_a_figure() -> None:
    assert read_log("....\n4 passed in 9.1s\nexit code 0\n") == Taken(
        0, {"tests": "4 passed in 9.1s"}, "4 passed in 9.1s"
    )


def test_every_demanded_row_is_there_and_every_script_too() -> None:
    demanded = {*(f"C{n}" for n in range(1, 11)), "F5", "F6", "F7", "F8", "F11"}
    assert demanded <= {row.number for row in ROWS}
    assert {row.measure for row in ROWS} == MEASURES.keys()
    for measure in MEASURES.values():
        assert measure.command[0] == "-m" or (ROOT / measure.command[0]).is_file()
