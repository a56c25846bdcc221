"""The account of a run's unread lists, and of list APIs that have moved."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.moved_lists import MovedLists
from newscrawl.crawl.stand_ins import StandIns
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link
from newscrawl.monitoring.sources_told import SourcesTold, StoodIn
from tests.support.saved_lists import NOW

LIST = GenericSection("/xa-hoi/")
ADDRESS = "https://baothu.vn/xa-hoi/"


def links(count: int) -> list[Link]:
    return [Link(url=f"https://baothu.vn/{n}", key=str(n)) for n in range(count)]


def test_a_list_gets_one_stand_in_a_run() -> None:
    stand_ins = StandIns()
    found = stand_ins.begin(LIST, ADDRESS, "no titles", NOW)
    assert found is not None
    assert found.of == LIST
    assert stand_ins.begin(LIST, ADDRESS, "no titles", NOW) is None
    for other in (found, Feed("/rss"), Sitemap("/sitemap.xml"), Sitemap("/n.xml", news=True)):
        assert stand_ins.begin(other, ADDRESS, "no XML", NOW) is None


def test_the_generic_list_reader_is_told_with_what_it_named() -> None:
    stand_ins = StandIns()
    found = stand_ins.begin(LIST, ADDRESS, "no titles", NOW)
    assert found is not None
    stand_ins.count(found, links(20), 3)
    stand_ins.count(found, links(30), 0)
    [told] = stand_ins.told()
    assert (told.by, told.named, told.new) == (("the generic list reader",), 30, 3)
    assert stand_ins.paths() == ("/xa-hoi/",)
    assert stand_ins.named() == {found.name: {"links": 30, "new": 3}}


def test_feeds_are_told_where_the_page_cannot_be_read_by_form_either() -> None:
    stand_ins, feed, sitemap = StandIns(), Feed("/rss"), Sitemap("/sitemap.xml")
    other = GenericSection("/kinh-te/")
    first, second = (stand_ins.begin(one, ADDRESS, "no titles", None) for one in (LIST, other))
    assert first is not None
    assert second is not None
    assert stand_ins.has_failed(first)
    assert not stand_ins.has_failed(second)  # whoever seeks feeds, seeks them for all
    stand_ins.found = (feed, sitemap, Feed("/empty"))
    part = Sitemap("/sitemap-11.xml", depth=2)
    stand_ins.belongs_to(part, sitemap, NOW)
    assert stand_ins.stated_at(part) == NOW
    stand_ins.count(feed, links(5), 2)
    stand_ins.count(part, links(40), 1)
    told = stand_ins.told()
    assert [one.by for one in told] == [("Feed:/rss", "Sitemap:/sitemap.xml")] * 2
    assert [(one.named, one.new) for one in told] == [(40, 3)] * 2


def test_a_list_in_doubt_is_told_only_where_the_stand_in_finds_more() -> None:
    stand_ins = StandIns()
    found = stand_ins.begin(LIST, ADDRESS, "no article behind", NOW, is_doubtful=True)
    assert found is not None
    stand_ins.count(found, links(20), 0)
    assert stand_ins.told() == ()
    assert stand_ins.is_doubtful(found)
    stand_ins.count(found, (), 1)
    assert len(stand_ins.told()) == 1
    assert stand_ins.paths() == ("/xa-hoi/",)


def test_feeds_stand_in_down_to_a_day_before_the_lists_were_known() -> None:
    stand_ins = StandIns()
    first = stand_ins.begin(LIST, ADDRESS, "no titles", NOW)
    assert first is not None
    stand_ins.has_failed(first)
    assert stand_ins.known_since == NOW - timedelta(days=1)
    never = stand_ins.begin(GenericSection("/moi/"), ADDRESS, "no titles", None)
    assert never is not None
    stand_ins.has_failed(never)
    assert stand_ins.known_since is None


def test_an_unread_list_is_told_in_one_line() -> None:
    told = StoodIn(address=ADDRESS, why="no titles", by=("Feed:/rss",), named=7, new=2)
    assert str(told) == f"{ADDRESS}: no titles; Feed:/rss stood in: 7 articles, 2 of them new"
    nothing = StoodIn(address=ADDRESS, why="no titles", by=(), named=0, new=0)
    assert str(nothing) == f"{ADDRESS}: no titles; nothing stood in: no articles"


def test_what_is_told_of_sources_stands_in_the_record_too() -> None:
    told = SourcesTold(
        stood_in=(StoodIn(address=ADDRESS, why="no titles", by=("Feed:/rss",), named=7, new=2),),
        moved={"/sc_service/list": "/service/list"},
        named={"Feed:/rss": {"links": 7, "new": 2}},
        omitted={"Feed:/rss": ("https://baothu.vn/a",)},
        only_in_feeds=("https://baothu.vn/b",),
    )
    lines = list(told.lines("baothu"))
    assert [line.strip().partition(":")[0] for line in lines] == [
        "lists that could not be read, and what stood in",
        "https",
        "make a fixture",
        "list API",
        "Feed",
        "articles in feeds and in no list",
    ]
    record = told.record()
    assert record["stand_ins"][0]["by"] == ("Feed:/rss",)
    assert record["omitted_by_feeds"] == {"Feed:/rss": ["https://baothu.vn/a"]}
    assert list(SourcesTold().lines("baothu")) == []


# Moved lists --------------------------------------------------------------------------------------

REST = "/api/article/list?scUnitMapId=a&first=0"
DECLARED, OTHER = (f"https://baothu.vn{prefix}{REST}" for prefix in ("/sc_service", "/service"))
SECTION = VnptSection(path="/xa-hoi/")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, "baothu") as opened:
        yield opened


def test_the_family_s_other_prefix_is_asked_once_and_remembered(ledger: Ledger) -> None:
    moved = MovedLists(ledger)
    assert moved.routed(DECLARED) == DECLARED
    assert moved.next_address(SECTION, DECLARED) == OTHER
    moved.answered(OTHER)
    assert moved.routed(DECLARED) == OTHER
    assert moved.told == {"/sc_service/api/article/list": "/service/api/article/list"}
    later = MovedLists(ledger)
    assert later.told == {}
    assert later.routed(DECLARED) == OTHER
    assert later.told == moved.told


def test_where_both_prefixes_are_gone_nothing_is_asked_for_ever(ledger: Ledger) -> None:
    moved = MovedLists(ledger)
    assert moved.next_address(SECTION, DECLARED) == OTHER
    assert moved.next_address(SECTION, OTHER) is None
    assert moved.told == {}


def test_a_list_that_moves_back_is_found_again(ledger: Ledger) -> None:
    before = MovedLists(ledger)
    before.next_address(SECTION, DECLARED)
    before.answered(OTHER)
    moved = MovedLists(ledger)
    assert moved.routed(DECLARED) == OTHER
    assert moved.next_address(SECTION, OTHER) == DECLARED
    moved.answered(DECLARED)
    assert moved.routed(DECLARED) == DECLARED
    assert moved.told == {}
    assert MovedLists(ledger).routed(DECLARED) == DECLARED


def test_an_answer_of_a_list_that_has_not_moved_changes_nothing(ledger: Ledger) -> None:
    moved = MovedLists(ledger)
    moved.answered(DECLARED)
    assert MovedLists(ledger).routed(DECLARED) == DECLARED
    assert moved.told == {}


def test_many_lists_that_fail_alike_are_told_in_one_line() -> None:
    many = tuple(
        StoodIn(
            address=f"https://baothu.vn/{n}/", why="no titles", by=("Feed:/rss",), named=7, new=n
        )
        for n in range(5)
    )
    [_, line, _] = SourcesTold(stood_in=many).lines("baothu")
    assert line.strip() == (
        "no titles; Feed:/rss stood in: 10 new articles, in 5 lists: /0/ /1/ /2/ /3/ /4/"
    )
