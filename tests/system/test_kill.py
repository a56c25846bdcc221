"""SIGKILL at forty moments: nothing lost, doubled or torn, no page asked for a third time.

`python tests/reliability/kill.py --trials 200` is the same at length, and prints its figures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.replica import Replica, running_replica
from tests.reliability.crawls import Place
from tests.reliability.kill import MOMENTS, series

pytestmark = pytest.mark.thorough

SERIES = 8
KILLS = 5  # on each archive


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


@pytest.mark.parametrize("number", range(SERIES))
def test_a_kill_loses_nothing(number: int, tmp_path: Path, replica: Replica) -> None:
    first = number * KILLS % len(MOMENTS)
    moments = MOMENTS[first : first + KILLS]
    figures = series(Place(tmp_path, replica.address), replica, moments, f"suite:{number}")
    assert figures.bad == {}, "\n".join(figures.told)
    assert figures.total == KILLS
    assert figures.kills.total() > 0
    assert figures.looks > 0
