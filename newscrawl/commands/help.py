"""`newscrawl help`: the commands, and every page of the documentation."""

import argparse
from collections.abc import Iterator
from difflib import get_close_matches

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.command_help import help_of
from newscrawl.cli.help_pages import page_folder, readable, titles
from newscrawl.cli.main import overview, own_commands
from newscrawl.exceptions import ArgumentError


class Command(NewspaperCommand):
    """Print a page of the documentation, or what a command can do."""

    requires_project = False

    def syntax(self) -> str:
        return "[page or command]"

    def short_desc(self) -> str:
        return "Print a page of the documentation, as settings or exit-codes"

    def long_desc(self) -> str:
        return (
            "Without a name: the commands, and the pages with their titles. With the name of a"
            " page: the page. With the name of a command: what its -h prints."
        )

    def setting_faults(self) -> Iterator[str]:
        """Return nothing: a page helps where a setting is wrong, too."""
        return iter(())

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 1:
            raise UsageError("one page or one command")
        with self.telling():
            say(text_of(args[0]) if args else contents())


def contents() -> str:
    """Return the overview of the commands, and the pages."""
    found = titles(page_folder())
    width = max(map(len, found))
    lines = [f"  {name.ljust(width)}  {title}" for name, title in found.items()]
    return "\n".join([overview(), "", "Pages:", "", *lines])


def text_of(name: str) -> str:
    """Return a page, or the help of a command; raise `ArgumentError` for neither."""
    folder, commands = page_folder(), own_commands()
    pages = titles(folder)
    if name in pages:
        return readable((folder / f"{name}.md").read_text(encoding="utf-8"))
    if name in commands:
        return help_of(name).rstrip()
    near = get_close_matches(name, [*pages, *commands], 1)
    remedy = f"did you mean {near[0]}?" if near else "help without a name lists them"
    raise ArgumentError(f"no page and no command is named {name!r}: {remedy}")
