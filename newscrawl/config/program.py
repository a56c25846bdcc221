"""The program's name as a person called it: `scrapy` in a checkout, `newscrawl` where installed.

Every hint of what to type asks here, so that it can be typed as it stands.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from shlex import quote
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


def on_archive(command: str) -> str:
    """Return a command on the archive of this one as a person types it, marked as such.

    It carries the `--config` and the `ARCHIVE` that this command was given: without them the same
    words would reach another archive.
    """
    return to_type(command + given_place())


def given_place() -> str:
    """Return the options, each after a blank, that name the archive of this command; "" for none.

    A file or an archive that the environment names counts as given: who reads the hint may be in
    another shell.
    """
    return place_of(sys.argv[1:], os.environ)


def place_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the options, each after a blank, that name the archive of a command.

    >>> place_of(["verify", "baothu", "-s", "ARCHIVE=old copy"], {})
    " -s 'ARCHIVE=old copy'"
    >>> place_of(["--config=x.toml", "-sARCHIVE=a"], {"NEWSCRAWL_ARCHIVE": "b"})
    ' --config x.toml -s ARCHIVE=a'
    >>> place_of(["crawl"], {"NEWSCRAWL_ARCHIVE": "b"}), place_of(["crawl", "-s", "MIRROR=c"], {})
    (' -s ARCHIVE=b', '')
    >>> place_of(["demo"], {}), place_of(["demo", "-s", "ARCHIVE=a"], {})  # it has its own folder
    (' -s ARCHIVE=output/demo', ' -s ARCHIVE=a/demo')
    """
    config, archive = environment.get("NEWSCRAWL_CONFIG"), environment.get("NEWSCRAWL_ARCHIVE")
    for option, value in _options(arguments):
        if option == "--config":
            config = value
        elif value.startswith("ARCHIVE="):
            archive = value.removeprefix("ARCHIVE=")
    if arguments[:1] == ["demo"]:
        archive = str(PurePath(archive or "output") / "demo")
    place = f" --config {quote(config)}" if config else ""
    return place + (f" -s {quote(f'ARCHIVE={archive}')}" if archive else "")


def _options(arguments: Sequence[str]) -> list[tuple[str, str]]:
    """Return each `--config` and `-s` with its value, in any of the forms a shell takes."""
    found: list[tuple[str, str]] = []
    for at, argument in enumerate(arguments):
        for option in ("--config", "--set", "-s"):
            if argument == option:
                found += [(option, value) for value in arguments[at + 1 : at + 2]]
            elif argument.startswith("-s" if option == "-s" else f"{option}="):
                found.append((option, argument.removeprefix(option).removeprefix("=")))
    return found
