"""The program's name as a person called it: `scrapy` in a checkout, `newscrawl` where installed.

Every hint of what to type asks here, so that it can be typed as it stands.
"""

import sys
from pathlib import PurePath
from typing import Final

NAME: Final = "newscrawl"
OF_SCRAPY: Final = "scrapy"
MODULES: Final = {NAME: "newscrawl.cli.main", OF_SCRAPY: "scrapy"}
"""What `python -m` takes to start the program of each name"""


def program() -> str:
    """Return the name of the program that this process is."""
    return program_of(sys.argv[0] if sys.argv else "")


def program_of(called: str) -> str:
    """Return the program's name by the path that was called; a notebook's is our own.

    >>> program_of("/srv/bin/scrapy"), program_of("/srv/lib/scrapy/__main__.py")
    ('scrapy', 'scrapy')
    >>> program_of("/srv/bin/newscrawl"), program_of("/srv/newscrawl/cli/main.py"), program_of("")
    ('newscrawl', 'newscrawl', 'newscrawl')
    """
    path = PurePath(called)
    name = path.parent.name if path.stem == "__main__" else path.stem
    return OF_SCRAPY if name == OF_SCRAPY else NAME


def to_type(command: str) -> str:
    """Return a command as a person types it, marked as such.

    >>> to_type("papers")
    '`newscrawl papers`'
    """
    return f"`{program()} {command}`"
