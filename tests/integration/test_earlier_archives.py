"""Archives that released versions wrote open with this one, and lose nothing by it."""

import shutil
import tarfile
from pathlib import Path

import pytest

from newscrawl import load
from newscrawl.archive.export.row_reader import read_articles, read_revisions
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.tables import VERSION
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.newspaper_archive import ArchiveOptions, open_archive
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.article.item_schema import check_line
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider
from newscrawl.urls.article_keys import vnpt_key
from newscrawl.version import __version__
from tests.archives.__main__ import NAME
from tests.support.articles import FETCHED
from tests.support.paths import ROOT

PACKED = sorted((ROOT / "tests" / "archives").glob("*.tar.xz"))


@pytest.fixture(params=PACKED, ids=lambda path: path.name.removesuffix(".tar.xz"))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(request.param) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / NAME


def lines_of(folder: Path) -> dict[str, bytes]:
    paths = [
        path for kind in ("articles", "revisions") for path in (folder / kind).rglob("*.jsonl")
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in verify(folder, check_line) if not problem.is_waiting]


def test_the_archives_of_all_releases_are_here() -> None:
    assert {path.name.removesuffix(".tar.xz") for path in PACKED} >= {"0.1.0", __version__}


def test_it_opens_and_no_line_changes(folder: Path) -> None:
    before = lines_of(folder)
    options = ArchiveOptions(home=folder.parent, keeps_pages=True, free_min_bytes=0)
    with open_archive(options, NAME, vnpt_key) as archive:
        assert archive.ledger.database.row("PRAGMA user_version") == (VERSION,)
        archive.export()
    assert lines_of(folder) == before
    assert problems_of(folder) == []


def test_it_is_whole_before_it_is_opened(folder: Path) -> None:
    before = (folder / "state" / "ledger.sqlite").read_bytes()
    assert problems_of(folder) == []
    assert (folder / "state" / "ledger.sqlite").read_bytes() == before


def test_every_page_can_be_read(folder: Path) -> None:
    lines = [*read_articles(folder), *read_revisions(folder)]
    assert len(lines) > 50
    for line in lines:
        assert read_page(folder, line["raw_ref"]).status == 200


def test_its_ledger_can_be_made_anew(folder: Path) -> None:
    before = lines_of(folder)
    rebuild(folder, NAME, FETCHED, check_line, BaoTuyenQuangSpider.key_of)
    with Ledger.open(folder, NAME) as ledger:
        assert ledger.articles.count() == len([*read_articles(folder)])
        assert ledger.faults() == ()
    assert lines_of(folder) == before
    assert problems_of(folder) == []


def test_its_published_files_alone_are_enough(folder: Path) -> None:
    shutil.rmtree(folder / "state")
    rebuild(folder, NAME, FETCHED, check_line, BaoTuyenQuangSpider.key_of)
    assert problems_of(folder) == []


def test_researchers_can_load_it(folder: Path) -> None:
    assert len(load(folder.parent)) == len([*read_articles(folder)])
