"""The default run and `--thorough-only` are together the whole suite."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.support.halves import QUICK, REST, is_left_out
from tests.support.paths import ROOT

FILES: Final = sorted((ROOT / "tests").rglob("test_*.py"))
TEXTS: Final = {path: path.read_text("utf-8") for path in FILES}


def module_marks(text: str) -> set[str]:
    """The marks that every test of the file bears."""
    return {
        node.attr
        for statement in ast.parse(text).body
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "pytestmark"
        for node in ast.walk(statement.value)
        if isinstance(node, ast.Attribute)
    }


def left_out(half: str) -> list[Path]:
    return [path for path in FILES if is_left_out(TEXTS[path], half)]


def test_what_the_default_run_leaves_out_is_marked_thorough() -> None:
    assert len(left_out(QUICK)) > 30
    for path in left_out(QUICK):
        assert "thorough" in module_marks(TEXTS[path]), path


def test_what_the_other_half_leaves_out_has_nothing_for_it() -> None:
    assert 100 < len(left_out(REST)) < len(FILES)
    for path in left_out(REST):
        tree = ast.parse(TEXTS[path])
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert "thorough" not in attributes, path
        assert "hypothesis" not in modules, path


def test_no_file_is_left_out_by_both() -> None:
    assert set(left_out(QUICK)).isdisjoint(left_out(REST))


@pytest.mark.parametrize(
    ("mark", "is_whole"),
    [
        ("pytestmark = pytest.mark.thorough\n", True),
        ('pytestmark = [pytest.mark.thorough, pytest.mark.xdist_group("disk")]\n', True),
        ("pytestmark = [\n    pytest.mark.slow,\n    pytest.mark.thorough,\n]\n", True),
        ('pytestmark = pytest.mark.xdist_group("disk")\n', False),
        ("@pytest.mark.thorough\ndef test_long() -> None: ...\n", False),
    ],
)
def test_a_file_is_left_out_by_its_own_mark_alone(mark: str, is_whole: bool) -> None:
    assert is_left_out(f"import pytest\n\n{mark}", QUICK) == is_whole
    assert not is_left_out(mark, "")
    assert not is_left_out(mark, "hypothesis")
