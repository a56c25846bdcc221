"""Scrapy's parser of a command's options, which names the program as it was called."""

import argparse
from typing import Any

from scrapy.cmdline import ScrapyArgumentParser
from scrapy.commands import ScrapyHelpFormatter

from newscrawl.config.program import OF_SCRAPY, program


class OptionFormatter(ScrapyHelpFormatter):
    """Help that names an option's value once, behind its names, with every Python."""

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, action.dest.upper())
        return f"{', '.join(action.option_strings)} {value}"


class CommandParser(ScrapyArgumentParser):
    """A parser whose usage and errors begin with the name that a person typed."""

    def __init__(self, *, usage: str, **options: Any) -> None:
        """Take Scrapy's usage, "scrapy COMMAND …", and argparse's options."""
        command, _, rest = usage.removeprefix(f"{OF_SCRAPY} ").partition(" ")
        called = f"{program()} {command}"
        options["formatter_class"] = OptionFormatter
        super().__init__(prog=called, usage=f"{called} {rest}".rstrip(), **options)
