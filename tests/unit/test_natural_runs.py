"""Unmutated runs raise no alarm, however they differ: seeds, editions, sections, sizes."""

from itertools import pairwise

import pytest

from newscrawl.monitoring.health import Health
from newscrawl.replica.site import TUYENQUANG
from tests.mutations.natural import EDITIONS, RUNS, SITES, alarms, articles, list_alarms
from tests.support.families import NAMES

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("host", [site.host for site in SITES])
def test_thirty_unlike_runs_raise_no_alarm(host: str) -> None:
    found = [[str(weak) for weak in told] for told in alarms(host, 1, EDITIONS)]
    assert found == [[]] * RUNS


def test_editions_follow_each_other_without_alarm() -> None:
    """The whole paper first, then only what each edition brings."""
    host = TUYENQUANG.host
    health = Health()
    seen = {article.id for _, article in articles(host, 1, 1)}
    for _, article in articles(host, 1, 1):
        health.saw(article)
    before = [health.record()]
    for one, other in pairwise((1, 2, 3)):
        assert other == one + 1
        later = Health()
        for _, article in articles(host, 1, other):
            if article.id not in seen:
                later.saw(article)
                seen.add(article.id)
        assert later.weaknesses(before, {}) == ()
        before.append(later.record())


@pytest.mark.parametrize("family", NAMES)
def test_thirty_days_of_lists_raise_no_alarm(family: str) -> None:
    found = [[str(weak) for weak in told] for told in list_alarms(family)]
    assert found == [[]] * RUNS
