"""Every setting is checked before a command does anything."""

import importlib
import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from scrapy.settings import BaseSettings, Settings, default_settings

from newscrawl.config.operator_file import FILE_VARIABLE, OperatorSettings
from newscrawl.config.setting_rules import RULES, WITHOUT_EFFECT, fault_of, rule_of
from newscrawl.exceptions import ArgumentError
from newscrawl.http.address_guard import mirror_from

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
    known = {
        name for name in (*vars(_project_settings()), *vars(default_settings)) if name.isupper()
    }
    given = [name for name in settings if (settings.getpriority(name) or 0) >= _CMDLINE]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, 1, cutoff=0.6)
            remedy = f"did you mean {near[0]}?" if near else "remove it"
            yield f"-s {name}: unknown setting: {remedy}"
    for name in sorted({*given, *operator.settings} & known):
        if name.startswith(WITHOUT_EFFECT):
            yield f"{name}: newscrawl loads nothing that reads it: remove it"
    for name in sorted({*given, *operator.settings, *RULES} & known):
        if what := _value_fault(name, settings[name]):
            yield what


def _value_fault(name: str, value: Any) -> str | None:
    if name == "MIRROR":
        try:
            mirror_from(value)
        except ArgumentError as error:
            return f"{error}: write http://host:port"
        return None
    rule = rule_of(name, getattr(default_settings, name, None))
    what = fault_of(rule, value) if rule is not None else None
    return None if what is None else f"{name}: {what}"
