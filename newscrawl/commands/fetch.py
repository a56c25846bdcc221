"""`scrapy fetch`: one page as it was sent, asked for with a crawl's manners."""

import argparse
import sys

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand
from newscrawl.cli.fetch_one import fetch


class Command(NewspaperCommand):
    """Print the bytes of one page."""

    def syntax(self) -> str:
        return "[options] <address>"

    def short_desc(self) -> str:
        return "Fetch one page as a crawl would, and print its bytes"

    def long_desc(self) -> str:
        return (
            "Asks for one page with the manners of a crawl: robots.txt, one request a second, our"
            " User-Agent, public addresses alone. Prints its bytes; readpage prints what is read of"
            " them."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not args[0].startswith(("https://", "http://")):
            raise UsageError("one address, which begins with https://")
        assert self.settings is not None
        with self.telling():
            body = fetch(args[0], self.settings).body
            sys.stdout.buffer.write(body)
