"""How newspapers are, told from their runs and their articles' dates."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from newscrawl.monitoring.paper_status import (
    ArchiveStatus,
    Disk,
    PaperFigures,
    PaperStatus,
    archive_status,
    by_day,
    weeks,
)
from newscrawl.monitoring.run_history import OpenRun, RunFigures, RunHistory, figures_of

NOW: Final = datetime(2026, 12, 1, 6, tzinfo=UTC)
GIB: Final = 1024**3
DISK: Final = Disk(device=1, free_bytes=500 * GIB)
DAY: Final = timedelta(days=1)
RECORD: Final[dict[str, Any]] = {
    "started_at": "2026-12-01T04:00:00Z",
    "ended_at": "2026-12-01T04:10:00Z",
    "exit_code": 3,
    "requests": 90,
    "articles": 1000,
    "counts": {"article/new": 12, "article/changed": 3, "article/gone": 1, "list/read": 14},
    "states": {"discovered": 40, "failed": 5, "given_up": 2, "archived": 1000},
    "listings": [{"source": "/a/", "known_at": "2026-11-01T00:00:00Z"}, {"known_at": ""}],
    "weaknesses": [{"template": "a1", "field": "lead"}, {"template": "a1", "field": "lead"}],
    "silence": "",
}


def run(hours_ago: float, code: int = 0, new: int = 5, **more: Any) -> RunFigures:
    began = NOW - timedelta(hours=hours_ago)
    known: dict[str, Any] = {"articles": 1000, "states": {"archived": 1000}, "lists": (True,)}
    return RunFigures(
        started_at=began, ended_at=began + timedelta(minutes=10), exit_code=code, new=new,
        **(known | more),
    )  # fmt: skip


WELL: Final = tuple(run(hours) for hours in range(48, 0, -2))


def paper(*runs: RunFigures, silent_days: float = 0.05, **more: Any) -> PaperFigures:
    """A newspaper with ten articles a day, the newest that many days ago."""
    newest = NOW - timedelta(days=silent_days)
    told: dict[str, Any] = {
        "newspaper": "baothu",
        "disk": DISK,
        "disk_bytes": 22_000_000,
        "published": [newest - timedelta(hours=2.4 * n) for n in range(700)],
        "history": RunHistory(runs),
    }
    return PaperFigures(**(told | more))


def look(
    *papers: PaperFigures, free: int = 500 * GIB, never_run: tuple[str, ...] = ()
) -> ArchiveStatus:
    home = replace(DISK, free_bytes=free)
    given = [replace(one, disk=home) if one.disk.device == home.device else one for one in papers]
    return archive_status(
        "output", given, NOW, home, free_min_bytes=GIB, warn_days=14, never_run=never_run
    )


def only(status: ArchiveStatus) -> PaperStatus:
    (one,) = status.papers
    return one


def troubles(*runs: RunFigures, **more: Any) -> tuple[str, ...]:
    return only(look(paper(*runs, **more))).troubles


# Records -----------------------------------------------------------------------------------------


def test_a_record_gives_its_figures() -> None:
    found = figures_of(RECORD)
    assert (found.new, found.changed, found.gone, found.requests) == (12, 3, 1, 90)
    assert found.lists == (True, False)
    assert found.weaknesses == ("lead (a1)",)
    assert found.said.endswith("kills or the disk: field lead (a1)")


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": None},
        {"started_at": "yesterday"},
        {"ended_at": "2026-12-01T04:10:00"},
        {"exit_code": "bad"},
        {"counts": 3},
        {"states": [1]},
        {"listings": [{"source": "/a/"}]},
        {"weaknesses": ["a1"]},
    ],
)
def test_what_is_no_record_raises(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        figures_of(RECORD | change)
    assert type(caught.value) is ValueError


def test_a_record_of_a_killed_run_and_of_an_earlier_version_are_records() -> None:
    names = ("started_at", "ended_at", "exit_code")
    bare = {name: RECORD[name] for name in names} | {"counts": {"article/kept": 7}}
    found = figures_of(bare | {"exit_code": 137})
    assert (found.kept, found.articles, found.states, found.lists) == (7, None, None, None)
    assert found.said == "killed"


# Rows --------------------------------------------------------------------------------------------


def test_a_newspaper_that_is_well_has_its_figures_and_no_trouble() -> None:
    states = {"discovered": 40, "failed": 5, "given_up": 2, "archived": 1000}
    one = only(look(paper(*WELL, run(1, states=states, lists=(True, False)))))
    assert one.troubles == ()
    assert (one.waiting, one.failed, one.lists, one.lists_complete) == (40, 7, 2, 1)
    assert (one.articles, one.disk_bytes) == (1000, 22_000_000)
    assert one.usual_gap == timedelta(hours=2.4)
    assert (one.week, one.usual_week) == (70, 70)
    assert sum(one.days) == 595  # 59 days of ten, and five of today by 13:00
    assert not look(paper(*WELL)).needs_person


@pytest.mark.parametrize("code", [0, 7, 130, 143])
def test_a_run_that_went_well_or_was_stopped_needs_nobody(code: int) -> None:
    assert troubles(*WELL, run(1, code)) == ()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (1, "exit 1: a bug"),
        (3, "exit 3: needs a person: a layout, lists, "),
        (4, "exit 4: the site cannot be reached"),
        (5, "exit 5: the archive could not be written"),
        (6, "exit 6: robots.txt forbids it"),
    ],
)
def test_a_run_that_failed_needs_a_person(code: int, said: str) -> None:
    (told,) = troubles(*WELL, run(1, code))
    assert told.startswith(said)


def test_a_person_who_stops_a_run_hides_no_trouble() -> None:
    (told,) = troubles(*WELL, run(3, 4), run(1, 143))
    assert told.startswith("exit 4: ")


def test_a_newspaper_that_stopped_is_stalled_whatever_its_last_run_said() -> None:
    old = [run(24 * 20 + 2, new=3), *(run(hours, new=0) for hours in range(40, 0, -2))]
    (told,) = troubles(*old, silent_days=20)
    assert told.startswith("STALLED: nothing new for 20 days; the newest article is of 2026-11-11")
    as_told = (*old, run(1, 3, new=0, silence="nothing new for 20 days"))
    assert len(troubles(*as_told, silent_days=20)) == 1
    assert troubles(*old, silent_days=20, silence_is_known=True) == ()
    assert troubles(*as_told, silent_days=20, silence_is_known=True) == ()


def test_a_newspaper_whose_runs_are_not_known_is_silent_since_its_newest_article() -> None:
    (told,) = troubles(*(run(hours, new=0) for hours in (5, 3, 1)), silent_days=30)
    assert told.startswith("STALLED: nothing new for 29 days")
    assert troubles(*(run(hours, new=0) for hours in (5, 3, 1)), silent_days=3) == ()


def test_a_redesign_of_a_silent_newspaper_is_told_beside_its_silence() -> None:
    weak = run(1, 3, new=0, silence="nothing new", weaknesses=("links (lists)",))
    told = troubles(run(24 * 20, new=3), weak, silent_days=20)
    assert [text.partition(":")[0] for text in told] == ["STALLED", "exit 3"]
    assert told[1].endswith(": field links (lists)")


def test_a_site_that_is_down_is_told_by_what_it_answers() -> None:
    counts = {"failure/refused": 8, "list/failed": 2}
    weak = [{"template": "lists", "field": "links"}]
    stated = {"started_at": "2026-12-01T05:00:00Z", "ended_at": "2026-12-01T05:05:00Z"}
    made = figures_of({**stated, "exit_code": 4, "counts": counts, "weaknesses": weak})
    assert made.said == (
        "the site cannot be reached, blocks us, or answers without its articles:"
        " connection refused by the host: 8 times"
    )


def test_runs_that_no_longer_come_are_missed() -> None:
    early = [replace(one, started_at=one.started_at - 3 * DAY, ended_at=one.ended_at - 3 * DAY)
             for one in WELL]  # fmt: skip
    (told,) = troubles(*early)
    assert told == "no run for 3 d, 2 h are usual: is its schedule at work?"
    weekly = [run(24 * 7 * week) for week in (4, 3, 2)]
    assert troubles(*weekly) == ()
    assert len(troubles(run(24 * 60), run(24 * 53), run(24 * 46))) == 1


def test_three_killed_runs_in_a_row_are_told_and_one_is_not() -> None:
    killed = [run(hours, 137, new=0) for hours in (7, 5, 3)]
    (told,) = troubles(*WELL, *killed, run(1, 3))
    assert told == "3 runs in a row were killed: look for why"
    assert troubles(*WELL, killed[0]) == ()
    assert troubles(*WELL, *killed[:2], run(1)) == ()


def test_what_never_ended_and_what_never_began() -> None:
    assert troubles(began_at=NOW - timedelta(hours=5), published=()) == ()
    (told,) = troubles(began_at=NOW - 3 * DAY, published=())
    assert told == "no run has ended, the last began 3 d ago"
    (named,) = look(never_run=("baola",)).papers
    assert named.troubles == ("has never run: is its schedule at work?",)
    assert look().papers == ()
    assert look().needs_person  # none is watched


def open_run(hours_ago: float, sign_hours_ago: float = 0, *, at_work: bool = False) -> OpenRun:
    return OpenRun(
        began_at=NOW - timedelta(hours=hours_ago),
        last_sign_at=NOW - timedelta(hours=sign_hours_ago),
        is_at_work=at_work,
    )


def test_a_first_run_of_days_is_at_work_unless_it_keeps_nothing() -> None:
    taken = NOW - 5 * DAY
    long_one = open_run(120, 0.1, at_work=True)
    assert troubles(began_at=taken, published=(), open_run=long_one) == ()
    one = only(look(paper(began_at=taken, published=(), open_run=long_one)))
    assert one.notes == ("at work since 2026-11-26 13:00 (+07)",)
    (told,) = troubles(began_at=taken, published=(), open_run=open_run(120, 72, at_work=True))
    assert told == ("at work since 2026-11-26 13:00 (+07), has kept nothing for 3 d: does it hang?")


def test_the_third_killed_run_in_a_row_is_told_before_another_begins() -> None:
    killed = [run(hours, 137, new=0) for hours in (7, 5)]
    assert troubles(*WELL, *killed) == ()
    (told,) = troubles(*WELL, *killed, open_run=open_run(3, 2))
    assert told == "3 runs in a row were killed: look for why"
    assert troubles(*WELL, *killed, open_run=open_run(3, 2, at_work=True)) == ()


def test_a_kill_hides_no_trouble_of_the_run_before() -> None:
    for told in (
        troubles(*WELL, run(3, 4), run(1, 137, new=0)),
        troubles(*WELL, run(3, 4), open_run=open_run(1, 0.5)),
    ):
        assert [text.partition(":")[0] for text in told] == ["exit 4"]


def test_a_killed_first_run_that_nobody_begins_again_is_missed() -> None:
    (told,) = troubles(open_run=open_run(74, 73), published=())
    assert told == "no run for 3 d: is its schedule at work?"
    one = only(look(paper(open_run=open_run(3, 2), published=())))
    assert (one.troubles, one.waiting) == ((), None)
    assert one.notes == (
        "killed at 2026-12-01 11:00 (+07), after 1 h: what it kept is safe, the next run goes on",
    )


def test_the_worst_comes_first() -> None:
    papers = [
        paper(*WELL, newspaper="well"),
        paper(*WELL, newspaper="older", silent_days=1),
        paper(*WELL, run(1, 3), newspaper="degraded"),
        paper(*WELL, run(1, 5), newspaper="broken"),
        paper(*WELL, newspaper="torn", faults=("runs/2026-11.jsonl, line 3, is no run's record",)),
    ]
    names = [one.newspaper for one in look(*papers).papers]
    assert names == ["broken", "degraded", "torn", "older", "well"]


# The disk ----------------------------------------------------------------------------------------


def filling(gib_a_day: float, free: float = 100) -> list[RunFigures]:
    """Two weeks of runs, each of which left less space; the last left so many GiB."""
    return [
        run(24 * day, free_bytes=round((free + gib_a_day * day) * GIB)) for day in range(14, -1, -1)
    ]


def test_days_until_full_are_those_of_the_runs_of_all_newspapers() -> None:
    papers = [
        paper(*filling(1)[:7], newspaper="early"),
        paper(*filling(1)[7:], newspaper="late"),
        paper(*WELL),
    ]
    status = look(*papers, free=100 * GIB)
    assert [one.days_until_full for one in status.papers] == [pytest.approx(99, rel=0.1)] * 3
    assert "DISK" not in " ".join(status.troubles)


def test_a_disk_that_will_soon_be_full_is_told_once_and_not_by_each_newspaper() -> None:
    warned = replace(run(1, 3, disk="full in about 9 days"), free_bytes=10 * GIB)
    papers = [paper(*filling(1, 10), warned, newspaper=name) for name in ("a", "b")]
    status = look(*papers, free=10 * GIB)
    (told,) = status.troubles
    assert told.startswith("DISK: full in about 9 days: 10.0 GiB free")
    assert [one.troubles for one in status.papers] == [(), ()]
    assert status.needs_person


def test_a_disk_that_does_not_fill_or_was_seen_for_a_day_has_no_forecast() -> None:
    assert look(paper(*filling(-1)), free=200 * GIB).days_until_full is None
    assert look(paper(run(5, free_bytes=9 * GIB)), free=2 * GIB).days_until_full is None


def test_a_disk_below_the_minimum_is_told() -> None:
    assert look(paper(*WELL), free=GIB // 2).troubles == (
        "DISK: 0.5 GiB free, 1.0 GiB needed: no run begins",
    )
    assert look(free=GIB // 2).needs_person


def test_newspapers_on_another_disk_fill_that_one() -> None:
    disk = Disk(device=2, free_bytes=11 * GIB)
    status = look(paper(*WELL), paper(*filling(1, 11), newspaper="far", disk=disk))
    left = {one.newspaper: one.days_until_full for one in status.papers}
    assert left == {"far": pytest.approx(10, rel=0.1), "baothu": None}
    assert len(status.troubles) == 1


# Weeks and days ----------------------------------------------------------------------------------


def test_a_usual_week_is_the_median_of_eight() -> None:
    ages = [day + 0.5 for day in range(63)] + [30.6] * 50  # one week of many
    assert weeks([NOW - age * DAY for age in ages], NOW) == (7, 7)


def test_an_article_dated_ahead_is_of_this_week() -> None:
    assert weeks([NOW + DAY], NOW) == (1, None)


def test_days_are_those_of_vietnam() -> None:
    midnight = datetime(2026, 11, 30, 17, tzinfo=UTC)  # begins December there
    assert by_day([midnight, midnight - timedelta(seconds=1)], NOW)[-2:] == (1, 1)
    assert sum(by_day([NOW - 60 * DAY], NOW)) == 0
