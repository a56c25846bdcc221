"""`scrapy view`: a page as newscrawl sees it, in the browser."""

import argparse

from scrapy.exceptions import UsageError
from scrapy.utils.response import open_in_browser

from newscrawl.cli.command_base import NewspaperCommand
from newscrawl.cli.page_opening import open_page, response_of


class Command(NewspaperCommand):
    """Open the bytes of one page in the browser."""

    def syntax(self) -> str:
        return "[options] <file or address>"

    def short_desc(self) -> str:
        return "Open a page in the browser, as a crawl gets it"

    def long_desc(self) -> str:
        return (
            "Asks for the page as fetch does, or reads a saved one, and opens its bytes in the"
            " browser: what scripts would add is missing, as it is in a crawl."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one file or address")
        assert self.settings is not None
        with self.telling():
            open_in_browser(response_of(open_page(args[0], self.settings)))
