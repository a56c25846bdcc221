"""What an archive has and lacks is told by its own files, with the likely cause of a gap."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.coverage import as_json, coverage, find_gaps, likely_cause, monthly
from newscrawl.research.coverage_page import page
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

FIRST = date(2026, 3, 1)


def days(*without: int, each: int = 2, count: int = 60) -> dict[str, int]:
    return {(FIRST + timedelta(days=n)).isoformat(): each for n in range(count) if n not in without}


def run(day: str, code: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "started_at": f"{day}T02:00:00Z", "ended_at": f"{day}T02:10:00Z", "exit_code": code,
        "counts": {}, "states": {}, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "gaps"),
    [
        (days(), []),
        (days(10), []),
        (days(10, 11), [("2026-03-11", 2, 4.0)]),
        (days(10, 11, 12, each=9), [("2026-03-11", 3, 27.0)]),
        ({"2026-01-01": 1, "2026-03-01": 1, "2026-05-01": 1}, []),
        ({"2026-01-01": 9}, []),
        ({}, []),
    ],
)
def test_a_gap_is_days_that_usually_have_articles(
    found: dict[str, int], gaps: list[tuple[str, int, float]]
) -> None:
    assert [(gap.first, gap.days, gap.expected) for gap in find_gaps(found, ())] == gaps


@pytest.mark.parametrize(
    ("runs", "cause"),
    [
        ([], "no run is recorded"),
        ([run("2026-05-20")], "before the first run"),
        ([run("2026-01-20")], "no run from its first day"),
        ([run("2026-03-11", 4), run("2026-03-12", 4)], "2 of 2 runs failed: the site cannot be"),
        ([run("2026-03-12", counts={"list/unread": 3})], "3 list pages could not be read"),
        ([run("2026-03-12", 7), run("2026-03-13")], "the paper may have printed nothing"),
    ],
)
def test_the_likely_cause_is_told_by_the_runs(runs: list[dict[str, Any]], cause: str) -> None:
    assert cause in likely_cause(date(2026, 3, 11), date(2026, 3, 13), runs)


def test_the_sentence_and_the_page_say_what_is_missing(tmp_path: Path) -> None:
    listings = [
        {"source": "A:/a/", "reached": "0001-01-01", "known_at": "2026-11-01T00:00:00Z",
         "is_open": False},
        {"source": "A:/b/", "reached": "2025-02-03", "known_at": "", "is_open": True},
    ]  # fmt: skip
    reasons = {"given_up": {"HTTP 500": 12}, "failed": {"<b>": 3}}
    newest = run("2026-11-20", 3, listings=listings, reasons=reasons)
    rows = [row(n, NEW_YEAR + timedelta(days=n)) for n in range(5)]
    publish(tmp_path, "baothu", [*rows, row(9, None)], runs=[newest])
    (paper,) = coverage(open_view(tmp_path), EVERY_ROW)
    assert paper.sentence == (
        "baothu: complete for 1 of 2 lists since 2026-01-01; 1 lists read back to 2025-02-03 or"
        " further; 12 links given up; 3 links failed and asked again."
    )
    html = page([paper])
    assert "&lt;b&gt;" in html
    assert "<b>" not in html.replace("<body>", "")
    assert "http" not in html.replace("http-equiv", "").replace("HTTP", "")
    assert as_json([paper])[0]["undated"] == 1


def test_three_years_of_a_paper_fit_in_half_a_megabyte(tmp_path: Path) -> None:
    rows = [row(n, NEW_YEAR + timedelta(days=n)) for n in range(3 * 365)]
    publish(tmp_path, "baothu", rows)
    html = page(coverage(open_view(tmp_path), EVERY_ROW))
    assert len(html.encode()) <= 500_000
    assert html.count("<svg") == 3


def test_months_without_articles_are_counted_as_none() -> None:
    assert monthly({"2025-11-30": 2, "2026-02-01": 1}) == {
        "2025-11": 2,
        "2025-12": 0,
        "2026-01": 0,
        "2026-02": 1,
    }
