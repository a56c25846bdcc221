"""Articles in the ledger: what becomes of a page read again."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.archive.ledger.article_table import key_of, month_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.revision import EXTRA, revise
from newscrawl.discovery.source import Link
from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    to_line,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def hash_of(text: str) -> str:
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def story(key: str, text: str = "Cầu mới nối hai bờ sông.", day: int = 20) -> Article:
    published = datetime(2026, 11, day, 7, 30, tzinfo=VIETNAM)
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=f"https://bao.vn/cau-moi-{key}.html",
        headline="Thông xe cầu mới",
        lead="Cây cầu dài 300 m.",
        body=text,
        tags=("giao thông",),
        published_at=published,
        published_date=published.date(),
        published_precision="minute",
        modified_at=None,
        first_seen_at=NOON,
        fetched_at=NOON,
        revision=1,
        gone_at=None,
        content_hash=hash_of(text),
        raw_ref=f"pages/2026-11/r1-00001.warc.gz#{key}",
        extractor="newscrawl/0.1.0 bao/1",
        run_id="r1",
        syllable_count=6,
    )


def edited(article: Article, text: str, now: datetime, run_id: str = "r2") -> Article:
    return replace(
        article,
        body=text,
        content_hash=hash_of(text),
        first_seen_at=now,
        fetched_at=now,
        run_id=run_id,
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path, "bao") as opened:
        opened.begin_run("r1", NOON, {})
        yield opened


def lines(ledger: Ledger, month: str = "2026-11") -> list[str]:
    return list(ledger.months.lines("articles", month))


def dirty(ledger: Ledger) -> list[tuple[str, str]]:
    return list(ledger.months.dirty())


def clean(ledger: Ledger) -> None:
    ledger.months.mark_exported(tuple(ledger.months.dirty()))


def test_a_new_article_is_its_line_and_its_link(ledger: Ledger) -> None:
    link = Link(url=story("1").url, key="1", title="Thông xe")
    ledger.links.sift([link], "r1", NOON)
    stored = ledger.articles.archive(story("1"), NOON, '"a"', "Fri, 20 Nov 2026 00:30:00 GMT")
    assert (stored.outcome, stored.revision, stored.article) == ("new", 1, story("1"))
    assert [json.loads(line) for line in lines(ledger)] == [to_line(story("1"))]
    assert ledger.articles.get("1") == story("1")
    assert ledger.links.states()["archived"] == 1
    assert dirty(ledger) == [("articles", "2026-11")]
    assert ledger.articles.count() == 1


def test_an_article_whose_link_no_list_named_is_archived_with_one(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    link = ledger.links.get("1")
    assert link is not None
    assert (link.url, link.published_at) == (story("1").url, story("1").published_at)


def test_lines_hold_letters_as_they_are_and_no_break(ledger: Ledger) -> None:
    ledger.articles.archive(story("1", "Đoạn một.\n\nĐoạn hai."), NOON)
    (line,) = lines(ledger)
    assert "Đoạn một." in line
    assert "\n" not in line


def test_the_same_text_again_touches_no_line(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    before = lines(ledger)
    clean(ledger)
    ledger.begin_run("r2", NOON + DAY, {})
    again = replace(
        story("1"), fetched_at=NOON + DAY, tags=("cầu",), run_id="r2", raw_ref="pages/x.warc.gz#9"
    )
    stored = ledger.articles.archive(again, NOON + DAY, '"b"')
    assert (stored.outcome, stored.revision, stored.article) == ("unchanged", 1, story("1"))
    assert lines(ledger) == before
    assert dirty(ledger) == []
    assert ledger.database.row("SELECT etag, streak FROM links") == ('"b"', 1)


def test_telling_the_same_article_twice_in_a_run_moves_the_schedule_once(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    for _ in range(3):
        ledger.articles.archive(story("1"), NOON + DAY)
    assert ledger.database.row("SELECT streak, changes FROM links") == (1, 0)


def test_an_edit_is_the_next_revision_and_the_older_one_is_kept(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    clean(ledger)
    ledger.begin_run("r2", NOON + DAY, {})
    new = replace(edited(story("1"), "Cầu mới dài 310 m.", NOON + DAY), tags=("giao thông", "cầu"))
    stored = ledger.articles.archive(new, NOON + DAY)
    assert (stored.outcome, stored.revision) == ("changed", 2)
    assert stored.article == replace(new, revision=2, first_seen_at=NOON)
    (older,) = ledger.articles.revisions("1")
    assert older == {
        **to_line(story("1")),
        "superseded_at": "2026-11-24T12:00:00Z",
        "changed_by": "newspaper",
        "changed_fields": ["body", "tags", "content_hash"],
    }
    assert tuple(older) == (*FIELDS, *EXTRA)
    assert dirty(ledger) == [("revisions", "2026-11"), ("articles", "2026-11")]
    assert ledger.database.row("SELECT revision, changes, streak FROM links") == (2, 1, 0)


def test_an_edit_taken_back_is_a_revision_too(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    for number, text in enumerate(("Bản hai.", story("1").body or ""), 2):
        ledger.begin_run(f"r{number}", NOON + DAY, {})
        ledger.articles.archive(edited(story("1"), text, NOON + DAY), NOON + DAY)
    article = ledger.articles.get("1")
    assert article is not None
    assert (article.revision, article.body) == (3, story("1").body)
    assert [line["revision"] for line in ledger.articles.revisions("1")] == [1, 2]


def test_an_article_that_moves_to_another_month_touches_both(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    clean(ledger)
    october = datetime(2026, 10, 2, 7, 0, tzinfo=VIETNAM)
    moved = replace(edited(story("1"), "Bản hai.", NOON), published_at=october)
    ledger.articles.archive(moved, NOON)
    assert lines(ledger) == []
    assert len(lines(ledger, "2026-10")) == 1
    assert dirty(ledger) == [
        ("revisions", "2026-11"), ("articles", "2026-10"), ("articles", "2026-11"),
    ]  # fmt: skip


def test_the_month_that_gains_is_written_before_the_one_that_loses(ledger: Ledger) -> None:
    october = datetime(2026, 10, 2, 7, 0, tzinfo=VIETNAM)
    ledger.articles.archive(replace(story("1"), published_at=october), NOON)
    clean(ledger)
    ledger.articles.archive(edited(story("1"), "Bản hai.", NOON), NOON)
    assert dirty(ledger)[1:] == [("articles", "2026-11"), ("articles", "2026-10")]


def test_an_undated_article_has_a_file_of_its_own(ledger: Ledger) -> None:
    undated = replace(
        story("1"),
        published_at=None,
        published_date=None,
        published_precision="",
        published_source="",
    )
    ledger.articles.archive(undated, NOON)
    assert len(lines(ledger, "undated")) == 1
    assert ledger.articles.get("1") == undated
    assert ledger.articles.span() == (None, None)


def test_the_span_is_of_the_dated_articles(ledger: Ledger) -> None:
    ledger.articles.archive(story("1", "a", day=2), NOON)
    ledger.articles.archive(story("2", "b", day=28), NOON)
    ledger.articles.archive(replace(story("3", "c"), published_at=None, published_date=None), NOON)
    assert ledger.articles.span() == (
        story("1", day=2).published_at,
        story("2", day=28).published_at,
    )


def test_the_month_is_of_the_vietnamese_calendar() -> None:
    late = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
    assert month_of(to_line(replace(story("1"), published_at=late))) == "2026-11"


def test_lines_come_by_publication_then_id(ledger: Ledger) -> None:
    for key, day in (("9", 20), ("10", 20), ("3", 21), ("4", 1)):
        ledger.articles.archive(story(key, f"Bài {key}.", day), NOON)
    ids = [json.loads(line)["id"] for line in lines(ledger)]
    assert ids == ["bao:4", "bao:10", "bao:9", "bao:3"]
    assert [line["id"] for line in ledger.articles.lines()] == ids


def lose(ledger: Ledger, at: datetime, status: int = 404) -> None:
    """Have the page of article 1 answer so in two runs, at that time and a day later."""
    for number in range(2):
        now = at + number * DAY
        ledger.begin_run(f"lost {number}", now, {})
        ledger.articles.mark_absent("1", status, now)


def test_one_absence_is_no_loss(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON, '"v1"')
    clean(ledger)
    ledger.begin_run("r2", NOON + 30 * DAY, {})
    assert ledger.articles.mark_absent("1", 404, NOON + 30 * DAY) == "missed"
    ledger.begin_run("r3", NOON + 31 * DAY - timedelta(seconds=1), {})
    later = NOON + 31 * DAY - timedelta(seconds=1)
    assert ledger.articles.mark_absent("1", 404, later) == "missed_again"
    assert ledger.articles.get("1") == story("1")
    assert dirty(ledger) == []
    assert ledger.links.states()["archived"] == 1
    ledger.begin_run("r4", NOON + 31 * DAY, {})
    named = Link(url=story("1").url, key="1")
    (ask,) = ledger.links.sift([named], "r4", NOON + 31 * DAY).ask
    assert (ask.reason, ask.etag) == ("due", None)
    assert ledger.articles.archive(story("1"), NOON + 31 * DAY).outcome == "unchanged"
    ledger.begin_run("r5", NOON + 40 * DAY, {})
    assert ledger.articles.mark_absent("1", 404, NOON + 40 * DAY) == "missed"


def test_an_absence_a_day_after_the_first_is_a_loss(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    clean(ledger)
    lose(ledger, NOON + DAY)
    expected = replace(story("1"), status="gone", gone_at=NOON + DAY, http_status=404)
    assert ledger.articles.get("1") == expected
    assert dirty(ledger) == [("articles", "2026-11")]
    assert ledger.articles.revisions("1") == ()
    clean(ledger)
    ledger.begin_run("r3", NOON + 9 * DAY, {})
    assert ledger.articles.mark_absent("1", 410, NOON + 9 * DAY) == "known"
    assert ledger.articles.get("1") == expected
    assert dirty(ledger) == []
    assert ledger.links.states()["gone"] == 1


def test_410_in_two_runs_is_a_loss_at_once(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    told = []
    for run, status in enumerate((410, 404, 410), 2):
        ledger.begin_run(f"r{run}", NOON + DAY, {})
        told.append(ledger.articles.mark_absent("1", status, NOON + DAY))
    assert told == ["missed", "missed_again", "gone"]
    gone = ledger.articles.get("1")
    assert gone is not None
    assert (gone.status, gone.http_status) == ("gone", 410)


def test_every_other_address_is_asked_before_an_absence_is_believed(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    addresses = [
        story("1").url,
        "https://bao.vn/doi-ten-1.html",
        "https://bao.vn/doi-lan-hai-1.html",
    ]
    ledger.begin_run("r2", NOON + DAY, {})
    ledger.links.sift([Link(url=url, key="1") for url in addresses[1:]], "r2", NOON + DAY)
    asked = [addresses[0]]
    while (ask := ledger.links.next_address("1", asked[-1])) is not None:
        assert (ask.reason, ask.etag) == ("due", None)
        asked.append(ask.link.url)
    assert sorted(asked) == sorted(addresses)
    assert ledger.links.next_address("1", asked[0]) is None
    ledger.begin_run("r3", NOON + 2 * DAY, {})
    assert ledger.links.next_address("1", asked[0]) is not None


def test_the_line_names_the_address_that_answers(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    clean(ledger)
    moved = replace(story("1"), url="https://bao.vn/doi-ten-1.html", raw_ref="pages/b#2")
    ledger.begin_run("r2", NOON + DAY, {})
    stored = ledger.articles.archive(moved, NOON + DAY)
    assert (stored.outcome, stored.article) == ("unchanged", moved)
    assert ledger.articles.get("1") == moved
    assert dirty(ledger) == [("articles", "2026-11")]
    link = ledger.links.get("1")
    assert link is not None
    assert link.url == moved.url
    assert ledger.links.addresses("1") == (story("1").url, moved.url)
    clean(ledger)
    ledger.begin_run("r3", NOON + 2 * DAY, {})
    ledger.articles.archive(moved, NOON + 2 * DAY)
    assert dirty(ledger) == []


@pytest.mark.parametrize("how", ["a list", "refetch", "the schedule"])
def test_a_removed_page_that_returns_is_live_again_without_a_revision(
    ledger: Ledger, how: str
) -> None:
    ledger.articles.archive(story("1"), NOON)
    lose(ledger, NOON + DAY)
    now = NOON + 2 * DAY if how == "a list" else NOON + 4 * DAY
    ledger.begin_run("r3", now, {})
    if how == "a list":
        asks = ledger.links.sift([Link(url=story("1").url, key="1")], "r3", now).ask
    else:
        if how == "refetch":
            ledger.links.look_again(DAY, now)
        asks = tuple(ledger.links.waiting(now, 5))
    assert [(ask.link.key, ask.reason, ask.etag) for ask in asks] == [("1", "due", None)]
    stored = ledger.articles.archive(story("1"), now)
    assert (stored.outcome, stored.revision, stored.article) == ("gone_back", 1, story("1"))
    assert ledger.links.states()["archived"] == 1
    assert ledger.articles.revisions("1") == ()


def test_a_removed_page_that_returns_changed_is_a_revision_and_live(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    lose(ledger, NOON + DAY)
    ledger.begin_run("r3", NOON + 2 * DAY, {})
    stored = ledger.articles.archive(edited(story("1"), "Bản hai.", NOON + 2 * DAY), NOON + 2 * DAY)
    assert (stored.outcome, stored.article.status, stored.article.gone_at) == (
        "changed",
        "live",
        None,
    )
    (older,) = ledger.articles.revisions("1")
    assert (older["status"], older["gone_at"]) == ("gone", "2026-11-24T12:00:00Z")
    assert older["changed_fields"] == ["body", "content_hash"]


def test_a_copy_points_at_the_earliest_and_copies_do_not_chain(ledger: Ledger) -> None:
    kept = [
        ledger.articles.archive(story(key, day=day), NOON).article
        for key, day in (("2", 9), ("1", 3), ("3", 20))
    ]
    assert [article.duplicate_of for article in kept] == [None, "bao:2", "bao:2"]
    assert ledger.articles.get("2") == kept[0]


def test_of_several_originals_the_earliest_published_is_named(ledger: Ledger) -> None:
    for key, day in (("5", 9), ("6", 3)):
        ledger.articles.archive(story(key, f"Bài {key}.", day), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    for key, day in (("5", 9), ("6", 3)):
        ledger.articles.archive(edited(story(key, day=day), "Cùng một bài.", NOON), NOON)
    stored = ledger.articles.archive(story("7", "Cùng một bài.", 25), NOON)
    assert ledger.articles.get("6").duplicate_of == "bao:5"  # type: ignore[union-attr]
    assert stored.article.duplicate_of == "bao:5"


def test_a_copy_stays_one_when_seen_again_and_is_judged_anew_when_its_text_changes(
    ledger: Ledger,
) -> None:
    ledger.articles.archive(story("1"), NOON)
    ledger.articles.archive(story("2", day=22), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    assert ledger.articles.archive(story("2", day=22), NOON + DAY).article.duplicate_of == "bao:1"
    changed = ledger.articles.archive(
        edited(story("2", day=22), "Bài riêng.", NOON + DAY), NOON + DAY
    )
    assert changed.article.duplicate_of is None
    assert ledger.articles.get("1").duplicate_of is None  # type: ignore[union-attr]


def test_films_under_one_headline_are_no_copies(ledger: Ledger) -> None:
    film = replace(story("1"), body=None, kind="video", content_hash=hash_of("Bản tin tối"))
    ledger.articles.archive(film, NOON)
    second = replace(film, id="bao:2", url="https://bao.vn/ban-tin-toi-2.html")
    assert ledger.articles.archive(second, NOON).article.duplicate_of is None


def test_the_extractor_with_unchanged_code_changes_nothing(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    schedule = ledger.database.row("SELECT * FROM links")
    clean(ledger)
    reread = replace(
        story("1"), run_id="r9", extractor="newscrawl/0.2.0 bao/2", first_seen_at=NOON + DAY
    )
    stored = ledger.articles.archive(reread, NOON + DAY, changed_by="extractor")
    assert (stored.outcome, stored.article) == ("unchanged", story("1"))
    assert dirty(ledger) == []
    assert ledger.database.row("SELECT * FROM links") == schedule


def test_what_the_extractor_reads_otherwise_is_its_revision_not_the_newspapers(
    ledger: Ledger,
) -> None:
    ledger.articles.archive(story("1"), NOON, '"a"')
    before = ledger.database.row(
        "SELECT state, next_due, etag, changes, streak, checked_at FROM links"
    )
    reread = replace(story("1"), authors=("Lò Văn Inh",), run_id="r9")
    stored = ledger.articles.archive(reread, NOON + DAY, changed_by="extractor")
    assert (stored.outcome, stored.revision) == ("changed", 2)
    assert stored.article == replace(reread, revision=2)
    (older,) = ledger.articles.revisions("1")
    assert (older["changed_by"], older["changed_fields"]) == ("extractor", ["authors"])
    after = ledger.database.row(
        "SELECT state, next_due, etag, changes, streak, checked_at FROM links"
    )
    assert after == before
    assert ledger.database.row("SELECT revision FROM links") == (2,)


def test_the_extractor_does_not_bring_a_removed_page_back(ledger: Ledger) -> None:
    ledger.articles.archive(story("1"), NOON)
    for run in ("r2", "r3"):
        ledger.begin_run(run, NOON + DAY, {})
        ledger.articles.mark_absent("1", 410, NOON + DAY)
    reread = replace(story("1"), tags=("cầu",))
    stored = ledger.articles.archive(reread, NOON + 2 * DAY, changed_by="extractor")
    assert (stored.article.status, stored.article.gone_at) == ("gone", NOON + DAY)
    assert ledger.links.states()["gone"] == 1


def test_a_page_the_extractor_could_not_read_is_archived_once_it_can(ledger: Ledger) -> None:
    ledger.links.sift([Link(url=story("1").url, key="1")], "r1", NOON)
    ledger.links.fail("1", "headline: not found on the page", NOON)
    stored = ledger.articles.archive(story("1"), NOON + DAY, changed_by="extractor")
    assert stored.outcome == "new"
    assert ledger.links.states()["archived"] == 1
    assert list(ledger.links.troubles("failed")) == []


def test_revising_keeps_the_first_sight_of_the_article() -> None:
    old = story("1")
    new = edited(old, "Bản hai.", NOON + DAY)
    assert revise(old, new).article.first_seen_at == NOON
    assert revise(None, replace(new, revision=7, status="gone", gone_at=NOON)).article == new


def test_keys_and_ids() -> None:
    assert key_of(story("202506-75f1237").id) == "202506-75f1237"


def test_nothing_is_lost_over_a_close(ledger: Ledger, tmp_path: Path) -> None:
    ledger.articles.archive(story("1"), NOON)
    ledger.begin_run("r2", NOON + DAY, {})
    ledger.articles.archive(edited(story("1"), "Bản hai.", NOON), NOON)
    ledger.articles.archive(replace(story("2", day=2), published_date=date(2026, 11, 2)), NOON)
    before = (
        list(ledger.articles.lines()),
        ledger.articles.revisions("1"),
        ledger.links.states(),
        dirty(ledger),
    )
    ledger.close()
    with Ledger.open(tmp_path, "bao") as again:
        assert (
            list(again.articles.lines()),
            again.articles.revisions("1"),
            again.links.states(),
            dirty(again),
        ) == before
        assert again.faults() == ()
