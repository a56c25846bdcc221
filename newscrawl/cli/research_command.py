"""What the researchers' commands share: an archive as first argument, a window of rows, extras."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.missing_extra import extra_wanted
from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import RowFilter
from newscrawl.text import visible

_BLANK = re.compile(r"[^\S\n]")

EXTRAS = {"pyarrow": "research", "numpy": "research", "rensa": "research"} | dict.fromkeys(
    ("starlette", "uvicorn", "jinja2"), "web"
)
"""The extra that brings each package which the base installation lacks"""


class ResearchCommand(NewspaperCommand):
    """A command that reads an archive's published files and writes nothing into the archive."""

    requires_project = False
    otherwise = ""
    """What the command can do without the extra"""

    def window_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options that choose rows."""
        parser.add_argument(
            "--newspaper", action="append", default=[], metavar="NAME", help="this one (repeatable)"
        )
        parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="from this day on")
        parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="up to this day")

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell an error, or a package that is missing, in one line with its exit code."""
        with super().telling():
            try:
                yield
            except ModuleNotFoundError as error:
                extra = EXTRAS.get((error.name or "").partition(".")[0])
                if extra is None:
                    raise
                raise extra_wanted(error.name, extra, self.otherwise) from error


def wanted_rows(options: argparse.Namespace) -> RowFilter:
    """Return the filter that the options of `window_options` state."""
    if options.since and options.until and options.since > options.until:
        raise ArgumentError(f"--since {options.since} lies after --until {options.until}")
    return RowFilter(
        newspapers=frozenset(options.newspaper), since=options.since, until=options.until
    )


def outside(archive: Path, output: Path) -> Path:
    """Return the output; raise `ArgumentError` where it lies inside the archive."""
    if output.resolve().is_relative_to(archive.resolve()):
        raise ArgumentError(
            f"{output} lies in the archive {archive}, into which nothing is written: name another"
            " place"
        )
    return output


def say_safely(text: object) -> None:
    """Print a result of which an article's words are a part, without terminal escapes."""
    say(_BLANK.sub(" ", visible(str(text))))


def one_line(text: str) -> str:
    r"""Return a text as one visible line.

    >>> one_line("Mưa\x1b[2J\n to")
    'Mưa[2J to'
    """
    return " ".join(visible(text).split())


def archive_and(args: list[str], *names: str) -> tuple[Path, ...]:
    """Return the archive's folder, the first argument, when as many follow as there are names.

    Raises `UsageError` for too few or too many arguments.
    """
    if len(args) != 1 + len(names):
        raise UsageError(f"give the archive's folder{''.join(f' and {name}' for name in names)}")
    return (Path(args[0]), *map(Path, args[1:]))


def count(text: str) -> int:
    """Return the number of an option, 0 or more; argparse tells a ValueError as a wrong value."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def day(text: str) -> date:
    """Return the day of an option; argparse tells a ValueError as a wrong value."""
    return date.fromisoformat(text)
