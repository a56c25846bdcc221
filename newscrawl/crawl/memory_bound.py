"""The bound on a run's memory, by what the process holds now."""

import os
from pathlib import Path
from typing import Final

from scrapy.extensions.memusage import MemoryUsage

_PAGES: Final = Path("/proc/self/statm")


class MemoryBound(MemoryUsage):
    """End the run cleanly when the process holds more than MEMUSAGE_LIMIT_MB.

    Scrapy asks for the most that was ever held. Linux hands that figure on to programs which a
    process starts: a crawl that a program of 1.5 GB started was ended before its first request.
    """

    def get_virtual_size(self) -> int:
        """Return the bytes that the process holds in memory; without /proc what Scrapy returns."""
        try:
            resident = int(_PAGES.read_text("ascii").split()[1])
        except OSError:
            return super().get_virtual_size()
        return resident * os.sysconf("SC_PAGE_SIZE")
