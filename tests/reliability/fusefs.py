#!/usr/bin/env python3
"""The power-cut file system with links and a quota, mounted by the scripts beside this file.

    python tests/reliability/fusefs.py MOUNTPOINT
    echo 17 > MOUNTPOINT/.powercut      # what was not fsynced is forgotten, 17 seeds how much
    echo 300000 > MOUNTPOINT/.quota     # further bytes are refused with EDQUOT; 0 = no quota

Needs /dev/fuse, fuse3 and mfusepy.
"""

from __future__ import annotations

import errno
import importlib
import importlib.util
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.hostile.powercut import CUT, Inode, PowerCut

QUOTA: Final = "/.quota"
IS_THERE: Final = Path("/dev/fuse").exists() and importlib.util.find_spec("mfusepy") is not None


class Disk(PowerCut):
    """What the crawl needs beyond files and folders: hard links, symbolic links, a quota."""

    def __init__(self) -> None:
        super().__init__()
        self.quota = 0

    def link(self, target: str, source: str) -> None:
        self.name("link", target, self.node(source))

    def symlink(self, target: str, source: str) -> None:
        inode = Inode(stat.S_IFLNK | 0o777, bytearray(source.encode()))
        inode.sync()
        self.name("link", target, inode)

    def readlink(self, path: str) -> str:
        return bytes(self.node(path).data).decode()

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        return super().getattr(CUT if path == QUOTA else path, fh)

    def open(self, path: str, flags: int) -> int:
        return super().open(CUT if path == QUOTA else path, flags)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        super().truncate(CUT if path == QUOTA else path, length, fh)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        if path == QUOTA:
            self.quota = int(data.decode())
            return len(data)
        if self.quota and path != CUT and self._used() + self._more(fh, offset, data) > self.quota:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")
        return super().write(path, data, offset, fh)

    def _more(self, fh: int, offset: int, data: bytes) -> int:
        return max(0, offset + len(data) - len(self.fds[fh].data))

    def _used(self) -> int:
        return sum(len(n.data) for n in {id(n): n for n in self.live.values()}.values())


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """The folder as such a file system, in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        try:
            end = time.monotonic() + 10
            while not os.path.ismount(folder):
                if child.poll() is not None or time.monotonic() > end:
                    said = child.stderr.read().decode() if child.stderr else ""
                    raise OSError(f"{folder} could not be mounted: {said.strip()}")
                time.sleep(0.01)
            yield folder
        finally:
            subprocess.run(["fusermount3", "-u", "-z", str(folder)], check=False)
            child.wait(20)


def main() -> None:
    fuse: Any = importlib.import_module("mfusepy")
    mount = {"foreground": True, "nothreads": True, "attr_timeout": 0, "entry_timeout": 0}
    fuse.FUSE(Disk(), sys.argv[1], **mount)


if __name__ == "__main__":
    main()
