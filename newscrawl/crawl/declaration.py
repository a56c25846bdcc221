"""What must hold of a newspaper's declaration; checked when its class is made."""

import re
from collections import Counter
from typing import Any, Final

from newscrawl.exceptions import DeclarationError
from newscrawl.monitoring.indicators import LOSSES

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PROVINCE: Final = re.compile(r"[0-9]{2}")
REQUIRED: Final = ("name", "title", "domain", "provinces", "pages", "sources")


def check_declaration(cls: type[Any]) -> None:
    """Nothing where the class declares a newspaper; raises `DeclarationError` saying why not."""
    for attribute in REQUIRED:
        if not getattr(cls, attribute, None):
            raise DeclarationError(f"{cls.__name__}: {attribute} is missing")
    problems = {
        f"name {cls.name!r} is not lower case letters and digits": not _NAME.fullmatch(cls.name),
        f"name {cls.name!r} is not the stem of {cls.__module__}": (
            cls.__module__.startswith("newscrawl.spiders.")
            and cls.__module__.rpartition(".")[2] != cls.name
        ),
        f"domain {cls.domain!r} is not a host name": not _DOMAIN.fullmatch(cls.domain),
        f"provinces {cls.provinces} are not two digits each": not all(
            isinstance(code, str) and _PROVINCE.fullmatch(code) for code in cls.provinces
        ),
        "a former domain repeats the domain": cls.domain in cls.former_domains,
        f"field_floors {dict(cls.field_floors)} is not a share between 0 and 1": not all(
            0 <= share <= 1 for share in cls.field_floors.values()
        ),
    }
    unknown = sorted(cls.field_floors.keys() - LOSSES.keys())
    problems[f"field_floors names {unknown}, of which no run counts anything"] = bool(unknown)
    twice = [name for name, n in Counter(s.name for s in cls.sources).items() if n > 1]
    problems[f"sources {twice} stand twice"] = bool(twice)
    for problem, holds in problems.items():
        if holds:
            raise DeclarationError(f"{cls.__name__}: {problem}")
