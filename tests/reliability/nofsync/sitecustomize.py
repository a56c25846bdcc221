"""On PYTHONPATH, this takes every fsync out of a program: the negative control of `power.py`.

A test that passes with it as well does not see what it claims to see.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any


def _nothing(descriptor: Any) -> None:
    """What fsync is replaced by."""


class _Careless(sqlite3.Connection):
    def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
        return super().execute(sql.replace("synchronous = FULL", "synchronous = OFF"), *more)


_connect: Any = sqlite3.connect


def _careless(*given: Any, **named: Any) -> sqlite3.Connection:
    made: sqlite3.Connection = _connect(*given, **({"factory": _Careless} | named))
    return made


os.fsync = os.fdatasync = _nothing  # type: ignore[assignment]
sqlite3.connect = _careless  # type: ignore[assignment]
