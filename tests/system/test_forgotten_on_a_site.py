"""A site goes on naming what was forgotten: it is neither asked for, nor read, nor kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.takedown import forget_article
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.warc.page_reader import pages
from newscrawl.article.item_schema import check_line
from tests.support.moody_site import MoodySite, Reply, moody_site, page, redirect

pytestmark = pytest.mark.thorough
VICTIM = 11
TEXT = f"của chuyện thứ {VICTIM}, kể".encode()


def key_of(site: MoodySite, number: int) -> str:
    key = site.paper.key_of(f"https://{site.paper.domain}{site.path(number)}")
    assert key is not None
    return key


def forget(site: MoodySite, home: Path, number: int) -> None:
    name, folder = site.paper.name, home / site.paper.name
    with hold_lock(folder):
        forget_article(
            folder, name, f"{name}:{key_of(site, number)}", "theo yêu cầu", datetime.now(UTC),
            site.paper.key_of,
        )  # fmt: skip


def holds_the_text(site: MoodySite, home: Path) -> bool:
    folder = home / site.paper.name
    files = (path.read_bytes() for path in folder.rglob("*") if path.is_file())
    bodies = (kept.body for kept in pages(folder))
    return any(TEXT in data for data in (*files, *bodies))


def test_a_list_that_names_it_is_passed_over(tmp_path: Path) -> None:
    with moody_site("K", former=6) as site:
        assert site.crawl(tmp_path).exit_code == 0
        assert holds_the_text(site, tmp_path)
        forget(site, tmp_path, VICTIM)
        site.numbers.insert(0, 40)
        report = site.crawl(tmp_path, day=2, refetch="0d")
        assert (report.exit_code, report.count("article/new")) == (0, 1)
        assert site.asked[site.path(VICTIM)] == 0
        assert site.archived(tmp_path) == {*site.numbers, *site.former} - {VICTIM}
        assert not holds_the_text(site, tmp_path)


def test_a_redirect_to_it_keeps_nothing(tmp_path: Path) -> None:
    with moody_site("K", former=6) as site:
        site.crawl(tmp_path)
        forget(site, tmp_path, VICTIM)
        site.numbers.insert(0, 40)

        def rule(target: str) -> Reply | None:
            there = f"https://{site.paper.domain}{site.path(VICTIM)}"
            return redirect(there) if urlsplit(target).path == site.path(40) else None

        report = site.crawl(tmp_path, rule, day=2)
        assert site.asked[site.path(VICTIM)] == 1
        assert report.count("refused/forgotten") == 1
        assert not holds_the_text(site, tmp_path)
        assert 40 not in site.archived(tmp_path)
        assert verify(tmp_path / site.paper.name, check_line) == ()


def test_a_new_slug_of_the_same_number_is_passed_over(tmp_path: Path) -> None:
    with moody_site("K", former=6) as site:
        site.crawl(tmp_path)
        forget(site, tmp_path, VICTIM)
        moved = site.path(VICTIM).replace("chuyen-lang", "chuyen-lang-moi")

        def rule(target: str) -> Reply | None:
            if target == moved:
                return site.article(VICTIM)
            if not site.is_article(target) and "xa-hoi" in target:
                body = site.answer(target).body.decode()
                return page(body.replace(site.path(VICTIM), moved))
            return None

        report = site.crawl(tmp_path, rule, day=2)
        assert report.exit_code == 0
        assert site.asked[moved] == 0
        ids = {line["id"] for line in read_articles(tmp_path / site.paper.name)}
        assert f"{site.paper.name}:{key_of(site, VICTIM)}" not in ids
        assert len(ids) == 22 + 6
        assert not holds_the_text(site, tmp_path)


def test_the_run_after_it_needs_no_more_lists_than_before(tmp_path: Path) -> None:
    with moody_site("K", former=6) as site:
        site.crawl(tmp_path)
        site.crawl(tmp_path, day=1)
        before = site.lists_asked()
        for number in (23, 22, 21, 20, 19):  # the whole newest page
            forget(site, tmp_path, number)
        report = site.crawl(tmp_path, day=1 + timedelta(hours=1) / timedelta(days=1))
        assert report.exit_code == 0
        assert site.lists_asked() <= before + 1
