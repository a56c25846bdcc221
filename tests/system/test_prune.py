"""`scrapy prune` as an operator types it, and what `reparse` says afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.newspaper_archive import ArchiveOptions, open_archive
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.timestamps import utc_text
from newscrawl.urls.article_keys import vnpt_key
from tests.support.articles import FETCHED, make_article
from tests.support.commands import run_scrapy
from tests.support.exchanges import exchange

pytestmark = pytest.mark.thorough

NAME = "baotuyenquang"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three runs, each in another month, with an article each."""
    for number in range(3):
        at = FETCHED + number * timedelta(days=31)
        options = ArchiveOptions(home=tmp_path, keeps_pages=True, free_min_bytes=0)
        with open_archive(options, NAME, vnpt_key) as archive:
            archive.run_id = utc_text(at)
            archive.begin(CrawlArguments(), at)
            url = f"https://baotuyenquang.com.vn/kinh-te/202506/bai-aaaaaa{number}/"
            ref = archive.keep(exchange(url, b"<p>Na Hang</p>", at))
            article = make_article(
                id=f"{NAME}:202506-aaaaaa{number}", newspaper=NAME, url=url, raw_ref=ref,
                fetched_at=at, content_hash=f"sha256:{number:064x}", syllable_count=9,
            )  # fmt: skip
            archive.ledger.articles.archive(article, at)
            archive.finish({"run_id": archive.run_id, "started_at": utc_text(at)}, at)
    return tmp_path


def months(home: Path) -> list[str]:
    return sorted(path.name for path in (home / NAME / "pages").iterdir())


def test_nothing_goes_unless_the_operator_says_so(home: Path) -> None:
    done = run_scrapy("prune", NAME, "-s", f"ARCHIVE={home}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{NAME}: all pages are kept\nsnapshots removed: 0\n"
    assert months(home) == ["2026-11", "2026-12", "2027-01"]


def test_the_operators_file_says_how_much_is_kept(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "newscrawl.toml"
    file.write_text(
        f'archive = "{home}"\n[retention]\npages_months = 1\nsnapshots_daily = 1\n'
        "snapshots_monthly = 0\n"
    )
    given = ("--config", str(file))
    done = run_scrapy("prune", NAME, "--dry-run", *given)
    assert [line[:26] for line in done.stdout.splitlines()] == [
        "would remove pages/2026-11", "would remove pages/2026-12",
    ]  # fmt: skip
    assert len(months(home)) == 3
    done = run_scrapy("prune", NAME, *given)
    assert done.returncode == 0, done.stderr
    assert f"{NAME}: removed 2 page files of 2026-11 … 2026-12, " in done.stdout
    assert "; 2 lines without a raw page now" in done.stdout
    assert "snapshots removed: 2" in done.stdout
    assert months(home) == ["2027-01"]
    assert len([*read_articles(home / NAME)]) == 3
    done = run_scrapy("verify", NAME, *given)
    assert done.stdout == f"{NAME}: 3 articles, whole\n"
    done = run_scrapy("reparse", NAME, *given)
    assert " 1 page read again: " in done.stdout
    assert done.stdout.rstrip().endswith(" · without a kept page 2")
    done = run_scrapy("reparse", NAME, "--without-page", *given)
    assert done.stdout.split() == [f"{NAME}:202506-aaaaaa0", f"{NAME}:202506-aaaaaa1"]


def test_an_impossible_retention_is_refused(home: Path) -> None:
    done = run_scrapy("prune", NAME, "-s", f"ARCHIVE={home}", "-s", "PAGES_KEEP_MONTHS=-1")
    assert done.returncode == 2
    assert "PAGES_KEEP_MONTHS: '-1' is too small: write one of 0 or more" in done.stderr
    assert len(months(home)) == 3
