"""Make the archive of a release: python -m tests.archives 0.2.0 (docs/releasing.md).

Two crawls of the replica, the second in a later edition, by whichever newscrawl is imported; then
one file beside this one. PYTHONPATH names another checkout, to make an older release's.
"""

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

NAME: Final = "baotuyenquang"
_CRAWL: Final = ("-a", "refetch=0d", "-s", "SNAPSHOT=False")


def make(version: str) -> Path:
    """Crawl, pack what is the newspaper's own, and return the packed file."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "output"
        for edition in ("1", "2"):
            command = [sys.executable, "-m", "scrapy", "demo", "--articles", "60"]
            options = ["--edition", edition, *_CRAWL, "-s", f"ARCHIVE={home}"]
            subprocess.run([*command, *options], check=True)
        packed = Path(__file__).parent / f"{version}.tar.xz"
        with tarfile.open(packed, "w:xz") as tar:
            tar.add(next(home.rglob(NAME)), NAME, filter=_plain)
    return packed


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Return the member without what the machine adds; None for the lock."""
    if info.name.endswith("state/lock"):
        return None
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    return info


if __name__ == "__main__":
    print(make(sys.argv[1]))
