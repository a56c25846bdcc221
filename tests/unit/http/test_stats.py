"""The run's counters count as Scrapy's own do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector, StatsCollector

from newscrawl.http.stats import RunStats

NAMES = st.sampled_from(["article/new", "list/read", "bound/page"])
TOLD = st.lists(
    st.tuples(
        st.sampled_from(["inc_value", "set_value", "max_value", "min_value"]),
        NAMES,
        st.integers(-5, 5),
    )
)


def counted(kind: type[StatsCollector], told: list[tuple[str, str, int]]) -> dict[str, int]:
    stats = kind(Crawler(Spider))
    for method, name, value in told:
        getattr(stats, method)(name, value)
    return stats.get_stats()


@given(TOLD)
def test_whatever_is_told_comes_out_the_same(told: list[tuple[str, str, int]]) -> None:
    assert counted(RunStats, told) == counted(MemoryStatsCollector, told)


def test_a_count_begins_at_nothing_and_is_kept_by_name() -> None:
    stats = RunStats(Crawler(Spider))
    stats.inc_value("article/new")
    stats.inc_value("article/new", 2)
    assert stats.get_stats() == {"article/new": 3}
    assert stats.get_value("article/new") == 3
    assert stats.get_value("article/gone", 0) == 0


def test_no_attribute_is_made_up() -> None:
    with pytest.raises(AttributeError):
        _ = RunStats(Crawler(Spider)).article_new  # type: ignore[attr-defined]
