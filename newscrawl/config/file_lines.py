"""On which line of a newscrawl.toml a key stands, for what is told of it.

The standard library's reader of TOML keeps no lines; it names one only where the text is no TOML.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

_TABLE: Final = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_WHERE: Final = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")
_BARE: Final = re.compile(r"\s*([\w.-]+)\s*=\s*([^\s\"'\[{#][^\"'#]*?)\s*(?:#.*)?")
_KEY: Final = re.compile(r"\s*([\w-]+(?:\s*\.\s*[\w-]+)*)\s*=")


class FileFault(NamedTuple):
    """Something wrong with what a file says."""

    key: str
    """With its table: politeness.delay_s"""
    what: str
    """What is wrong and what to do"""


def key_lines(text: str) -> Mapping[str, int]:
    r"""Return the line, from 1, on which each key and each table begins; the first one counts.

    >>> key_lines('contact = "a@b.vn"\n\n[run]  # all\n# revisits = 5\nlist_pages = 3\n')
    {'contact': 1, 'run': 3, 'run.list_pages': 5}
    """
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _TABLE.match(line):
            table = heading[1]
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = "".join(key[1].split())
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def key_place(path: Path, lines: Mapping[str, int], key: str) -> str:
    """Return where a key stands: the file, its line where it is known, and the key.

    >>> key_place(Path("a.toml"), {"run.revisits": 4}, "run.revisits")
    'a.toml, line 4: run.revisits'
    >>> key_place(Path("a.toml"), {}, "papers")
    'a.toml: papers'
    """
    line = f", line {lines[key]}" if key in lines else ""
    return f"{path}{line}: {key}"


def toml_fault(path: Path, text: str, error: str) -> str:
    r"""Return what is wrong with a text that is no TOML: its line, and the quotes that it lacks.

    Args:
        path: The file.
        text: What it holds.
        error: What the standard library's reader says of it.

    >>> toml_fault(Path("a.toml"), "archive = kho\n", "Invalid value (at line 1, column 11)")
    'a.toml, line 1: a text stands in quotes: write archive = "kho"'
    >>> toml_fault(Path("a.toml"), "[run\n", "Expected ']' (at line 1, column 5)")
    "a.toml, line 1: Expected ']': mend '[run'"
    >>> toml_fault(Path("a.toml"), "\npapers = [\n", "Invalid value (at end of document)")
    "a.toml, line 2: Invalid value: mend 'papers = ['"
    """
    found = _WHERE.fullmatch(error)
    if found is None:
        return f"{path}: {error}: mend the file"
    lines = text.rstrip().split("\n")
    number = int(found[2] or len(lines))
    line = lines[min(number, len(lines)) - 1].strip()
    place = f"{path}, line {number}"
    if bare := _BARE.fullmatch(line):
        return f'{place}: a text stands in quotes: write {bare[1]} = "{bare[2]}"'
    return f"{place}: {found[1]}: mend {line!r}"
