"""Every setting is checked before a command does anything."""

import importlib
import os
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from scrapy.settings import BaseSettings, Settings, default_settings

from newscrawl.config.operator_file import FILE_VARIABLE, OperatorSettings
from newscrawl.config.setting_rules import RULES, WITHOUT_EFFECT, fault_of, rule_of
from newscrawl.exceptions import ArgumentError
from newscrawl.http.address_guard import mirror_from
from newscrawl.http.user_agent import checked_contact

_CMDLINE: Final = 40
"""Scrapy's priority of a setting that `-s` sets"""


def use_file(settings: Settings, path: str) -> None:
    """Take the operator's file from `path`, as `--config` and all processes started later do."""
    project_settings = _project_settings()
    before: OperatorSettings = project_settings.OPERATOR
    os.environ[FILE_VARIABLE] = str(Path(path).absolute())
    for name in before.settings:  # what another file set is a default again
        vars(project_settings).pop(name, None)
        if hasattr(default_settings, name):
            settings.set(name, getattr(default_settings, name), "project")
    importlib.reload(project_settings)
    settings.setmodule(project_settings, "project")


def _project_settings() -> ModuleType:
    """Return our settings, which read the environment and the file as they are imported."""
    return importlib.import_module("newscrawl.settings")


def setting_faults(settings: BaseSettings) -> Iterator[str]:
    """Yield what is wrong with the settings, a line each: where, what, what to do."""
    operator: OperatorSettings = settings["OPERATOR"]
    yield from operator.faults
    yield from given_faults(settings)
    names = sorted({*operator.settings, *RULES} & _known())
    yield from _faults(settings, [name for name in names if not is_given(settings, name)])


def given_faults(settings: BaseSettings) -> Iterator[str]:
    """Yield what is wrong with the settings of `-s`, a line each."""
    known = _known()
    given = sorted(name for name in settings if is_given(settings, name))
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1, cutoff=0.6)
            remedy = f"did you mean {near[0]}?" if near else "remove it"
            yield f"-s {name}: unknown setting: {remedy}"
    yield from _faults(settings, [name for name in given if name in known])


def _known() -> set[str]:
    names = (*vars(_project_settings()), *vars(default_settings))
    return {name for name in names if name.isupper()}


def _faults(settings: BaseSettings, names: Collection[str]) -> Iterator[str]:
    operator: OperatorSettings = settings["OPERATOR"]
    for name in names:
        place = name if is_given(settings, name) else operator.places.get(name, name)
        is_set = is_given(settings, name) or name in operator.settings
        if is_set and name.startswith(WITHOUT_EFFECT):
            yield f"{place}: newscrawl loads nothing that reads it: remove it"
        if what := _value_fault(name, settings[name]):
            yield f"{place}: {what}"


def is_given(settings: BaseSettings, name: str) -> bool:
    """Return whether `-s` sets it for this command."""
    return (settings.getpriority(name) or 0) >= _CMDLINE


def _value_fault(name: str, value: Any) -> str | None:
    if name == "MIRROR":
        try:
            mirror_from(value)
        except ArgumentError as error:
            return f"{str(error).removeprefix('MIRROR ')}: write http://host:port"
        return None
    if name == "CONTACT" and isinstance(value, str) and value:
        try:
            checked_contact(value)
        except ArgumentError as error:
            return str(error).removeprefix("CONTACT ")
        return None
    rule = rule_of(name, getattr(default_settings, name, None))
    what = fault_of(rule, value) if rule is not None else None
    return folder_fault(Path(value)) if name == "ARCHIVE" and what is None else what


def folder_fault(path: Path) -> str | None:
    """Return what is wrong with a folder's path: a file stands in its place; None where none does.

    >>> folder_fault(Path("/dev/null/x"))
    '/dev/null is no folder: name a folder'
    >>> folder_fault(Path("/dev/shm/not/yet"))
    """
    there = next((place for place in (path, *path.absolute().parents) if _stands(place)), None)
    is_folder = there is None or there.is_dir()
    return None if is_folder else f"{there} is no folder: name a folder"


def _stands(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # its folder may not be looked into
        return False
