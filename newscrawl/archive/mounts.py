"""Refusing network file systems, on which neither SQLite nor a lock can be trusted."""

import re
from pathlib import Path
from typing import Final

from newscrawl.exceptions import ArchiveError

_MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gpfs", "glusterfs",
     "beegfs", "ocfs2", "gfs2", "orangefs", "ncpfs", "davfs",
     "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.davfs", "fuse.ceph-fuse")
)  # fmt: skip
_OCTAL: Final = re.compile(r"\\([0-7]{3})")


def refuse_network_disk(folder: Path) -> None:
    """Raise `ArchiveError` where the folder is, or will be, on a network file system.

    SQLite's write-ahead log needs memory shared by all readers, which no network gives, and flock
    may hold back nobody on another machine: two runs would write one ledger. Where the system has
    no list of mounts, nothing is refused.
    """
    if not _MOUNTS.exists():
        return
    kind = file_system_of(folder, _MOUNTS.read_text(encoding="utf-8", errors="replace"))
    if kind in _NETWORK:
        raise ArchiveError(
            f"{folder} is on a network file system ({kind}): its locks may not hold, and a ledger"
            " on it may be damaged; use a local disk, or set NETWORK_DISK=True if only one machine"
            " writes there"
        )


def file_system_of(folder: Path, mounts: str) -> str:
    r"""Return the type of the file system that holds a folder; "" where no mount holds it.

    `mounts` is the text of /proc/self/mountinfo (proc(5)).

    >>> mounts = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    >>> mounts += "30 21 0:50 / /tin\\040bao rw - nfs4 nas:/ rw\n"
    >>> file_system_of(Path("/tin bao/output"), mounts), file_system_of(Path("/srv"), mounts)
    ('nfs4', 'ext4')
    """
    place = folder.absolute().resolve()
    found: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        words, _, more = line.partition(" - ")
        where = words.split(" ")
        if len(where) < 5 or not more:
            continue
        point = Path(_OCTAL.sub(lambda octal: chr(int(octal[1], 8)), where[4]))
        if place.is_relative_to(point) and len(point.parts) >= found[0]:  # a later mount covers
            found = (len(point.parts), more.split(" ")[0])
    return found[1]
