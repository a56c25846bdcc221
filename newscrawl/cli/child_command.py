"""`python -m newscrawl.cli.child_command PID PROGRAM …`: a command that ends with its parent PID.

A worker that is killed leaves no crawl behind: the kernel stops its children.
"""

import ctypes
import os
import signal
import sys
from typing import Final

from newscrawl.config.program import program

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
    """Return how a process starts the program with the arguments as its child."""
    own = [sys.executable, "-m", "newscrawl.cli.child_command"]
    return [*own, str(os.getpid()), program(), *arguments]


def main() -> None:
    """Run the command line, unless the parent has ended already."""
    parent = int(sys.argv.pop(1))
    end_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGTERM)
    from scrapy.cmdline import execute  # noqa: PLC0415  (takes a second; the wish comes first)

    sys.argv.pop(0)  # what is left begins with the program's name, as a person would have called it
    execute(sys.argv)


if __name__ == "__main__":
    main()
