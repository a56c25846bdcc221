"""What `-h` prints names the program as it was called."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.cli.command_help import COMMANDS, help_of
from newscrawl.cli.main import overview, own_commands
from tests.support.paths import ROOT

CALLED = {"scrapy": "/srv/lib/scrapy/__main__.py", "newscrawl": "/srv/bin/newscrawl"}
_OF_SCRAPY = ("list", "settings")


@pytest.mark.parametrize("program", CALLED)
@pytest.mark.parametrize("command", [*own_commands(), *_OF_SCRAPY])
def test_help_names_the_program_as_it_was_called(
    program: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [CALLED[program]])
    package = "scrapy.commands" if command in _OF_SCRAPY else COMMANDS
    said = " ".join(help_of(command, package).split())
    assert said.startswith(f"Usage ===== {program} {command}")
    (other,) = {*CALLED} - {program}
    assert f"`{other} " not in said


@pytest.mark.parametrize("program", CALLED)
def test_the_overview_names_it_and_lists_our_commands_first(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [CALLED[program]])
    lines = overview().splitlines()
    assert lines[0] == f"{program} COMMAND [options]"
    assert [line.split()[0] for line in lines if line.startswith("  ")] == own_commands()
    assert f"{program} COMMAND -h" in lines[-2]
    assert f"{program} help settings" in lines[-1]


# Texts that are files of their own, read by people who may call the program otherwise.
_STANDING = {
    "newscrawl/cli/schedule_plan.py", "newscrawl/research/frozen_set.py",
    "newscrawl/research/coverage_page.py", "newscrawl/commands/init.py",
    "newscrawl/commands/newpaper.py",
}  # fmt: skip


def strings_of(path: Path) -> Iterator[str]:
    """The strings of a module, but for docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spoken
        ):
            yield node.value


def test_no_hint_names_a_program_that_may_not_have_been_called() -> None:
    call = re.compile(rf"\b(?:scrapy|newscrawl) (?:{'|'.join(own_commands())})\b")
    found = [
        f"{name}: {text}"
        for path in sorted((ROOT / "newscrawl").rglob("*.py"))
        if (name := path.relative_to(ROOT).as_posix()) not in _STANDING
        for text in strings_of(path)
        if call.search(text)
    ]
    assert found == []
