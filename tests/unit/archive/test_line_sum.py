"""A flipped letter in a stored line is told before the line leaves the ledger."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Article
from tests.support.articles import NOON, story_of

TEXTS = (
    "Người dân bản Nà Hin gặt lúa sớm.",
    "Người dân bản Nà Hin gặt lúa muộn.",
    "Bản Nà Hin gặt nếp sớm.",
)


def story(text: str, key: str = "1") -> Article:
    return story_of(text, key, raw_ref="pages/2026-11/r1-00001.warc.gz#1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive that is closed: one article and the version that it superseded, not exported."""
    place = tmp_path / "bao"
    with Ledger.open(place, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        ledger.links.sift([Link(url="https://bao.vn/gat-lua-1.html", key="1")], "r1", NOON)
        ledger.articles.archive(story(TEXTS[0]), NOON)
        later = NOON + timedelta(days=1)
        ledger.articles.archive(replace(story(TEXTS[1]), fetched_at=later), later)
    return place


def flip(folder: Path, old: str, new: str) -> None:
    """Change a letter in the file, and seal it: the look at the pages has not come this far."""
    path = folder / DATABASE
    found = path.read_bytes()
    assert found.count(old.encode()) == 1
    path.write_bytes(found.replace(old.encode(), new.encode()))
    checksum.seal(path)


def use(folder: Path, act: Callable[[Ledger], object]) -> str:
    """What the ledger says when the line is used."""
    with Ledger.open(folder, "bao") as ledger, pytest.raises(ArchiveError) as caught:
        act(ledger)
    return str(caught.value)


ACTS: dict[str, Callable[[Ledger], object]] = {
    "a page is compared": lambda ledger: ledger.articles.archive(story(TEXTS[0]), NOON),
    "the article is asked for": lambda ledger: ledger.articles.get("1"),
    "all are read": lambda ledger: list(ledger.articles.lines()),
    "its page is lost": lambda ledger: ledger.articles.forget_pages({story("").raw_ref or ""}),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_flipped_letter_of_an_article_is_told(
    act: Callable[[Ledger], object], folder: Path
) -> None:
    flip(folder, "lúa muộn", "lúa muọn")
    said = use(folder, act)
    assert "is damaged" in said
    assert "verify bao --rebuild`" in said


def test_nothing_damaged_is_exported(folder: Path) -> None:
    flip(folder, "lúa muộn", "lúa muọn")
    assert "no file was written" in use(folder, lambda ledger: export(ledger, folder))
    assert not list(folder.glob("articles/**/*.jsonl"))


def test_nothing_damaged_of_an_older_version_is_exported(folder: Path) -> None:
    flip(folder, "lúa sớm", "lúa sờm")
    assert "is damaged" in use(folder, lambda ledger: export(ledger, folder))
    assert "is damaged" in use(folder, lambda ledger: ledger.articles.revisions("1"))
    assert not list(folder.glob("revisions/*.jsonl"))


def test_what_is_whole_is_exported(folder: Path) -> None:
    with Ledger.open(folder, "bao") as ledger:
        assert export(ledger, folder).articles == 1
    (path,) = folder.glob("articles/**/*.jsonl")
    assert TEXTS[1] in path.read_text("utf-8")


def test_a_line_of_an_earlier_version_has_no_sum_until_it_is_written_again(folder: Path) -> None:
    path = folder / DATABASE
    with sqlite3.connect(path) as db:
        db.execute("UPDATE articles SET sum = NULL")
    db.close()
    checksum.seal(path)
    flip(folder, "lúa muộn", "lúa muọn")
    with Ledger.open(folder, "bao") as ledger:
        found = ledger.articles.get("1")
        assert found is not None
        assert found.body == "Người dân bản Nà Hin gặt lúa muọn."
        later = NOON + timedelta(days=2)
        ledger.articles.archive(replace(story(TEXTS[2]), fetched_at=later), later)
    flip(folder, "nếp sớm", "nếp sờm")
    assert "is damaged" in use(folder, lambda ledger: ledger.articles.get("1"))
