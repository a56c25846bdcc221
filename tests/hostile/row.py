"""A row of the table: what is demanded, and how it is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in a line, and whether the demand holds."""

    holds: bool
    said: str


@dataclass(frozen=True)
class Row:
    name: str
    demand: str
    measure: Callable[[bool], Figure]
    """Takes whether the short form is wanted: the same measurement on less"""


def all_hold(checks: dict[str, bool]) -> tuple[bool, str]:
    """Whether all do, and the names of those that do not."""
    failed = [name for name, holds in checks.items() if not holds]
    return not failed, "".join(f"; NOT: {name}" for name in failed)
