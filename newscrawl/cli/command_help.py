"""What a command prints for -h, without running it."""

from importlib import import_module
from typing import Final

from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newscrawl.cli.command_parser import CommandParser
from newscrawl.config.program import OF_SCRAPY

COMMANDS: Final = "newscrawl.commands"


def help_of(name: str, package: str = COMMANDS) -> str:
    """Return the help of a command of the package, in as many columns as the terminal has."""
    command: ScrapyCommand = import_module(f"{package}.{name}").Command()
    command.settings = Settings()
    usage, described = f"{OF_SCRAPY} {name} {command.syntax()}", command.long_desc()
    parser = CommandParser(usage=usage, description=described, conflict_handler="resolve")
    command.add_options(parser)
    return parser.format_help()
