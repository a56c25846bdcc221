"""Scrapy's parser of a command's options, which names the program as it was called."""

from typing import Any

from scrapy.cmdline import ScrapyArgumentParser

from newscrawl.config.program import OF_SCRAPY, program


class CommandParser(ScrapyArgumentParser):
    """A parser whose usage and errors begin with the name that a person typed."""

    def __init__(self, *, usage: str, **options: Any) -> None:
        """Take Scrapy's usage, "scrapy COMMAND …", and argparse's options."""
        command, _, rest = usage.removeprefix(f"{OF_SCRAPY} ").partition(" ")
        called = f"{program()} {command}"
        super().__init__(prog=called, usage=f"{called} {rest}".rstrip(), **options)
