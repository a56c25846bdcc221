"""A newspaper that gives nothing new for longer than is usual for it."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from newscrawl.monitoring.silence import silence, usual_gap

NOW: Final = datetime(2026, 12, 1, 6, tzinfo=UTC)


def every(hours: float, count: int = 40, end: datetime = NOW) -> list[datetime]:
    """So many publications at that distance, the newest at `end`."""
    return [end - timedelta(hours=hours * number) for number in range(count)]


@pytest.mark.parametrize(
    ("gap_h", "silent_days", "told"),
    [
        (2, 1, False),
        (2, 7, False),
        (2, 7.1, True),
        (2, 254, True),
        (48, 6.9, False),
        (48, 7.1, True),
        (24 * 7, 20, False),  # a weekly portal
        (24 * 7, 22, True),
        (24 * 30, 80, False),
        (24 * 30, 91, True),
    ],
)
def test_silence_is_measured_by_the_newspapers_own_gaps(
    gap_h: float, silent_days: float, *, told: bool
) -> None:
    last = NOW - timedelta(days=silent_days)
    found = silence(last, every(gap_h, end=last), NOW)
    assert (found is not None) is told


@pytest.mark.parametrize("published", [[], every(2, 1), every(24 * 30, 3)])
def test_a_few_articles_say_nothing_of_gaps(published: list[datetime]) -> None:
    assert usual_gap(published) == timedelta(0)
    assert silence(NOW - timedelta(days=6), published, NOW) is None
    assert silence(NOW - timedelta(days=8), published, NOW) is not None


def test_an_archive_that_never_got_anything_is_not_silent() -> None:
    assert silence(None, [], NOW) is None


def test_one_long_holiday_is_not_the_usual_gap() -> None:
    published = [*every(6), *every(6, end=NOW - timedelta(days=60))]
    assert usual_gap(published) == timedelta(hours=6)


def test_what_is_told_names_the_newest_and_the_usual_gap() -> None:
    last = NOW - timedelta(days=254)
    said = str(silence(last, every(5, end=last), NOW))
    assert said == (
        "nothing new for 254 days; the newest article is of 2026-03-22,"
        " at most 5 hours between two articles are usual"
    )
