"""The lines of an archive's files, each checked before anything reads its fields.

An archive may be half copied, edited by hand, or hostile. A line that is not what its schema says
ends the reading with an `ArchiveError` that names file and line, never with a traceback further on.
A check costs 12 µs, parsing a line 40 µs.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import fastjsonschema

from newscrawl.archive.atomic_files import disk
from newscrawl.archive.export.row_reader import numbered, parse
from newscrawl.article.item_schema import shape_faults
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line

UNDATED: Final = "undated"
_COUNTS: Final = {"type": "object", "additionalProperties": {"type": "integer"}}
_TEXT: Final = {"type": "string"}
_TOLD: Final[Mapping[str, Any]] = {
    "ended_at": _TEXT,
    "arguments": {"type": "object"},
    "listings": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["source", "reached", "known_at", "is_open"],
            "properties": {
                "source": _TEXT,
                "reached": _TEXT,
                "known_at": _TEXT,
                "is_open": {"type": "boolean"},
            },
        },
    },
    "reasons": {"type": "object", "additionalProperties": _COUNTS},
}
"""What a run's record and `coverage.json` have in common"""
_RUN: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["started_at", "exit_code"],
    "properties": {
        **_TOLD,
        "started_at": _TEXT,
        "exit_code": {"type": "integer"},
        "counts": {
            "type": "object",
            "properties": {"list/unread": {"type": "integer"}},
        },
        "states": _COUNTS,
    },
}
_COVERAGE: Final[Mapping[str, Any]] = {
    "type": "object",
    "required": ["listings", "reasons", "links"],
    "properties": {
        **_TOLD,
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["url", "state", "reason"],
                "additionalProperties": _TEXT,
            },
        },
        "links_left_out": {"type": "integer"},
    },
}
_YEAR_MIN, _YEAR_END = 1990, 9000
_OF_REVISION: Final = ("superseded_at", "changed_by", "changed_fields")


def article_lines(path: Path) -> Iterator[Line]:
    """Return the articles of a file of `articles/`, in order.

    Raises `ArchiveError` with file and line where a line is no article of this schema, or one of
    another month than the file's.
    """
    for number, line in enumerate(_lines(path, shape_faults), 1):
        if (line["published_date"] or UNDATED)[:7] != path.stem:
            raise ArchiveError(f"{path}, line {number}: belongs in another month: {_remedy()}")
        yield line


def revision_lines(path: Path) -> Iterator[Line]:
    """Return the superseded versions of a file of `revisions/`; raises as `article_lines`."""
    return _lines(path, _revision_faults)


def run_lines(path: Path) -> Iterator[Line]:
    """Return the records of a file of `runs/`; raises as `article_lines`."""
    return _lines(path, run_faults)


def _lines(path: Path, faults_of: Callable[[Line], tuple[str, ...]]) -> Iterator[Line]:
    for number, text in numbered(path):
        line = parse(text)
        faults = ("not a whole JSON object",) if line is None else faults_of(line)
        if not faults and "\\u" in text and not _is_text(line):
            faults = ("a character that is half of a pair (a lone surrogate)",)
        if faults:
            raise ArchiveError(f"{path}, line {number}: {'; '.join(faults)}: {_remedy()}")
        assert line is not None
        yield line


def _is_text(line: Line | None) -> bool:
    """Return whether every text can be written as UTF-8; JSON's escapes can state others."""
    try:
        json.dumps(line, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _revision_faults(line: Line) -> tuple[str, ...]:
    article = {name: value for name, value in line.items() if name not in _OF_REVISION}
    if faults := shape_faults(article):
        return faults
    for name in ("superseded_at", "changed_by"):
        if not isinstance(line.get(name, ""), str):
            return (f"{name} is no text",)
    is_list = isinstance(line.get("changed_fields", []), list)
    return () if is_list else ("changed_fields is no list",)


def coverage_of(path: Path) -> Line | None:
    """Return what a newspaper's `coverage.json` tells; None where the archive has none yet.

    Raises `ArchiveError` where the file is not what a run writes.
    """
    if not path.is_file():
        return None
    with disk("reading", path):
        told = parse(path.read_text(encoding="utf-8", errors="replace"))
    if told is None:
        raise ArchiveError(f"{path} is not a whole JSON object: {_remedy()}")
    if faults := _faults(told, "coverage"):
        raise ArchiveError(f"{path}: {'; '.join(faults)}: {_remedy()}")
    return told


@cache
def _check(kind: Literal["run", "coverage"]) -> Callable[[Line], Line]:
    schema = _RUN if kind == "run" else _COVERAGE
    compiled: Callable[[Line], Line] = fastjsonschema.compile(dict(schema))
    return compiled


def _remedy() -> str:
    return f"{to_type('verify')} tells what is wrong and what cures it"


def _faults(line: Line, kind: Literal["run", "coverage"]) -> tuple[str, ...]:
    try:
        _check(kind)(line)
    except fastjsonschema.JsonSchemaException as error:
        return (str(error)[:300],)
    return ()


def run_faults(line: Line) -> tuple[str, ...]:
    """Return what keeps a reader from a run's record; () = nothing.

    >>> run_faults({"started_at": "2026-11-20T01:02:03Z", "exit_code": 0})
    ()
    >>> run_faults({"started_at": "yesterday", "exit_code": 0})
    ('started_at is in no calendar',)
    """
    if faults := _faults(line, "run"):
        return faults
    try:
        at = datetime.fromisoformat(line["started_at"])
    except ValueError:
        return ("started_at is in no calendar",)
    is_near = at.tzinfo is not None and _YEAR_MIN < at.year < _YEAR_END
    return () if is_near else ("started_at is no time of a run",)
