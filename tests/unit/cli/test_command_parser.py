"""What `-h` prints names the program as it was called."""

import sys

import pytest

from newscrawl.cli.command_help import COMMANDS, help_of
from newscrawl.cli.main import overview, own_commands

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
