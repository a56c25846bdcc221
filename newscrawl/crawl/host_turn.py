"""Waiting for another newspaper's run that asks the same host."""

import asyncio
from collections.abc import Collection
from pathlib import Path
from typing import Final

from newscrawl.archive.host_locks import HostLocks, hold_hosts
from newscrawl.exceptions import ArchiveBusyError

_LOOK_INTERVAL_S: Final = 1.0


async def take_turn(archive: Path, hosts: Collection[str], wait_s: float) -> HostLocks | None:
    """Lock the hosts as soon as no other run holds one; None where that took too long.

    Args:
        archive: The folder of the newspapers' folders.
        hosts: The newspaper's hosts.
        wait_s: How long to wait at most.

    Raises:
        ArchiveError: The archive cannot be written.
    """
    until = asyncio.get_running_loop().time() + wait_s
    while True:
        try:
            return hold_hosts(archive, hosts)
        except ArchiveBusyError:
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            await asyncio.sleep(min(_LOOK_INTERVAL_S, left))
