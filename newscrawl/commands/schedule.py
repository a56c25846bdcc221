"""`scrapy schedule`: the operator's file as a crontab, or as systemd units and timers."""

import argparse
import os
import pwd
import shlex
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.lanes import lanes
from newscrawl.cli.ping_address import is_of_each, shared_fault
from newscrawl.cli.schedule_plan import (
    PREFIX,
    WRITTEN,
    CommandPlace,
    ScheduleEntry,
    crontab,
    entries,
    units,
)
from newscrawl.cli.setting_check import folder_fault
from newscrawl.config.operator_file import FILE_NAME, FILE_VARIABLE, OperatorSettings
from newscrawl.config.operator_file import PREFIX as VARIABLES
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.http.user_agent import checked_contact
from newscrawl.research.exported_files import replacing
from newscrawl.text import counted

_KINDS: Final = ("service", "timer")


class Command(NewspaperCommand):
    """Write when the newspapers are refreshed, for cron or systemd."""

    def syntax(self) -> str:
        return "--cron | --systemd DIR"

    def short_desc(self) -> str:
        return f"Make a crontab, or systemd timers, of {FILE_NAME}"

    def long_desc(self) -> str:
        return (
            f"Reads papers, groups and [schedule] of {FILE_NAME}. The runs of newspapers with the"
            " same distance are spread evenly over it; newspapers that share a host follow each"
            " other. --cron prints a crontab, --systemd writes a service and a timer a newspaper"
            " into a folder, such as ~/.config/systemd/user or /etc/systemd/system. Nothing is"
            " enabled: the command says how."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--cron", action="store_true", help="print a crontab")
        parser.add_argument("--systemd", type=Path, metavar="DIR", help="write units and timers")
        parser.add_argument("--run-as", metavar="USER", help="with --systemd: who runs the units")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args or opts.cron == (opts.systemd is not None):
            raise UsageError("give --cron, or --systemd and a folder")
        with self.telling():
            if opts.systemd is not None and (fault := folder_fault(opts.systemd)):
                raise ArgumentError(f"--systemd: {fault}")
            place = self.place(opts.run_as)
            planned = self.planned()
            self.check_ping(planned)
            for line in unseen_variables(os.environ, self.operator.in_file):
                print(f"schedule: {line}", file=sys.stderr)
            if opts.cron:
                say(crontab(planned, place))
            else:
                self.write(opts.systemd, planned, place)

    @property
    def operator(self) -> OperatorSettings:
        assert self.settings is not None
        found: OperatorSettings = self.settings["OPERATOR"]
        return found

    def place(self, user: str | None) -> CommandPlace:
        """Return where the commands run; raise `ArgumentError` without a file with a contact."""
        path = self.operator.path
        if path is None:
            raise ArgumentError(f"there is no {FILE_NAME} here: {to_type('init')} writes one")
        assert self.settings is not None
        if not self.settings["MIRROR"]:
            checked_contact(self.settings["CONTACT"])
        own = Path(sys.executable).with_name("newscrawl")
        started = (str(own),) if own.is_file() else (sys.executable, "-m", "newscrawl.cli.main")
        if user is not None and not is_user(user):
            raise ArgumentError(f"--run-as {user}: this machine has no such user")
        page = self.operator.times.status_page
        return CommandPlace(command=started, config=path.absolute(), status_page=page, user=user)

    def planned(self) -> tuple[ScheduleEntry, ...]:
        """Return the entries; raise `ArgumentError` for a name that is no newspaper's."""
        known = {newspaper.name: newspaper.hosts for newspaper in self.newspapers()}
        times = self.operator.times
        for name in (*self.operator.papers, *times.of_newspapers):
            self.newspaper(name)
        names = self.operator.papers or sorted(known)
        return entries(lanes({name: known[name] for name in names}), times.hours_of)

    def check_ping(self, planned: Sequence[ScheduleEntry]) -> None:
        """Raise `ArgumentError` where runs that fail or succeed by themselves ping one address."""
        assert self.settings is not None
        address = str(self.settings["ALERT_PING"] or "")
        if address and not is_of_each(address) and len(planned) > 1:
            place = self.operator.places.get("ALERT_PING", "ALERT_PING")
            raise ArgumentError(shared_fault(place, f"{len(planned)} runs of the schedule"))

    def write(self, folder: Path, planned: tuple[ScheduleEntry, ...], place: CommandPlace) -> None:
        """Write the units, and say how to enable them and which are left from earlier."""
        found = units(planned, place)
        for name, text in found.items():
            with replacing(folder / name) as temporary:
                temporary.write_text(text, encoding="utf-8")
        timers = [name for name in found if name.endswith(".timer")]
        say(f"{folder}: {counted(len(timers), 'timer')}; to enable them:")
        say("\n".join(enabling(folder.absolute(), timers, is_of_system=place.user is not None)))
        for name in left_over(folder, found):
            call = "systemctl" if place.user is not None else "systemctl --user"
            said = f"{name} is no longer scheduled: {call} disable --now {name}; remove it"
            print(f"schedule: {said}", file=sys.stderr)


def is_user(name: str) -> bool:
    """Return whether the machine has a user of that name or number."""
    try:
        return bool(pwd.getpwuid(int(name)) if name.isdecimal() else pwd.getpwnam(name))
    except KeyError:
        return False


def enabling(folder: Path, timers: Sequence[str], *, is_of_system: bool) -> Iterator[str]:
    """Yield what to type so that systemd runs the timers of a folder.

    >>> list(enabling(Path("/srv/units"), ["newscrawl-baothu.timer"], is_of_system=True))[0]
    'sudo cp /srv/units/newscrawl-*.service /srv/units/newscrawl-*.timer /etc/systemd/system/'

    Args:
        folder: Where the units were written, an absolute path.
        timers: Their names.
        is_of_system: Whether they are for the system's systemd, not for that of one user.
    """
    place = Path("/etc/systemd/system") if is_of_system else Path("~/.config/systemd/user")
    called = "sudo systemctl" if is_of_system else "systemctl --user"
    if folder != place.expanduser():
        copied = " ".join(f"{shlex.quote(str(folder))}/{PREFIX}*.{kind}" for kind in _KINDS)
        made = "" if is_of_system else f"mkdir -p {place} && "
        yield f"{made}{'sudo ' if is_of_system else ''}cp {copied} {place}/"
    yield f"{called} daemon-reload && {called} enable --now {' '.join(timers)}"


def left_over(folder: Path, written: Collection[str]) -> list[str]:
    """Return the timers of an earlier schedule that this one does not have, by name."""
    return [
        path.name
        for path in sorted(folder.glob(f"{PREFIX}*.timer"))
        if path.name not in written and path.read_text("utf-8", "replace").startswith(WRITTEN)
    ]


def unseen_variables(
    environment: Mapping[str, str], in_file: Mapping[str, object]
) -> Iterator[str]:
    """Yield the settings of a shell's environment that no scheduled run sees.

    Args:
        environment: The variables.
        in_file: What the operator's file sets; a setting that has the same value there is seen.
    """
    for name, value in sorted(environment.items()):
        said = in_file.get(name.removeprefix(VARIABLES))
        if not name.startswith(VARIABLES) or name == FILE_VARIABLE or str(said) == value:
            continue
        if said is None:
            yield f"{name} is set in this shell alone: write it into {FILE_NAME}"
        else:
            yield f"{name}={value} holds in this shell alone: {FILE_NAME} says {said}"
