"""The command `newscrawl`: `scrapy` with this project's settings, in any folder.

Of Scrapy's own commands those are offered that work here.
"""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from newscrawl.config.program import NAME, program
from newscrawl.exit_codes import ExitCode
from newscrawl.version import __version__

_SETTINGS: Final = "SCRAPY_SETTINGS_MODULE"
_COMMANDS: Final = "newscrawl.commands"  # found by its name, as Scrapy finds it
_OF_SCRAPY: Final = ("list", "settings", "version")


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    os.environ.setdefault(_SETTINGS, "newscrawl.settings")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line, and return its exit code where it does not exit itself."""
    from scrapy.cmdline import execute  # noqa: PLC0415  (reads the environment as it is imported)

    if tuple(arguments) in (("--version",), ("version",)):
        print(f"{NAME} {__version__}")  # noqa: T201
        return ExitCode.OK
    if not arguments or arguments[0] in ("-h", "--help"):
        print(overview())  # noqa: T201
        return ExitCode.OK
    names = [*own_commands(), *_OF_SCRAPY]
    if not arguments[0].startswith("-") and arguments[0] not in names:
        near = get_close_matches(arguments[0], names, 1)
        remedy = f"did you mean {near[0]}?" if near else f"{NAME} -h lists them"
        print(f"{NAME}: no command {arguments[0]!r}: {remedy}", file=sys.stderr)  # noqa: T201
        return ExitCode.USAGE
    execute([NAME, *arguments])
    return ExitCode.OK


def own_commands() -> list[str]:
    """Return the names of our commands, sorted."""
    found = iter_modules(import_module(_COMMANDS).__path__)
    return sorted(module.name for module in found if not module.ispkg)


def overview() -> str:
    """Return what the program can do, a line for each of our commands, then Scrapy's own."""
    described = [
        (name, import_module(f"{_COMMANDS}.{name}").Command().short_desc())
        for name in own_commands()
    ]
    called, width = program(), max(len(name) for name, _ in described)
    lines = [f"  {name.ljust(width)}  {what}" for name, what in described]
    rest = (
        f"Of Scrapy's own: {', '.join(_OF_SCRAPY)}. {called} COMMAND -h explains a command,\n"
        f"{called} help lists the pages of the documentation, {called} help settings prints one."
    )
    return "\n".join([f"{called} COMMAND [options]", "", *lines, "", rest])


if __name__ == "__main__":
    main()
