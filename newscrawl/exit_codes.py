"""The exit codes of the commands: what each means, and which of two is the graver."""

from enum import IntEnum
from typing import Final, Self

_NOTHING: Final = "nothing"


class ExitCode(IntEnum):
    """The exit code of a command.

    The members stand in the order of their numbers; `gravity` puts what loses data first, then a
    fault of the program, of the caller, of a site, and last what only stopped early.
    """

    OK = 0, 0, "the archive is refreshed, or there was nothing new", _NOTHING
    BUG = 1, 9, "a bug: an error nobody handled", "report it with the lines that were printed"
    USAGE = 2, 8, "usage, settings, a missing contact", "mend what the line names"
    DEGRADED = (
        3,
        5,
        "needs a person: a layout, lists, failures, silence, kills or the disk",
        (
            "read the lines above the code: `field` means a redesign, `lists` lists that gave"
            " nothing, `failed` pages, `STALLED` no news, `DISK` little space, `killed` dead runs"
        ),
    )
    SITE_DOWN = (
        4,
        7,
        "the site cannot be reached, blocks us, or answers without its articles",
        (
            "open the site in a browser: where it works there and the next runs end so, too, it"
            " may refuse this machine, and the newspaper is the one to ask"
        ),
    )
    ARCHIVE_ERROR = (
        5,
        10,
        "the archive could not be written or is damaged; what was committed is kept",
        "make room, or give back the right to write, as the line says; else `verify` tells more",
    )
    ROBOTS = (
        6,
        6,
        "robots.txt forbids it or cannot be read",
        "read the site's /robots.txt: where it forbids, only the newspaper can allow it",
    )
    BOUND_REACHED = 7, 1, "stopped by a bound with work left; the next run goes on", _NOTHING
    BUSY = 75, 2, "another run of this newspaper is at work", _NOTHING
    INTERRUPTED = 130, 3, "stopped by SIGINT, nothing lost", _NOTHING
    TERMINATED = 143, 4, "stopped by SIGTERM, nothing lost", _NOTHING

    gravity: int
    """Place among the codes; the highest is the gravest"""
    meaning: str
    """One line for a person"""
    remedy: str
    """What a person does"""

    def __new__(cls, code: int, gravity: int, meaning: str, remedy: str) -> Self:
        """Return the member of that number."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.gravity = gravity
        member.meaning, member.remedy = meaning, remedy
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
