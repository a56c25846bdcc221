"""What `-h` prints names the program as it was called."""

import sys
from importlib import import_module

import pytest
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newscrawl.cli.command_parser import CommandParser
from newscrawl.cli.main import overview, own_commands

CALLED = {"scrapy": "/srv/lib/scrapy/__main__.py", "newscrawl": "/srv/bin/newscrawl"}
_MODULES = {"list": "scrapy.commands", "settings": "scrapy.commands"}


def help_of(name: str) -> str:
    """What Scrapy's own dispatcher would print, by its usage line."""
    found = import_module(f"{_MODULES.get(name, 'newscrawl.commands')}.{name}")
    command: ScrapyCommand = found.Command()
    command.settings = Settings()
    usage = f"scrapy {name} {command.syntax()}"
    parser = CommandParser(usage=usage, description=command.long_desc(), conflict_handler="resolve")
    command.add_options(parser)
    return " ".join(parser.format_help().split())


@pytest.mark.parametrize("program", CALLED)
@pytest.mark.parametrize("command", [*own_commands(), *_MODULES])
def test_help_names_the_program_as_it_was_called(
    program: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [CALLED[program]])
    said = help_of(command)
    assert said.startswith(f"usage: {program} {command}")
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
    assert f"{program} COMMAND -h" in lines[-1]
