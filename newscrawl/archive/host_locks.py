"""A lock a host, so that two runs of different newspapers never ask one server at once.

One run of `crawlall` keeps newspapers that share a host one after the other; these locks do the
same between two of them, or between `crawlall` and `crawl`, in one archive.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from newscrawl.archive.closing import Closing
from newscrawl.archive.lock import hold_file

FOLDER: Final = "locks"
_OTHER_NAMES: Final = ("www.", "m.")


class HostLocks(Closing):
    """The locks of a newspaper's hosts, held until `close` or the end of the process."""

    def __init__(self, held: ExitStack) -> None:
        self._held = held

    def close(self) -> None:
        """Release the locks; a second call does nothing."""
        self._held.close()


def names_of(hosts: Iterable[str]) -> tuple[str, ...]:
    """Return the names that the hosts' locks have, one for a domain, in the order of the alphabet.

    >>> names_of(["www.baothu.vn", "baothu.vn", "m.baothu.vn", "baocu.vn"])
    ('baocu.vn', 'baothu.vn')
    """
    names = set(hosts)
    bare = {
        host.removeprefix(prefix)
        for host in names
        for prefix in _OTHER_NAMES
        if host.startswith(prefix)
    }
    return tuple(sorted({h for h in names if not h.startswith(_OTHER_NAMES)} | bare))


def hold_hosts(archive: Path, hosts: Iterable[str]) -> HostLocks:
    """Lock a newspaper's hosts without waiting, all of them or none, and return the locks.

    Raises:
        ArchiveBusyError: A run of another newspaper asks one of the hosts.
        ArchiveError: The archive cannot be written.
    """
    with ExitStack() as taken:
        for name in names_of(hosts):
            taken.enter_context(hold_file(archive / FOLDER / name))
        return HostLocks(taken.pop_all())
