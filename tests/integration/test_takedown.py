"""An article is forgotten: no byte of it is left, whenever the takedown is killed."""

import gzip
import io
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.export.row_reader import read_runs
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.rebuild import rebuild
from newscrawl.archive.maintenance.takedown import (
    PENDING,
    Takedown,
    finish_takedown,
    forget_article,
    plan_takedown,
)
from newscrawl.archive.maintenance.verification import verify
from newscrawl.archive.manifest import differing, read_manifest
from newscrawl.archive.newspaper_archive import Archive, ArchiveOptions, open_archive
from newscrawl.archive.tombstones import read_tombstones
from newscrawl.archive.warc.page_reader import pages, read_page
from newscrawl.article.item_schema import check_line
from newscrawl.discovery.arguments import CrawlArguments
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Article
from newscrawl.timestamps import utc_text
from newscrawl.urls.article_keys import vnpt_key
from tests.support.articles import FETCHED, make_article
from tests.support.exchanges import exchange

NAME = "baothu"
KEY = "202506-75f1237"
ID = f"{NAME}:{KEY}"
FIRST_TEXT = "Ông Lò Văn Tươi kể chuyện nương chè của bản."
SECOND_TEXT = "Bà Hoàng Thị Lành bán mẻ chè đầu tiên trong năm."
HEADLINE = "Người giữ nương chè cổ trên đỉnh Tà Xùa"
NEEDLES = tuple(text.encode() for text in (FIRST_TEXT, SECOND_TEXT, HEADLINE))
DAY = timedelta(days=1)


def url_of(key: str, slug: str = "bai") -> str:
    month, number = key.split("-")
    return f"https://baothu.vn/kinh-te/{month}/{slug}-{number}/"


def written(key: str, text: str, headline: str, at: datetime, **changes: Any) -> Article:
    hashed = f"sha256:{abs(hash(text)):064x}"[:71]
    return make_article(
        id=f"{NAME}:{key}",
        url=url_of(key),
        headline=headline,
        body=text,
        syllable_count=len(text.split()),
        content_hash=hashed,
        fetched_at=at,
        first_seen_at=at,
        **changes,
    )


def put(archive: Archive, article: Article, page: str, *, packed: bool = False) -> None:
    body = page.encode()
    headers = (("Content-Encoding", "gzip"),) if packed else ()
    sent = gzip.compress(body) if packed else body
    key, at = article.id.partition(":")[2], article.fetched_at
    if not archive.ledger.links.is_known(key):
        link = Link(url=article.url, key=key, title=article.headline)
        archive.ledger.links.sift([link], archive.run_id, at)
    ref = archive.keep(exchange(article.url, sent, at, headers=headers))
    archive.ledger.articles.archive(replace(article, raw_ref=ref, run_id=archive.run_id), at)


def run(home: Path, at: datetime) -> Archive:
    options = ArchiveOptions(home=home, keeps_pages=True, free_min_bytes=0)
    archive = open_archive(options, NAME, vnpt_key)
    archive.begin(CrawlArguments(), at)
    return archive


def finish(archive: Archive, at: datetime) -> None:
    archive.finish({"run_id": archive.run_id, "started_at": utc_text(at), "counts": {}}, at)
    archive.close()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs: an article that was edited, and one beside which it stands."""
    home = tmp_path_factory.mktemp("takedown")
    first = run(home, FETCHED)
    page = f"<h1>{HEADLINE}</h1><p>{FIRST_TEXT}</p>" + "<p>chung</p>" * 40
    put(first, written(KEY, FIRST_TEXT, HEADLINE, FETCHED), page)
    beside = f"<p>Tin khác</p><aside><a href='{url_of(KEY)}'>{HEADLINE}</a></aside>"
    put(first, written("202506-aaaaaa1", "Tin khác.", "Tin khác", FETCHED), beside)
    put(first, written("202506-aaaaaa2", "Tin thứ ba.", "Tin thứ ba", FETCHED), "<p>Tin thứ ba</p>")
    finish(first, FETCHED)
    later = FETCHED + DAY
    second = run(home, later)
    page = f"<h1>{HEADLINE}</h1><p>{SECOND_TEXT}</p>"
    put(second, written(KEY, SECOND_TEXT, HEADLINE, later), page, packed=True)
    finish(second, later)
    (home / NAME / DATABASE.parent / "ledger.sqlite.damaged-2026-11-01T000000").write_text(HEADLINE)
    assert found_in(home) == set(NEEDLES)
    return home


@pytest.fixture
def home(model: Path, tmp_path: Path) -> Path:
    """A copy with the hard links between its snapshots."""
    os.system(f"cp -a '{model}' '{tmp_path}/copy'")  # noqa: S605
    return tmp_path / "copy"


def found_in(home: Path) -> set[bytes]:
    """The needles that any file of the archive holds: plain, in a record, in a packed page."""
    everything = b"\n".join(
        text for path in home.rglob("*") if path.is_file() for text in texts_of(path)
    )
    return {needle for needle in NEEDLES if needle in everything}


def texts_of(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if path.suffix == ".gz":
        unpacked = gzip.decompress(data)
        yield unpacked
        at = unpacked.find(b"\x1f\x8b\x08")
        while at >= 0:  # a page that was sent packed
            with suppress(OSError, EOFError):
                yield gzip.GzipFile(fileobj=io.BytesIO(unpacked[at:])).read(1 << 16)
            at = unpacked.find(b"\x1f\x8b\x08", at + 1)


def forget(home: Path, *, with_mentions: bool = True, article_id: str = ID) -> Takedown:
    folder, now = home / NAME, FETCHED + 2 * DAY
    with hold_lock(folder):
        return forget_article(
            folder, NAME, article_id, "đơn của người trong bài", now, vnpt_key,
            with_mentions=with_mentions,
        )  # fmt: skip


def problems_of(home: Path) -> list[str]:
    places = [home / NAME, *(home / "snapshots").glob(f"20*/{NAME}")]
    return [str(problem) for problem in verify(places[0], check_line)]


def test_no_byte_is_left(home: Path) -> None:
    done = forget(home)
    assert (done.revisions, sum(map(len, done.records.values())), done.mentions) == (2, 6, 0)
    assert found_in(home) == set()
    assert problems_of(home) == []
    stone = read_tombstones(home / NAME)[KEY]
    assert (stone.id, stone.reason) == (ID, "đơn của người trong bài")
    with Ledger.open_to_read(home / NAME) as ledger:
        assert ledger.articles.count() == 2
        assert ledger.articles.copies_of(KEY) == ()
        assert ledger.links.find(KEY) is None


@pytest.mark.parametrize("with_mentions", [True, False])
def test_a_plan_is_what_is_done_and_changes_nothing(home: Path, *, with_mentions: bool) -> None:
    def everything() -> dict[Path, tuple[bytes, int]]:
        files = [path for path in home.rglob("*") if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = everything()
    planned = plan_takedown(home / NAME, NAME, ID, vnpt_key, with_mentions=with_mentions)
    assert everything() == before
    assert planned.named_in == (url_of("202506-aaaaaa1"),)
    assert (planned.mentions, planned.removed_mentions) == ((0, 1) if with_mentions else (1, 0))
    done = forget(home, with_mentions=with_mentions)
    assert replace(done, reason="", at="") == planned


def test_no_plan_is_made_beside_a_takedown_that_was_cut_short(home: Path) -> None:
    assert forget_and_die(home, 8) == signal.SIGKILL
    assert (home / NAME / PENDING).exists()
    with pytest.raises(ArchiveError, match="a takedown was cut short"):
        plan_takedown(home / NAME, NAME, ID, vnpt_key)


def test_pages_of_others_that_name_it_stay_unless_asked(home: Path) -> None:
    done = forget(home, with_mentions=False)
    assert done.mentions == 1
    assert found_in(home) == {HEADLINE.encode()}  # in the column beside another article
    assert problems_of(home) == []
    forget(home)
    assert found_in(home) == set()
    assert problems_of(home) == []


def test_other_pages_stay_where_they_are(home: Path) -> None:
    with Ledger.open_to_read(home / NAME) as ledger:
        before = ledger.articles.line("202506-aaaaaa2")
    forget(home)
    with Ledger.open_to_read(home / NAME) as ledger:
        assert ledger.articles.line("202506-aaaaaa2") == before
        beside = ledger.articles.line("202506-aaaaaa1")
    assert before is not None
    assert read_page(home / NAME, before["raw_ref"]).body == "<p>Tin thứ ba</p>".encode()
    assert beside is not None
    assert beside["raw_ref"] == ""
    assert [page.url for page in pages(home / NAME)] == [before["url"]]


def test_snapshots_stay_whole_and_share_their_files(home: Path) -> None:
    forget(home)
    taken = sorted((home / "snapshots").glob(f"*/{NAME}"))
    assert len(taken) == 3  # two and `latest`
    for path in (home / NAME / "pages").rglob("*.gz"):
        assert path.stat().st_nlink >= 2
    for folder in taken:
        assert (folder / "tombstones.jsonl").stat().st_nlink == 4
        copy = folder.parent.parent.parent / f"restored-{folder.parent.name}" / NAME
        shutil.copytree(folder, copy)
        rebuild(copy, NAME, FETCHED + 3 * DAY, check_line, vnpt_key)
        assert [str(problem) for problem in verify(copy, check_line)] == []
        with Ledger.open_to_read(copy) as ledger:
            assert ledger.articles.line(KEY) is None


def test_snapshots_between_those_of_another_newspaper_are_cleared(home: Path) -> None:
    for day in (2, 3):
        at = FETCHED + day * DAY
        own, text = run(home, at), f"Tin của ngày {day}."
        put(own, written(f"202506-eeeeee{day}", text, text, at), f"<p>{text}</p>")
        finish(own, at)
        later = at + DAY / 4  # the newest snapshot of the day, which stays
        options = ArchiveOptions(home=home, keeps_pages=True, free_min_bytes=0)
        with open_archive(options, "baokhac", vnpt_key) as other:
            other.run_id = utc_text(later)
            other.begin(CrawlArguments(), later)
            other.keep(exchange("https://baokhac.vn/tin-1.html", text.encode(), later))
            record = {"run_id": other.run_id, "started_at": utc_text(later), "counts": {}}
            other.finish(record, later)
    assert len([*(home / "snapshots").glob(f"20*/{NAME}")]) == 4
    forget(home)
    assert found_in(home) == set()
    assert problems_of(home) == []
    for path in (home / "snapshots").glob(f"20*/{NAME}"):
        manifest = read_manifest(path)
        assert manifest is not None
        assert differing(path, manifest.files) == frozenset()
        assert "tombstones.jsonl" in manifest.files


def test_nothing_brings_it_back(home: Path) -> None:
    forget(home)
    at = FETCHED + 5 * DAY
    archive = run(home, at)
    back = written(KEY, FIRST_TEXT, HEADLINE, at, run_id="r")
    names_it = [
        Link(url=url_of(KEY), key=KEY, title=HEADLINE),
        Link(url=url_of(KEY, "ten-moi"), key=KEY, title=HEADLINE),  # the slug changed
        Link(url=url_of("202506-bbbbbb1"), key="202506-bbbbbb1"),
    ]
    sifted = archive.ledger.links.sift(names_it, archive.run_id, at)
    assert [ask.link.key for ask in sifted.ask] == ["202506-bbbbbb1"]
    archive.ledger.links.look_again(timedelta(0), at)
    assert KEY not in {ask.link.key for ask in archive.ledger.links.waiting(at, 99)}
    assert archive.ledger.articles.archive(back, at).outcome == "forgotten"
    finish(archive, at)
    assert found_in(home) == set()
    rebuild(home / NAME, NAME, at, check_line, vnpt_key)
    assert found_in(home) == set()
    with Ledger.open_to_read(home / NAME) as ledger:
        assert KEY in ledger.tombstones
        assert ledger.links.find(KEY) is None


def test_an_older_copy_of_a_file_does_not_bring_it_back(home: Path, model: Path) -> None:
    forget(home)
    for kind in ("articles", "revisions"):
        shutil.copytree(model / NAME / kind, home / NAME / kind, dirs_exist_ok=True)
    said = problems_of(home)
    assert any(f"{ID} was forgotten, and stands there" in problem for problem in said)
    rebuild(home / NAME, NAME, FETCHED + 3 * DAY, check_line, vnpt_key, accepts_loss=True)
    with Ledger.open(home / NAME, NAME) as ledger:
        assert ledger.articles.line(KEY) is None
    forget(home)
    assert found_in(home) == set()
    assert problems_of(home) == []


def restore(home: Path, model: Path) -> None:
    """Put the backup of the whole folder over the newer archive, as tar does."""
    os.system(f"tar -cC '{model}' {NAME} | tar -xC '{home}'")  # noqa: S605


def test_a_run_on_a_restored_archive_takes_it_down_before_anything(home: Path, model: Path) -> None:
    forget(home, with_mentions=False)
    restore(home, model)
    assert found_in(home) == set(NEEDLES)
    assert any("the next run, or " in problem for problem in problems_of(home))
    at = FETCHED + 3 * DAY
    archive = run(home, at)
    assert found_in(home) == {HEADLINE.encode()}  # beside another article, as forget leaves it
    assert archive.ledger.articles.line(KEY) is None
    finish(archive, at)
    assert found_in(home) == {HEADLINE.encode()}
    assert problems_of(home) == []


def test_a_backup_of_older_tombstones_brings_nothing_back(home: Path, model: Path) -> None:
    other = f"{NAME}:202506-aaaaaa2"
    forget(home)
    older = (home / NAME / "tombstones.jsonl").read_bytes()
    forget(home, article_id=other)
    restore(home, model)
    (home / NAME / "tombstones.jsonl").unlink()  # as tar does: the snapshots' link stays
    (home / NAME / "tombstones.jsonl").write_bytes(older)
    run(home, FETCHED + 3 * DAY).close()
    assert {stone.id for stone in read_tombstones(home / NAME).values()} == {ID, other}
    with Ledger.open_to_read(home / NAME) as ledger:
        assert [line["id"] for line in ledger.articles.lines()] == [f"{NAME}:202506-aaaaaa1"]
    assert found_in(home) <= {HEADLINE.encode()}


def test_a_backup_older_than_its_snapshot_is_told(home: Path, model: Path) -> None:
    at = FETCHED + 3 * DAY
    later = run(home, at)
    put(later, written("202507-fffffff", "Tin sau.", "Tin sau", at), "<p>Tin sau</p>")
    finish(later, at)
    restore(home, model)
    before = (home / NAME / DATABASE).read_bytes()
    told = r"the archive is older than snapshots/latest \(2 exports, there 3\)"
    with pytest.raises(ArchiveError, match=told):
        run(home, FETCHED + 4 * DAY)
    assert (home / NAME / DATABASE).read_bytes() == before
    (said,) = [problem for problem in problems_of(home) if "older than snapshots" in problem]
    assert "copy the newer one out of the snapshot" in said
    rebuild(home / NAME, NAME, FETCHED + 4 * DAY, check_line, vnpt_key)  # the older one is meant
    run(home, FETCHED + 4 * DAY).close()


def test_the_earliest_copy_becomes_the_original(home: Path) -> None:
    at = FETCHED + 5 * DAY
    archive = run(home, at)
    for number in ("ccccccc", "ddddddd"):
        copy = written(f"202507-{number}", SECOND_TEXT, "Bản sao", at)
        put(archive, copy, f"<p>{SECOND_TEXT}</p>")
    finish(archive, at)
    done = forget(home)
    assert done.copies == (f"{NAME}:202507-ccccccc", f"{NAME}:202507-ddddddd")
    with Ledger.open_to_read(home / NAME) as ledger:
        lines = {key: ledger.articles.line(f"202507-{key}") for key in ("ccccccc", "ddddddd")}
    assert {key: line and line["duplicate_of"] for key, line in lines.items()} == {
        "ccccccc": "",
        "ddddddd": f"{NAME}:202507-ccccccc",
    }
    assert problems_of(home) == []


def test_an_unknown_article_is_refused(home: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no such article"):
        forget(home, article_id=f"{NAME}:202506-0000000")
    assert not (home / NAME / PENDING).exists()


def forget_and_die(home: Path, after: int) -> int:
    """Forget the article in a process that is killed at its n-th fsync; return how it ended."""
    child = os.fork()
    if child == 0:
        count, sync = 0, os.fsync

        def counted(descriptor: Any) -> None:
            nonlocal count
            count += 1
            if count == after:
                os.kill(os.getpid(), signal.SIGKILL)
            sync(descriptor)

        os.fsync = counted  # type: ignore[assignment]
        forget(home)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.thorough
def test_a_killed_takedown_goes_on(model: Path, tmp_path: Path) -> None:
    for after in range(1, 200):
        home = tmp_path / str(after)
        os.system(f"cp -a '{model}' '{home}'")  # noqa: S605
        how = forget_and_die(home, after)
        assert how in (0, signal.SIGKILL)
        is_noted = (home / NAME / PENDING).exists()
        if is_noted:
            assert any("a takedown was cut short" in said for said in problems_of(home))
        run(home, FETCHED + 6 * DAY).close()
        assert not (home / NAME / PENDING).exists()
        left = found_in(home)
        assert left == set() or (how and not is_noted and left == set(NEEDLES)), after
        problems = [p for p in verify(home / NAME, check_line) if not p.is_waiting]
        assert problems == [], after
        if how == 0:
            break
        shutil.rmtree(home)
    assert after > 20


def test_the_same_takedown_twice_changes_nothing(home: Path) -> None:
    forget(home)
    with hold_lock(home / NAME):
        assert not finish_takedown(home / NAME, NAME)
    names = ("articles", "revisions", "pages")
    before = {p: p.read_bytes() for n in names for p in (home / NAME / n).rglob("*.*")}
    forget(home)
    assert {p: p.read_bytes() for n in names for p in (home / NAME / n).rglob("*.*")} == before


def test_runs_of_one_second_in_one_process_have_ids_of_their_own(tmp_path: Path) -> None:
    for _ in range(3):
        finish(run(tmp_path, FETCHED), FETCHED)
    ids = [record["run_id"] for record in read_runs(tmp_path / NAME)]
    assert len(set(ids)) == 3
