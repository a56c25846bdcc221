"""Lines taken back into a ledger, files of pages adopted, one by one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.month_table import line_text
from newscrawl.archive.ledger.revision import changed_fields, revise, superseded
from newscrawl.archive.ledger.revisit_schedule import REVISIT_MAX
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.restore import (
    count_changes,
    restore_article,
    restore_revision,
    restore_run,
)
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.discovery.source import Link
from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    Line,
    to_line,
)
from tests.support.exchanges import exchange

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def check_line(line: Line) -> tuple[str, ...]:
    return () if tuple(line) == FIELDS else ("not an article",)


def story(key: str = "1", text: str = "Trường mới đón học sinh.") -> Article:
    published = datetime(2026, 9, 5, 7, 0, tzinfo=VIETNAM)
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=f"https://bao.vn/truong-moi-{key}.html",
        headline="Trường mới",
        body=text,
        kind="photo",
        published_at=published,
        published_date=published.date(),
        published_precision="minute",
        modified_at=None,
        first_seen_at=NOON,
        fetched_at=NOON + DAY,
        revision=1,
        gone_at=None,
        content_hash=f"sha256:{sha256(text.encode()).hexdigest()}",
        run_id="r1",
        syllable_count=5,
    )


def text_of(article: Article) -> str:
    return line_text(to_line(article))


def older(article: Article, by: str = "newspaper", at: str = "2026-11-23T12:00:00Z") -> str:
    return line_text({**superseded(to_line(article), at, "newspaper", ("body",)), "changed_by": by})


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "bao", "bao") as opened:
        yield opened


def test_an_article_comes_back_with_its_link_and_its_very_line(ledger: Ledger) -> None:
    text = text_of(story())
    assert restore_article(ledger, text, check_line, NOON + DAY)
    assert list(ledger.months.lines("articles", "2026-09")) == [text]
    assert ledger.articles.get("1") == story()
    link = ledger.links.get("1")
    assert link == Link(url=story().url, key="1", published_at=story().published_at, kind="photo")
    row = ledger.database.row("SELECT state, seen_at, checked_at, revision, next_due FROM links")
    assert row is not None
    assert row[:4] == (
        "archived", int(NOON.timestamp()), int((NOON + DAY).timestamp()), 1,
    )  # fmt: skip
    assert NOON + DAY < datetime.fromtimestamp(row[4], UTC) <= NOON + DAY + REVISIT_MAX
    assert list(ledger.months.dirty()) == []


def test_a_removed_article_comes_back_removed(ledger: Ledger) -> None:
    gone = replace(story(), status="gone", gone_at=NOON)
    assert restore_article(ledger, text_of(gone), check_line, NOON)
    assert ledger.links.states()["gone"] == 1
    assert ledger.articles.get("1") == gone


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": "bao:1"}'])
def test_what_is_no_article_is_not_taken(ledger: Ledger, text: str) -> None:
    assert not restore_article(ledger, text, check_line, NOON)
    assert not restore_revision(ledger, text, check_line)
    assert not restore_run(ledger, text)
    assert ledger.articles.count() == 0


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_two_lines_of_one_article_the_newer_counts(ledger: Ledger, newest_first: bool) -> None:
    other = datetime(2026, 8, 1, tzinfo=VIETNAM)
    lines = [story(), replace(story(text="Bản hai."), revision=2, published_at=other)]
    for article in reversed(lines) if newest_first else lines:
        assert restore_article(ledger, text_of(article), check_line, NOON)
    assert ledger.articles.get("1") == lines[1]
    assert list(ledger.months.dirty()) == [("articles", "2026-09")]
    assert ledger.database.row("SELECT revision FROM links") == (2,)


def test_older_versions_come_back_and_are_counted_by_who_made_them(ledger: Ledger) -> None:
    restore_article(ledger, text_of(replace(story(), revision=4)), check_line, NOON)
    restore_article(ledger, text_of(story("2", "Khác.")), check_line, NOON)
    makers = ("newspaper", "extractor", "newspaper")
    texts = [older(replace(story(), revision=n), by) for n, by in enumerate(makers, 1)]
    assert all(restore_revision(ledger, text, check_line) for text in texts)
    count_changes(ledger)
    assert list(ledger.months.lines("revisions", "2026-11")) == texts
    assert [line["revision"] for line in ledger.articles.revisions("1")] == [1, 2, 3]
    assert list(ledger.database.rows("SELECT key, changes FROM links ORDER BY key")) == [
        ("1", 2),
        ("2", 0),
    ]
    assert ledger.faults() == ()


def test_an_older_version_that_is_no_article_is_not_taken(ledger: Ledger) -> None:
    line = json.loads(older(story()))
    del line["headline"]
    assert not restore_revision(ledger, line_text(line), check_line)
    del line["superseded_at"]
    assert not restore_revision(ledger, line_text(line), check_line)


def test_runs_come_back_in_order_and_their_ids_stay_taken(ledger: Ledger) -> None:
    records = [
        {"run_id": f"r{n}", "started_at": f"2026-1{n}-01T00:00:00Z", "new": n} for n in range(3)
    ]
    for record in records:
        assert restore_run(ledger, line_text(record))
    assert ledger.runs.last(9) == tuple(reversed(records))
    assert ledger.months.of("runs") == ("2026-10", "2026-11", "2026-12")
    assert ledger.begin_run("r9", NOON, {}) == ()


# Pure rules ------------------------------------------------------------------------------------


def test_fields_that_say_how_a_line_came_to_be_are_no_change() -> None:
    other = replace(
        story(), first_seen_at=NOON - DAY, fetched_at=NOON, http_status=203, revision=9,
        status="gone", gone_at=NOON, raw_ref="pages/x#1", extractor="newscrawl/9", run_id="r9",
        duplicate_of="bao:7",
    )  # fmt: skip
    assert changed_fields(story(), other) == ()
    assert revise(story(), other, "extractor").outcome == "unchanged"


@pytest.mark.parametrize("field", ["headline", "lead", "byline", "section", "source", "lang"])
def test_each_field_a_page_states_is_a_change_to_the_extractor_only(field: str) -> None:
    other = replace(story(), **{field: "khác"})  # type: ignore[arg-type]
    assert changed_fields(story(), other) == (field,)
    assert revise(story(), other, "extractor").outcome == "changed"
    assert revise(story(), other).outcome == "unchanged"


def test_a_part_of_a_second_is_no_change() -> None:
    at = story().published_at
    assert at is not None
    other = replace(story(), published_at=at.replace(microsecond=7))
    assert changed_fields(story(), other) == ()


def test_the_same_moment_in_another_zone_is_no_change() -> None:
    at = story().published_at
    assert at is not None
    assert changed_fields(story(), replace(story(), published_at=at.astimezone(UTC))) == ()


# Whole archives --------------------------------------------------------------------------------


def test_an_empty_archive_is_rebuilt_empty(tmp_path: Path) -> None:
    rebuilt = rebuild(tmp_path / "bao", "bao", NOON, check_line)
    assert (rebuilt.articles, rebuilt.links, rebuilt.left_out) == (0, 0, ())
    assert verify(tmp_path / "bao", check_line) == ()


def test_a_revisit_of_a_lost_page_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    html = b"<h1>Truong moi</h1>" * 30
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        for run, at in (("r1", NOON), ("r2", NOON + DAY)):
            with PageStore(folder, run, ledger.pages) as store:
                raw_ref = store.keep(exchange(story().url, html, at))
        ledger.articles.archive(replace(story(), raw_ref=raw_ref), NOON)
        export(ledger, folder)
    assert verify(folder, check_line) == ()
    next(folder.glob("pages/*/r1-*")).unlink()
    told = "\n".join(map(str, verify(folder, check_line)))
    assert "r2-00001.warc.gz#" in told
    assert "the page of bao:1 is unreadable" in told


def test_rebuilding_twice_is_the_same_as_once(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        for key in "123":
            ledger.articles.archive(story(key, f"Bài {key}."), NOON)
        ledger.runs.end("r1", {"run_id": "r1", "started_at": "2026-11-23T12:00:00Z"})
        export(ledger, folder)
    files = {path: path.read_bytes() for path in folder.rglob("*.json*")}
    kept = [rebuild(folder, "bao", NOON + n * DAY, check_line).kept_aside for n in (1, 2)]
    assert len({path.name for path in kept if path is not None}) == 2
    assert {path: path.read_bytes() for path in folder.rglob("*.json*")} == files
    assert verify(folder, check_line) == ()
