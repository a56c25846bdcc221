"""What an archive has and lacks is told by its own files, with the likely cause of a gap."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.exceptions import ArchiveError
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.coverage import (
    PaperCoverage,
    as_json,
    coverage,
    find_gaps,
    likely_cause,
    monthly,
)
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
        "baothu: complete for 1 of 2 lists since 2026-01-01; 1 list read back to 2025-02-03 or"
        " further; 12 links given up; 3 links failed and asked again."
    )
    assert paper.section_days == {"": {f"2026-01-0{n}": 1 for n in range(1, 6)}}
    html = page([paper])
    assert "&lt;b&gt;" in html
    assert "<b>" not in html.replace("<body>", "")
    assert "http" not in html.replace("http-equiv", "").replace("HTTP", "")
    assert as_json([paper])[0]["undated"] == 1


def paper_of(sections: int, days: int = 3 * 365) -> PaperCoverage:
    """Three years of a newspaper in which each section has an article every other day."""
    dates = [(FIRST + timedelta(days=n)).isoformat() for n in range(days)]
    section_days = {
        f"Mục {s}": {day: 1 + (n * s) % 5 for n, day in enumerate(dates) if (n + s) % 2}
        for s in range(sections)
    }
    return PaperCoverage(
        newspaper="baothu", articles=days, undated=0, gone=0, first=dates[0], last=dates[-1],
        days={day: 1 + n % 7 for n, day in enumerate(dates)},
        sections={name: sum(found.values()) for name, found in section_days.items()},
        section_days=section_days, gaps=(), lists=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("papers", "grain"), [(1, "A square is a day, from"), (10, "A square is a week, from")]
)
def test_three_years_with_every_section_fit_in_half_a_megabyte(papers: int, grain: str) -> None:
    html = page([paper_of(12)] * papers)
    assert len(html.encode()) <= 500_000
    assert html.count("<svg") == papers * (4 + 12)
    assert grain in html


def test_a_section_has_a_square_for_each_day_with_an_article() -> None:
    paper = paper_of(1, days=14)  # from Sunday 1 March on, an article every second day
    strip = page([paper]).split('class="strips"')[1].split("</div>")[0]
    assert len(re.findall(r"M\d", strip)) - 1 == 7  # one is the ground
    assert 'viewBox="0 0 12 28"' in strip  # three weeks of four pixels


def test_what_a_run_publishes_of_lists_and_links_is_told(tmp_path: Path) -> None:
    folder = publish(tmp_path, "baothu", [row(1, NEW_YEAR)], runs=[run("2026-11-20")])
    told = {
        "listings": [{"source": "A:/a/", "reached": "0001-01-01", "is_open": False,
                      "known_at": "2026-11-01T00:00:00Z", "complete": True}],
        "reasons": {"given_up": {"HTTP 500": 1}}, "arguments": {"since": "2026-01-01"},
        "links": [{"url": "https://baothu.vn/x", "state": "given_up", "reason": "HTTP 500"}],
    }  # fmt: skip
    (folder / "coverage.json").write_text(json.dumps(told), "utf-8")
    (paper,) = coverage(open_view(tmp_path), EVERY_ROW)
    html = page([paper])
    assert "complete for 1 of 1 list since 2026-01-01; 1 link given up" in html
    assert "limited to since=2026-01-01" in html
    assert "<td>https://baothu.vn/x</td><td>HTTP 500</td>" in html
    (folder / "coverage.json").write_text('{"listings": 1}', "utf-8")
    with pytest.raises(ArchiveError, match=r"coverage.json: .*must contain"):
        coverage(open_view(tmp_path), EVERY_ROW)


def test_months_without_articles_are_counted_as_none() -> None:
    assert monthly({"2025-11-30": 2, "2026-02-01": 1}) == {
        "2025-11": 2,
        "2025-12": 0,
        "2026-01": 0,
        "2026-02": 1,
    }
