"""When pages are looked at again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.ledger.revisit_schedule import (
    REVISIT_MAX,
    RUNGS,
    TRIES_MAX,
    next_appeal,
    next_gone_look,
    next_look,
    next_search,
    next_try,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_COUNTS = st.integers(0, 10_000)


def wait(
    published_ago: timedelta | None, changes: int = 0, streak: int = 0, key: str = "129305"
) -> timedelta:
    published = None if published_ago is None else NOON - published_ago
    return next_look(published, NOON, changes, streak, key) - NOON


def is_about(found: timedelta, expected: timedelta) -> bool:
    return expected * 0.89 <= found <= expected * 1.11


def test_news_is_looked_at_after_hours_a_day_a_week_a_month_then_rarely() -> None:
    for streak, expected in enumerate((3 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY)):
        assert is_about(wait(HOUR, streak=streak), expected)
    assert wait(HOUR, streak=50) <= REVISIT_MAX


def test_the_older_an_article_the_later_its_first_second_look() -> None:
    ages = (HOUR, 2 * DAY, 10 * DAY, 60 * DAY, 400 * DAY, 4000 * DAY)
    for age, expected in zip(ages, RUNGS, strict=True):
        assert is_about(wait(age), expected)


def test_a_page_that_changes_is_visited_more_often_but_not_without_end() -> None:
    waits = [wait(10 * DAY, changes=n) for n in range(8)]
    assert waits[0] > waits[1] > waits[2] > waits[4]
    assert waits[4] == waits[5] == waits[7]
    assert is_about(waits[4], 7 * DAY / 5)
    assert wait(HOUR, changes=100) >= timedelta(minutes=50)


def test_an_undated_page_climbs_from_the_first_rung() -> None:
    assert is_about(wait(None), 3 * HOUR)
    assert is_about(wait(None, streak=2), 7 * DAY)


def test_a_publication_in_the_future_is_news() -> None:
    assert is_about(wait(-400 * DAY), 3 * HOUR)


def test_pages_of_one_moment_are_spread_the_same_way_each_time() -> None:
    waits = [wait(HOUR, streak=2, key=str(key)) for key in range(200)]
    assert waits == [wait(HOUR, streak=2, key=str(key)) for key in range(200)]
    assert max(waits) - min(waits) > DAY
    assert len(set(waits)) > 190


@given(st.none() | _MOMENTS, _MOMENTS, _COUNTS, _COUNTS, st.text())
def test_a_look_is_always_later_and_never_after_half_a_year(
    published: datetime | None, now: datetime, changes: int, streak: int, key: str
) -> None:
    due = next_look(published, now, changes, streak, key)
    assert now < due <= now + REVISIT_MAX
    assert due == next_look(published, now, changes, streak, key)


@given(st.none() | _MOMENTS, _MOMENTS, _COUNTS, st.integers(0, 50))
def test_a_longer_streak_never_brings_the_look_forward(
    published: datetime | None, now: datetime, changes: int, streak: int
) -> None:
    one, two = (next_look(published, now, changes, streak + n, "1") for n in (0, 1))
    assert one <= two


def test_tries_are_five_and_the_next_two_runs_repeat_at_once() -> None:
    waits = []
    for tries in range(1, TRIES_MAX):
        due = next_try(NOON, tries)
        assert due is not None
        waits.append(due - NOON)
    assert waits == [timedelta(0), timedelta(0), 6 * HOUR, 2 * DAY]
    assert next_try(NOON, TRIES_MAX) is None
    assert next_try(NOON, TRIES_MAX + 1) is None


def test_an_absent_page_is_looked_for_four_times() -> None:
    dues = [next_search(NOON, absences) for absences in (1, 2, 3, 4, 5, 9)]
    assert dues == [NOON, NOON, NOON + DAY, NOON + 7 * DAY, None, None]


def test_a_refusal_is_appealed_four_times_twice_days_later() -> None:
    dues = [next_appeal(NOON, refusals) for refusals in (1, 2, 3, 4, 5, 9)]
    assert dues == [NOON, NOON, NOON + 2 * DAY, NOON + 7 * DAY, None, None]


def test_a_gone_page_is_looked_for_after_a_day_then_ever_more_rarely() -> None:
    waits = [(next_gone_look(NOON, looks) - NOON).days for looks in range(7)]
    assert waits == [1, 7, 30, 90, 180, 180, 180]
