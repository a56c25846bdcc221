"""When the parts of a sitemap index are read again."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from newscrawl.discovery.sitemap_part import PartReading
from tests.support.saved_lists import NOW

DAY = timedelta(days=1)


def test_a_part_is_read_where_its_index_states_another_change() -> None:
    reading = PartReading(read_at=NOW, stated_at=NOW - DAY)
    assert not reading.is_due(NOW - DAY, NOW)
    assert reading.is_due(NOW - 2 * DAY, NOW)  # an article may appear after the moment it states
    assert reading.is_due(NOW, NOW)
    assert reading.is_due(None, NOW)


def test_a_part_whose_stated_change_stays_is_looked_at_again_all_the_same() -> None:
    assert PartReading(read_at=NOW, stated_at=NOW).is_due(NOW, NOW + DAY)
    assert not PartReading(read_at=NOW, stated_at=NOW, quiet=2).is_due(NOW, NOW + 6 * DAY)


@pytest.mark.parametrize(
    ("quiet", "days", "due"),
    [(0, 0, True), (1, 0.5, False), (1, 1, True), (2, 6, False), (2, 7, True), (9, 179, False),
     (9, 180, True)],
)  # fmt: skip
def test_a_quiet_part_without_a_date_is_read_ever_more_rarely(
    quiet: int, days: float, *, due: bool
) -> None:
    assert PartReading(read_at=NOW, quiet=quiet).is_due(None, NOW + days * DAY) is due


def test_a_reading_noted_by_a_clock_that_ran_ahead_counts_for_nothing() -> None:
    assert PartReading(read_at=NOW + DAY, quiet=9).is_due(None, NOW)


def test_news_end_the_quiet() -> None:
    reading = PartReading(read_at=NOW, quiet=2)
    assert reading.after(NOW + DAY, 0, None).quiet == 3
    assert reading.after(NOW + DAY, 1, NOW) == PartReading(read_at=NOW + DAY, stated_at=NOW)


def test_the_ledger_keeps_a_reading_as_text() -> None:
    reading = PartReading(read_at=NOW, quiet=2)
    assert PartReading.parse(reading.text()) == reading
    stated = PartReading(read_at=NOW, stated_at=NOW - DAY)
    assert PartReading.parse(stated.text()) == stated
    assert PartReading.parse(None) is None
    assert PartReading.parse("") is None


def test_a_part_read_down_to_a_day_is_read_again_for_an_earlier_one() -> None:
    reading = PartReading(read_at=NOW, since=date(2026, 3, 16))
    assert PartReading.parse(reading.text()) == reading
    assert reading.is_enough(date(2026, 3, 16), None, NOW) is False  # it states no change
    quiet = replace(reading, quiet=1, stated_at=NOW)
    assert quiet.is_enough(date(2026, 3, 16), NOW, NOW)
    assert not quiet.is_enough(date(2026, 3, 9), NOW, NOW)
    assert quiet.is_enough(None, NOW, NOW)


def test_the_deepest_reading_is_remembered() -> None:
    reading = PartReading(read_at=NOW, since=date(2026, 3, 16))
    assert reading.after(NOW, 0, None, date(2026, 3, 20)).since == date(2026, 3, 16)
    assert reading.after(NOW, 0, None, date(2026, 3, 9)).since == date(2026, 3, 9)
    assert reading.after(NOW, 0, None).since is None
    assert PartReading(read_at=NOW).after(NOW, 0, None, date(2026, 3, 9)).since is None


def test_a_reading_kept_by_an_earlier_release_has_no_day() -> None:
    assert PartReading.parse("[1700000000, 2, null]") == PartReading(
        read_at=datetime.fromtimestamp(1_700_000_000, UTC), quiet=2
    )
