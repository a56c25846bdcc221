"""The hostile server itself: the same site from the same seed, and readable by newscrawl."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from newscrawl.text import clean
from tests.hostile.faults import FAULTS
from tests.hostile.faults_robots import ROBOTS
from tests.hostile.harness import HERE, ROOT, Running, running
from tests.hostile.options import read_options
from tests.hostile.paper import Site
from tests.hostile.specials import SPECIALS


def site(*options: str) -> Site:
    return Site(read_options(["--articles", "60", *options]))


def test_the_same_seed_gives_the_same_site() -> None:
    one, same, other = site(), site(), site("--seed", "2")
    for id_ in one.ids():
        article = one.article(id_)
        assert article is not None
        assert article == same.article(id_) != other.article(id_)
        assert one.render(article, "") == same.render(article, "")


def test_every_article_stands_in_exactly_one_list() -> None:
    one = site("--no-specials")
    listed = [id_ for cat in one.cats for id_ in one.ids(cat)]
    assert sorted(listed) == sorted(one.ids())
    assert len(one.special) == 0
    assert len(site().special) == len(SPECIALS) == 26


def test_a_later_edition_edits_moves_removes_and_adds() -> None:
    first = [a for i in site("--no-specials").ids() if (a := site("--no-specials").article(i))]
    later = site("--no-specials", "--edition", "2", "--articles", "400")
    fates = {a.gone for i in later.ids() if (a := later.article(i))}
    assert fates == {0, 404, 410}
    assert len(later.ids()) == 410
    assert all(a.gone == 0 for a in first)


def test_the_documentation_names_every_fault() -> None:
    text = (HERE / "README.md").read_text(encoding="utf-8")
    named = {match.replace("-", "_") for match in re.findall(r"`([a-z0-9-]+)[:`]", text)}
    assert set(FAULTS) <= named
    assert set(SPECIALS) <= set(re.findall(r"[a-z0-9]+", text))
    assert set(ROBOTS) <= set(re.findall(r"[a-z0-9]+", text))


def test_an_option_keeps_its_type_when_it_is_set() -> None:
    options = read_options([])
    for name, text, value in (
        ("storm", "0.5", 0.5),
        ("rate_limit", "7", 7),
        ("endless_pages", "1", True),
        ("storm_kinds", "empty,loop", ["empty", "loop"]),
        ("robots_text", "", ""),
    ):
        options.set(name, text)
        assert getattr(options, name) == value
    with pytest.raises(AttributeError):
        options.set("khong_co", "1")


@pytest.mark.parametrize("wrong", [["--bind", "192.0.2.1"], ["--like", "khac"], ["--storm", "x"]])
def test_a_wrong_option_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(wrong)
    assert "error:" in capsys.readouterr().err


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running("--articles", "30", "--no-specials", "--like", "hdndtuyenquang") as one:
        yield one


def truth(server: Running) -> list[dict[str, Any]]:
    return [json.loads(row) for row in server.control("truth").split("\n") if row]


def test_a_page_is_conditional_and_an_old_slug_moves(server: Running) -> None:
    path = quote(truth(server)[0]["path"], safe="/%")
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        tag = answer.headers["ETag"]
        assert answer.headers["Last-Modified"].endswith("GMT")
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}")
    asked.add_header("If-None-Match", tag)
    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(asked)  # noqa: S310  (loopback)
    other = re.sub(r"/[^/]+-(\d+)\.html$", r"/ten-khac-\1.html", path)
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}{other}") as answer:
        assert answer.url.endswith(path)


def test_newscrawl_reads_every_article_through_a_storm(server: Running, tmp_path: Path) -> None:
    """A third of all answers faulty, each address right at the third attempt."""
    server.control(
        "set?storm=0.3&storm_kinds=status:500,status:502,refuse,close,reset,short,badchunk,truncgzip,empty"
    )
    settings = {
        "MIRROR": server.mirror,
        "ARCHIVE": str(tmp_path),
        "DOWNLOAD_DELAY": "0",
        "BACKOFF_S": "0.01",
        "BACKOFF_MAX_S": "0.1",
        "MIN_FREE_BYTES": "0",
    }
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawl", "hdndtuyenquang", *given]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    server.control("set?storm=0")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [
        json.loads(line)
        for path in tmp_path.glob("hdndtuyenquang/articles/*/*.jsonl")
        for line in path.read_text(encoding="utf-8").split("\n")
        if line
    ]
    stored = {line["id"]: line for line in lines}
    assert len(stored) == len(lines) == 30
    for row in truth(server):
        line = stored[f"hdndtuyenquang:{row['id']}"]
        assert line["headline"] == clean(row["headline"])
        assert line["lead"] == row["lead"]
        assert line["body"] == "\n\n".join(row["body"])
        assert line["captions"] == row["captions"]
        assert line["published_at"] == row["published"]
    assert sum(server.stats()["faults"].values()) > 5


def test_the_audit_notes_names_given_with_an_open_folder(tmp_path: Path) -> None:
    """H7 reads these notes; `shutil.rmtree` removes files by their names in an open folder."""
    (tmp_path / "aside" / "deep").mkdir(parents=True)
    (tmp_path / "aside" / "deep" / "probe").touch()
    lines = (
        "import os, shutil, sys",
        "shutil.rmtree(sys.argv[1])",
        "at = os.open(sys.argv[2], os.O_RDONLY)",
        "open(sys.argv[2] + '/one', 'w').close()",
        "os.rename('one', 'two', src_dir_fd=at, dst_dir_fd=at)",
        "os.link('two', 'three', src_dir_fd=at, dst_dir_fd=at)",
        "os.mkdir('four', dir_fd=at)",
    )
    notes, home = tmp_path / "notes", tmp_path / "home"
    home.mkdir()
    subprocess.run(
        [sys.executable, "-c", "\n".join(lines), str(tmp_path / "aside"), str(home)],
        env={
            "AUDIT": str(notes),
            "PYTHONPATH": str(HERE / "audit"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=ROOT,
        check=True,
    )
    written = {line[2:].strip("'") for line in notes.read_text().splitlines() if line[0] == "w"}
    aside = tmp_path / "aside"
    removed = {aside, aside / "deep", aside / "deep" / "probe"}
    made = {home / name for name in ("one", "two", "three", "four")}
    assert written == set(map(str, removed | made))
