"""Tails, ranks and spread: worked out by hand or counted out, against what the functions say."""

from collections import Counter
from itertools import product
from math import comb
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.monitoring.statistics import (
    ahead,
    chance_of_rank,
    chance_of_so_few,
    chance_of_so_many,
    middle,
    pooled,
    spread,
)

counts = st.dictionaries(st.integers(0, 9), st.integers(1, 40), max_size=6)


@st.composite
def shares(draw: st.DrawFn, most: int = 60) -> tuple[int, int]:
    seen = draw(st.integers(1, most))
    return draw(st.integers(0, seen)), seen


def beta_binomial(has: int, seen: int, yes: int, no: int) -> float:
    """Pólya's urn: the chance of just so many of `seen` draws, from yes and no balls."""
    chance = float(comb(seen, has))
    for number in range(seen):
        good = number < has
        ball = yes + number if good else no + number - has
        chance *= ball / (yes + no + number)
    return chance


# So few, so many --------------------------------------------------------------------------------


def test_before_anything_was_seen_every_count_is_as_likely() -> None:
    """The first of n + 1 equally likely counts, the first two, all."""
    assert chance_of_so_few((0, 9), (0, 0)) == pytest.approx(0.1)
    assert chance_of_so_few((1, 9), (0, 0)) == pytest.approx(0.2)
    assert chance_of_so_few((9, 9), (0, 0)) == pytest.approx(1.0)


@given(shares(), shares())
def test_the_tail_is_the_sum_over_polyas_urn(
    here: tuple[int, int], before: tuple[int, int]
) -> None:
    (has, seen), (yes, all_) = here, before
    urn = sum(beta_binomial(k, seen, yes + 1, all_ - yes + 1) for k in range(has + 1))
    assert chance_of_so_few(here, before) == pytest.approx(urn, rel=1e-6)


@given(shares(), shares())
def test_so_many_is_so_few_of_the_others(here: tuple[int, int], before: tuple[int, int]) -> None:
    (has, seen), (yes, all_) = here, before
    few = chance_of_so_few((seen - has, seen), (all_ - yes, all_))
    assert chance_of_so_many(here, before) == pytest.approx(few)


@given(shares(), shares())
def test_both_tails_hold_the_count_itself(here: tuple[int, int], before: tuple[int, int]) -> None:
    both = chance_of_so_few(here, before) + chance_of_so_many(here, before)
    assert both >= 1 - 1e-9


@given(st.integers(0, 200), shares(400))
def test_more_earlier_trials_of_a_share_make_none_less_likely(
    more: int, before: tuple[int, int]
) -> None:
    has, seen = before
    few = chance_of_so_few((0, 20), (has + more, seen + more))
    assert few <= chance_of_so_few((0, 20), before) + 1e-12


def test_a_backfill_of_many_thousands_is_scaled_not_summed() -> None:
    assert chance_of_so_few((0, 400_000), (300, 1000)) < 1e-12
    assert chance_of_so_few((200_000, 400_000), (500, 1000)) == pytest.approx(0.5, abs=0.05)


# Spread ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "wide"),
    [
        ([], 1.0),
        ([(5, 10)] * 30, 1.0),  # less spread than chance: never below 1
        ([(0, 10), (10, 10)] * 3, 1.0),  # six runs do not tell
        ([(0, 10), (10, 10)] * 15, 4.0),
        ([(0, 10)] * 30, 1.0),
        ([(10, 10)] * 30, 1.0),
        ([(0, 0)] * 30, 1.0),
    ],
)
def test_spread(runs: list[tuple[int, int]], wide: float) -> None:
    assert spread(runs) == wide


def test_spread_of_runs_that_differ_twice_as_much_as_chance() -> None:
    """Half of ten each, off by √5 = 1.41 standard deviations of √2.5 = 1.58: squared, twice."""
    off = 5**0.5
    runs = [(5 - off, 10), (5 + off, 10)] * 50
    assert spread(runs) == pytest.approx(2.0 * 100 / 99)


@given(st.lists(shares(), max_size=20))
def test_spread_is_bounded(runs: list[tuple[int, int]]) -> None:
    assert 1.0 <= spread(runs) <= 4.0


@given(st.lists(shares(), max_size=20))
def test_pooled_counts_all_trials(runs: list[tuple[int, int]]) -> None:
    assert pooled(iter(runs)) == (sum(k for k, _ in runs), sum(n for _, n in runs))


# Ranks ------------------------------------------------------------------------------------------


def pairs(here: dict[int, int], before: dict[int, int]) -> float:
    """Every pair compared: the share won, ties by half, less a half."""
    mine, theirs = list(Counter(here).elements()), list(Counter(before).elements())
    won = sum((a > b) + (a == b) / 2 for a, b in product(mine, theirs))
    return won / (len(mine) * len(theirs)) - 0.5 if mine and theirs else 0.0


@given(counts, counts)
def test_ahead_is_the_share_of_pairs_won(here: dict[int, int], before: dict[int, int]) -> None:
    assert ahead(here, before) == pytest.approx(pairs(here, before))


@given(counts, counts)
def test_who_is_ahead_leaves_the_other_behind(here: dict[int, int], before: dict[int, int]) -> None:
    assert ahead(here, before) == pytest.approx(-ahead(before, here))


@given(counts)
def test_nobody_is_ahead_of_themselves(here: dict[int, int]) -> None:
    assert ahead(here, here) == pytest.approx(0.0)


def test_chance_of_rank_is_the_normal_tail() -> None:
    """n = m = 24: σ of the share is √(49 / (12 · 576)) = 0.0842; 1.96 σ is 5 % two-sided."""
    sigma = (49 / (12 * 576)) ** 0.5
    assert chance_of_rank(1.96 * sigma, 24, 24) == pytest.approx(0.05, abs=1e-3)
    assert chance_of_rank(-1.96 * sigma, 24, 24) == chance_of_rank(1.96 * sigma, 24, 24)


@given(st.floats(-0.5, 0.5), st.integers(1, 500), st.integers(1, 500))
def test_farther_apart_is_less_likely(off: float, mine: int, theirs: int) -> None:
    chance = chance_of_rank(off, mine, theirs)
    assert 0.0 <= chance <= 1.0
    assert chance_of_rank(off * 0.9, mine, theirs) >= chance


@given(counts)
def test_middle_is_the_lower_median(here: dict[int, int]) -> None:
    values = list(Counter(here).elements())
    assert middle(here) == (median_low(values) if values else 0)
