"""The base of what answers in the place of a command of Scrapy's that cannot work here."""

import argparse
import sys
from typing import ClassVar

from scrapy.commands import ScrapyCommand

from newscrawl.config.program import program
from newscrawl.exit_codes import ExitCode


class ReplacedCommand(ScrapyCommand):
    """A command that only says what to type instead; a subclass names it."""

    requires_project = True
    requires_crawler_process = False
    instead: ClassVar[str]
    """What to type, and what it does, in a line; {program} stands for the name that was called"""

    def short_desc(self) -> str:
        return f"Not here: {self._said()}"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002
        name = type(self).__module__.rpartition(".")[2]
        print(f"{name}: newscrawl has no use for it: {self._said()}", file=sys.stderr)  # noqa: T201
        self.exitcode = ExitCode.USAGE

    def _said(self) -> str:
        return self.instead.format(program=program())
