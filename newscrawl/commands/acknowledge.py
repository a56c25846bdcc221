"""`scrapy acknowledge`: a trouble that a person knows of is not told for a while."""

import argparse
from datetime import date, datetime
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawl.archive.acknowledged import (
    SILENCE,
    acknowledge,
    read_acknowledged,
    withdraw,
)
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.cli.status_files import newspaper_folders
from newscrawl.discovery.arguments import read_arguments
from newscrawl.exceptions import ArgumentError
from newscrawl.items import VIETNAM


class Command(NewspaperCommand):
    """Note that a section is closed, or that a newspaper has stopped, until a day."""

    def syntax(self) -> str:
        return "[options] [newspaper] [section or silence]"

    def short_desc(self) -> str:
        return "Have a section's failure or a newspaper's silence not told until a day"

    def long_desc(self) -> str:
        return (
            "A section that is closed for good fails every run with exit code 3. With a section's"
            f" path or address, or with the word {SILENCE}, and --until, the runs up to that day do"
            " not count it; afterwards it is told again, and with --withdraw from the next run on."
            " With the newspaper alone: lists what is acknowledged of it and until when; without a"
            " newspaper: of all in the archive. `status` shows it too."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--until", metavar="DATE", help="the last day, YYYY-MM-DD")
        parser.add_argument(
            "--withdraw", action="store_true", help="have it told again, from the next run on"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 2 or (opts.until and opts.withdraw):
            raise UsageError("a newspaper, a section or silence, and either --until or --withdraw")
        if len(args) < 2 and (opts.until or opts.withdraw):
            raise UsageError(f"of what? name the newspaper, and a section or {SILENCE}")
        with self.telling():
            today = datetime.now(VIETNAM).date()
            if not args:
                self.list_all(today)
                return
            newspaper = self.newspaper(args[0])
            folder = self.folder(newspaper.name)
            if opts.withdraw:
                take_back(newspaper, folder, args[1], today)
            elif len(args) == 2:
                what, until = what_of(newspaper, args[1]), last_day(opts.until, today)
                acknowledge(folder, what, until, today)
            if not tell_known(folder, today):
                say(f"{newspaper.name}: nothing is acknowledged")

    def list_all(self, today: date) -> None:
        """Print what is acknowledged of every newspaper in the archive."""
        assert self.settings is not None
        archive = Path(self.settings["ARCHIVE"])
        told = [tell_known(folder, today) for folder in newspaper_folders(archive)]
        if not any(told):
            say("nothing is acknowledged")


def tell_known(folder: Path, today: date) -> bool:
    """Print what is acknowledged of a newspaper, a line each; return whether anything is."""
    known = read_acknowledged(folder, today)
    for what, day in known.items():
        say(f"{folder.name}: {what} is not told until {day}")
    return bool(known)


def take_back(newspaper: Newspaper, folder: Path, given: str, today: date) -> None:
    """Withdraw what is acknowledged, also of a section that the newspaper has no longer.

    Raises `ArgumentError` where it is not acknowledged.
    """
    known = read_acknowledged(folder, today)
    what = given if given in known else what_of(newspaper, given)
    if not withdraw(folder, what, today):
        listed = ", ".join(known) or "nothing"
        raise ArgumentError(f"{what} is not acknowledged of {newspaper.name}; {listed} is")
    say(f"{newspaper.name}: {what} is told again from the next run on")


def what_of(newspaper: Newspaper, given: str) -> str:
    """Return the section's path, or `SILENCE`; raise `ArgumentError` for anything else."""
    if given == SILENCE:
        return SILENCE
    paths = {source.path for source in newspaper.sources}
    return read_arguments({"section": given}, paths).section or SILENCE


def last_day(given: str | None, today: date) -> date:
    """Return the last day; raise `ArgumentError` for none, a wrong one, or one that is over."""
    if given is None:
        raise ArgumentError("--until is missing: the last day, YYYY-MM-DD")
    day = read_arguments({"until": given}, ()).until
    if day is None or day < today:
        raise ArgumentError(f"--until {given} is over")
    return day
