"""The live line of a run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.crawl.progress_line import progress_line
from newscrawl.crawl.run_estimate import Estimate, Progress

DONE = Progress(seconds=40.0, requests=60, list_pages=7, articles_left=9, asked=51)
LEFT = Estimate(seconds_left=7000.0, articles_left=6000, is_bound=True)


@pytest.mark.parametrize(
    "told", ["baothu: 42/51 articles", "at most 2 h left", "5 lists open", "1.5 requests/s"]
)
def test_the_line_tells_what_was_done_and_how_long_it_goes_on(told: str) -> None:
    assert told in progress_line("baothu", DONE, 5, LEFT)


def test_a_run_that_has_asked_for_nothing_knows_no_end() -> None:
    line = progress_line("baothu", Progress(), 12, LEFT)
    assert line == "baothu: 0/0 articles · 12 lists open · 0.0 requests/s"


def test_what_matters_fits_a_narrow_terminal() -> None:
    assert progress_line("baotuyenquang", DONE, 5, LEFT).index("left") < 50


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.floats(0, 1e7))
def test_it_is_one_line_whatever_the_counters_say(a: int, b: int, seconds: float) -> None:
    told = progress_line("baothu", Progress(requests=a, asked=b, seconds=seconds), 3, LEFT)
    assert "\n" not in told
    assert len(told) < 200
