"""The commands a person types, one module each, named as the command.

`scrapy -h` lists every command by its name, Scrapy's own in between, and `COMMAND -h` begins with
"scrapy" whatever was called; Scrapy has no setting for either. Its function and its parser give way
to ours. `of_scrapy` answers in the place of those of Scrapy's commands that need what newscrawl has
not.
"""

from scrapy import cmdline
from scrapy.settings import BaseSettings

from newscrawl.cli.command_parser import CommandParser
from newscrawl.cli.main import overview


def _print_commands(settings: BaseSettings, inproject: bool) -> None:  # noqa: ARG001
    print(overview())


cmdline._print_commands = _print_commands  # noqa: SLF001
cmdline.ScrapyArgumentParser = CommandParser  # type: ignore[assignment,misc]
