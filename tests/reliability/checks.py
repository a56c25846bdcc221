"""What must hold of an archive at any moment, and of a whole one at the end."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica
from tests.reliability.crawls import HOST, NAME

_LOOK_S: Final = 0.01
Text = tuple[str, str]
"""Headline and body: the words that must be the published ones"""


@dataclass
class Seen:
    """The lines of `articles/`."""

    ids: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)

    @property
    def doubled(self) -> int:
        return len(self.ids) - len(set(self.ids))


def look(folder: Path) -> Seen:
    """Every line of the newspaper's articles as they stand now."""
    seen = Seen()
    for path in sorted((folder / "articles").rglob("*.jsonl")):
        for line in _lines(path, seen.torn):
            seen.ids.append(line["id"])
            seen.texts[line["id"]] = (line["headline"], line["body"])
            seen.statuses[line["id"]] = line["status"]
    return seen


def _lines(path: Path, torn: list[str]) -> list[dict[str, Any]]:
    """The whole lines of a file; what is torn or invalid is told in `torn`."""
    data = path.read_bytes()
    if not data.endswith(b"\n"):
        torn.append(f"{path.name}: no newline at its end")
    found = []
    for text in data.split(b"\n")[:-1]:
        try:
            line = json.loads(text)
        except ValueError:
            torn.append(f"{path.name}: {text[-80:]!r}")
            continue
        if problems := check_line(line):
            torn.append(f"{path.name}: {problems}")
        found.append(line)
    return found


class Reader:
    """A researcher who reads the files all the time while a crawl writes them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.looks = 0
        self.torn: list[str] = []
        self.vanished: set[str] = set()
        self._known: dict[Path, tuple[int, int]] = {}
        self._ids: dict[Path, set[str]] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)

    def _read(self) -> None:
        while not self._stop.wait(_LOOK_S):
            self.once()

    def once(self) -> None:
        """One look: a file that was there is there, whole, with every article it had."""
        self.looks += 1
        for path in {*self._known, *(self.folder / "articles").rglob("*.jsonl")}:
            try:
                stat = path.stat()
                version = (stat.st_ino, stat.st_mtime_ns)
                if self._known.get(path) == version:
                    continue
                ids = {line["id"] for line in _lines(path, self.torn)}
            except FileNotFoundError:
                self.torn.append(f"{path.name} is gone")
                continue
            self.vanished |= self._ids.get(path, set()) - ids
            self._known[path], self._ids[path] = version, ids

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        self.once()


def published(replica: Replica, host: str = HOST, name: str = NAME) -> dict[str, Text]:
    """The words of every article that stands in the replica's present edition, by id."""
    return {
        f"{name}:{row['key']}": (row["headline"], "\n\n".join(row["body"]))
        for row in replica.truth(host)
    }


def differences(seen: Seen, truth: Mapping[str, Text]) -> Counter[str]:
    """How many articles are lost, doubled, torn, or not in the words that were published."""
    found = Counter(
        lost=len(truth.keys() - set(seen.ids)),
        doubled=seen.doubled,
        torn=len(seen.torn),
        wrong=sum(seen.texts[i] != words for i, words in truth.items() if i in seen.texts),
        gone=sum(seen.statuses[i] == "gone" for i in truth if i in seen.statuses),
    )
    return +found


def sums(folder: Path, *kinds: str) -> dict[str, str]:
    """The sum of every file of these sub-folders (default: articles), by its path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for kind in kinds or ("articles",)
        for path in sorted((folder / kind).rglob("*"))
        if path.is_file()
    }


def unlisted_pages(folder: Path) -> list[str]:
    """Files of raw pages that the manifest, and so a snapshot, does not know."""
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    return sorted(sums(folder, "pages").keys() - listed.keys())


def most_asked(replica: Replica) -> int:
    """How often the article asked for most was asked for, whatever its address."""
    counts: Counter[str] = Counter()
    for path, count in replica.stats()["paths"].items():
        key = article_of(path)
        if key is not None:
            counts[key] += count
    return max(counts.values(), default=0)


def article_of(path: str) -> str | None:
    """The last part of an article's address; None for a list, an API, robots.txt."""
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    is_legacy = last.endswith(".html") and not last.startswith("trang-")
    is_today = "-" in last and len(last.rpartition("-")[2]) == 7 and path.count("/") >= 3
    return last if is_legacy or is_today else None
