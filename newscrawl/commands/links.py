"""`scrapy links`: list what the newspaper's lists named and the archive lacks, and why."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from newscrawl.archive.ledger.due import State, Trouble
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import hold_lock
from newscrawl.cli.command_base import NewspaperCommand, only_newspaper, say
from newscrawl.items import VIETNAM
from newscrawl.text import clean, counted
from newscrawl.timestamps import utc_text

OPEN_STATES: Final[tuple[State, ...]] = ("discovered", "failed", "given_up", "refused")
_USUAL: Final[tuple[State, ...]] = ("failed", "given_up")


class Command(NewspaperCommand):
    """List the links of the ledger that led to no article."""

    def syntax(self) -> str:
        return "[options] <newspaper>"

    def short_desc(self) -> str:
        return "List the links that failed, were given up or refused, and why"

    def long_desc(self) -> str:
        return (
            "Lists the links that led to no article, one a line: state, tries, when it is next"
            " asked for, address, reason. Also while a run is at work. failed: asked for again by"
            " itself; given_up: failed too often; refused: no article, or not ours to ask for;"
            " discovered: not asked for yet. With --again the next run asks for those listed as if"
            " they had never been tried; exit code 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--state",
            action="append",
            choices=OPEN_STATES,
            help="of this state alone, may be given again; failed and given_up without it",
        )
        parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
        parser.add_argument("--again", action="store_true", help="have the next run ask for them")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        states = tuple(opts.state or _USUAL)
        with self.telling():
            self.list_links(self.newspaper(name).name, states, as_json=opts.json)
            if opts.again:
                self.open_again(name, states)

    def list_links(self, name: str, states: Sequence[State], *, as_json: bool) -> None:
        """Print the links in these states, one a line, also while a run is at work."""
        with Ledger.open_to_read(self.folder(name)) as ledger:
            for trouble in ledger.links.troubles(*states):
                say(json_line(trouble) if as_json else line(trouble))

    def open_again(self, name: str, states: Sequence[State]) -> None:
        """Have the next run ask for the links in these states again."""
        folder = self.folder(name)
        with hold_lock(folder), Ledger.open(folder, name) as ledger:
            count = ledger.links.reopen(datetime.now(UTC), states)
        self.tell(f"{name}: the next run asks for {counted(count, 'link')} again", 0)


def line(trouble: Trouble) -> str:
    """Return the link in one line for a terminal, without control characters from a page.

    >>> line(Trouble("7", "https://baothu.vn/a-7.html", "given_up", "HTTP 500", 5, None))
    'given_up    5  –                 https://baothu.vn/a-7.html  HTTP 500'
    """
    due = trouble.next_due
    when = f"{due.astimezone(VIETNAM):%Y-%m-%d %H:%M}" if due else "–"
    told = f"{trouble.state:<10}  {trouble.tries}  {when:<16}"
    return f"{told}  {clean(trouble.url)}  {clean(trouble.reason)}".rstrip()


def json_line(trouble: Trouble) -> str:
    """Return the link as one JSON object; `next_due` in UTC, null where none is planned."""
    due = trouble.next_due
    told = asdict(trouble) | {"next_due": utc_text(due) if due else None}
    return json.dumps(told, ensure_ascii=False)
