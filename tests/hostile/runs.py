"""Whole runs of `scrapy crawl` on the hostile newspaper, watched, and what they stored."""

from __future__ import annotations

import json
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any, Final

from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.text import clean
from tests.hostile.harness import Running, running
from tests.reliability.crawls import Place, start

NAME: Final = "hdndtuyenquang"
QUICK: Final = {
    "DOWNLOAD_TIMEOUT": 6,
    "BACKOFF_S": 0.01,
    "BACKOFF_MAX_S": 0.1,
    "MIN_FREE_BYTES": 0,
}
_LOOK_S: Final = 0.01
_LISTENS: Final = "0A"


@dataclass
class Ran:
    """A run that has ended."""

    code: int
    out: str
    err: str
    seconds: float
    cpu_s: float
    peak_mb: float
    """The most memory it ever held"""
    ports: set[str]
    """Addresses it listened at, at any moment"""

    @property
    def crashed(self) -> bool:
        return self.code == 1 or "Traceback" in self.err


@dataclass
class Stored:
    """The articles in an archive against those that were published."""

    right: set[int] = field(default_factory=set)
    wrong: dict[int, str] = field(default_factory=dict)
    """What differs, by the article's number"""
    missing: set[int] = field(default_factory=set)

    def __str__(self) -> str:
        said = f"{len(self.right)} right, {len(self.wrong)} wrong, {len(self.missing)} missing"
        return said + "".join(f"; {number}: {why}" for number, why in list(self.wrong.items())[:3])


class Paper:
    """A hostile newspaper and the archive that a crawler makes of it."""

    def __init__(self, server: Running, folder: Path, log: Path, name: str = NAME) -> None:
        self.server, self.log = server, log
        self.place = Place(folder, server.mirror, name)

    def run(
        self, *more: str, env: Mapping[str, str] | None = None, timeout_s: float = 300, **set_: Any
    ) -> Ran:
        """One run with these settings; raises TimeoutExpired where it hangs."""
        given = [f"{name}={value}" for name, value in (QUICK | set_).items()]
        settings = [part for one in given for part in ("-s", one)]
        running_ = start(self.place.command(*settings, *more), env=env)
        peak: list[float] = [0.0]
        ports: set[str] = set()
        pid = running_.process.pid
        watcher = Thread(target=_watch, args=(pid, peak, ports), daemon=True)
        watcher.start()
        done = running_.done(timeout_s)
        watcher.join()
        return Ran(done.code, done.out, done.err, done.seconds, done.cpu_s, peak[0], ports)

    def asked(self) -> list[dict[str, Any]]:
        """Every request the server has had, where it was told to note them."""
        return [json.loads(row) for row in self.log.read_text(encoding="utf-8").splitlines()]

    def lines(self) -> list[dict[str, Any]]:
        """The archive's lines, read as JSON Lines are; raises ValueError for a torn one."""
        texts = (p.read_bytes() for p in (self.place.folder / "articles").rglob("*.jsonl"))
        return [json.loads(line) for text in texts for line in text.split(b"\n") if line]

    def record(self) -> dict[str, Any]:
        """What the last run says of itself."""
        files = sorted((self.place.folder / "runs").glob("*.jsonl"))
        record: dict[str, Any] = json.loads(files[-1].read_bytes().splitlines()[-1])
        return record

    def problems(self) -> list[str]:
        """What `scrapy verify` would say of the archive."""
        return [str(found) for found in verify(self.place.folder, check_line)]

    def published(self) -> dict[int, dict[str, Any]]:
        rows = (json.loads(row) for row in self.server.control("truth").split("\n") if row)
        return {row["id"]: row for row in rows}

    def stored(self) -> Stored:
        """Every article's fields against what was published."""
        found, lines = Stored(), self.lines()
        by_number = {int(line["id"].rpartition(":")[2]): line for line in lines}
        doubled = len(lines) - len(by_number)
        published = self.published()
        for number, row in published.items():
            if number not in by_number:
                found.missing.add(number)
            elif differs := difference(by_number[number], row):
                found.wrong[number] = differs
            else:
                found.right.add(number)
        for number in by_number.keys() - published.keys():
            found.wrong[number] = "was never published"
        if doubled:
            found.wrong[-1] = f"{doubled} doubled"
        return found


def difference(line: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """The first field that is not as published, NUL and other invisible characters aside."""
    expected = {
        "headline": clean(row["headline"]),
        "lead": clean(row["lead"]),
        "body": "\n\n".join(filter(None, map(clean, row["body"]))),
        "captions": [clean(caption) for caption in row["captions"]],
        "published_at": row["published"],
    }
    for name, value in expected.items():
        if line[name] != value:
            return f"{name} {line[name]!r:.60} instead of {value!r:.60}"
    return ""


def shown(text: str) -> set[str]:
    """Characters of a text that would act on a terminal or hide: none may be among them."""
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {c for c in text if c != "\n" and unicodedata.category(c) in kinds}


@contextmanager
def paper(
    *options: str, name: str = NAME, folder: Path | None = None, noted: bool = False
) -> Iterator[Paper]:
    """A newspaper with these options of the server, and an empty archive (or `folder`)."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        log = Path(made) / "requests.jsonl"
        more = ("--log", str(log)) if noted else ()
        with running("--like", name, *more, *options) as server:
            yield Paper(server, folder or Path(made) / "archive", log, name)


def _watch(pid: int, peak: list[float], ports: set[str]) -> None:
    while (mb := _peak_mb(pid)) is not None:
        peak[0] = max(peak[0], mb)
        ports |= _listening(pid)
        time.sleep(_LOOK_S)


def _peak_mb(pid: int) -> float | None:
    """The most resident memory so far; None once the process has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) / 1024 if found else None


def _listening(pid: int) -> set[str]:
    """Local addresses of the process's listening TCP sockets."""
    own = set()
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = str(link.readlink())
            if target.startswith("socket:["):
                own.add(target[8:-1])
        tables = [Path(f"/proc/{pid}/net/{kind}").read_text() for kind in ("tcp", "tcp6")]
    except OSError:
        return set()
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    return {row[1] for row in rows if row[3] == _LISTENS and row[9] in own}
