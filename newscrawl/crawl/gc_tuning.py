"""The garbage collector, told what pages are like."""

import gc
from typing import Final

_LEAST: Final = 5_000  # objects; Python's own 700 are ten pages' worth


def collect_rarely() -> None:
    """The collector looks rarely, and not at what is loaded by now: that stays.

    A page leaves next to no circles (2,760 objects of 2,304 pages, measured), but thousands of
    objects to look at: a fiftieth of a crawl.
    """
    gc.freeze()
    gc.set_threshold(_LEAST)
