"""The table of stations in the package's docstring: read, checked, and set for the docs."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from newscrawl.page.class_attributes import place

_RULE: Final = "--------"


class Station(NamedTuple):
    """A row of the table."""

    name: str
    package: str
    """Dotted, below `newscrawl`"""
    entry_point: str
    """Dotted, below `newscrawl`: a module, or a class or function of one"""
    flow: str
    """What goes in → what comes out"""


def stations(text: str | None) -> tuple[Station, ...]:
    """Return the rows of the table in a docstring, in its order; () where there is no table."""
    lines = (text or "").splitlines()
    rule = next((n for n, line in enumerate(lines) if line.startswith(_RULE)), None)
    if rule is None:
        return ()
    starts = [at for at in range(len(lines[rule])) if lines[rule][: at + 1][-2:] in ("-", " -")]
    ends = [*starts[1:], None]
    rows = []
    for line in lines[rule + 1 :]:
        if not line.strip():
            break
        cells = (line[start:end].strip() for start, end in zip(starts, ends, strict=True))
        rows.append(Station(*cells))
    return tuple(rows)


def check_stations(
    package: Path, named: str, rows: tuple[Station, ...] | None = None
) -> Iterator[str]:
    """Yield the packages and flat modules that the docstring leaves out, and rows of nothing.

    Args:
        package: Folder of the package.
        named: The whole docstring; every flat module must be named in it.
        rows: The table's rows, else those of the docstring.
    """
    at = place(package / "__init__.py")
    rows = stations(named) if rows is None else rows
    held = {path.parent.relative_to(package) for path in package.rglob("__init__.py")}
    packages = {".".join(path.parts) for path in held if path.parts}
    for missing in sorted(packages - {row.package for row in rows}):
        yield f"{at}: package {missing} is in no row of the table: add its station"
    for row in rows:
        if row.package not in packages:
            yield f"{at}: {row.package} is no package: remove its row"
        if not _exists(f"{package.name}.{row.entry_point}"):
            yield f"{at}: entry point {row.entry_point} is not there: name the one of {row.package}"
        if "→" not in row.flow:
            yield f"{at}: the row of {row.package} has no →: say what goes in and what comes out"
    flat = {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    for missing in sorted(name for name in flat if f"`{name}`" not in named):
        yield f"{at}: module {missing} is not named: say what it holds"


def _exists(name: str) -> bool:
    """Return whether a dotted name is a module, or something that a module defines."""
    parent, _, last = name.rpartition(".")
    try:
        if find_spec(name) is not None:
            return True
    except ModuleNotFoundError:  # the parent is no package: a name inside a module
        pass
    module = find_spec(parent) if parent else None
    if module is None or module.origin is None:
        return False
    text = Path(module.origin).read_text(encoding="utf-8")
    return any(line.startswith((f"def {last}(", f"class {last}")) for line in text.splitlines())


def markdown(rows: tuple[Station, ...]) -> str:
    """Return the table as Markdown, for the documentation."""
    head = ["| Station | Package | Entry point | In → out |", "| --- | --- | --- | --- |"]
    lines = [f"| {row.name} | `{row.package}` | `{row.entry_point}` | {row.flow} |" for row in rows]
    return "\n".join([*head, *lines]) + "\n"
