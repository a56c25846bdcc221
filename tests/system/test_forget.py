"""`scrapy forget` as an operator types it, on the archive of a crawl."""

import gzip
import hashlib
import os
import pty
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions
from newscrawl.archive.warc.page_reader import members, page_of
from newscrawl.replica import running_replica
from tests.reliability.crawls import EVERYTHING_AGAIN, NAME, ROOT, Done, Place, start
from tests.support.commands import run_scrapy

pytestmark = pytest.mark.thorough


def forget(place: Place, *args: str) -> Done:
    command = place.command()[:3]
    return start([*command, "forget", *args, "-s", f"ARCHIVE={place.archive}"]).done()


def answered(word: str, place: Place, article_id: str) -> str:
    """What is said at a terminal where a person is asked and types a word."""
    ours, theirs = pty.openpty()
    command = [*place.command()[:3], "forget", article_id, "--mentions", "--reason", "x"]
    process = subprocess.Popen(
        [*command, "-s", f"ARCHIVE={place.archive}"],
        cwd=ROOT, stdin=theirs, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, f"{word}\n".encode())
    out, _ = process.communicate(timeout=300)
    os.close(ours)
    assert process.returncode == 0
    return out.replace("Remove all this for good? Type yes: ", "")


def sums_of(home: Path) -> dict[str, str]:
    """The published files, and the ledger's lines: what a command that removes nothing leaves."""
    paths = [path for path in home.rglob("*") if path.is_file() and "state" not in path.parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def everything_in(path: Path) -> Iterator[bytes]:
    """The file's bytes, and of a page file every record and every page unpacked."""
    yield path.read_bytes()
    if path.suffix == ".gz":
        yield gzip.decompress(path.read_bytes())
        folder = path.parents[2]
        for member in members(path):
            page = page_of(folder, path.relative_to(folder).as_posix(), member)
            yield page.body if page is not None else b""


def files_with(home: Path, needles: list[bytes]) -> set[str]:
    """The files that hold one of the needles, records of pages unpacked."""
    found = set()
    for path in home.rglob("*"):
        if path.is_file():
            data = b"\n".join(everything_in(path))
            if any(needle in data for needle in needles):
                found.add(path.relative_to(home).as_posix())
    return found


def sentences_of(place: Place, key: str) -> list[bytes]:
    """The paragraphs that the article's versions have and no other article."""
    lines = [*read_articles(place.folder), *read_revisions(place.folder)]
    own = {text for line in lines if line["id"] == key for text in line["body"].split("\n\n")}
    others = "\n".join(line["body"] for line in lines if line["id"] != key)
    return [text.encode() for text in own if text not in others and len(text) > 40]


def test_an_article_is_forgotten_for_good(tmp_path: Path) -> None:
    with running_replica(articles=150) as replica:
        place = Place(tmp_path, replica.address)
        assert place.crawl().code == 0
        replica.set_edition(2)
        assert place.crawl(*EVERYTHING_AGAIN).code == 0
        edited = next(line for line in read_revisions(place.folder))
        needles = sentences_of(place, edited["id"])
        assert len(needles) > 2
        before = files_with(place.archive, needles)
        assert any("/pages/" in name for name in before)
        assert any(name.startswith("snapshots/") for name in before)

        done = forget(place, edited["url"])
        assert (done.code, "--reason is missing" in done.err) == (2, True)
        untouched = sums_of(place.archive)
        planned = forget(place, edited["id"], "--dry-run", "--mentions")
        assert (planned.code, planned.err) == (0, "")
        assert planned.out.splitlines()[-1] == "nothing was removed (--dry-run)"
        assert answered("no", place, edited["id"]).splitlines()[-1] == "nothing was removed"
        assert sums_of(place.archive) == untouched
        done = forget(place, edited["id"], "--reason", "đơn của bạn đọc", "--mentions")
        assert done.code == 0, done.err
        assert done.out.splitlines()[:-1] == planned.out.splitlines()[:-1]
        assert done.out.startswith(f"{edited['id']}: to be removed: 2 versions, ")
        assert "WARNING: --mentions also removes " in done.out
        assert done.out.splitlines()[-1] == f"{edited['id']}: forgotten"
        assert files_with(place.archive, needles) == set()
        assert place.say("verify").code == 0
        again = forget(place, edited["id"], "--reason", "x")
        assert again.code == 0
        assert again.out.startswith(f"{edited['id']}: was forgotten at ")
        assert again.out.endswith("Z; nothing of it is left\n")

        replica.reset()
        replica.set_edition(2)
        done = place.crawl(*EVERYTHING_AGAIN)
        assert done.code == 0, done.out + done.err
        number = edited["id"].rpartition("-")[2]
        assert [path for path in replica.stats()["paths"] if number in path] == []
        assert place.say("reparse").code == 0
        assert place.say("verify", "--rebuild").code == 0
        assert place.crawl().code == 0
        assert files_with(place.archive, needles) == set()
        assert place.say("verify").out.endswith("whole\n")
        assert edited["id"] not in {line["id"] for line in read_articles(place.folder)}
        done = forget(place, f"{NAME}:202501-0000000", "--reason", "x")
        assert (done.code, "holds no such article" in done.err) == (5, True)


def test_what_was_forgotten_is_not_found_by_search(tmp_path: Path) -> None:
    """The index of an earlier search, which lies outside the archive, is made anew."""
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with running_replica(articles=60) as replica:
        place = Place(tmp_path / "archive", replica.address)
        assert place.crawl().code == 0
    line = next(iter(read_articles(place.folder)))
    asked = ("search", str(place.archive), f'"{line["headline"]}"')
    assert line["id"] in run_scrapy(*asked, env=cache).stdout
    assert forget(place, line["id"], "--reason", "đơn của bạn đọc").code == 0
    found = run_scrapy(*asked, env=cache)
    assert line["id"] not in found.stdout
    assert all(
        line["headline"].encode() not in path.read_bytes()
        for path in (tmp_path / "cache").rglob("*")
        if path.is_file()
    )
