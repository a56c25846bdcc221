"""`newscrawl serve` as a process: what it holds in memory, and what it sees of a new export."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from newscrawl.items import Line
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.sqlite_export import export_sqlite
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

NOT_NEEDED: Final = {
    "scrapy", "twisted", "lxml", "aiohttp", "cryptography", "OpenSSL", "parsel", "warcio",
    "pyarrow", "numpy", "rensa", "pandas",
}  # fmt: skip
"""Packages that reading an archive brings along, 45 MB of memory, and a page needs none of"""
_START_MAX_S: Final = 120.0
_IMPORTS_BEGIN: Final = "import time: self [us]"


@dataclass(frozen=True)
class Room:
    """A reading room that runs."""

    address: str
    pid: int
    said: Path

    def get(self, path: str) -> str:
        """Return the body of an answer."""
        with urllib.request.urlopen(self.address + path) as answer:  # noqa: S310  (loopback)
            body: bytes = answer.read()
        return body.decode()


@contextmanager
def running_room(place: Path, home: Path, **environment: str) -> Iterator[Room]:
    """Serve an archive or a file until the block ends."""
    said, command = home / "said", [sys.executable, "-m", "newscrawl.cli.main", "serve"]
    env = {**os.environ, "XDG_CACHE_HOME": str(home / "cache"), **environment}
    with (
        said.open("w", encoding="utf-8") as errors,
        subprocess.Popen([*command, str(place), "--port", "0"], stderr=errors, env=env) as process,
    ):
        try:
            yield Room(address_in(said, process), process.pid, said)
        finally:
            process.terminate()


def address_in(said: Path, process: subprocess.Popen[bytes]) -> str:
    begun = time.monotonic()
    while time.monotonic() - begun < _START_MAX_S:
        text = said.read_text("utf-8")
        if found := re.search(r"reading room: (http://127\.0\.0\.1:\d+)/ \(", text):
            return found[1]
        assert process.poll() is None, text
        time.sleep(0.05)
    pytest.fail("the reading room did not open")


def rows(count: int) -> list[Line]:
    return [row(n, NEW_YEAR, body=f"Đồng bào xuống chợ phiên {n}.") for n in range(1, count + 1)]


def export(home: Path, count: int) -> Path:
    """Write so many articles as an archive, and the archive as a database."""
    publish(home / "output", "baothu", rows(count))
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    return home / "articles.sqlite"


def test_a_serving_process_loads_nothing_of_what_crawls(tmp_path: Path) -> None:
    publish(tmp_path / "output", "baothu", rows(30))
    with running_room(tmp_path / "output", tmp_path, PYTHONPROFILEIMPORTTIME="1") as room:
        assert "30 articles" in room.get("/?q=dong+bao&lang=en")
        assert "chợ phiên 7." in room.get("/article?id=baothu:7")
        assert room.get("/results.csv?q=xuong").count("\r\n") == 31
        assert "baothu" in room.get("/coverage")
        command = Path(f"/proc/{room.pid}/cmdline").read_text("utf-8")
        assert "reading_room.serving_process" in command
    before, _, loaded = room.said.read_text("utf-8").rpartition(_IMPORTS_BEGIN)
    packages = set(re.findall(r"^import time: .*\| +(\w+)", loaded, re.MULTILINE))
    assert {"newscrawl", "starlette", "uvicorn", "jinja2", "sqlite3"} <= packages
    assert packages & NOT_NEEDED == set()
    assert re.search(r"\| +scrapy$", before, re.MULTILINE)  # the process began with it


def test_a_file_that_is_exported_again_is_served_at_once(tmp_path: Path) -> None:
    database = export(tmp_path, 3)
    with running_room(database, tmp_path) as room:
        assert "3 articles" in room.get("/?lang=en")
        export(tmp_path, 5)
        assert "5 articles" in room.get("/?lang=en")
        assert "chợ phiên 5." in room.get("/article?id=baothu:5")
        assert "5 articles" in room.get("/?q=dong+bao&lang=en")


def test_a_file_that_is_no_export_takes_no_ones_place(tmp_path: Path) -> None:
    database = export(tmp_path, 3)
    with running_room(database, tmp_path) as room:
        half = tmp_path / "half"
        half.write_bytes(database.read_bytes()[:9_000])
        half.replace(database)
        for _ in range(3):
            assert "3 articles" in room.get("/?q=dong+bao&lang=en")
        database.unlink()
        assert "chợ phiên 2." in room.get("/article?id=baothu:2")
        export(tmp_path, 4)
        assert "4 articles" in room.get("/?lang=en")
    told = room.said.read_text("utf-8")
    assert told.count("cannot be read") == 1
    assert "the one before is served" in told
