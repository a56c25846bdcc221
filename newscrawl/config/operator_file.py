"""The operator's file, newscrawl.toml, and the environment, as settings.

A value of `-s` goes before the environment (`NEWSCRAWL_<SETTING>`), the environment before the
file, the file before `settings.py`.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from newscrawl.config.file_lines import FileFault, key_lines, key_place, toml_fault
from newscrawl.config.program import to_type

FILE_NAME: Final = "newscrawl.toml"
PREFIX: Final = "NEWSCRAWL_"
FILE_VARIABLE: Final = f"{PREFIX}CONFIG"
DEFAULT_ARCHIVE: Final = "output"
# The file's own words for settings that an operator changes often.
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {"contact": "CONTACT", "archive": "ARCHIVE", "queue": "QUEUE"},
    "politeness": {
        "delay_s": "DOWNLOAD_DELAY",
        "jitter": "DELAY_JITTER",
        "timeout_s": "DOWNLOAD_TIMEOUT",
        "backoff_s": "BACKOFF_S",
        "backoff_max_s": "BACKOFF_MAX_S",
        "patience_s": "PATIENCE_S",
    },
    "alerts": {"ping": "ALERT_PING", "webhook": "ALERT_WEBHOOK"},
    "run": {
        "stop_after_s": "CLOSESPIDER_TIMEOUT",
        "list_pages": "LIST_PAGES",
        "revisits": "REVISITS",
        "keep_pages": "KEEP_PAGES",
        "min_free_bytes": "MIN_FREE_BYTES",
        "disk_warn_days": "DISK_WARN_DAYS",
    },
    "retention": {
        "pages_months": "PAGES_KEEP_MONTHS",
        "snapshot_every_h": "SNAPSHOT_EVERY_H",
        "snapshots_daily": "SNAPSHOTS_DAILY",
        "snapshots_monthly": "SNAPSHOTS_MONTHLY",
    },
}
_SCHEDULE: Final = "schedule"
_TABLES: Final = ("groups", "settings", _SCHEDULE)
_LISTS: Final = ("papers",)
ALL: Final = "all"
EVERY_H: Final = "every_h"
STATUS_PAGE: Final = "status_page"
HOURS_BETWEEN_RUNS: Final = (1, 2, 3, 4, 6, 8, 12, 24)
"""Hours between two runs that cron and systemd can express: they begin anew each day"""
_EVERY_H_USUAL: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTimes:
    """How often newspapers are refreshed."""

    every_h: int = _EVERY_H_USUAL
    """Hours between two runs of a newspaper"""
    of_newspapers: Mapping[str, int] = field(default_factory=dict)
    """Hours of the newspapers that have their own, groups taken apart"""
    status_page: Path | None = None
    """Where the page of `status` is written every hour; None = nowhere"""

    def hours_of(self, newspaper: str) -> int:
        """Return the hours between two runs of a newspaper."""
        return self.of_newspapers.get(newspaper, self.every_h)


class NamedInFile(NamedTuple):
    """A name in the file that must be a newspaper's."""

    name: str
    place: str
    others: tuple[str, ...] = ()
    """What else may stand there"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSettings:
    """What the file and the environment say."""

    path: Path | None = None
    """The file that was read"""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings of Scrapy and ours by their names"""
    papers: tuple[str, ...] = ()
    """Newspapers that `crawlall` refreshes, groups taken apart; () = all"""
    times: RunTimes = RunTimes()
    """How often newspapers are refreshed"""
    faults: tuple[str, ...] = ()
    """What is wrong, one line each: place, what, what to do"""
    places: Mapping[str, str] = field(default_factory=dict)
    """Where each setting is set: the file with line and key, or the variable"""
    of_file: frozenset[str] = frozenset()
    """The settings that the file decides, no variable being set"""
    in_file: Mapping[str, Any] = field(default_factory=dict)
    """What the file says of each setting that it sets, a variable or none"""
    named: tuple[NamedInFile, ...] = ()
    """The newspapers that the file names, groups not taken apart"""


def operator_settings(
    environment: Mapping[str, str], folder: Path, known: Collection[str]
) -> OperatorSettings:
    """Return what the operator's file and the environment set.

    Args:
        environment: The environment's variables.
        folder: Where the command runs; the file is looked for there and in the folders above.
        known: The names of all settings.
    """
    named = environment.get(FILE_VARIABLE)
    path = Path(named).resolve() if named else find_upward(folder, FILE_NAME)
    if named and (missing := file_fault(named)):
        return OperatorSettings(faults=(f"{FILE_VARIABLE}={named}: {missing}",))
    found = read_file(path, known) if path is not None else OperatorSettings()
    settings, places = dict(found.settings), dict(found.places)
    faults = list(found.faults)
    for variable, value in sorted(environment.items()):
        name = variable.removeprefix(PREFIX)
        if name == variable or variable == FILE_VARIABLE:
            continue
        if name in known:
            settings[name], places[name] = value, variable
        else:
            faults.append(f"{variable}: {_unknown(name, known, PREFIX)}")
    home = path.parent if path is not None else _project_of(folder)
    archive = settings.get("ARCHIVE", DEFAULT_ARCHIVE)
    if isinstance(archive, str) and archive and "ARCHIVE" not in _set_by(environment):
        settings["ARCHIVE"] = str(_placed(archive, home, folder))
    return OperatorSettings(
        path=path,
        settings=settings,
        papers=found.papers,
        times=found.times,
        faults=tuple(faults),
        places=places,
        of_file=found.of_file - _set_by(environment),
        in_file=found.settings,
        named=found.named,
    )


def file_fault(named: str) -> str | None:
    """Return why a path is no operator's file, and what to do; None where it may be one."""
    path = Path(named)
    if path.is_dir():
        return f"it is a folder: name the file in it, as {path / FILE_NAME}"
    if path.is_file():
        return None
    return f"no such file: name one that is there; {to_type(f'init --config {named}')} writes it"


def _set_by(environment: Mapping[str, str]) -> set[str]:
    return {name.removeprefix(PREFIX) for name in environment if name.startswith(PREFIX)}


def _placed(archive: str, home: Path, folder: Path) -> Path:
    """Return the archive's folder, relative to `home`; as it stands where that is `folder`."""
    path = Path(archive).expanduser()
    return path if path.is_absolute() or home == folder else home / path


def _project_of(folder: Path) -> Path:
    """Return the folder of the project, which scrapy.cfg marks; else the folder itself."""
    marked = find_upward(folder, "scrapy.cfg")
    return marked.parent if marked is not None else folder


def find_upward(folder: Path, name: str) -> Path | None:
    """Return the file of that name in the folder or the nearest one above; None for none."""
    for place in (folder, *folder.parents):
        if (path := place / name).is_file():
            return path
    return None


def read_file(path: Path, known: Collection[str]) -> OperatorSettings:
    """Return what a newscrawl.toml says; its faults name the file, the line and the key."""
    try:
        text = path.read_text(encoding="utf-8")
        given = tomllib.loads(text)
    except OSError as error:
        return OperatorSettings(path=path, faults=(f"{path}: {error.strerror}: make it readable",))
    except UnicodeDecodeError as error:
        said = f"{path}: byte {error.start + 1} is no UTF-8: save it as UTF-8"
        return OperatorSettings(path=path, faults=(said,))
    except tomllib.TOMLDecodeError as error:
        return OperatorSettings(path=path, faults=(toml_fault(path, text, str(error)),))
    keys = _keys(given, known)
    papers, unknown = _papers(given)
    times, wrong = _times(given, path.parent)
    idle = _never_scheduled(given, frozenset(papers))
    place = partial(key_place, path, key_lines(text))
    faults = (*_faults(given, known), *unknown, *wrong, *idle)
    return OperatorSettings(
        path=path,
        settings={name: _value(given, key) for name, key in keys.items()},
        papers=papers,
        times=times,
        faults=tuple(f"{place(fault.key)}: {fault.what}" for fault in faults),
        places={name: place(key) for name, key in keys.items()},
        of_file=frozenset(keys),
        named=tuple(NamedInFile(name, place(key), others) for name, key, others in _named(given)),
    )


def _keys(given: Mapping[str, Any], known: Collection[str]) -> Mapping[str, str]:
    """Return the settings that the file sets, each with the key that does."""
    found = {
        name: f"{table}.{word}" if table else word
        for table, words in _WORDS.items()
        for word, name in words.items()
        if word in (_table(given, table) if table else given)
    }
    own = {name: f"settings.{name}" for name in _table(given, "settings") if name in known}
    return found | own


def _value(given: Mapping[str, Any], key: str) -> Any:
    table, _, word = key.rpartition(".")
    return _table(given, table)[word] if table else given[word]


def _table(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = given.get(name, {})
    return value if isinstance(value, dict) else {}


def _faults(given: Mapping[str, Any], known: Collection[str]) -> Iterator[FileFault]:
    """Yield the keys that nobody reads, and values of another form."""
    tables = {*_TABLES, *_WORDS} - {""}
    top = {*_WORDS[""], *_LISTS, *tables}
    for key, value in given.items():
        if key not in top:
            yield FileFault(key, _unknown(key, top))
        elif key in tables and not isinstance(value, dict):
            yield FileFault(key, f"{value!r} is no table: write [{key}] and its keys below")
        elif key in _WORDS[""] and not isinstance(value, str):
            yield FileFault(key, f"{value!r} is no text: write it in quotes")
    for table, words in _WORDS.items():
        for key in _table(given, table) if table else ():
            if key not in words:
                yield FileFault(f"{table}.{key}", _unknown(key, words))
    for key in _table(given, "settings"):
        if key not in known:
            yield FileFault(f"settings.{key}", _unknown(key, known))


def _unknown(key: str, known: Collection[str], prefix: str = "") -> str:
    near = get_close_matches(key, known, 1, cutoff=0.6)
    remedy = f"did you mean {prefix}{near[0]}?" if near else "remove it"
    return f"unknown setting: {remedy}"


def _named(given: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the names that must be newspapers', each with its key and what else may stand there.

    A name of `papers` that is no group, a member of a group, a key of [schedule] that is no group.
    """
    groups, papers = _table(given, "groups"), given.get("papers", ALL)
    if _is_names(papers):
        yield from ((name, "papers", tuple(groups)) for name in papers if name not in groups)
    for group, members in groups.items():
        if _is_names(members):
            yield from ((name, f"groups.{group}", ()) for name in members)
    others = (EVERY_H, STATUS_PAGE, *groups)
    for key in _table(given, _SCHEDULE):
        if key not in others:
            yield key, f"{_SCHEDULE}.{key}", others


def _papers(given: Mapping[str, Any]) -> tuple[tuple[str, ...], list[FileFault]]:
    """Return the newspapers asked for, with the members of groups, and what is wrong with them."""
    groups = _table(given, "groups")
    wanted = given.get("papers", ALL)
    faults = [
        FileFault(f"groups.{name}", f'{members!r} is no list of names: write ["baothu"]')
        for name, members in groups.items()
        if not _is_names(members)
    ]
    if wanted == ALL:
        return (), faults
    if not _is_names(wanted):
        what = f'{wanted!r} is no list of names: write "{ALL}" or ["baothu"]'
        return (), [*faults, FileFault("papers", what)]
    if not wanted:
        what = f'none is named: write "{ALL}" or name some'
        return (), [*faults, FileFault("papers", what)]
    names: dict[str, None] = {}
    for name in wanted:
        members = groups.get(name, [name])
        names |= dict.fromkeys(members if _is_names(members) else ())
    return tuple(names), faults


def _times(given: Mapping[str, Any], home: Path) -> tuple[RunTimes, list[FileFault]]:
    """Return how often newspapers are refreshed, and what is wrong with what the file says.

    A newspaper's own hours go before those of its groups, and of groups the last one counts.
    """
    said, groups = dict(_table(given, _SCHEDULE)), _table(given, "groups")
    page = said.pop(STATUS_PAGE, None)
    is_place = page is None or (isinstance(page, str) and page.strip())
    wrong = FileFault(f"{_SCHEDULE}.{STATUS_PAGE}", f"{page!r} names no file: write its path")
    faults = [] if is_place else [wrong]
    told = f"{', '.join(map(str, HOURS_BETWEEN_RUNS))} hours"
    for name, hours in tuple(said.items()):
        if isinstance(hours, bool) or hours not in HOURS_BETWEEN_RUNS:
            what = f"{hours!r} is no distance: write one of {told}"
            faults.append(FileFault(f"{_SCHEDULE}.{name}", what))
            del said[name]
    every_h = said.pop(EVERY_H, _EVERY_H_USUAL)
    own = {name: hours for name, hours in said.items() if name not in groups}
    of_groups = {
        member: hours
        for name, hours in said.items()
        if _is_names(groups.get(name))
        for member in groups[name]
    }
    place = home / page if is_place and page is not None else None
    return RunTimes(every_h=every_h, of_newspapers=of_groups | own, status_page=place), faults


def _never_scheduled(given: Mapping[str, Any], papers: frozenset[str]) -> Iterator[FileFault]:
    """Yield the names of [schedule] of which `papers`, where it names some, holds no newspaper."""
    groups = _table(given, "groups")
    for name in _table(given, _SCHEDULE) if papers else ():
        members = groups.get(name, [name])
        is_scheduled = not _is_names(members) or not papers.isdisjoint(members)
        if name not in (EVERY_H, STATUS_PAGE) and not is_scheduled:
            what = f"`papers` does not hold {name}: add it there, or remove this line"
            yield FileFault(f"{_SCHEDULE}.{name}", what)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
