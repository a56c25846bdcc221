"""Which kept pages count as redesigned, and what is known of their articles."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.warc.page_reader import KeptPage
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.cli.redesigned_pages import is_unlike, known_line, redesign_of
from newscrawl.spiders.baolaocai import BaoLaoCaiSpider
from tests.support.articles import FETCHED, make_article
from tests.support.redesigned import Change, redesigned, removed, renamed

FAMILY: Final = "newscrawl/1.0 baolaocai/c.2"
GENERIC: Final = "newscrawl/1.0 baolaocai/generic.2"
NEW_PAGE: Final = "pages/2026-11/a.warc.gz#90"
OLD_PAGE: Final = "pages/2026-11/a.warc.gz#10"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = Ledger.open(tmp_path, "baolaocai")
    opened.begin_run("r1", FETCHED, {})
    return opened


def keep(ledger: Ledger, *, hours: int = 0, **more: str) -> None:
    at = FETCHED + timedelta(hours=hours)
    made = make_article(id="baolaocai:1", newspaper="baolaocai", fetched_at=at, **more)
    ledger.articles.archive(made, at)


def test_a_line_that_a_page_class_read_of_an_earlier_page_is_known(ledger: Ledger) -> None:
    keep(ledger, raw_ref=OLD_PAGE, extractor=FAMILY)
    line = known_line(ledger, "1", NEW_PAGE)
    assert line is not None
    assert line["raw_ref"] == OLD_PAGE


def test_what_was_read_of_the_page_itself_is_not_known_of_it(ledger: Ledger) -> None:
    keep(ledger, raw_ref=NEW_PAGE, extractor=FAMILY)
    assert known_line(ledger, "1", NEW_PAGE) is None


def test_what_the_generic_reader_read_is_not_known(ledger: Ledger) -> None:
    keep(ledger, raw_ref=OLD_PAGE, extractor=GENERIC)
    assert known_line(ledger, "1", NEW_PAGE) is None
    assert known_line(ledger, "2", NEW_PAGE) is None


def test_an_earlier_version_is_known_where_the_newest_is_of_the_page(ledger: Ledger) -> None:
    keep(ledger, raw_ref=OLD_PAGE, extractor=FAMILY)
    ledger.begin_run("r2", FETCHED + timedelta(hours=9), {})
    keep(ledger, raw_ref=NEW_PAGE, extractor=FAMILY, hours=9, content_hash="sha256:" + "1" * 64)
    line = known_line(ledger, "1", NEW_PAGE)
    assert line is not None
    assert line["raw_ref"] == OLD_PAGE


def pages(*changes: Change) -> tuple[KnownPage, ...]:
    return redesigned("C", *changes, pages=4).pages


def test_a_page_that_is_read_as_before_is_not_redesigned() -> None:
    assert not any(is_unlike(BaoLaoCaiSpider, known) for known in pages())


@pytest.mark.parametrize("field", ["headline", "body", "lead"])
def test_a_page_on_which_a_field_has_another_name_is_redesigned(field: str) -> None:
    assert all(is_unlike(BaoLaoCaiSpider, known) for known in pages(renamed(field)))


def test_a_page_without_the_lead_is_redesigned_where_the_archive_knows_one() -> None:
    assert all(is_unlike(BaoLaoCaiSpider, known) for known in pages(removed("lead")))


def test_a_guessed_lead_counts_where_the_selector_finds_nothing() -> None:
    guessed = [replace(known, is_archived=False) for known in pages()]
    assert not any(is_unlike(BaoLaoCaiSpider, known) for known in guessed)
    bare = [replace(known, is_archived=False) for known in pages(removed("lead"))]
    assert all(is_unlike(BaoLaoCaiSpider, known) for known in bare)


def test_an_archive_without_a_ledger_says_nothing(tmp_path: Path) -> None:
    known = pages(renamed("headline"))[0].document
    kept = KeptPage(
        raw_ref=NEW_PAGE,
        url=known.url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=known.body,
        fetched_at=known.fetched_at,
        digest="",
        payload_ref=NEW_PAGE,
    )
    assert redesign_of(tmp_path, BaoLaoCaiSpider, kept) is None
