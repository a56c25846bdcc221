"""What a run says of itself: its exit code (data.md §9.1), its record, one screen (§9.2)."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.health import Regression
from newscrawl.monitoring.run_report import (
    Health,
    RunReport,
    reason_of,
)

STARTED: Final = datetime(2026, 11, 23, 16, 7, 5, tzinfo=UTC)
GOOD: Final[Mapping[str, int]] = {
    "article/new": 41,
    "article/changed": 6,
    "article/gone": 1,
    "article/unchanged": 212,
    "list/read": 18,
    "list/links": 250,
}
WEAK: Final = Regression(
    template="a1",
    field="lead",
    said="on 10% of 41 articles, the floor is 90%",
    examples=("https://baothu.vn/kinh-te/202506/mua-che-75f1237/",),
)


def report(counts: Mapping[str, int] = GOOD, **changes: Any) -> RunReport:
    fields: dict[str, Any] = {
        "run_id": "20261123T160705Z",
        "newspaper": "baothu",
        "started_at": STARTED,
        "ended_at": STARTED + timedelta(minutes=4, seconds=12),
        "reason": "finished",
        "signal": None,
        "counts": counts,
        "requests": 301,
        "bytes": 18_400_000,
        "errors": 0,
        "states": {"archived": 118_402, "gone": 7},
        "articles": 118_402,
        "newest": datetime(2026, 11, 23, 15, 48, tzinfo=UTC),
        "oldest": datetime(2010, 1, 4, tzinfo=UTC),
    }
    return RunReport(**(fields | changes))


# Every exit code --------------------------------------------------------------------------------

NOTHING_NEW: Final = {"list/read": 18, "list/links": 250, "article/unchanged": 3}


@pytest.mark.parametrize(
    ("code", "health", "made"),
    [
        (0, "ok", report()),
        (0, "ok", report(NOTHING_NEW)),
        (0, "ok", report(reason="limit")),
        (0, "ok", report({**GOOD, "article/failed": 2})),
        (0, "ok", report({**GOOD, "refused/video": 30})),
        (1, None, report(errors=1)),
        (3, "degraded", report({**GOOD, "list/unread": 1})),
        (3, "degraded", report({**GOOD, "article/failed": 80})),
        (3, "degraded", report({**GOOD, "article/broken": 80})),
        (3, "degraded", report({**GOOD, "article/unread": 80, "field/body/failed": 80})),
        (3, "degraded", report({"list/read": 1, "list/links": 9, "article/failed": 1})),
        (3, "degraded", report({**GOOD, "article/stand_in": 41, "field/headline/failed": 41})),
        (3, None, report({"list/read": 18, "list/links": 0})),
        (3, "thin", report(weaknesses=(WEAK,))),
        (4, "dead", report({}, reason="site_unreachable")),
        (4, "dead", report({}, reason="site_blocked")),
        (4, "dead", report({"list/failed": 18})),
        (4, "dead", report({"list/failed": 1})),
        (3, None, report({"list/failed": 17, "list/read": 1, "list/links": 9})),
        (3, "thin", report(disk="full in about 5 days: 11.0 GiB free")),
        (5, None, report(archive_error="the ledger is damaged")),
        (6, "dead", report({}, reason="robots_unreachable")),
        (6, "dead", report({}, reason="robots_forbidden")),
        (7, "ok", report(reason="closespider_timeout")),
        (7, "ok", report(reason="closespider_pagecount")),
        (7, "ok", report(reason="memusage_exceeded")),
        (7, "ok", report({**GOOD, "bound/list_pages": 2})),
        (130, "ok", report(reason="shutdown", signal=2)),
        (143, "ok", report(reason="shutdown", signal=15)),
    ],
)
def test_each_end_has_its_code(code: int, health: str | None, made: RunReport) -> None:
    assert made.exit_code == code
    assert health is None or made.health == health


def test_the_codes_are_those_of_the_table() -> None:
    assert set(ExitCode) == {0, 1, 2, 3, 4, 5, 6, 7, 75, 130, 143}
    assert all(code.meaning and "\n" not in code.meaning for code in ExitCode)


CAUSES: Final[list[tuple[int, dict[str, Any]]]] = [
    (5, {"archive_error": "full"}),
    (1, {"errors": 1}),
    (6, {"reason": "robots_forbidden"}),
    (4, {"reason": "site_blocked"}),
    (143, {"signal": 15}),
    (3, {"weaknesses": (WEAK,)}),
    (7, {"reason": "closespider_timeout"}),
]


@pytest.mark.parametrize("gravest", range(len(CAUSES)))
def test_the_gravest_cause_counts(gravest: int) -> None:
    code, cause = CAUSES[gravest]
    for _, lesser in CAUSES[gravest:]:
        assert report(**(lesser | cause)).exit_code == code


def test_an_archive_that_failed_is_not_said_to_be_well() -> None:
    assert report(archive_error="full").health != "ok"
    assert report(errors=1).health != "ok"


REFUSED: Final = {"list/read": 41, "list/links": 30, "article/failed": 30, "article/blocked": 30}


@pytest.mark.parametrize(
    ("reason", "said", "counts"),
    [
        ("finished", "site_blocked", REFUSED),
        ("limit", "site_blocked", REFUSED),
        ("shutdown", "shutdown", REFUSED),
        ("finished", "site_blocked", {"article/broken": 5, "article/blocked": 5}),  # bot walls
        ("finished", "site_blocked", {"article/failed": 4, "article/blocked": 2}),
        ("finished", "finished", {"article/failed": 5, "article/blocked": 2}),
        ("finished", "finished", {"article/failed": 2, "article/blocked": 2}),
        ("finished", "finished", {**REFUSED, "article/new": 1}),
        ("finished", "finished", {**REFUSED, "article/unchanged": 1}),
        ("finished", "finished", {**REFUSED, "article/gone": 1}),
        ("finished", "finished", GOOD),
        ("site_unreachable", "site_unreachable", REFUSED),
    ],
)
def test_a_site_that_gives_no_article_blocks_us(
    reason: str, said: str, counts: Mapping[str, int]
) -> None:
    assert reason_of(reason, counts) == said


# Failures over the limit ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "failed", "code"),
    [
        (100, 0, 0),
        (100, 2, 0),
        (100, 20, 0),
        (100, 26, 3),
        (4, 2, 0),
        (10, 3, 3),
        (0, 1, 3),
        (1, 1, 0),
    ],
)
def test_a_few_failures_are_no_trouble_and_many_are(new: int, failed: int, code: int) -> None:
    counts = {"list/read": 1, "list/links": 200, "article/new": new, "article/failed": failed}
    assert report(counts).exit_code == code


def test_a_field_that_could_not_be_read_is_always_told() -> None:
    counts = {**GOOD, "field/published/failed": 1, "article/unread": 1}
    assert report(counts).exit_code == 3


@pytest.mark.parametrize("counted", ["field/lead/meta", "field/body/page", "failure/timeout"])
def test_other_counters_are_no_failures(counted: str) -> None:
    assert report({**GOOD, counted: 500}).exit_code == 0


# The sums ---------------------------------------------------------------------------------------

OUTCOMES: Final = ["new", "changed", "unchanged", "gone", "in_doubt", "failed", "broken", "unread"]
counters = st.dictionaries(
    st.sampled_from(
        [*(f"article/{name}" for name in OUTCOMES), "list/read", "list/links", "list/failed",
         "list/unread", "refused/video", "refused/robots", "bound/list_pages", "link/new"]
    ),
    st.integers(0, 5_000),
)  # fmt: skip


@given(counters)
def test_every_article_asked_for_ended_in_one_way(counts: dict[str, int]) -> None:
    made = report(counts)
    ended = ["new", "changed", "unchanged", "gone", "in_doubt"]
    assert made.asked == sum(made.count(f"article/{name}") for name in ended) + made.failed


def told(made: RunReport) -> dict[str, int]:
    """The figures of the summary's second line."""
    line = made.summary().split("\n")[1]
    return {name: int(n) for name, n in re.findall(r"([a-z][a-z ]*) (\d+)", line)}


@given(counters)
def test_the_screen_and_the_record_say_the_same(counts: dict[str, int]) -> None:
    made = report(counts)
    record = made.record()
    assert sum(told(made).values()) == made.asked
    assert told(made) == {
        "new": record["counts"].get("article/new", 0),
        "changed": record["counts"].get("article/changed", 0),
        "gone": record["counts"].get("article/gone", 0),
        "unchanged": record["counts"].get("article/unchanged", 0),
        "failed": made.failed,
    } | ({"in doubt": doubted} if (doubted := counts.get("article/in_doubt", 0)) else {})


def test_a_first_404_is_in_doubt_and_not_gone() -> None:
    made = report({**GOOD, "article/gone": 0, "article/in_doubt": 1, "doubt/http_404": 1})
    assert "new 41 · changed 6 · gone 0 · unchanged 212 · in doubt 1 · failed 0" in made.summary()
    assert "in doubt, asked for again: 1 answered 404" in made.summary()
    assert made.exit_code == 0


@given(counters, st.sampled_from(["finished", "site_blocked", "closespider_timeout"]))
def test_code_and_health_say_the_same(counts: dict[str, int], reason: str) -> None:
    made = report(counts, reason=reason)
    assert made.exit_code in set(ExitCode)
    assert made.health in get_args(Health)
    assert (made.health == "dead") == (made.exit_code in (4, 6))
    assert (made.health in ("thin", "degraded")) == (made.exit_code == 3)


# The record -------------------------------------------------------------------------------------


def test_the_record_is_a_line_of_json() -> None:
    line = json.dumps(report(weaknesses=(WEAK,)).record())
    assert json.dumps(json.loads(line)) == line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("run_id", "20261123T160705Z"),
        ("newspaper", "baothu"),
        ("started_at", "2026-11-23T16:07:05Z"),
        ("ended_at", "2026-11-23T16:11:17Z"),
        ("reason", "finished"),
        ("exit_code", 0),
        ("health", "ok"),
        ("signal", None),
        ("archive_error", None),
        ("requests", 301),
        ("not_modified", 0),
        ("bytes", 18_400_000),
        ("articles", 118_402),
        ("states", {"archived": 118_402, "gone": 7}),
        ("counts", dict(sorted(GOOD.items()))),
    ],
)
def test_the_record_holds_what_a_gap_analysis_needs(name: str, value: object) -> None:
    assert report().record()[name] == value


def test_the_record_says_what_stopped_the_run() -> None:
    assert report(reason="shutdown", signal=15).record()["signal"] == 15
    assert report(archive_error="no space left").record()["archive_error"] == "no space left"


@pytest.mark.parametrize(("ahead_s", "told"), [(0, {}), (90_000, {"clock_ahead_s": 90_000})])
def test_the_record_says_of_a_clock_that_was_put_forward(
    ahead_s: int, told: dict[str, int]
) -> None:
    line = report(clock_ahead_s=ahead_s).record()
    assert {name: value for name, value in line.items() if name.startswith("clock")} == told


def test_a_clock_that_was_put_forward_moves_no_time_of_the_run() -> None:
    ahead, plain = report(clock_ahead_s=90_000), report()
    assert ahead.summary() == plain.summary()
    for name in ("started_at", "ended_at"):
        assert ahead.record()[name] == plain.record()[name]


def test_equal_runs_have_equal_records() -> None:
    turned = dict(reversed(list(GOOD.items())))
    assert json.dumps(report(turned).record()) == json.dumps(report().record())


# One screen -------------------------------------------------------------------------------------


def test_the_summary_of_a_good_run() -> None:
    assert report().summary() == (
        "baothu  2026-11-23 23:07 (+07)  4m12s  ok\n"
        "  new 41 · changed 6 · gone 1 · unchanged 212 · failed 0\n"
        "  newest 23/11 22:48 · archive 118,402 articles, 2010-01 … 2026-11\n"
        "  requests 301 · 1.2/s · 18.4 MB"
    )


def test_the_summary_has_the_form_of_the_reference() -> None:
    """data.md §9.2, but for the file of failed addresses, which no run writes."""
    fields = {
        "k": {"seen": 2, "read": {}},
        "a1": {"seen": 39, "read": {}},
        "no article": {"seen": 44, "present": {"video": 3}},
        "lists": {"https://baothu.vn/kinh-te/": {"links": 14}},
    }
    counts = {**GOOD, "article/failed": 2, "warning/date_missing": 1, "refused/video": 3}
    made = report(counts, fields=fields, not_modified=190, snapshot="2026-11-23T161142Z")
    assert made.summary() == (
        "baothu  2026-11-23 23:07 (+07)  4m12s  ok\n"
        "  new 41 · changed 6 · gone 1 · unchanged 212 · failed 2 (newscrawl links baothu)\n"
        "  newest 23/11 22:48 · archive 118,402 articles, 2010-01 … 2026-11"
        " · snapshot 2026-11-23T161142Z\n"
        "  requests 301 · 1.2/s · 18.4 MB · 304s saved 63% · layout: k 2, a1 39"
        " · warnings: date_missing 1 · links that are no articles: 3 × video"
    )


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (
            report({**GOOD, "refused/video": 3, "refused/robots": 1}),
            "links that are no articles: 1 × robots, 3 × video",
        ),
        (report({**GOOD, "list/failed": 2}), "lists that could not be had: 2"),
        (report({**GOOD, "list/unread": 1}), "lists that could not be read: 1"),
        (report({**GOOD, "bound/list_pages": 4}), "lists longer than LIST_PAGES"),
        (report(archive_error="no space left"), "ARCHIVE: no space left"),
        (report(weaknesses=(WEAK,)), "lead (a1): on 10% of 41 articles"),
        (report(weaknesses=(WEAK,)), WEAK.examples[0]),
        (report(errors=1), "exit 1: a bug"),
        (report({}, reason="site_blocked"), "exit 4: the site cannot be reached"),
        (report(reason="closespider_timeout"), "exit 7: stopped by a bound"),
        (report(reason="closespider_timeout"), "ended early by the setting CLOSESPIDER_TIMEOUT"),
        (report(reason="memusage_exceeded"), "ended early by the setting MEMUSAGE_LIMIT_MB"),
        (report(reason="shutdown", signal=15), "exit 143: stopped by SIGTERM, nothing lost"),
    ],
)
def test_a_trouble_has_its_line(made: RunReport, line: str) -> None:
    assert line in made.summary()


LISTS_UNREAD: Final = Regression(
    template="lists", field="links", said="not read on 2 of 2 pages", examples=()
)
DOWN: Final = report(
    {"list/failed": 2, "failure/http_421": 2, "failure/refused": 8}, weaknesses=(LISTS_UNREAD,)
)


def test_a_site_that_is_down_is_told_by_what_it_answers() -> None:
    """The lists could not be read because they did not come: that is no field that reads worse."""
    told = DOWN.summary().splitlines()[4:]
    assert told == [
        "  connection refused by the host: 8 times",
        "  the server answers 421: 2 times",
        "  lists that could not be had: 2",
        "  exit 4: the site cannot be reached, blocks us, or answers without its articles",
    ]


def test_a_trouble_is_said_in_a_line_for_a_person() -> None:
    assert DOWN.said == (
        "exit 4: the site cannot be reached, blocks us, or answers without its articles:"
        " connection refused by the host: 8 times; the server answers 421: 2 times;"
        " lists that could not be had: 2"
    )
    assert report(weaknesses=(WEAK,)).said.endswith(
        ": field lead (a1): on 10% of 41 articles, the floor is 90%"
    )
    assert report(archive_error="no space left").said.endswith("is kept: no space left")
    assert report().said == ""


FIXTURE: Final = "  make a fixture: newscrawl savefixture baothu "
LIST: Final = Regression(
    template="lists",
    field="links",
    said="on 1 of 20 pages, as here: 0 links, never fewer than 14",
    examples=("https://baothu.vn/kinh-te/",),
    sign="links",
)


@pytest.mark.parametrize("stand_ins", [0, 41])
def test_whoever_has_an_example_can_make_a_fixture_of_it(stand_ins: int) -> None:
    made = report({**GOOD, "article/stand_in": stand_ins}, weaknesses=(LIST, WEAK))
    assert f"{FIXTURE}{WEAK.examples[0]}" in made.summary().split("\n")


@pytest.mark.parametrize(
    "weak",
    [(), (replace(WEAK, examples=()),), (LIST,), (replace(WEAK, template="gone"),)],
    ids=["none", "no example", "a list", "gone"],
)
def test_stand_ins_without_an_example_page_are_told_all_the_same(
    weak: tuple[Regression, ...],
) -> None:
    """Pages of lists are not kept: there is nothing to make a fixture of."""
    said = report({**GOOD, "article/stand_in": 3}, weaknesses=weak).summary()
    assert "  read by the generic reader meanwhile: 3 (layout_unknown)" in said
    assert FIXTURE not in said


def test_a_good_run_tells_no_code() -> None:
    assert "exit" not in report().summary()


@pytest.mark.parametrize("missing", [("newest",), ("oldest",), ("newest", "oldest")])
def test_an_archive_without_dates_has_no_span(missing: tuple[str, ...]) -> None:
    made = report({}, articles=0, **dict.fromkeys(missing))
    assert "\n  archive 0 articles\n" in made.summary()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0s"), (7, "7s"), (60, "1m00s"), (252, "4m12s"), (599, "9m59s")]
)
def test_a_run_says_how_long_it_took(seconds: int, said: str) -> None:
    made = report(ended_at=STARTED + timedelta(seconds=seconds))
    assert f"  {said}  " in made.summary().split("\n")[0]


def test_a_run_of_no_time_has_a_rate() -> None:
    assert "requests 301 · 301.0/s" in report(ended_at=STARTED).summary()


@given(counters)
def test_the_summary_is_one_screen(counts: dict[str, int]) -> None:
    lines = report(counts).summary().split("\n")
    assert 4 <= len(lines) <= 24
    assert all(line.startswith("  ") for line in lines[1:])


def test_the_newest_article_of_another_year_shows_its_year() -> None:
    newest = datetime(2025, 5, 3, 5, 30, tzinfo=UTC)
    said = report(newest=newest, oldest=newest, articles=1).summary()
    assert "  newest 03/05/2025 12:30 · archive 1 article, 2025-05\n" in said
    turn = datetime(2026, 1, 1, 1, 0, tzinfo=UTC)  # the year is that of Vietnam
    before = report(newest=turn - timedelta(hours=9), ended_at=turn - timedelta(hours=7)).summary()
    assert "newest 31/12/2025 23:00 · " in before
