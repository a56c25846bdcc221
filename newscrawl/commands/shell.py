"""`scrapy shell`: Python with a page at hand, to try selectors on it."""

import argparse
from typing import Final

from scrapy.exceptions import UsageError
from scrapy.utils.console import start_python_console

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.page_opening import open_page, response_of

BANNER: Final = """\
response   the page, with .css() and .xpath()
document   the page as our readers have it: .root, .blocks(), .metadata
"""


class Command(NewspaperCommand):
    """Start Python with one page as `response` and `document`."""

    def syntax(self) -> str:
        return "[options] <file or address>"

    def short_desc(self) -> str:
        return "Try selectors on a page, in Python"

    def long_desc(self) -> str:
        return (
            "Asks for the page as fetch does, or reads a saved one, and starts Python with it as"
            " `response` and `document`. With -c the expression's value is printed instead."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-c", dest="code", metavar="CODE", help="print this expression's value")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one file or address")
        assert self.settings is not None
        with self.telling():
            document = open_page(args[0], self.settings)
            names = {"document": document, "response": response_of(document)}
            if opts.code is None:
                start_python_console(names, banner=BANNER)
            else:
                say(eval(opts.code, names))  # noqa: S307  (what the person typed)
