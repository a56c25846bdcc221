"""The same trouble is told when it begins, changes, ends, and once a week."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from newscrawl.monitoring.told_troubles import Occasion, Told, occasion

NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)


def told(trouble: str, days: float) -> Told:
    return Told(trouble, NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("before", "trouble", "wanted"),
    [
        (None, "", None),
        (None, "3", "begins"),
        (told("", 1), "", None),
        (told("", 1), "3", "begins"),
        (told("3", 0.1), "3", None),
        (told("3", 6.9), "3", None),
        (told("3", 7), "3", "goes on"),
        (told("3", 0.1), "4", "changes"),
        (told("3", 8), "4", "changes"),
        (told("3", 0.1), "", "ends"),
        (told("3", 99), "", "ends"),
    ],
)
def test_a_person_is_told_when_something_is_new(
    before: Told | None, trouble: str, wanted: Occasion | None
) -> None:
    assert occasion(before, trouble, NOW) == wanted


def test_half_a_year_of_one_trouble_is_told_once_a_week() -> None:
    before: Told | None = None
    count = 0
    for hours in range(0, 24 * 182, 2):
        now = NOW + timedelta(hours=hours)
        if occasion(before, "3 · list/failed", now):
            count, before = count + 1, Told("3 · list/failed", now)
    assert count == 26
