"""Each research command on archives that are empty, half written, damaged or hostile.

It ends with a result or with one clear line and its exit code, never with a traceback, and leaves
every byte of the archive as it was.
"""

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest

from newscrawl.archive.manifest import MANIFEST
from newscrawl.items import VIETNAM, Image, Line
from tests.support.forkserver import run_module
from tests.support.paths import ROOT
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

pytestmark = pytest.mark.thorough

MARKUP: Final = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}${7*7}"
CONTROLS: Final = "a\x00b\x1b[2J\x1b]0;x\x07\x9b31m\u202e\r\n\u2028\ufeff\t=1+1"
MARKS: Final = "e" + "\u0301" * 40_000
ID: Final = "baothu:1"
OLDER: Final = {
    "superseded_at": "2026-11-01T00:00:00Z", "changed_by": "newspaper", "changed_fields": ["body"],
}  # fmt: skip
RUN: Final = {
    "started_at": "2026-11-20T01:00:00Z", "ended_at": "2026-11-20T01:10:00Z", "exit_code": 0,
    "counts": {}, "states": {}, "arguments": {"since": MARKUP}, "reasons": {"failed": {MARKUP: 3}},
    "listings": [{"source": MARKUP, "reached": CONTROLS, "known_at": "", "is_open": True}],
}  # fmt: skip


def hostile_rows() -> list[Line]:
    """Rows that the schema allows and nobody wants."""
    texts = ("headline", "lead", "body", "byline", "source", "source_line", "section")
    every = dict.fromkeys(texts, MARKUP)
    unseen = dict.fromkeys(("headline", "lead", "body", "source", "section"), CONTROLS)
    words = " ".join(f"từ{n % 7}" for n in range(200_000))
    return [
        row(1, NEW_YEAR, **every, captions=(MARKUP,), tags=(MARKUP,), authors=(MARKUP, "=cmd"),
            section_path=(MARKUP,), images=(Image(url="javascript:alert(3)", caption=MARKUP),)),
        row(2, NEW_YEAR, **unseen, section_path=(CONTROLS,)),
        row(3, NEW_YEAR, tags=tuple(f"nhãn {n}" for n in range(1_000_000))),
        row(4, NEW_YEAR, headline="A" * 5_000_000, body="B" * 5_000_000),
        row(5, NEW_YEAR, headline=MARKS, body=words),
        row(6, datetime(1, 1, 1, tzinfo=VIETNAM), body="Xưa."),
        row(7, datetime(9999, 12, 31, 23, tzinfo=VIETNAM), body="Sau này."),
        row(8, None, images=(Image(url="file:///etc/passwd"),)) | {"url": "https:"},
    ]  # fmt: skip


def hostile(home: Path) -> None:
    rows = hostile_rows()
    newest = rows[0] | {"revision": 2, "body": " ".join(["a", "b"] * 50_000)}
    older = [rows[0] | OLDER | {"body": " ".join(["b", "a", "c"] * 40_000)}]
    publish(home, "baothu", [newest, *rows[1:]], revisions=older, runs=[RUN])


def half_written(home: Path) -> None:
    """The newspaper of a first run that is at work: no row is published yet."""
    (home / "baothu" / "state").mkdir(parents=True)
    (home / "baothu" / "articles").mkdir()
    (home / "baothu" / "articles" / "2026-01.jsonl.tmp").write_text('{"id": "baoth')


def empty(home: Path) -> None:
    home.mkdir(parents=True)


def nowhere(home: Path) -> None:
    """Nothing is there."""


def damaged(change: Callable[[Path], object]) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        publish(home, "baothu", [row(1, NEW_YEAR), row(2, NEW_YEAR)], runs=[RUN])
        change(home / "baothu")

    return write


def line(**changes: Any) -> Callable[[Path], object]:
    """The second row with other values."""
    text = json.dumps(row(2, NEW_YEAR) | changes)

    def write(folder: Path) -> None:
        path = folder / "articles" / "2026" / "2026-01.jsonl"
        path.write_text(path.read_text("utf-8").split("\n")[0] + "\n" + text + "\n", "utf-8")

    return write


def cut(folder: Path) -> None:
    path = folder / "articles" / "2026" / "2026-01.jsonl"
    path.write_bytes(path.read_bytes()[:-40])


def manifest(old: str, new: str) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        path = folder / MANIFEST
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return write


def run_line(text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "runs" / "2026-11.jsonl").write_text(text, "utf-8")


ARCHIVES: Final[dict[str, tuple[Callable[[Path], None], frozenset[int]]]] = {
    "hostile": (hostile, frozenset([0])),
    "half-written": (half_written, frozenset([0])),
    "empty": (empty, frozenset([2])),
    "nowhere": (nowhere, frozenset([2])),
    "cut": (damaged(cut), frozenset([5])),
    "no file": (damaged(lambda f: (f / "articles/2026/2026-01.jsonl").unlink()), frozenset([5])),
    "nested": (damaged(line(tags=json.loads("[" * 900 + "]" * 900))), frozenset([5])),
    "surrogate": (damaged(line(headline="\ud800 nửa")), frozenset([5])),
    "type": (damaged(line(tags=None)), frozenset([5])),
    "path": (damaged(line(id="baothu:../../etc/passwd")), frozenset([5])),
    "calendar": (damaged(line(published_date="2026-01-99")), frozenset([5])),
    "month": (damaged(line(published_date="2026-02-01")), frozenset([5])),
    "number": (damaged(line(revision=10**40)), frozenset([5])),
    "manifest": (damaged(manifest("{", "[")), frozenset([5])),
    "outside": (damaged(manifest("articles/2026/", "articles/../../")), frozenset([5])),
    "run": (damaged(run_line('{"started_at": 7}\n')), frozenset([0, 5])),
}
"""How each archive is written, and the exit codes of a command that reads all of it"""
COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "export": ("-o", "{out}/parquet"),
    "export sqlite": ("-o", "{out}/sqlite", "--format", "sqlite"),
    "export csv": ("-o", "{out}/csv", "--format", "csv"),
    "export jsonl": ("-o", "{out}/jsonl", "--format", "jsonl"),
    "search": ("tu1 OR a",),
    "search kwic": ("từ3", "--kwic", "3", "--limit", "1"),
    "reuse": ("-o", "{out}/reuse.parquet"),
    "split": ("--test", "0.5"),
    "history": (ID,),
    "cite": (ID, "--bibtex"),
    "coverage": ("-o", "{out}/coverage.html"),
    "freeze": ("-o", "{out}/set"),
}
OF_ONE: Final = ("history", "cite")
"""Commands that end at the article they were asked for"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    homes: dict[str, Path] = {}

    def home(name: str) -> Path:
        if name not in homes:
            homes[name] = tmp_path_factory.mktemp("archive") / "output"
            ARCHIVES[name][0](homes[name])
        return homes[name]

    return home


def newscrawl(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The command from a warm interpreter: two hundred starts cost a minute instead of five."""
    return run_module("scrapy", *arguments, cwd=ROOT, env=os.environ | env, timeout_s=300)


def state(folder: Path) -> dict[str, tuple[str, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
    }


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_ends_with_a_result_or_one_line(
    made: Callable[[str], Path], tmp_path: Path, name: str, command: str
) -> None:
    home, (_, codes) = made(name), ARCHIVES[name]
    before = state(home)
    options = [one.replace("{out}", str(tmp_path)) for one in COMMANDS[command]]
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    first = command.split(maxsplit=1)[0]
    done = newscrawl(first, str(home), *options, env=env)
    assert "Traceback" not in done.stderr
    found_first = name in ("surrogate", "nested", "type", "path", "calendar", "month", "number")
    if command in OF_ONE and name == "half-written":
        codes = frozenset([2])
    elif command in OF_ONE and (found_first or name == "cut"):
        codes = frozenset([0])
    assert done.returncode in codes, done.stderr
    if done.returncode:
        assert len(done.stderr.strip().split("\n")) == 1, done.stderr
        assert done.stderr.startswith(f"{first}: ")
        assert len(done.stderr) < 1000
    if command not in ("export jsonl", "export csv"):
        assert "\x1b" not in done.stdout + done.stderr
    assert state(home) == before


@contextlib.contextmanager
def served(home: Path, cache: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "newscrawl.cli.main", "serve", str(home), "--port", str(port)]
    env = os.environ | {"XDG_CACHE_HOME": str(cache)}
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert "reading room: http://127.0.0.1" in server.stderr.readline()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
            assert "Traceback" not in server.stderr.read()


def test_the_reading_room_shows_a_hostile_archive(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    home = made("hostile")
    before = state(home)
    with served(home, tmp_path) as address:
        began = datetime.now(UTC)
        articles = (f"/article?id={quote(f'baothu:{n}')}&q=tu1" for n in range(1, 9))
        for path in ("/", "/?q=script", "/?q=tu1+NOT+a", "/results.csv", "/coverage", *articles):
            page = asked(f"{address}{path}")
            if "csv" not in path:
                assert "<script" not in page
                assert "<img" not in page
                assert 'href="javascript:' not in page
        assert (datetime.now(UTC) - began).total_seconds() < 300
    assert state(home) == before


def asked(address: str) -> str:
    for _ in range(100):
        with (
            contextlib.suppress(urllib.error.URLError),
            urllib.request.urlopen(address) as answer,  # noqa: S310  (our own server)
        ):
            assert answer.status == 200
            return str(answer.read().decode())
        time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.parametrize("name", sorted(ARCHIVES.keys() - {"hostile", "half-written", "run"}))
def test_the_reading_room_does_not_open_over_a_damaged_archive(
    made: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    home, (_, codes) = made(name), ARCHIVES[name]
    env = {"XDG_CACHE_HOME": str(tmp_path)}
    done = newscrawl("serve", str(home), "--port", "0", env=env)
    assert done.returncode in codes
    assert len(done.stderr.strip().split("\n")) == 1, done.stderr


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("export", ("-o", "{home}/out")),
        ("export", ("-o", "{home}")),
        ("coverage", ("-o", "{home}/baothu/coverage.html")),
        ("reuse", ("-o", "{home}/../output/reuse.parquet")),
        ("freeze", ("-o", "{home}/set")),
        ("search", ("a", "--limit", "-1")),
        ("search", ("a", "--kwic", "x")),
        ("serve", ("--port", "70000")),
        ("split", ("--test", "nan")),
        ("split", ("--reuse", "{home}/baothu/manifest.json")),
        ("split", ("--reuse", "{home}/nothing.parquet")),
        ("serve", ("--reuse", "{home}/baothu/manifest.json")),
    ],
)
def test_a_wrong_option_is_told_in_a_line(
    tmp_path: Path, command: str, options: tuple[str, ...]
) -> None:
    home = tmp_path / "output"
    publish(home, "baothu", [row(1, NEW_YEAR)])
    before = state(home)
    given = [one.replace("{home}", str(home)) for one in options]
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = newscrawl(command, str(home), *given, env=env)
    assert done.returncode in (2, 5), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert state(home) == before
