"""`python -m newscrawl.cli.child_command PID COMMAND …`: `scrapy COMMAND …` that ends with PID.

A worker that is killed leaves no crawl behind: the kernel stops its children.
"""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


def end_with_parent(number: int) -> None:
    """Have the kernel send this process a signal when the thread that started it ends.

    Linux only; elsewhere nothing happens. A program that this one executes keeps the wish, and a
    child of this one does not.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def child_command(*arguments: str) -> list[str]:
    """Return how a process starts `scrapy ARGUMENTS` as its child."""
    return [sys.executable, "-m", "newscrawl.cli.child_command", str(os.getpid()), *arguments]


def main() -> None:
    """Run the command line of Scrapy, unless the parent has ended already."""
    parent = int(sys.argv.pop(1))
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGTERM)
    from scrapy.cmdline import execute  # noqa: PLC0415  (takes a second; the wish comes first)

    execute(["scrapy", *sys.argv[1:]])


if __name__ == "__main__":
    main()
