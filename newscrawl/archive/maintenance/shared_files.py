"""Rewriting files that several folders share by hard links: each once, and shared again after."""

import os
from collections.abc import Callable
from pathlib import Path

from newscrawl.archive.atomic_files import aside, disk, put_in_place

Rewrite = Callable[[Path], bool]
"""Writes the new content aside, and returns whether it differs"""


class SharedFiles:
    """What became of each file, so that the next name of it becomes a link to the same."""

    def __init__(self) -> None:
        self._became: dict[tuple[int, int], Path | None] = {}

    def replace(self, path: Path, rewrite: Rewrite) -> bool:
        """Replace the file by what `rewrite` writes, durably; return whether it changed.

        Each path is to be given once. Raises `ArchiveError` where the disk refuses.
        """
        with disk("rewriting", path):
            found = path.stat()
            name = (found.st_dev, found.st_ino)
            became = self._became.get(name)
            if became is not None and became.exists():
                aside(path).unlink(missing_ok=True)
                os.link(became, aside(path))
            elif name in self._became and became is None:
                return False
            else:
                self._became[name] = path if rewrite(path) else None
                if self._became[name] is None:
                    return False
            put_in_place(path)
        return True
