"""When the disk will be full."""

from datetime import UTC, datetime, timedelta

from newscrawl.monitoring.disk_forecast import DiskForecast, disk_forecast

GIB = 1024**3
DAY = timedelta(days=1)
FIRST = datetime(2026, 11, 1, 3, tzinfo=UTC)


def seen(*free_gib: float) -> list[tuple[datetime, int]]:
    return [(FIRST + day * DAY, int(gib * GIB)) for day, gib in enumerate(free_gib)]


def forecast(*free_gib: float, least: int = GIB) -> DiskForecast:
    found = disk_forecast(seen(*free_gib), least)
    assert found is not None
    return found


def test_a_disk_that_fills_evenly_is_full_when_the_reserve_begins() -> None:
    found = forecast(20, 18, 16, 14, 12, 11)
    assert found.bytes_per_day == 2 * GIB
    assert found.days_left == 5


def test_one_odd_day_at_the_end_does_not_move_the_rate() -> None:
    assert forecast(50, 49, 48, 47, 46, 45, 14).bytes_per_day == GIB
    freed = forecast(20, 19, 18, 17, 16, 15, 44)
    assert freed.bytes_per_day == GIB
    assert freed.days_left == 43


def test_a_disk_that_does_not_fill_has_no_end() -> None:
    assert disk_forecast(seen(20, 20, 20, 20), GIB) is None
    assert disk_forecast(seen(20, 21, 22), GIB) is None
    assert disk_forecast((), GIB) is None


def test_runs_of_one_day_tell_nothing() -> None:
    hours = [(FIRST + hour * DAY / 24, (30 - hour) * GIB) for hour in range(20)]
    assert disk_forecast(hours, GIB) is None


def test_what_was_seen_long_ago_does_not_count() -> None:
    old = [(FIRST - 90 * DAY, 900 * GIB), (FIRST - 60 * DAY, 500 * GIB)]
    assert disk_forecast([*old, *seen(20, 19, 18, 17)], GIB) == forecast(20, 19, 18, 17)


def test_below_the_reserve_nothing_is_left() -> None:
    assert forecast(4, 2, 1, 0.5).days_left == 0


def test_a_forecast_is_one_line() -> None:
    assert str(forecast(20, 18, 16, 14, 12, 11)) == (
        "full in about 5 days: 11.0 GiB free, 2.00 GiB are written a day"
    )
