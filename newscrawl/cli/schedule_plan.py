"""When each newspaper is refreshed, as a crontab and as systemd units. Pure.

Newspapers that share a host are one entry, whose crawls follow each other. The entries of one
distance are spread evenly over it, so that the machine does not work on all at once.
"""

import shlex
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WRITTEN: Final = "# Written by `newscrawl schedule`; the next time it is written anew."
PREFIX: Final = "newscrawl-"
_STATUS_MINUTE: Final = 58
_HOUR_MIN: Final = 60
_DAY_H: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleEntry:
    """Crawls that follow each other."""

    names: tuple[str, ...]
    """Newspapers that share hosts, in their order; mostly one"""
    every_h: int
    minute: int
    """Minutes after midnight at which the first run of the day begins, less than `every_h` hours"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandPlace:
    """Where the commands run."""

    command: tuple[str, ...]
    """What starts newscrawl"""
    config: Path
    """The operator's file; the commands run in its folder"""
    status_page: Path | None = None
    user: str | None = None
    """Who runs the units; None = whoever owns the systemd that holds them"""

    def crawl(self, names: Sequence[str]) -> list[str]:
        """Return the command that refreshes the newspapers one after the other."""
        what = ("crawl", names[0]) if len(names) == 1 else ("crawlall", *names)
        return [*self.command, *what, "--quiet", "--config", str(self.config)]

    def status(self, page: Path) -> list[str]:
        """Return the command that writes the page of all newspapers."""
        return [*self.command, "status", "--html", str(page), "--config", str(self.config)]


def entries(
    lanes: Sequence[tuple[str, ...]], hours_of: Callable[[str], int]
) -> tuple[ScheduleEntry, ...]:
    """Return the entries of a schedule, by distance and minute.

    >>> found = entries([("a", "c"), ("b",), ("d",)], {"a": 2, "b": 2, "c": 24, "d": 2}.__getitem__)
    >>> [(entry.names, entry.every_h, entry.minute) for entry in found]
    [(('a',), 2, 0), (('b',), 2, 40), (('d',), 2, 80), (('c',), 24, 0)]
    """
    by_hours: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for lane in lanes:
        for hours in sorted(set(map(hours_of, lane))):
            by_hours[hours].append(tuple(name for name in lane if hours_of(name) == hours))
    return tuple(
        ScheduleEntry(
            names=names, every_h=hours, minute=hours * _HOUR_MIN * number // len(together)
        )
        for hours, together in sorted(by_hours.items())
        for number, names in enumerate(together)
    )


# Cron --------------------------------------------------------------------------------------------


def crontab(planned: Sequence[ScheduleEntry], place: CommandPlace) -> str:
    """Return the lines of a crontab; cron mails what the commands print."""
    lines = [WRITTEN, "# newscrawl's lines, for `crontab -e`: beside those that are there."]
    folder = shlex.quote(str(place.config.parent))
    commands = [(_cron_times(entry), place.crawl(entry.names)) for entry in planned]
    if place.status_page is not None:
        commands.append((f"{_STATUS_MINUTE} *", place.status(place.status_page)))
    for times, command in commands:
        said = f"cd {folder} && {shlex.join(command)}".replace("%", r"\%")
        lines.append(f"{times} * * *  {said}")
    return "\n".join(lines)


def _cron_times(entry: ScheduleEntry) -> str:
    """Return the minute and the hours.

    >>> told = ((1, 7), (2, 0), (6, 75), (24, 305))
    >>> [_cron_times(ScheduleEntry(names=("a",), every_h=h, minute=m)) for h, m in told]
    ['7 *', '0 */2', '15 1-23/6', '5 5']
    """
    hour, minute = divmod(entry.minute, _HOUR_MIN)
    if entry.every_h == 1:
        return f"{minute} *"
    if entry.every_h == _DAY_H:
        return f"{minute} {hour}"
    return f"{minute} {f'{hour}-23' if hour else '*'}/{entry.every_h}"


# Systemd -----------------------------------------------------------------------------------------


def units(planned: Sequence[ScheduleEntry], place: CommandPlace) -> Mapping[str, str]:
    """Return the text of every service and timer by its file name."""
    found: dict[str, str] = {}
    for entry in planned:
        name = f"{PREFIX}{entry.names[0]}"
        said = f"Refresh {', '.join(entry.names)}"
        found[f"{name}.service"] = _service(said, place.crawl(entry.names), place, (7, 75))
        found[f"{name}.timer"] = _timer(said, _calendar(entry))
    if place.status_page is not None:
        said, command = "Write the page of all newspapers", place.status(place.status_page)
        found[f"{PREFIX}status-page.service"] = _service(said, command, place, (3,))
        found[f"{PREFIX}status-page.timer"] = _timer(said, f"*-*-* *:{_STATUS_MINUTE}:00")
    return found


def _calendar(entry: ScheduleEntry) -> str:
    """Return the moments as systemd.time(7) has them.

    >>> [_calendar(ScheduleEntry(names=("a",), every_h=h, minute=m)) for h, m in ((1, 7), (6, 75))]
    ['*-*-* *:07:00', '*-*-* 01/6:15:00']
    >>> _calendar(ScheduleEntry(names=("a",), every_h=24, minute=305))
    '*-*-* 05:05:00'
    """
    hour, minute = divmod(entry.minute, _HOUR_MIN)
    hours = f"{hour:02d}" + (f"/{entry.every_h}" if entry.every_h < _DAY_H else "")
    return f"*-*-* {'*' if entry.every_h == 1 else hours}:{minute:02d}:00"


def _service(said: str, command: Sequence[str], place: CommandPlace, well: Sequence[int]) -> str:
    """Return a service that runs the command once; the codes `well` are no failure."""
    return "\n".join(_service_lines(said, command, place, well)) + "\n"


def _service_lines(
    said: str, command: Sequence[str], place: CommandPlace, well: Sequence[int]
) -> Iterator[str]:
    yield from (WRITTEN, "[Unit]", f"Description={said}")
    yield from ("Wants=network-online.target", "After=network-online.target", "")
    yield from ("[Service]", "Type=oneshot")
    if place.user is not None:
        yield f"User={place.user}"
    yield f"WorkingDirectory={str(place.config.parent).replace('%', '%%')}"
    yield f"ExecStart={' '.join(map(quoted, command))}"
    yield f"SuccessExitStatus={' '.join(map(str, well))}"
    # A run ends within 30 s of SIGTERM. Units start and stop alone: no time limit but this one.
    yield from ("TimeoutStopSec=60", "NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=full")


def quoted(word: str) -> str:
    """Return a word of a command as systemd.service(5) reads it.

    >>> quoted("crawl"), quoted("/srv/tin bao/100%"), quoted("$HOME")
    ('crawl', '"/srv/tin bao/100%%"', '$$HOME')
    """
    word = word.replace("%", "%%").replace("$", "$$")
    is_plain = word and not set(word) & set(" \t\"'\\;")
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return word if is_plain else f'"{escaped}"'


def _timer(said: str, calendar: str) -> str:
    """Return a timer that runs its service at the moments, and after a pause what was missed."""
    lines = (
        WRITTEN, "[Unit]", f"Description={said}", "", "[Timer]", f"OnCalendar={calendar}",
        "Persistent=yes", "", "[Install]", "WantedBy=timers.target",
    )  # fmt: skip
    return "\n".join(lines) + "\n"
