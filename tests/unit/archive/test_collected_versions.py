"""Pages that others fetched: each becomes the version of its moment, in any order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.ledger.article_table import key_of
from newscrawl.archive.ledger.collected_versions import Collected
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.items import Article
from tests.support.articles import FETCHED, make_article

KEY = "202506-75f1237"


def page(day: int, text: str) -> Article:
    at = FETCHED + timedelta(days=day)
    content_hash = f"sha256:{sha256(text.encode()).hexdigest()}"
    return make_article(body=text, content_hash=content_hash, fetched_at=at, first_seen_at=at)


def collect(ledger: Ledger, *pages: Article) -> list[Collected]:
    outcomes = []
    for each in pages:
        is_news = not ledger.collected.says_nothing_new(each)
        before = chain(ledger)
        outcomes.append(ledger.collected.archive(each))
        assert is_news or chain(ledger) == before
    return outcomes


def chain(ledger: Ledger) -> list[tuple[int, str]]:
    """Revision and text of every version, oldest first, after checking what must always hold."""
    newest = ledger.articles.get(KEY)
    if newest is None:
        return []
    older = ledger.articles.revisions(KEY)
    assert [line["revision"] for line in older] == [*range(1, len(older) + 1)]
    assert newest.revision == len(older) + 1
    assert ledger.faults() == ()
    moments = [line["superseded_at"] for line in older]
    assert moments == sorted(moments)
    for line in older:
        assert line["changed_fields"]
        assert datetime.fromisoformat(line["superseded_at"]) >= datetime.fromisoformat(
            line["fetched_at"]
        )
    texts = [*(line["body"] for line in older), newest.body or ""]
    return [*enumerate(texts, 1)]


def texts(ledger: Ledger) -> list[str]:
    return [text for _, text in chain(ledger)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "baothu", "baothu") as opened:
        opened.begin_run("r1", FETCHED, {})
        yield opened


def test_the_first_page_is_the_article(ledger: Ledger) -> None:
    assert collect(ledger, page(3, "một")) == ["new"]
    assert texts(ledger) == ["một"]


def test_a_later_page_with_other_words_is_its_newest_version(ledger: Ledger) -> None:
    assert collect(ledger, page(3, "một"), page(5, "hai")) == ["new", "changed"]
    assert texts(ledger) == ["một", "hai"]
    found = ledger.articles.get(KEY)
    assert found is not None
    assert found.first_seen_at == FETCHED + timedelta(days=3)


def test_an_older_page_stands_before_what_is_archived(ledger: Ledger) -> None:
    assert collect(ledger, page(9, "ba"), page(1, "một"), page(5, "hai")) == [
        "new", "earlier", "earlier",
    ]  # fmt: skip
    assert texts(ledger) == ["một", "hai", "ba"]
    found = ledger.articles.get(KEY)
    assert found is not None
    assert found.first_seen_at == FETCHED + timedelta(days=1)
    first, second = ledger.articles.revisions(KEY)
    assert first["superseded_at"] == "2026-11-28T16:07:05Z"
    assert second["superseded_at"] == "2026-12-02T16:07:05Z"
    assert first["changed_by"] == second["changed_by"] == "newspaper"


def test_a_page_that_says_what_stands_beside_it_is_no_version(ledger: Ledger) -> None:
    collect(ledger, page(3, "một"), page(9, "hai"))
    assert (
        collect(ledger, page(3, "một"), page(5, "một"), page(7, "hai"), page(9, "hai"))
        == ["unchanged"] * 4
    )
    assert texts(ledger) == ["một", "hai"]


def test_the_same_words_on_an_earlier_day_only_date_the_article_back(ledger: Ledger) -> None:
    assert collect(ledger, page(9, "một"), page(2, "một")) == ["new", "unchanged"]
    found = ledger.articles.get(KEY)
    assert found is not None
    assert (found.first_seen_at, found.revision) == (FETCHED + timedelta(days=2), 1)
    assert found.fetched_at == FETCHED + timedelta(days=9)


def test_an_edit_that_was_taken_back_before_the_last_look_is_between(ledger: Ledger) -> None:
    collect(ledger, page(1, "một"))
    ledger.begin_run("r2", FETCHED + timedelta(days=9), {})
    ledger.links.mark_unchanged(KEY, FETCHED + timedelta(days=9))
    assert collect(ledger, page(5, "hai")) == ["earlier"]
    assert texts(ledger) == ["một", "hai", "một"]
    moments = [line["superseded_at"] for line in ledger.articles.revisions(KEY)]
    assert moments == ["2026-11-28T16:07:05Z", "2026-12-02T16:07:05Z"]


def test_an_article_that_is_gone_stays_gone(ledger: Ledger) -> None:
    collect(ledger, page(1, "một"))
    for day in (3, 5):
        ledger.begin_run(f"r{day}", FETCHED + timedelta(days=day), {})
        ledger.articles.mark_absent(KEY, 404, FETCHED + timedelta(days=day))
    assert collect(ledger, page(2, "hai")) == ["earlier"]
    found = ledger.articles.get(KEY)
    assert found is not None
    assert (found.status, found.body, found.revision) == ("gone", "một", 3)


@given(st.permutations([(day, f"lời {day}") for day in range(6)]))
def test_versions_with_words_of_their_own_stand_in_the_order_of_their_days(
    tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[int, str]]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("bao") / "baothu", "baothu") as ledger:
        ledger.begin_run("r1", FETCHED, {})
        collect(ledger, *(page(*each) for each in pages))
        assert texts(ledger) == [f"lời {day}" for day in range(6)]
        assert set(collect(ledger, *(page(*each) for each in pages))) == {"unchanged"}


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=7))
def test_pages_in_the_order_of_their_days_give_a_version_a_change(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    with Ledger.open(tmp_path_factory.mktemp("bao") / "baothu", "baothu") as ledger:
        ledger.begin_run("r1", FETCHED, {})
        collect(ledger, *(page(day, word) for day, word in enumerate(words)))
        expected = [word for n, word in enumerate(words) if n == 0 or words[n - 1] != word]
        assert texts(ledger) == expected
        assert set(collect(ledger, *(page(day, word) for day, word in enumerate(words)))) == {
            "unchanged"
        }


def test_the_months_of_all_versions_are_written_anew(ledger: Ledger) -> None:
    collect(ledger, page(40, "ba"))
    ledger.months.mark_exported(tuple(ledger.months.dirty()))
    collect(ledger, page(1, "một"))
    assert [*ledger.months.dirty()] == [("revisions", "2027-01"), ("articles", "2025-06")]
    collect(ledger, replace(page(8, "hai"), headline="Tên khác"))
    assert {month for folder, month in ledger.months.dirty() if folder == "revisions"} == {
        "2026-12", "2027-01",
    }  # fmt: skip
    assert key_of(page(1, "một").id) == KEY
