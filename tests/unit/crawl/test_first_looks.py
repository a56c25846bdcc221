"""Feeds beside lists, over the runs of one archive: when lists are passed by."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.ledger.due import Ask
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.crawl.first_looks import FirstLooks
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.first_look import FULL_WALK_EVERY
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.list_walk import ListProgress, Place, Walk
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link, ListPage, Source
from tests.support.saved_lists import NOW

FEED, LIST, MAP = Feed("/rss"), GenericSection("/xa-hoi/"), Sitemap("/sitemap.xml")
SOURCES: tuple[Source, ...] = (FEED, LIST, MAP)
HOUR = timedelta(hours=1)
KNOWN = ListProgress(places={}, known_at=NOW, reached=None)


def link(number: int) -> Link:
    return Link(url=f"https://baothu.vn/chuyen-{number}.html", key=str(number))


def page_of(*numbers: int) -> ListPage:
    return ListPage(links=tuple(map(link, numbers)), older=None)


def asks(*numbers: int) -> list[Ask]:
    return [Ask(link(number), None, None, "new") for number in numbers]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger in which five articles were seen an hour ago."""
    with Ledger.open(tmp_path, "baothu") as opened:
        opened.begin_run("earlier", NOW - HOUR, {})
        opened.links.sift(map(link, range(1, 6)), "earlier", NOW - HOUR)
        yield opened


def walk_of(source: Source, since: date | None = None) -> Walk:
    known_at = NOW - HOUR
    return Walk(source=source, address="https://baothu.vn/", known_at=known_at, since=since)


def one_run(
    ledger: Ledger, now: datetime = NOW, *, feed: ListPage | None = None, omitted: int = 0
) -> FirstLooks:
    """A run that reads the feed, then walks the list beside it."""
    looks = FirstLooks(ledger, lambda: now)
    looks.look(walk_of(FEED), feed or page_of(6, 5, 4))
    looks.named(walk_of(LIST), page_of(6, 5, 4), asks(*[9] * omitted))
    looks.walked(walk_of(LIST))
    looks.compare(SOURCES)
    return looks


def later(ledger: Ledger, now: datetime = NOW, *, feed: ListPage | None = None) -> FirstLooks:
    """The next run, once it has read the feed."""
    looks = FirstLooks(ledger, lambda: now)
    looks.look(walk_of(FEED), feed or page_of(6, 5, 4))
    return looks


def test_a_list_is_passed_by_after_a_run_in_which_the_feed_lacked_nothing(ledger: Ledger) -> None:
    assert not later(ledger).covers(LIST, KNOWN)
    one_run(ledger)
    assert later(ledger).covers(LIST, KNOWN)


def test_it_is_walked_again_within_a_day(ledger: Ledger) -> None:
    one_run(ledger)
    assert later(ledger, NOW + FULL_WALK_EVERY - HOUR).covers(LIST, KNOWN)
    assert not later(ledger, NOW + FULL_WALK_EVERY).covers(LIST, KNOWN)


def test_a_feed_that_left_an_article_out_covers_nothing(ledger: Ledger) -> None:
    one_run(ledger)
    run = one_run(ledger, omitted=1)
    assert run.omitted == {"Feed:/rss": ("https://baothu.vn/chuyen-9.html",)}
    assert not later(ledger).covers(LIST, KNOWN)


def test_a_gap_in_the_feed_has_the_list_walked_until_both_agree_again(ledger: Ledger) -> None:
    one_run(ledger)
    gap = page_of(9, 8, 7)
    assert not later(ledger, feed=gap).covers(LIST, KNOWN)
    assert not later(ledger).covers(LIST, KNOWN)
    one_run(ledger)
    assert later(ledger).covers(LIST, KNOWN)


@pytest.mark.parametrize(
    "progress",
    [
        ListProgress(places={}, known_at=None, reached=None),
        ListProgress(
            places={1: Place(address="x", began_at=NOW, since=None)}, known_at=NOW, reached=None
        ),
    ],
)
def test_a_list_that_was_never_whole_or_is_cut_off_is_walked(
    ledger: Ledger, progress: ListProgress
) -> None:
    one_run(ledger)
    assert not later(ledger).covers(LIST, progress)


def test_feeds_and_former_lists_are_never_passed_by(ledger: Ledger) -> None:
    one_run(ledger)
    former = GenericSection("/cu/", closed=date(2025, 7, 1))
    assert not any(later(ledger).covers(source, KNOWN) for source in (FEED, former))


def test_a_run_that_did_not_walk_every_list_compares_nothing(ledger: Ledger) -> None:
    looks = later(ledger)
    looks.compare((*SOURCES, GenericSection("/kinh-te/")))
    looks.walked(walk_of(LIST, since=date(2026, 1, 1)))  # a backfill
    looks.compare(SOURCES)
    assert not later(ledger).covers(LIST, KNOWN)


def test_articles_in_feeds_alone_are_told_where_all_lists_were_walked(ledger: Ledger) -> None:
    looks = later(ledger)
    looks.named(walk_of(FEED), page_of(7, 6), asks(7, 6))
    looks.named(walk_of(LIST), page_of(6, 5), [])
    assert looks.only_in_feeds(SOURCES) == ()
    looks.walked(walk_of(LIST))
    assert looks.only_in_feeds(SOURCES) == ("https://baothu.vn/chuyen-7.html",)


def test_the_lists_wait_for_every_feed_and_for_none_that_is_not_asked(ledger: Ledger) -> None:
    async def order() -> list[str]:
        looks, said = FirstLooks(ledger, lambda: NOW), list[str]()
        await looks.all_answered()  # no feed was asked for
        for feed in (FEED, Feed("/rss2")):
            looks.expect(walk_of(feed))

        async def lists() -> None:
            await looks.all_answered()
            said.append("lists")

        waiting = asyncio.create_task(lists())
        for feed in (FEED, Feed("/rss2")):
            await asyncio.sleep(0)
            said.append(feed.url)
            looks.answered(walk_of(feed))
        await waiting
        return said

    assert asyncio.run(order()) == ["/rss", "/rss2", "lists"]
