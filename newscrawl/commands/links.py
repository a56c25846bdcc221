"""`scrapy links`: list what could not be read, or is not in the archive, and why."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from newscrawl.archive.ledger.due import State, Trouble
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import hold_lock
from newscrawl.cli.command_base import NewspaperCommand, only_newspaper, say
from newscrawl.items import VIETNAM
from newscrawl.text import clean, counted
from newscrawl.timestamps import utc_text

OPEN_STATES: Final[tuple[State, ...]] = ("discovered", "failed", "given_up", "refused")
_CHOICES: Final = (*OPEN_STATES, "archived")
_USUAL: Final[tuple[State, ...]] = ("failed", "given_up")
_LAST_LOOK: Final[tuple[State, ...]] = ("discovered", "archived")
"""States in which a link has a reason only where its page could not be read the last time"""


class Command(NewspaperCommand):
    """List the links of the ledger whose pages could not be read."""

    def syntax(self) -> str:
        return "[options] <newspaper>"

    def short_desc(self) -> str:
        return "List the links that failed, were given up or refused, and why"

    def long_desc(self) -> str:
        return (
            "Lists the links that could not be read, one a line: state, tries, when it is next"
            " asked for, address, reason. Also while a run is at work. failed: asked for again by"
            " itself; given_up: failed too often; archived: an article whose page could not be read"
            " again; refused: no article, or not ours to ask for; discovered: not asked for yet, or"
            " asked for while the site was down. With --again the next run asks for those listed as"
            " if they had never been tried; exit code 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--state",
            action="append",
            choices=_CHOICES,
            help="of this state alone, may be given again; without it all that could not be read",
        )
        parser.add_argument("--json", action="store_true", help="JSON Lines instead of a table")
        parser.add_argument("--again", action="store_true", help="have the next run ask for them")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        name = only_newspaper(args)
        asked: tuple[State, ...] = tuple(opts.state or _USUAL)
        states = tuple(state for state in asked if state != "archived")
        unread = tuple(s for s in asked if s == "archived") if opts.state else _LAST_LOOK
        with self.telling():
            newspaper = self.newspaper(name).name
            self.list_links(newspaper, states, unread, as_json=opts.json)
            if opts.again:
                self.open_again(newspaper, states, unread)

    def list_links(
        self, name: str, states: Sequence[State], unread: Sequence[State], *, as_json: bool
    ) -> None:
        """Print the links, one a line, also while a run is at work.

        Those in `states` are printed, and those in `unread` whose last look brought nothing.
        """
        with Ledger.open_to_read(self.folder(name)) as ledger:
            for trouble in chain(ledger.links.troubles(*states), ledger.links.unread(*unread)):
                say(json_line(trouble) if as_json else line(trouble))

    def open_again(self, name: str, states: Sequence[State], unread: Sequence[State]) -> None:
        """Have the next run ask for the links again that `list_links` prints."""
        folder, now = self.folder(name), datetime.now(UTC)
        with hold_lock(folder), Ledger.open(folder, name) as ledger:
            count = ledger.links.reopen(now, states) + ledger.links.ask_unread_again(now, unread)
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
