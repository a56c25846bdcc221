"""Which node a newspaper is on, and when it is due."""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.config.operator_file import HOURS_BETWEEN_RUNS
from newscrawl.exceptions import ArgumentError
from newscrawl.fleet.placement import (
    NODE_NAME_MAX_CHARS,
    checked_node,
    moment_before,
    node_names,
    place_lanes,
)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("head", ["head"]),
        ("n1,n2 , n1", ["n1", "n2"]),
        ("n1..n3", ["n1", "n2", "n3"]),
        ("n08..10", ["n08", "n09", "n10"]),
        ("a.example,b7..b8", ["a.example", "b7", "b8"]),
    ],
)
def test_nodes_are_named_one_by_one_or_as_a_range(given: str, names: list[str]) -> None:
    assert [*node_names(given)] == names


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("n3..n1", "n3..n1: no range of nodes: write n01..n10"),
        ("n1..m3", "n1..m3: no range of nodes"),
        ("n1,,n2", "'' is no name of a node"),
        ("a:reparse", "'a:reparse' is no name of a node"),
        ("-n1", "'-n1' is no name of a node"),
        ("n" * (NODE_NAME_MAX_CHARS + 1), "at most 30"),
    ],
)
def test_a_name_that_is_none_is_told(given: str, said: str) -> None:
    with pytest.raises(ArgumentError, match=said):
        node_names(given)


def test_the_longest_name_fits_into_a_channel_of_postgresql() -> None:
    name = checked_node("n" * NODE_NAME_MAX_CHARS)
    assert len(f"procrastinate_queue_v1#{name}:reparse") < 64


def test_lanes_are_spread_evenly_and_stay_together() -> None:
    lanes = [(f"paper{n}",) for n in range(20)] + [("a", "b", "c")]
    found = place_lanes(lanes, ("n1", "n2", "n3"), {})
    assert len({found["a"], found["b"], found["c"]}) == 1
    assert sorted(Counter(found.values()).values()) == [7, 8, 8]


def test_what_is_placed_stays_and_counts() -> None:
    placed = {"a": "n1", "b": "n1", "c": "n1"}
    found = place_lanes([("a",), ("b", "new"), ("c",), ("d",), ("e",)], ("n1", "n2"), placed)
    assert found == placed | {"new": "n1", "d": "n2", "e": "n2"}


def test_a_lane_that_was_torn_apart_stays_where_it_is() -> None:
    found = place_lanes([("a", "b", "c")], ("n3",), {"a": "n1", "b": "n2"})
    assert found == {"a": "n1", "b": "n2", "c": "n1"}


@given(
    st.integers(1_577_836_800, 2_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
    st.sampled_from(HOURS_BETWEEN_RUNS),
    st.integers(0, 24 * 60 - 1),
)
def test_the_latest_moment_is_the_last_one_and_not_later(
    now: datetime, every_h: int, minute: int
) -> None:
    minute %= every_h * 60
    moment = moment_before(now, every_h, minute)
    assert timedelta(0) <= now - moment < timedelta(hours=every_h)
    assert (moment.hour * 60 + moment.minute) % (every_h * 60) == minute
    assert (moment.second, moment.microsecond) == (0, 0)


def test_moments_do_not_hang_on_the_time_zone() -> None:
    vietnam = timezone(timedelta(hours=7))
    now = datetime(2026, 12, 1, 6, 30, tzinfo=vietnam)  # 23:30 of the day before in UTC
    assert moment_before(now, 24, 60) == datetime(2026, 11, 30, 1, tzinfo=UTC)
