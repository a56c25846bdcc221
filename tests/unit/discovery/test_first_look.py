"""What a feed proves, and how long lists may be passed by because of it."""

from datetime import date, timedelta

import pytest

from newscrawl.discovery.feed import Feed
from newscrawl.discovery.first_look import (
    FULL_WALK_EVERY,
    has_no_gap,
    is_trusted,
    lists_beside,
    oldest_entries,
)
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link, ListPage
from tests.support.saved_lists import NOW

HOUR = timedelta(hours=1)


def feed_of(*hours: int | None) -> ListPage:
    """A feed whose entries were published so many hours ago."""
    links = (
        Link(
            url=f"https://baothu.vn/x-{n}.html",
            key=str(n),
            published_at=None if ago is None else NOW - ago * HOUR,
        )
        for n, ago in enumerate(hours)
    )
    return ListPage(links=tuple(links), older=None, is_window=True)


def test_the_oldest_entries_are_a_fifth_by_their_dates() -> None:
    page = feed_of(*range(20))
    assert [link.key for link in oldest_entries(page)] == ["16", "17", "18", "19"]
    shuffled = feed_of(5, 1, 9, 2, 3)
    assert [link.key for link in oldest_entries(shuffled)] == ["0", "2"]


def test_where_a_date_is_missing_the_feed_s_own_order_counts() -> None:
    assert [link.key for link in oldest_entries(feed_of(5, 1, None, 2, 3))] == ["3", "4"]


def test_there_is_no_gap_where_the_oldest_entries_were_known_when_it_was_last_read() -> None:
    assert has_no_gap([NOW - HOUR, NOW], NOW)
    assert not has_no_gap([NOW - HOUR, NOW + HOUR], NOW)
    assert not has_no_gap([NOW - HOUR, None], NOW)


def test_one_old_entry_may_be_pinned_and_proves_nothing() -> None:
    assert not has_no_gap([NOW - HOUR], NOW)
    assert not has_no_gap([], NOW)


def test_a_feed_read_for_the_first_time_proves_nothing() -> None:
    assert not has_no_gap([NOW - HOUR, NOW - HOUR], None)


@pytest.mark.parametrize(
    ("ago", "trusted"),
    [
        (timedelta(0), True),
        (FULL_WALK_EVERY - HOUR, True),
        (FULL_WALK_EVERY, False),
        (timedelta(days=1), False),
        (-HOUR, False),
    ],
)
def test_a_feed_is_trusted_for_less_than_a_day(ago: timedelta, *, trusted: bool) -> None:
    assert is_trusted(NOW - ago, NOW) is trusted


def test_a_feed_that_was_never_compared_is_not_trusted() -> None:
    assert not is_trusted(None, NOW)


def test_lists_beside_a_feed_are_those_of_its_section_that_still_grow() -> None:
    feed = Feed("/rss/kinh-te.rss", path="/kinh-te/")
    inner = GenericSection("/kinh-te/nong-nghiep/")
    own = GenericSection("/kinh-te/")
    sources = (
        feed,
        own,
        inner,
        GenericSection("/xa-hoi/"),
        GenericSection("/kinh-te/cu/", closed=date(2025, 7, 1)),
        Sitemap("/sitemap.xml"),
    )
    assert lists_beside(feed, sources) == (own, inner)
    assert len(lists_beside(Feed("/rss"), sources)) == 3
