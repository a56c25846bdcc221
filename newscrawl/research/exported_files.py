"""The files an export writes: replaced whole, and swept where an earlier export left others."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from newscrawl.archive.atomic_files import disk


class ExportedFile(NamedTuple):
    """A file of an export."""

    name: str
    """Name inside the export's folder"""
    rows: int


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` and move it there when the block ends well.

    A block that ends by an error leaves the old file and no temporary one. So does a block that
    writes nothing. Raises `ArchiveError` where the folder cannot be written.
    """
    temporary = path.with_name(f".{path.name}.part")
    with disk("writing", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            if temporary.exists():
                os.replace(temporary, path)  # noqa: PTH105  (Path.replace would return a path)
        finally:
            temporary.unlink(missing_ok=True)


def sweep(
    folder: Path, pattern: str, made: Iterable[ExportedFile], is_ours: Callable[[Path], bool]
) -> None:
    """Remove the files of that pattern which an earlier export wrote and this one did not.

    `is_ours` tells a file of an earlier export from one that somebody else put there.
    """
    names = {file.name for file in made}
    with disk("writing", folder):
        for path in folder.glob(pattern):
            if path.name not in names and is_ours(path):
                path.unlink()
