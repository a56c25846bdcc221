"""`scrapy acknowledge`: a trouble that a person knows of is not told for a while."""

import argparse
from datetime import date, datetime

from scrapy.exceptions import UsageError

from newscrawl.archive.acknowledged import SILENCE, acknowledge, read_acknowledged
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.discovery.arguments import read_arguments
from newscrawl.exceptions import ArgumentError
from newscrawl.items import VIETNAM


class Command(NewspaperCommand):
    """Note that a section is closed, or that a newspaper has stopped, until a day."""

    def syntax(self) -> str:
        return "[options] <newspaper> [section or silence]"

    def short_desc(self) -> str:
        return "Have a section's failure or a newspaper's silence not told until a day"

    def long_desc(self) -> str:
        return (
            "A section that is closed for good fails every run with exit code 3. With a section's"
            f" path or address, or with the word {SILENCE}, and --until, the runs up to that day do"
            " not count it; afterwards it is told again. With the newspaper alone: lists what is"
            " acknowledged."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--until", metavar="DATE", help="the last day, YYYY-MM-DD")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) not in (1, 2):
            raise UsageError("a newspaper, and a section or silence")
        with self.telling():
            newspaper = self.newspaper(args[0])
            folder, today = self.folder(newspaper.name), datetime.now(VIETNAM).date()
            if len(args) == 2:
                what, until = what_of(newspaper, args[1]), last_day(opts.until, today)
                acknowledge(folder, what, until, today)
            for known, day in read_acknowledged(folder, today).items():
                say(f"{newspaper.name}: {known} is not told until {day}")


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
