"""Verifying finds every harm; rebuilding mends it from what is left."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.verification import Problem, is_snapshot, verify
from newscrawl.archive.warc.page_store import PageStore
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import (
    FIELDS,
    VIETNAM,
    Article,
    Line,
)
from tests.support.exchanges import exchange

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def address(key: str) -> str:
    return f"https://bao.vn/hoi-thao-{key}.html"


def key_of_url(url: str) -> str | None:
    stem = url.removesuffix(".html").rpartition("-")[2]
    return stem if stem.isdigit() else None


def check_line(line: Line) -> tuple[str, ...]:
    return () if tuple(line) == FIELDS and line["headline"] else ("not an article",)


def story(key: str, raw_ref: str, month: int = 11, text: str = "Hội thảo chè.") -> Article:
    published = datetime(2026, month, 5, 7, 30, tzinfo=VIETNAM)
    return Article(
        schema_version=1,
        id=f"bao:{key}",
        newspaper="bao",
        url=address(key),
        headline=f"Hội thảo {key}",
        body=text,
        published_at=published,
        published_date=published.date(),
        published_precision="minute",
        modified_at=None,
        first_seen_at=NOON,
        fetched_at=NOON,
        revision=1,
        gone_at=None,
        content_hash=f"sha256:{sha256((text + key).encode()).hexdigest()}",
        raw_ref=raw_ref,
        run_id="r1",
        syllable_count=3,
    )


def crawl(ledger: Ledger, pages: PageStore, key: str, **changed: str | int) -> None:
    html = f"<h1>Hội thảo {key} {changed}</h1>".encode() * 20
    raw_ref = pages.keep(exchange(address(key), html, NOON))
    article = story(key, raw_ref, **changed)  # type: ignore[arg-type]
    ledger.articles.archive(article, NOON, f'"{key}"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of two runs: articles, an edit, a loss, a copy of nothing, a page not read."""
    folder = tmp_path / "bao"
    with Ledger.open(folder, "bao") as ledger:
        for run in ("r1", "r2"):
            ledger.begin_run(run, NOON, {})
            pages = PageStore(folder, run, ledger.pages)
            if run == "r1":
                ledger.links.sift(
                    [Link(url=address(k), key=k, title="Chè") for k in "12345678"], run, NOON
                )
                ledger.lists.note("nong-nghiep", Listing("trang-4", None, None), NOON)
                for key, month in zip("1234", (9, 10, 11, 11), strict=True):
                    crawl(ledger, pages, key, month=month)
                ledger.links.refuse("5", "robots.txt", NOON)
                ledger.links.fail("6", "headline: not found on the page", NOON)
                pages.keep(exchange(address("6"), b"<h2>6</h2>", NOON))
            else:
                crawl(ledger, pages, "2", month=10, text="Hội thảo chè, bản hai.")
                ledger.articles.mark_absent("3", 404, NOON)
            pages.close()
            record = {"run_id": run, "started_at": "2026-11-23T12:00:00Z", "new": 4}
            ledger.runs.end(run, record)
            export(ledger, folder)
    return folder


def problems(folder: Path) -> tuple[Problem, ...]:
    return verify(folder, check_line)


def told(folder: Path) -> str:
    found = problems(folder)
    assert found
    return "\n".join(map(str, found))


def published(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for kind in ("articles", "revisions", "runs")
        for path in (folder / kind).rglob("*")
        if path.is_file()
    }


def tables(folder: Path) -> dict[str, list[object]]:
    """What a rebuilding must restore: all but validators, schedules and what a list said."""
    with Ledger.open(folder, "bao") as ledger:
        queries = {
            "articles": "SELECT * FROM articles ORDER BY key",
            "revisions": "SELECT * FROM revisions ORDER BY rowid",
            "runs": "SELECT run_id, month, started_at, record FROM runs ORDER BY number",
            "listings": "SELECT * FROM listings",
            "with article": "SELECT key, url, state, revision, changes, published_at "
            "FROM links WHERE revision > 0 ORDER BY key",
            "without": "SELECT * FROM links WHERE revision = 0 ORDER BY key",
            "payloads": "SELECT * FROM payloads ORDER BY url",
            "page files": "SELECT * FROM page_files ORDER BY path",
            "dirty": "SELECT * FROM dirty",
        }
        return {name: list(ledger.database.rows(query)) for name, query in queries.items()}


def test_a_whole_archive_has_no_problem_and_is_left_as_it_is(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert problems(folder) == ()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_an_empty_archive_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path / "bao") == ()


def test_a_ledger_that_a_kill_left_without_a_byte_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "bao" / "state").mkdir(parents=True)
    (tmp_path / "bao" / "state" / "ledger.sqlite").touch()
    assert problems(tmp_path / "bao") == ()


def _edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _torn_line(folder: Path) -> None:
    _edit(folder / "articles/2026/2026-11.jsonl", lambda data: data[:-30])


def _invalid_line(folder: Path) -> None:
    _edit(folder / "articles/2026/2026-11.jsonl", lambda d: d.replace("Hội thảo 4".encode(), b""))


def _line_twice(folder: Path) -> None:
    _edit(folder / "articles/2026/2026-09.jsonl", lambda data: data + data)


def _foreign_month(folder: Path) -> None:
    (folder / "articles/2026/2026-09.jsonl").rename(folder / "articles/2026/2026-08.jsonl")


def _disorder(folder: Path) -> None:
    _edit(
        folder / "articles/2026/2026-11.jsonl",
        lambda data: b"".join(sorted(data.splitlines(keepends=True), reverse=True)),
    )


def _missing_file(folder: Path) -> None:
    (folder / "articles/2026/2026-10.jsonl").unlink()


def _torn_revision(folder: Path) -> None:
    _edit(folder / "revisions/2026-11.jsonl", lambda data: data[:-2])


def _invalid_revision(folder: Path) -> None:
    _edit(folder / "revisions/2026-11.jsonl", lambda d: d.replace("Hội thảo 2".encode(), b""))


def _bad_manifest(folder: Path) -> None:
    _edit(folder / "manifest.json", lambda data: data[:-9])


def _unlisted_file(folder: Path) -> None:
    (folder / "runs/2020-01.jsonl").write_text("{}\n")


def _damaged_ledger(folder: Path) -> None:
    _edit(folder / DATABASE, lambda data: data[:5000] + b"?" + data[5001:])


HARMS: dict[Callable[[Path], None], str] = {
    _torn_line: "articles/2026/2026-11.jsonl, line 2: not a whole JSON object",
    _invalid_line: "articles/2026/2026-11.jsonl, line 2: not an article",
    _line_twice: "articles/2026/2026-09.jsonl, line 2: bao:1 stands in the files twice",
    _foreign_month: "articles/2026/2026-08.jsonl, line 1: bao:1 belongs in another month",
    _disorder: "articles/2026/2026-11.jsonl, line 2: bao:3 is out of order",
    _missing_file: "articles/2026/2026-10.jsonl: it is missing",
    _torn_revision: "revisions/2026-11.jsonl, line 1: not a whole superseded version",
    _invalid_revision: "revisions/2026-11.jsonl, line 1: not an article",
    _bad_manifest: "manifest.json: ",
    _unlisted_file: "runs/2020-01.jsonl: the manifest does not list it",
    _damaged_ledger: "state: ",
}
MENDABLE = tuple(harm for harm in HARMS if harm not in (_foreign_month, _unlisted_file))


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_is_told_where_it_is(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    assert HARMS[harm] in told(folder)


@pytest.mark.parametrize("harm", MENDABLE)
def test_each_harm_of_one_side_is_mended_from_the_other(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    files, before = published(folder), tables(folder)
    harm(folder)
    rebuilt = rebuild(folder, "bao", NOON + DAY, check_line, key_of_url)
    assert problems(folder) == ()
    assert published(folder) == files
    assert tables(folder) == before
    assert (rebuilt.articles, rebuilt.links, rebuilt.left_out) == (4, 8, ())
    assert rebuilt.kept_aside is not None
    assert rebuilt.kept_aside.name == "ledger.sqlite.damaged-2026-11-24T120000"
    assert rebuilt.kept_aside.exists()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_cut_or_lost_ledger_is_rebuilt_whole(folder: Path, share: float) -> None:
    before = tables(folder)
    _edit(folder / DATABASE, lambda data: data[: int(len(data) * share)])
    with pytest.raises(ArchiveError):
        Ledger.open(folder, "bao")
    rebuild(folder, "bao", NOON + DAY, check_line, key_of_url)
    assert tables(folder) == before
    (folder / DATABASE).unlink()
    assert rebuild(folder, "bao", NOON + DAY, check_line, key_of_url).kept_aside is None
    assert tables(folder) == before


def test_a_rebuilt_ledger_goes_on_and_asks_for_what_was_open(folder: Path) -> None:
    (folder / DATABASE).unlink()
    rebuild(folder, "bao", NOON + DAY, check_line)
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r3", NOON + 2 * DAY, {})
        waiting = [
            ask.link.key for ask in ledger.links.waiting(NOON + 2 * DAY, 99) if ask.reason != "due"
        ]
        assert waiting == ["7", "8", "6", "5"]
        assert ledger.links.sift([Link(url=address("5"), key="5")], "r3", NOON + 2 * DAY).ask == ()
        assert export(ledger, folder).files == ()


def test_a_readable_ledger_writes_out_what_the_files_lack_before_it_is_rebuilt(
    folder: Path,
) -> None:
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r3", NOON + DAY, {})
        with PageStore(folder, "r3", ledger.pages) as pages:
            crawl(ledger, pages, "7")
    assert "2026-11.jsonl: changes wait to be written; the next run does it" in told(folder)
    rebuilt = rebuild(folder, "bao", NOON + DAY, check_line)
    assert rebuilt.articles == 5
    assert problems(folder) == ()


def test_a_kept_page_without_an_article_becomes_a_link_when_nothing_else_knows_it(
    folder: Path,
) -> None:
    (folder / DATABASE).unlink()
    (folder / "state" / "spare.jsonl").unlink()
    rebuilt = rebuild(folder, "bao", NOON + DAY, check_line, key_of_url)
    assert rebuilt.links == 5
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.links.states()["discovered"] == 1
        assert ledger.links.get("6") == Link(url=address("6"), key="6")


def test_a_line_damaged_on_both_sides_is_left_out_and_kept_aside(folder: Path) -> None:
    _invalid_line(folder)
    _damaged_ledger(folder)
    rebuilt = rebuild(folder, "bao", NOON + DAY, check_line, key_of_url)
    assert rebuilt.left_out == ("articles/2026/2026-11.jsonl, line 2",)
    assert rebuilt.articles == 3
    kept = folder / "state" / "2026-11.jsonl.damaged-2026-11-24T120000"
    assert kept.read_bytes().count(b"\n") == 2
    with Ledger.open(folder, "bao") as ledger:
        assert ledger.links.is_known("4")
        assert export(ledger, folder).files == ("articles/2026/2026-11.jsonl",)
    assert problems(folder) == ()


def test_of_one_article_in_two_months_the_newer_revision_counts(folder: Path) -> None:
    """A move was cut off between its two files, and then the ledger was lost."""
    older = json.loads((folder / "revisions/2026-11.jsonl").read_text())
    line = {name: older[name] for name in FIELDS} | {"published_at": "2026-09-05T08:00:00+07:00"}
    text = json.dumps(line, ensure_ascii=False) + "\n"
    _edit(folder / "articles/2026/2026-09.jsonl", lambda data: data + text.encode())
    (folder / DATABASE).unlink()
    rebuild(folder, "bao", NOON + DAY, check_line)
    with Ledger.open(folder, "bao") as ledger:
        article = ledger.articles.get("2")
        assert article is not None
        assert article.revision == 2
        export(ledger, folder)
    assert problems(folder) == ()


def test_a_rebuilding_that_was_killed_is_simply_done_again(folder: Path) -> None:
    before = tables(folder)
    (folder / DATABASE).rename(folder / "state" / "ledger.sqlite.damaged-then")
    half = folder / "state" / "rebuilding" / "state"
    half.mkdir(parents=True)
    (half / "ledger.sqlite").write_bytes(b"half of it")
    rebuild(folder, "bao", NOON + DAY, check_line, key_of_url)
    assert tables(folder) == before
    assert not (folder / "state" / "rebuilding").exists()


# Snapshots ---------------------------------------------------------------------------------------


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A snapshot's folder of the newspaper, copied to another place."""
    taken = take_snapshot(folder, now=NOON + DAY)
    assert taken is not None
    shutil.copytree(taken.path / folder.name, tmp_path / "restored" / folder.name)
    return tmp_path / "restored" / folder.name


def test_a_copy_of_a_snapshot_is_whole_without_a_ledger(copied: Path) -> None:
    assert is_snapshot(copied)
    assert problems(copied) == ()
    assert not (copied / "state").exists()
    rebuild(copied, "bao", NOON + DAY, check_line, key_of_url)
    assert not is_snapshot(copied)
    assert problems(copied) == ()


@pytest.mark.parametrize("harm", [_torn_line, _missing_file, _unlisted_file, _torn_revision])
def test_harm_of_a_copy_is_cured_by_another_copy(
    copied: Path, harm: Callable[[Path], None]
) -> None:
    harm(copied)
    found = problems(copied)
    assert HARMS[harm] in "\n".join(map(str, found))
    assert {problem.cure.partition(":")[0] for problem in found} == {"copy it again"}
    assert {problem.is_waiting for problem in found} == {False}


def test_an_archive_that_has_lost_its_ledger_is_no_snapshot(folder: Path) -> None:
    (folder / DATABASE).unlink()
    assert not is_snapshot(folder)
    (told_of,) = problems(folder)
    assert "ledger.sqlite is not there, but what was written with it is" in str(told_of)
    assert "damaged" not in str(told_of)


def test_lost_and_damaged_pages_are_told_with_their_articles(folder: Path) -> None:
    (path, other) = sorted((folder / "pages" / "2026-11").iterdir())
    _edit(path, lambda data: data[:700] + b"????" + data[704:])
    said = told(folder)
    assert f"pages/2026-11/{path.name}: not what the manifest says" in said
    assert "a damaged record" in said
    other.unlink()
    assert f"pages/2026-11/{other.name}#" in told(folder)
    assert "the page of bao:2 is unreadable" in told(folder)


def test_a_record_cut_off_by_a_kill_is_no_problem(folder: Path) -> None:
    left = folder / "pages" / "2026-11" / "r0-00001.warc.gz"
    whole = next(folder.glob("pages/*/r1-*")).read_bytes()
    left.write_bytes(whole[: len(whole) // 2])
    assert problems(folder) == ()


def test_a_ledger_that_disagrees_with_the_files_is_told(folder: Path) -> None:
    with sqlite3.connect(folder / DATABASE) as db:
        db.execute(
            "UPDATE articles SET line = replace(line, 'chè', 'trà'), sum = NULL WHERE key = '4'"
        )
        db.execute("DELETE FROM links WHERE key = '1'")
        db.execute("DELETE FROM revisions")
    db.close()
    (folder / "state" / "ledger.sum").unlink()
    said = told(folder)
    assert "articles/2026/2026-11.jsonl: the ledger and the manifest disagree" in said
    assert "state/ledger.sqlite: 1 article without a link of the same revision" in said
    assert "state/ledger.sqlite: 1 article without all older revisions" in said
    assert "revisions/2026-11.jsonl: the ledger has no line of it" in said


def test_a_link_without_its_article_is_told(folder: Path) -> None:
    with sqlite3.connect(folder / DATABASE) as db:
        db.execute("DELETE FROM articles WHERE key = '1'")
    db.close()
    (folder / "state" / "ledger.sum").unlink()
    assert "1 link of an article that is not there" in told(folder)


def test_problems_say_where_what_and_the_cure() -> None:
    assert (
        str(Problem("x.jsonl", "not whole", "run it again")) == "x.jsonl: not whole; run it again"
    )


def test_a_missing_older_revision_is_told(folder: Path) -> None:
    (folder / "revisions/2026-11.jsonl").unlink()
    assert "revisions: bao:2 lacks its revision 1" in told(folder)


def test_articles_that_keep_no_page_have_none_to_miss(tmp_path: Path) -> None:
    folder = tmp_path / "bao"
    with Ledger.open(folder, "bao") as ledger:
        ledger.begin_run("r1", NOON, {})
        ledger.articles.archive(replace(story("1", ""), raw_ref=None), NOON)
        export(ledger, folder)
    assert problems(folder) == ()
