"""No module of newscrawl imports, through however many others, itself."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "newscrawl"


def modules(package: Path) -> dict[str, Path]:
    """Return every module's file by its dotted name."""
    found = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def imported(path: Path) -> Iterator[str]:
    """Yield the names that a file imports, wherever in it, as they may be modules."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def edges(package: Path) -> dict[str, set[str]]:
    """Return which modules each module imports."""
    files = modules(package)
    graph: dict[str, set[str]] = {}
    for name, path in files.items():
        found = {each if each in files else each.rpartition(".")[0] for each in imported(path)}
        graph[name] = {each for each in found if each in files}
    return graph


def check(package: Path) -> None:
    """Raise `CycleError` with the circle that was found."""
    TopologicalSorter(edges(package)).prepare()


def test_no_module_imports_itself_through_others() -> None:
    check(PACKAGE)


def test_every_module_is_looked_at() -> None:
    graph = edges(PACKAGE)
    assert graph.keys() == modules(PACKAGE).keys()
    assert "newscrawl.items" in graph["newscrawl.article.article_page"]


@pytest.mark.parametrize(
    "back",
    ["from thu.a import x", "import thu.a", "from thu import a", "def f():\n    from thu import a"],
)
def test_a_planted_circle_is_found(tmp_path: Path, back: str) -> None:
    package = tmp_path / "thu"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("from thu.b import y\nx = 1\n")
    (package / "b.py").write_text("y = 1\n")
    check(package)
    (package / "b.py").write_text(f"{back}\ny = 1\n")
    with pytest.raises(CycleError):
        check(package)
