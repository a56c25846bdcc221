"""Thresholds: a run must be far from usual, and that by more than chance."""

from collections import Counter
from typing import Any

import pytest

from newscrawl.monitoring.indicators import (
    LEAKS,
    LOSSES,
    MEASURES,
    REPEATS,
)
from newscrawl.monitoring.regressions import Regression, weaknesses


def tally(seen: int, **changes: Any) -> dict[str, Any]:
    """A template's figures: everything is there, nothing leaks, nothing is shared."""
    present = dict.fromkeys(LOSSES, seen) | dict.fromkeys(LEAKS, 0)
    made = {
        "seen": seen,
        "copies": 0,
        "present": present | changes.pop("present", {}),
        "shared": dict.fromkeys(REPEATS, 1) | changes.pop("shared", {}),
        "measures": {name: {"30": seen} for name in MEASURES} | changes.pop("measures", {}),
    }
    return made | changes


def weak(now: dict[str, Any], *before: dict[str, Any], **floor: float) -> list[Regression]:
    return list(weaknesses({"a1": now}, [{"a1": run} for run in before], floor))


def signs(now: dict[str, Any], *before: dict[str, Any]) -> list[str]:
    return [each.sign for each in weak(now, *before)]


def holding(seen: int, has: int, sign: str = "tags") -> dict[str, Any]:
    return tally(seen, present={sign: has})


USUAL = [tally(30) for _ in range(6)]


# Enough to tell ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("seen", "is_told"), [(9, False), (10, True)])
def test_ten_articles_tell(seen: int, is_told: bool) -> None:
    assert bool(signs(holding(seen, 0), *USUAL)) is is_told


@pytest.mark.parametrize(("before", "is_told"), [(19, False), (20, True)])
def test_twenty_articles_before_tell(before: int, is_told: bool) -> None:
    assert bool(signs(holding(20, 0), tally(before))) is is_told


def test_many_small_runs_before_tell_as_one_large() -> None:
    assert signs(holding(20, 0), *[tally(4)] * 5) == ["tags"]


def test_a_template_met_for_the_first_time_has_no_usual() -> None:
    found = weaknesses({"a2": holding(20, 0)}, [{"a1": run} for run in USUAL], {})
    assert found == ()


# Lost -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("usual", "here", "is_told"),
    [
        (30, 20, False),
        (30, 16, False),  # 80 %: not a quarter less
        (30, 14, True),  # 70 %
        (15, 10, False),
        (15, 5, False),  # half of the usual half: what chance gives in one of a hundred runs
        (15, 0, True),
        (6, 0, False),  # a fifth usually: none of twenty is chance
        (0, 0, False),
    ],
)
def test_what_is_lost_is_far_and_no_chance(usual: int, here: int, is_told: bool) -> None:
    told = signs(holding(20, here), *[holding(30, usual)] * 6)
    assert told == (["tags"] if is_told else [])


def test_all_that_is_lost_is_named_by_its_field() -> None:
    found = {each.sign: each.field for each in weak(tally(20, present=dict.fromkeys(LOSSES, 0)),
                                                    *USUAL)}  # fmt: skip
    assert found == {sign: field for sign, (field, _) in LOSSES.items()}


def test_runs_that_differ_among_themselves_weigh_less() -> None:
    """Sections with tags and sections without: a run of the latter is nothing new."""
    runs = [holding(30, 30), holding(30, 0)] * 6
    assert signs(holding(20, 0), *runs) == []
    even = [holding(30, 15)] * 12
    assert signs(holding(20, 0), *even) == ["tags"]


def test_what_is_more_often_there_is_no_loss() -> None:
    assert signs(holding(20, 20), *[holding(30, 3)] * 6) == []


# Leaked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("usual", "here", "is_told"),
    [(0, 0, False), (0, 2, False), (0, 4, True), (3, 6, False), (3, 12, True), (30, 20, False)],
)
def test_what_leaks_is_far_and_no_chance(usual: int, here: int, is_told: bool) -> None:
    sign = "a loose line"
    told = signs(holding(20, here, sign), *[holding(30, usual, sign)] * 6)
    assert told == ([sign] if is_told else [])


# Shared -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shared", "is_told"), [(1, False), (11, False), (12, True), (20, True)])
def test_three_of_five_share_what_none_did(shared: int, is_told: bool) -> None:
    told = signs(tally(20, shared={"headline": shared}), *USUAL)
    assert told == (["headline"] if is_told else [])


def test_who_can_share_counts_not_who_was_seen() -> None:
    """Five articles of twenty have a caption, and it is the same."""
    here = tally(20, present={"captions": 5, "several captions": 0}, shared={"caption": 5})
    assert "caption" in signs(here, *[tally(30, present={"captions": 8})] * 6)


def test_what_was_usually_shared_is_not_told() -> None:
    before = [tally(30, shared={"image": 15})] * 6
    assert signs(tally(20, shared={"image": 20}), *before) == []


# Moved ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lengths", "told"),
    [
        ({"30": 20}, []),
        ({"26": 20}, ["length"]),
        ({"34": 20}, ["length"]),
        ({"26": 10, "34": 10}, []),
        ({"26": 14, "34": 6}, []),  # ahead by a fifth of all pairs
        ({"26": 18, "34": 2}, ["length"]),
    ],
)
def test_lengths_that_lie_elsewhere(lengths: dict[str, int], told: list[str]) -> None:
    assert signs(tally(20, measures={"length": lengths}), *USUAL) == told


def test_a_run_that_lies_where_one_in_ten_did_is_not_told() -> None:
    far = tally(30, measures={"length": {"26": 30}})
    here = tally(20, measures={"length": {"26": 20}})
    assert signs(here, *USUAL, far) == []
    assert signs(here, *USUAL * 3, far) == ["length"]


def test_which_way_is_said() -> None:
    [shorter] = weak(tally(20, measures={"length": {"20": 20}}), *USUAL)
    assert (shorter.field, shorter.said) == ("body", "length lower than usual in 100% of all pairs")


# Floor, copies ----------------------------------------------------------------------------------


def test_the_floor_needs_no_earlier_run() -> None:
    assert [each.field for each in weak(holding(20, 9), tags=0.5)] == ["tags"]
    assert weak(holding(20, 10), tags=0.5) == []
    assert weak(holding(9, 0), tags=0.5) == []


@pytest.mark.parametrize(
    ("copies", "seen", "before", "is_told"),
    [(4, 1, 0, False), (5, 1, 0, True), (5, 2, 0, False), (19, 1, 15, False), (19, 1, 5, True)],
)
def test_copies_of_one_text(copies: int, seen: int, before: int, is_told: bool) -> None:
    told = signs(tally(seen, copies=copies), tally(30 - before, copies=before))
    assert told == (["copies"] if is_told else [])


# Older records ----------------------------------------------------------------------------------


def test_records_of_a_code_that_knew_fewer_signs_are_read() -> None:
    """What it did not look for it says nothing of."""
    old = tally(30)
    old["present"] = {name: n for name, n in old["present"].items() if name != "signature"}
    here = tally(20, present={"signature": 0})
    assert signs(here, *[old] * 6) == []
    assert signs(here, *[old] * 6, *USUAL) == ["signature"]


def test_a_weakness_is_one_line_for_a_person() -> None:
    [lost] = weak(holding(20, 0), *USUAL)
    assert str(lost) == "tags (a1): tags on 0% of 20 articles, usually on 100%"
    assert Counter(str(lost))["\n"] == 0
