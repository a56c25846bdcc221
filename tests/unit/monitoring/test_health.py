"""A run's tally: what is counted, what is named, with which examples; what later runs compare."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from newscrawl.discovery.source import Link, ListPage
from newscrawl.items import Article, Image
from newscrawl.monitoring.health import (
    EXAMPLES_MAX,
    Health,
    comparable,
    template_of,
)
from newscrawl.monitoring.regressions import Record
from tests.support.articles import make_article

LIST = "https://baothu.vn/kinh-te/"


def article(number: int, **changes: Any) -> Article:
    """An article of its own: another text, headline, lead, author and moment than the others'."""
    made = make_article(
        url=f"https://baothu.vn/kinh-te/202506/bai-{number}-75f1237/",
        headline=f"Tin số {number} ở chợ phiên",
        lead=f"Phiên chợ thứ {number} họp từ sáng sớm.",
        body=f"Người bán kể chuyện thứ {number}.\n\nNgười mua ra về lúc {number} giờ.",
        authors=(f"Lý Thu {number}",),
        byline=f"Lý Thu {number}",
        section="Kinh tế",
        content_hash=f"sha256:{number:064x}",
        syllable_count=14,
    )
    published = made.published_at
    assert published is not None
    moment = published.replace(minute=number % 60)
    return replace(made, **{"published_at": moment, **changes})


def health_of(*articles: Article) -> Health:
    health = Health()
    for each in articles:
        health.saw(each)
    return health


def usual(runs: int = 3, size: int = 30, **changes: Any) -> list[dict[str, Any]]:
    """Records of earlier runs."""
    return [
        health_of(*(article(run * size + n, **changes) for n in range(size))).record()
        for run in range(runs)
    ]


def named(health: Health, before: list[dict[str, Any]], **floor: float) -> list[tuple[str, str]]:
    return [(weak.template, weak.field) for weak in health.weaknesses(before, floor)]


# The record -------------------------------------------------------------------------------------


def test_each_field_is_counted_by_where_it_was_read() -> None:
    health = health_of(
        article(1),
        article(2, lead=None, published_source="meta"),
        article(3, lead=None, authors=(), published_source="jsonld"),
        article(4, published_source="", published_at=None),
    )
    health.failed("a1", "headline", "https://baothu.vn/x")
    read = health.record()["a1"]["read"]
    assert read["lead"] == {"page": 2, "absent": 2}
    assert read["authors"] == {"page": 3, "absent": 1}
    assert read["captions"] == {"page": 0, "absent": 4}
    assert read["headline"] == {"page": 4, "absent": 0, "failed": 1}
    assert read["published"] == {"absent": 1, "jsonld": 1, "meta": 1, "page": 1}


def test_body_lengths_are_kept_in_quarters_of_a_doubling() -> None:
    health = health_of(*(article(n, syllable_count=100 * 2**n) for n in range(3)))
    record = health.record()["a1"]
    assert record["measures"]["length"] == {"27": 1, "31": 1, "35": 1}
    assert record["body_median"] == 214  # the middle of that step, of lengths 197 to 234


def test_templates_are_counted_apart() -> None:
    other = "newscrawl/1.0.0 baothu/k.1"
    record = health_of(article(1), article(2, extractor=other), article(3)).record()
    assert {name: record[name]["seen"] for name in ("a1", "k")} == {"a1": 2, "k": 1}


def test_a_new_parser_version_is_the_same_template() -> None:
    assert template_of("newscrawl/1.0.0 baothu/a1.1") == template_of("newscrawl/2.0 baothu/a1.27")


def test_refused_pages_are_counted_of_all_pages() -> None:
    health = health_of(article(1), article(2), article(2))
    health.refused("video", "https://baothu.vn/phim")
    assert health.record()["no article"] == {"seen": 4, "present": {"video": 1}}


def test_addresses_that_are_gone_are_counted_of_all_asked() -> None:
    health = health_of(article(1), article(2))
    health.refused("video", "https://baothu.vn/phim")
    for _ in range(3):
        health.unchanged()
    health.vanished(410, "https://baothu.vn/cu")
    assert health.record()["gone"] == {"seen": 7, "present": {"HTTP 410": 1}}


def test_a_list_is_kept_by_its_address() -> None:
    health = Health()
    url = "https://baothu.vn/mua-che-7.html"
    health.listed(LIST, ListPage(links=(Link(url=url, key="7", title="Mùa chè"),), older=None))
    assert health.record()["lists"] == {
        LIST: {"links": 1, "titled": 1, "syllables": 2, "dated": 0, "goes on": False}
    }


def test_a_list_that_begins_behind_its_front_page_is_kept_too() -> None:
    """Older pages are not: the last one is short, and not every run comes so far."""
    front = ListPage(links=(), older=f"{LIST}?p=1", is_whole_list=False)
    first = ListPage(links=(), older=f"{LIST}?p=2")
    health = Health()
    health.listed(LIST, front)
    health.listed(f"{LIST}?p=1", first, is_newest=False)
    health.listed(f"{LIST}?p=2", ListPage(links=(), older=None), is_newest=False)
    assert health.record()["lists"].keys() == {LIST, f"{LIST}?p=1"}


def test_the_record_is_json_and_nothing_said_changes_it() -> None:
    health = health_of(*(article(n) for n in range(12)))
    health.failed("no known template", "layout", "https://baothu.vn/x")
    before = health.record()
    health.weaknesses(usual(), {})
    assert health.record() == before == json.loads(json.dumps(before))


def test_an_empty_run_has_an_empty_record() -> None:
    assert Health().record() == {}
    assert Health().weaknesses(usual(), {"lead": 1.0}) == ()


def test_flags_are_counted() -> None:
    flagged = article(1, warnings=("layout_unknown", "date_missing"))
    health = health_of(flagged, article(2, warnings=("layout_unknown",)), article(3))
    assert dict(health.warnings) == {"layout_unknown": 2, "date_missing": 1}


# What is named ----------------------------------------------------------------------------------


def test_a_run_like_those_before_is_well() -> None:
    assert named(health_of(*(article(500 + n) for n in range(20))), usual()) == []


def test_a_field_that_cannot_be_read_is_named_with_three_pages() -> None:
    health = health_of(article(1), article(2))
    for number in range(5):
        health.failed("a1", "headline", f"https://baothu.vn/{number}")
    [weak] = health.weaknesses((), {})
    assert str(weak) == "headline (a1): not read on 5 of 7 pages"
    assert weak.examples == tuple(f"https://baothu.vn/{number}" for number in range(EXAMPLES_MAX))


def test_failures_come_first_and_most_pages_first() -> None:
    health = health_of(*(article(n, lead=None) for n in range(20)))
    health.failed("a1", "body", "https://baothu.vn/b")
    for _ in range(2):
        health.failed("a1", "published", "https://baothu.vn/p")
    assert named(health, usual()) == [("a1", "published"), ("a1", "body"), ("a1", "lead")]


def test_a_lost_field_is_named_with_pages_that_lack_it() -> None:
    lacking = [article(n, lead=None) for n in range(20)]
    [weak] = health_of(*lacking).weaknesses(usual(), {})
    assert str(weak) == "lead (a1): lead on 0% of 20 articles, usually on 100%"
    assert weak.examples == tuple(each.url for each in lacking[:EXAMPLES_MAX])


def test_what_leaks_is_named_with_pages_that_have_it() -> None:
    clean = [article(n) for n in range(4)]
    leaking = [
        article(n, body=f"Người bán kể chuyện thứ {n}.\n\nChợ đêm Bến Sung mở thêm hàng {n}")
        for n in range(4, 24)
    ]
    found = health_of(*clean, *leaking).weaknesses(usual(), {})
    [weak] = [weak for weak in found if weak.sign == "a loose line"]
    assert (weak.field, weak.examples) == ("body", tuple(a.url for a in leaking[:EXAMPLES_MAX]))


def test_a_field_below_the_newspapers_floor_is_named_in_its_first_run() -> None:
    health = health_of(*(article(n, lead=None if n % 2 else "Chợ họp sớm.") for n in range(20)))
    assert named(health, [], lead=0.5) == []
    [weak] = health.weaknesses([], {"lead": 0.6})
    assert str(weak) == "lead (a1): on 50% of 20 articles, the floor is 60%"


def test_one_text_under_all_addresses_is_named() -> None:
    same = [replace(article(1), url=f"https://baothu.vn/{n}") for n in range(20)]
    [weak] = health_of(*same).weaknesses(usual(), {})
    assert (weak.field, weak.said) == ("body", "the same text on 95% of the pages")


def test_the_same_picture_in_all_articles_is_named() -> None:
    def pictured(n: int, name: str) -> Article:
        return article(n, images=(Image(url=f"https://baothu.vn/{name}.jpg"),))

    before = [health_of(*(pictured(r * 30 + n, f"{r}-{n}") for n in range(30))).record()
              for r in range(3)]  # fmt: skip
    assert named(health_of(*(pictured(n, f"x{n}") for n in range(20))), before) == []
    assert named(health_of(*(pictured(n, "trong") for n in range(20))), before) == [
        ("a1", "images")
    ]


def test_stand_ins_are_no_measure_of_anything() -> None:
    generic = "newscrawl/1.0.0 baothu/generic.1"
    before = usual(extractor=generic)
    lacking = (article(n, lead=None, extractor=generic) for n in range(20))
    assert named(health_of(*lacking), before, lead=1.0) == []


# Refusals ---------------------------------------------------------------------------------------


def refusing(refused: int, read: int, why: str = "soft 404", first: int = 0) -> Health:
    health = health_of(*(article(first + n) for n in range(read)))
    for number in range(refused):
        health.refused(why, f"https://baothu.vn/{number}")
    return health


def test_pages_that_pass_for_missing_are_named_with_three_of_them() -> None:
    before = [refusing(1, 29, first=100 * run).record() for run in range(3)]
    [weak] = refusing(19, 1).weaknesses(before, {})
    assert str(weak) == "body (no article): soft 404 on 95% of 20 pages, usually on 3%"
    assert weak.examples == tuple(f"https://baothu.vn/{n}" for n in range(EXAMPLES_MAX))


@pytest.mark.parametrize(
    ("refused", "read", "is_named"),
    [(0, 20, False), (2, 18, False), (9, 11, False), (11, 9, True), (20, 0, True), (9, 0, False)],
)
def test_most_of_ten_pages_or_more_must_be_refused(refused: int, read: int, is_named: bool) -> None:
    before = [refusing(1, 29, first=100 * run).record() for run in range(3)]
    assert bool(named(refusing(refused, read), before)) is is_named


def test_nearly_all_pages_of_a_first_run_are_too_many() -> None:
    assert named(refusing(17, 3), []) == []
    assert named(refusing(18, 2), []) == [("no article", "body")]


def test_a_paper_of_films_is_no_redesign() -> None:
    before = [refusing(25, 5, "video", first=100 * run).record() for run in range(3)]
    assert named(refusing(18, 2, "video"), before) == []
    assert named(refusing(18, 2, "soft 404"), before) == [("no article", "body")]


def test_many_that_go_among_many_that_stay_are_no_redesign() -> None:
    def run(gone: int, unchanged: int) -> Health:
        health = health_of(*(article(n) for n in range(5)))
        for _ in range(unchanged):
            health.unchanged()
        for number in range(gone):
            health.vanished(404, f"https://baothu.vn/{number}")
        return health

    before = [run(2, 60).record() for _ in range(3)]
    assert named(run(30, 300), before) == []
    [weak] = run(30, 10).weaknesses(before, {})
    assert str(weak) == "url (gone): HTTP 404 on 67% of 45 pages, usually on 3%"


# Lists ------------------------------------------------------------------------------------------


def test_a_list_that_gives_less_is_named_by_its_address() -> None:
    page = ListPage(
        links=tuple(
            Link(url=f"https://baothu.vn/mua-che-{n}.html", key=str(n), title="Mùa chè")
            for n in range(14)
        ),
        older=None,
    )
    runs = [Health() for _ in range(3)]
    for health in runs:
        health.listed(LIST, page)
    runs[2].listed(LIST, ListPage(links=page.links[:3], older=None))
    [weak] = runs[2].weaknesses([run.record() for run in runs[:2]], {})
    assert (weak.template, weak.field, weak.examples) == ("lists", "links", (LIST,))


def test_a_list_that_cannot_be_read_is_named_by_its_address() -> None:
    health = Health()
    health.listed(f"{LIST}?p=2", ListPage(links=(), older=None))
    health.unlisted(LIST)
    [weak] = health.weaknesses([], {})
    assert str(weak) == "links (lists): not read on 1 of 2 pages"
    assert weak.examples == (LIST,)


# What later runs compare with -------------------------------------------------------------------


def line(health: Health, before: Sequence[Record]) -> dict[str, Any]:
    """What `runs/` holds of the run, as far as health goes."""
    weak = [
        {"template": w.template, "field": w.field, "sign": w.sign}
        for w in health.weaknesses(before, {})
    ]
    return {"fields": health.record(), "weaknesses": weak}


def test_a_redesign_is_told_until_it_is_mended_or_nothing_else_is_left() -> None:
    lines = [{"fields": record, "weaknesses": []} for record in usual()]
    told = []
    for run in range(1, 35):
        before = [*map(comparable, lines[-30:])]
        now = health_of(*(article(1000 * run + n, lead=None) for n in range(20)))
        told.append(bool(now.weaknesses(before, {})))
        lines.append(line(now, before))
    assert told[:28] == [True] * 28
    assert told[30:] == [False] * 4


def test_what_could_not_be_read_spoils_nothing_that_was() -> None:
    health = health_of(*(article(n) for n in range(20)))
    health.failed("a1", "published", "https://baothu.vn/x")
    run = line(health, usual())
    assert [weak["sign"] for weak in run["weaknesses"]] == [""]
    assert comparable(run) == run["fields"]


def test_only_the_weak_template_is_left_out() -> None:
    legacy = "newscrawl/1.0.0 baothu/k.1"
    health = health_of(
        *(article(n, lead=None) for n in range(20)),
        *(article(n, extractor=legacy) for n in range(20, 40)),
    )
    assert comparable(line(health, usual())).keys() == {"k", "no article", "gone"}


@pytest.mark.parametrize("run", [{}, {"command": "reparse"}, {"fields": {}}])
def test_a_run_that_read_nothing_has_nothing_to_compare(run: dict[str, Any]) -> None:
    assert comparable(run) == {}


# A layout whose marks are gone ------------------------------------------------------------------


def unmarked(count: int, *articles: Article) -> Health:
    health = health_of(*articles)
    for number in range(count):
        health.unmarked("a1", f"https://baothu.vn/bai-{number}.html")
    return health


def test_a_layout_that_no_page_carries_is_told_with_examples() -> None:
    (told,) = unmarked(6).failures()
    assert str(told) == (
        "layout (a1): none of 6 pages carries its marks; the generic reader read them"
    )
    assert told.examples == tuple(f"https://baothu.vn/bai-{number}.html" for number in range(3))


def test_a_few_pages_without_marks_are_magazines() -> None:
    assert unmarked(4).failures() == ()


def test_a_layout_that_one_page_still_carries_is_not_lost() -> None:
    assert unmarked(9, article(1)).failures() == ()
