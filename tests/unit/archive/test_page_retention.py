"""Raw pages older than is kept go; no article does."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.page_retention import outdated_pages, prune_pages
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.newspaper_archive import ArchiveOptions, Retention, open_archive
from newscrawl.archive.warc.page_reader import pages
from newscrawl.article.item_schema import check_line
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.timestamps import utc_text
from newscrawl.urls.article_keys import vnpt_key
from tests.support.articles import FETCHED, make_article
from tests.support.exchanges import exchange

NAME = "baothu"
MONTH = timedelta(days=31)


def keys(folder: Path) -> dict[str, str]:
    """The month of each article's raw page, "" where none is kept."""
    with Ledger.open_to_read(folder) as ledger:
        return {
            line["id"].rpartition("-")[2]: line["raw_ref"][6:13] for line in ledger.articles.lines()
        }


def run(home: Path, at: datetime, *numbers: str, months: int = 0, body: str = "") -> None:
    """A run that reads these articles, with a text of this run unless `body` gives one."""
    options = ArchiveOptions(
        home=home, keeps_pages=True, free_min_bytes=0, retention=Retention(page_months=months)
    )
    archive = open_archive(options, NAME, vnpt_key)
    archive.run_id = utc_text(at)
    archive.begin(CrawlArguments(), at)
    for number in numbers:
        text = body or f"Tin {number}, {at:%Y-%m}."
        url = f"https://baothu.vn/tin/202506/bai-{number}/"
        ref = archive.keep(exchange(url, f"<p>{text}</p>".encode(), at))
        article = make_article(
            id=f"{NAME}:202506-{number}", url=url, body=text, raw_ref=ref, fetched_at=at,
            syllable_count=len(text.split()), content_hash=f"sha256:{abs(hash(text)):064x}",
            run_id=archive.run_id,
        )  # fmt: skip
        archive.ledger.articles.archive(article, at)
    archive.finish({"run_id": archive.run_id, "started_at": utc_text(at)}, at)
    archive.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    run(tmp_path, FETCHED, "aaaaaa1", "aaaaaa2")
    run(tmp_path, FETCHED + MONTH, "aaaaaa2", "aaaaaa3")
    run(tmp_path, FETCHED + 2 * MONTH, "aaaaaa4")
    return tmp_path


def test_by_default_everything_is_kept(home: Path) -> None:
    assert outdated_pages(home / NAME, 0) == ()
    assert outdated_pages(home / NAME, 3) == ()
    assert keys(home / NAME) == {
        "aaaaaa1": "2026-11", "aaaaaa2": "2026-12", "aaaaaa3": "2026-12", "aaaaaa4": "2027-01",
    }  # fmt: skip


def test_old_pages_go_and_no_article(home: Path) -> None:
    folder = home / NAME
    with Ledger.open(folder, NAME) as ledger:
        pruned = prune_pages(ledger, folder, 2)
    assert [name[:13] for name in pruned.files] == ["pages/2026-11"]
    assert pruned.lines == 2  # the article, and the older version of the other
    assert pruned.shared_bytes == pruned.bytes > 0
    assert str(pruned).startswith("removed 1 page file of 2026-11 … 2026-11, 0.0 MB, 0.0 MB still")
    assert not (folder / "pages" / "2026-11").exists()
    assert keys(folder) == {
        "aaaaaa1": "", "aaaaaa2": "2026-12", "aaaaaa3": "2026-12", "aaaaaa4": "2027-01",
    }  # fmt: skip
    with Ledger.open_to_read(folder) as ledger:
        assert ledger.articles.without_page() == (f"{NAME}:202506-aaaaaa1",)
    assert verify(folder, check_line) == ()


def test_a_run_ends_with_it(home: Path) -> None:
    run(home, FETCHED + 3 * MONTH, "aaaaaa5", months=1)
    assert set(keys(home / NAME).values()) == {"", "2027-02"}
    assert len(keys(home / NAME)) == 5
    assert verify(home / NAME, check_line) == ()


def test_a_clock_that_runs_ahead_costs_one_month(home: Path) -> None:
    run(home, FETCHED + 40 * MONTH, months=3)  # a run without a page
    assert set(keys(home / NAME).values()) == {"2026-11", "2026-12", "2027-01"}
    run(home, FETCHED + 41 * MONTH, "aaaaaa5", months=3)
    assert set(keys(home / NAME).values()) == {"", "2026-12", "2027-01", "2030-05"}


def test_a_page_that_repeats_a_removed_one_is_lost_too(home: Path) -> None:
    same = f"Tin aaaaaa1, {FETCHED:%Y-%m}."
    run(home, FETCHED + 2 * MONTH + timedelta(days=1), "aaaaaa1", body=same)  # kept as a revisit
    folder = home / NAME
    with Ledger.open(folder, NAME) as ledger:
        article = ledger.articles.get("202506-aaaaaa1")
        assert article is not None
        (revisit,) = (page for page in pages(folder) if page.payload_ref != page.raw_ref)
        assert revisit.raw_ref[6:13] == "2027-01"
        line = replace(article, raw_ref=revisit.raw_ref)
        ledger.articles.archive(
            replace(line, content_hash="sha256:" + "1" * 64), FETCHED + 3 * MONTH
        )
    with Ledger.open(folder, NAME) as ledger:
        prune_pages(ledger, folder, 2)
    assert keys(folder)["aaaaaa1"] == ""
    assert [str(problem) for problem in verify(folder, check_line)] == []


def test_a_page_that_is_asked_for_again_is_kept_anew(home: Path) -> None:
    same = f"Tin aaaaaa1, {FETCHED:%Y-%m}."
    run(home, FETCHED + 2 * MONTH + timedelta(hours=1), months=1)
    assert keys(home / NAME)["aaaaaa1"] == ""
    run(home, FETCHED + 2 * MONTH + timedelta(days=1), "aaaaaa1", months=1, body=same)
    assert keys(home / NAME)["aaaaaa1"] == "2027-01"
    with Ledger.open_to_read(home / NAME) as ledger:
        line = ledger.articles.line("202506-aaaaaa1")
    assert line is not None
    assert line["revision"] == 1


def test_a_file_that_a_kill_left_is_removed_by_the_next(home: Path) -> None:
    folder = home / NAME
    old = next((folder / "pages" / "2026-11").iterdir())
    data = old.read_bytes()
    with Ledger.open(folder, NAME) as ledger:
        prune_pages(ledger, folder, 2)
    old.parent.mkdir()
    old.write_bytes(data)  # killed before it was removed
    assert verify(folder, check_line) == ()
    run(home, FETCHED + 2 * MONTH + timedelta(hours=1), months=2)
    assert not old.exists()
    assert verify(folder, check_line) == ()
