"""The live line of a run."""

from collections import Counter
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl.progress_line import progress_line

COUNTS: Final = Counter(
    {
        "newscrawl/article/new": 40,
        "newscrawl/article/changed": 2,
        "newscrawl/link/new": 51,
        "newscrawl/list/read": 7,
        "downloader/request_count": 60,
    }
)


def line(counts: Counter[str], seconds: float) -> str:
    return progress_line("baothu", counts.__getitem__, seconds)


@pytest.mark.parametrize(
    "told", ["baothu:", "42 articles", "51 new links", "7 lists", "1.5 requests/s"]
)
def test_the_line_tells_what_has_been_done(told: str) -> None:
    assert told in line(COUNTS, 40.0)


def test_a_run_that_has_not_begun_has_a_line() -> None:
    assert line(Counter(), 0.0) == ("baothu: 0 articles of 0 new links · 0 lists · 0.0 requests/s")


@pytest.mark.parametrize(
    ("requests", "seconds", "rate"), [(60, 40.0, "1.5"), (1, 3.0, "0.3"), (0, 9.0, "0.0")]
)
def test_the_rate_is_requests_by_time(requests: int, seconds: float, rate: str) -> None:
    counts = Counter({"downloader/request_count": requests})
    assert line(counts, seconds).endswith(f" {rate} requests/s")


def test_unchanged_pages_are_no_articles() -> None:
    assert "0 articles" in line(Counter({"newscrawl/article/unchanged": 9}), 1.0)


@given(st.dictionaries(st.sampled_from(sorted(COUNTS)), st.integers(0, 10**9)), st.floats(0, 1e7))
def test_it_is_one_line_whatever_the_counters_say(counts: dict[str, int], seconds: float) -> None:
    told = line(Counter(counts), seconds)
    assert "\n" not in told
    assert len(told) < 200
