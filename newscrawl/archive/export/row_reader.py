"""Reading the lines of the files, as any reader of an archive may."""

import json
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from newscrawl.archive.atomic_files import disk
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line


def read_articles(folder: Path) -> Iterator[Line]:
    """Yield every article of a newspaper's folder by month, the undated ones last.

    Raises `ArchiveError` with file and line where a line is not whole.
    """
    for path in article_files(folder):
        yield from read_lines(path)


def read_revisions(folder: Path) -> Iterator[Line]:
    """Yield every superseded version by month of superseding; raise as `read_articles` does."""
    for path in sorted((folder / "revisions").glob("*.jsonl")):
        yield from read_lines(path)


def read_runs(folder: Path) -> Iterator[Line]:
    """Yield every run's record, oldest first; raise as `read_articles` does."""
    for path in sorted((folder / "runs").glob("*.jsonl")):
        yield from read_lines(path)


def article_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of articles in their order; folders that are links are followed."""
    return tuple(sorted(files_below(folder / "articles"), key=lambda path: path.name))


def files_below(folder: Path, pattern: str = "*.jsonl") -> tuple[Path, ...]:
    """Return the files of that pattern in a folder and all below it, links followed.

    `Path.rglob` passes over folders that are links: an archive moved to another disk in parts would
    seem smaller than it is.
    """
    found = glob(f"**/{pattern}", root_dir=folder, recursive=True)  # noqa: PTH207
    return tuple(sorted(folder / name for name in found))


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the objects of a JSONL file; raise `ArchiveError` where a line holds none."""
    for number, text in numbered(path):
        line = parse(text)
        if line is None:
            raise ArchiveError(f"{path}, line {number}, is not a whole JSON object")
        yield line


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers from 1, without newline, bad bytes replaced."""
    with (
        disk("reading", path),
        path.open(encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        for number, text in enumerate(file, 1):
            yield number, text.removesuffix("\n")


def parse(text: str) -> Line | None:
    """Return the object a line holds; None where the line is not whole.

    >>> parse('{"id": "bao:1"}'), parse('{"id": '), parse("[]")
    ({'id': 'bao:1'}, None, None)
    """
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return line if isinstance(line, dict) else None
