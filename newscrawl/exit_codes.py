"""The exit codes of the commands: what each means, and which of two is the graver."""

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """The exit code of a command.

    The members stand in the order of their numbers; `gravity` puts what loses data first, then a
    fault of the program, of the caller, of a site, and last what only stopped early.
    """

    OK = 0, 0, "the archive is refreshed, or there was nothing new"
    BUG = 1, 9, "a bug: an error nobody handled"
    USAGE = 2, 8, "usage, settings, a missing contact"
    DEGRADED = (
        3,
        5,
        "layout not recognised, too many failures, lists without articles, below the floor",
    )
    SITE_DOWN = 4, 7, "the site cannot be reached, blocks us, or answers without its articles"
    ARCHIVE_ERROR = (
        5,
        10,
        "the archive could not be written or is damaged; what was committed is kept",
    )
    ROBOTS = 6, 6, "robots.txt forbids it or cannot be read"
    BOUND_REACHED = 7, 1, "stopped by a bound with work left; the next run goes on"
    BUSY = 75, 2, "another run of this newspaper is at work"
    INTERRUPTED = 130, 3, "stopped by SIGINT, nothing lost"
    TERMINATED = 143, 4, "stopped by SIGTERM, nothing lost"

    gravity: int
    """Place among the codes; the highest is the gravest"""
    meaning: str
    """One line for a person"""

    def __new__(cls, code: int, gravity: int, meaning: str) -> Self:
        """Return the member of that number."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.gravity = gravity
        member.meaning = meaning
        return member


_BY_NUMBER: dict[int, ExitCode] = {int(code): code for code in ExitCode}
BY_GRAVITY: tuple[ExitCode, ...] = tuple(
    sorted(ExitCode, key=lambda code: code.gravity, reverse=True)
)
"""The exit codes, the gravest first"""


def gravity_of(code: int) -> int:
    """Return the gravity of a process's exit code; one that no command gives is as grave as a bug.

    >>> gravity_of(137) == gravity_of(ExitCode.BUG) > gravity_of(ExitCode.SITE_DOWN)
    True
    """
    return _BY_NUMBER.get(code, ExitCode.BUG).gravity


def meaning_of(code: int, otherwise: str) -> str:
    """Return what a process's exit code means; `otherwise` for one that no command gives.

    >>> meaning_of(75, "killed"), meaning_of(137, "killed")
    ('another run of this newspaper is at work', 'killed')
    """
    return _BY_NUMBER[code].meaning if code in _BY_NUMBER else otherwise
