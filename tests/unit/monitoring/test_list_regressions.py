"""What a list gave beside what it gave before."""

from datetime import datetime
from typing import Any

import pytest

from newscrawl.discovery.source import Link, ListPage
from newscrawl.items import VIETNAM
from newscrawl.monitoring.list_regressions import list_weaknesses, listed

ECONOMY = "https://baothu.vn/kinh-te/"
SOCIETY = "https://baothu.vn/xa-hoi/"
USUAL = {"links": 14, "titled": 14, "syllables": 11, "dated": 14, "goes on": True}
DAY = datetime(2026, 11, 20, tzinfo=VIETNAM)


def run(**pages: dict[str, Any]) -> dict[str, Any]:
    addresses = {"economy": ECONOMY, "society": SOCIETY}
    return {"lists": {addresses[name]: page for name, page in pages.items()}}


def said(now: dict[str, Any], *before: dict[str, Any]) -> dict[str, str]:
    return {weak.field: weak.said for weak in list_weaknesses(now, before)}


def link(number: int, *, title: str | None = "Mùa chè", is_dated: bool = True) -> Link:
    url = f"https://baothu.vn/mua-che-{number}.html"
    return Link(url=url, key=str(number), title=title, published_at=DAY if is_dated else None)


# What is kept of a page -------------------------------------------------------------------------


def test_a_page_is_kept_as_five_figures() -> None:
    links = (
        link(1, title="Chợ phiên Khau Tinh họp sớm"),
        link(2, title="Mùa chè"),
        link(3, title=None),
        link(4, title="Cầu mới", is_dated=False),
    )
    assert listed(ListPage(links=links, older=f"{ECONOMY}?p=2")) == {
        "links": 4,
        "titled": 3,
        "syllables": 2,
        "dated": 3,
        "goes on": True,
    }


def test_an_empty_page_is_kept_as_nothing() -> None:
    nothing = {"links": 0, "titled": 0, "syllables": 0, "dated": 0, "goes on": False}
    assert listed(ListPage(links=(), older=None)) == nothing


# What is weak -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "weak"),
    [
        ({}, {}),
        ({"links": 9, "titled": 9, "dated": 9}, {}),
        ({"links": 7, "titled": 7, "dated": 7}, {}),
        ({"links": 6, "titled": 6, "dated": 6}, {"links": "6 links, never fewer than 14"}),
        ({"links": 0, "titled": 0, "dated": 0}, {"links": "0 links, never fewer than 14"}),
        ({"links": 21, "titled": 21, "dated": 21}, {}),
        ({"links": 22, "titled": 22, "dated": 22}, {"links": "22 links, never more than 14"}),
        ({"titled": 7}, {}),
        ({"titled": 6}, {"titles": "6 of 14 links are titled, never less than 100%"}),
        ({"dated": 0}, {"dates": "0 of 14 links are dated, never less than 100%"}),
        ({"syllables": 15}, {}),
        ({"syllables": 16, "titled": 7}, {}),  # the middle of few titles is chance
        ({"syllables": 16}, {"titles": "titles of 16 syllables, never more than 11"}),
        ({"goes on": False}, {"pager": "no next page, always one before"}),
    ],
)
def test_far_from_all_before_is_weak(page: dict[str, Any], weak: dict[str, str]) -> None:
    found = said(run(economy=USUAL | page), run(economy=USUAL), run(economy=USUAL))
    assert found == {field: f"{told}, so or alike on 1 of 1 page" for field, told in weak.items()}


@pytest.mark.parametrize("runs", [0, 1])
def test_what_was_met_once_is_not_usual(runs: int) -> None:
    page = USUAL | {"links": 0, "titled": 0, "dated": 0, "goes on": False}
    assert said(run(economy=page), *[run(economy=USUAL)] * runs) == {}


def test_each_list_is_measured_by_itself() -> None:
    short = USUAL | {"links": 3, "titled": 3, "dated": 3}
    before = [run(economy=USUAL, society=short)] * 3
    assert said(run(economy=USUAL, society=short), *before) == {}
    [weak] = list_weaknesses(run(economy=short, society=short), before)
    assert (weak.template, weak.field, weak.examples) == ("lists", "links", (ECONOMY,))
    assert weak.said == "3 links, never fewer than 14, so or alike on 1 of 2 pages"


def test_a_short_list_is_weak_only_when_it_is_empty() -> None:
    short = USUAL | {"links": 4, "titled": 4, "dated": 4}
    before = [run(economy=short)] * 3
    assert said(run(economy=USUAL | {"links": 1, "titled": 1, "dated": 1}), *before) == {}
    assert "links" in said(run(economy=USUAL | {"links": 0}), *before)


@pytest.mark.parametrize(("usual", "weak"), [(7, []), (8, ["links"])])
def test_a_young_list_may_grow(usual: int, weak: list[str]) -> None:
    before = [run(economy=USUAL | {"links": usual, "titled": usual, "dated": usual})] * 3
    now = USUAL | {"links": 30, "titled": 30, "dated": 30}
    assert list(said(run(economy=now), *before)) == weak


def test_the_fewest_and_the_most_ever_are_the_measure() -> None:
    before = [run(economy=USUAL | {"links": n, "titled": n, "dated": n}) for n in (30, 8, 20)]
    for count in (4, 45):
        now = USUAL | {"links": count, "titled": count, "dated": count}
        assert said(run(economy=now), *before) == {}
    for count in (3, 46):
        assert "links" in said(run(economy=USUAL | {"links": count}), *before)


def test_a_list_that_never_had_dates_or_pager_misses_none() -> None:
    bare = USUAL | {"dated": 0, "goes on": False}
    assert said(run(economy=bare), *[run(economy=bare)] * 3) == {}


def test_one_list_that_shrinks_to_its_last_page_is_no_redesign() -> None:
    last = USUAL | {"goes on": False}
    names = [f"{ECONOMY}{n}/" for n in range(5)]
    before = [{"lists": dict.fromkeys(names, USUAL)}] * 3
    for ended in range(6):
        now = {"lists": {name: last if n < ended else USUAL for n, name in enumerate(names)}}
        weak = list_weaknesses(now, before)
        assert [w.field for w in weak] == (["pager"] if ended > 2 else [])
    assert len(weak[0].examples) == 3


def test_a_list_not_walked_and_a_run_without_lists_say_nothing() -> None:
    assert said(run(economy=USUAL), run(society=USUAL), {}, {"a1": {"seen": 4}}) == {}
    assert said({}, run(economy=USUAL), run(economy=USUAL)) == {}
