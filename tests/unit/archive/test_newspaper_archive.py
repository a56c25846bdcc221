"""When an archive puts on the disk what a crawl has kept."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.archive.newspaper_archive import (
    COMMIT_MAX_S,
    COMMIT_MIN_PAGES,
    ArchiveOptions,
    is_commit_due,
    open_archive,
)
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.urls.article_keys import vnpt_key
from tests.support.exchanges import exchange

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pages", "seconds", "due"),
    [
        (0, 0.0, False),
        (7, 4.9, False),
        (8, 0.0, True),
        (9, 0.0, True),
        (0, 5.0, True),  # what lists have brought
        (1, 5.0, True),
    ],
)
def test_eight_pages_or_five_seconds_make_a_commit_due(
    pages: int, seconds: float, due: bool
) -> None:
    assert (COMMIT_MIN_PAGES, COMMIT_MAX_S) == (8, 5.0)
    assert is_commit_due(pages, seconds) is due


@pytest.mark.parametrize("keeps_pages", [True, False])
def test_the_eighth_page_is_committed_with_those_before_it(
    tmp_path: Path, keeps_pages: bool
) -> None:
    options = ArchiveOptions(home=tmp_path, keeps_pages=keeps_pages, free_min_bytes=0)
    commits: list[int] = []
    with open_archive(options, "baothu", vnpt_key) as archive:
        archive.begin(CrawlArguments(), AT)
        archive.ledger.database.before_commit = lambda: commits.append(1)
        for number in range(COMMIT_MIN_PAGES):
            url = f"https://baothu.vn/tin/202506/bai-aaaaaa{number}/"
            archive.keep(exchange(url, b"<p>Tin</p>", AT))
            archive.ledger.months.mark_dirty("articles", f"2026-{number + 1:02}")
        archive.flush_in_time()
        assert commits == [1]
        archive.ledger.months.mark_dirty("articles", "undated")
        archive.flush()
        assert commits == [1, 1]
