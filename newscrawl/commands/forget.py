"""`scrapy forget`: remove an article from an archive for good, and keep it from coming back."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.archive.lock import hold_lock, hold_lock_to_read
from newscrawl.archive.maintenance.takedown import (
    Takedown,
    carry_out,
    plan_takedown,
    prepare_takedown,
    snapshots_of,
)
from newscrawl.archive.tombstones import read_tombstones
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.exceptions import ArgumentError
from newscrawl.text import clean, counted
from newscrawl.timestamps import utc_text

NAMED_MAX: Final = 20
"""Addresses of other pages that are printed"""


class Command(NewspaperCommand):
    """Take an article down."""

    def syntax(self) -> str:
        return "[options] <id or address>"

    def short_desc(self) -> str:
        return "Remove an article from its archive for good: lines, pages, snapshots"

    def long_desc(self) -> str:
        return (
            "Removes the article of an id (newspaper:key) or address: its line, its older versions,"
            " its raw pages, its link, and what snapshots hold of it. A line of tombstones.jsonl"
            " (id, moment, reason) keeps it from coming back. What is to be removed is printed"
            " before anything is; --dry-run stops there, and with --mentions a terminal is asked."
            " A takedown that was killed goes on with the next command. Exit code 5 where there is"
            " no such article, 75 while a run is at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", help="why; it is published with the archive")
        parser.add_argument(
            "--mentions",
            action="store_true",
            help="also remove kept pages of other articles and of lists that name this one",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would be removed, and remove nothing"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("the id or address of one article")
        with self.telling():
            reason = (opts.reason or "").strip()
            if not (reason or opts.dry_run):
                raise ArgumentError("--reason is missing: say why, it is published")
            newspaper, article_id = self.article(args[0])
            folder = self.folder(newspaper.name)
            with hold_lock_to_read(folder) if opts.dry_run else hold_lock(folder):
                if not opts.dry_run:
                    prepare_takedown(folder, newspaper.name)
                found = plan_takedown(
                    folder,
                    newspaper.name,
                    article_id,
                    newspaper.key_of,
                    with_mentions=opts.mentions,
                )
                before = read_tombstones(folder).get(found.key)
                if before is not None and not (found.revisions or found.records):
                    say(
                        f"{found.id}: was forgotten at {before.forgotten_at}; nothing of it is left"
                    )
                    return
                tell_plan(found, len(snapshots_of(folder)))
                if opts.dry_run:
                    say("nothing was removed (--dry-run)")
                elif opts.mentions and found.removed_mentions and not is_wanted():
                    say("nothing was removed")
                else:
                    planned = found.told(reason=reason, at=utc_text(datetime.now(UTC)))
                    carry_out(folder, newspaper.name, planned)
                    say(f"{found.id}: forgotten")

    def article(self, given: str) -> tuple[Newspaper, str]:
        """Return the newspaper and the id that an id or an address names."""
        if given.startswith(("https://", "http://")):
            newspaper = self.newspaper(given)
            key = newspaper.key_of(given)
            if key is None:
                raise ArgumentError(f"{given}: the address carries no key: give the id")
        else:
            name, _, key = given.partition(":")
            if not key:
                raise ArgumentError(f"{given}: an id is newspaper:key")
            newspaper = self.newspaper(name)
        return newspaper, f"{newspaper.name}:{key}"


def tell_plan(found: Takedown, snapshots: int) -> None:
    """Print what a takedown removes, before it removes anything, and what stays."""
    records = sum(map(len, found.records.values())) - found.removed_mentions
    say(
        f"{found.id}: to be removed: {counted(found.revisions, 'version')},"
        f" {counted(records, 'record')} of its pages, its part of {counted(snapshots, 'snapshot')}"
    )
    if found.removed_mentions:
        say(
            f"WARNING: --mentions also removes {counted(found.removed_mentions, 'kept page')} of"
            " other articles and lists, which name it; the articles stay, but without a raw page"
            " they can never be read anew:"
        )
    elif found.mentions:
        say(f"kept pages of others that name it, and stay: {found.mentions} (--mentions):")
    for url in found.named_in[:NAMED_MAX]:
        say(f"  {clean(url)}")
    if len(found.named_in) > NAMED_MAX:
        say(f"  and {len(found.named_in) - NAMED_MAX} other addresses")
    for other in found.copies:
        say(f"the same text stands in {other}, and stays")


def is_wanted() -> bool:
    """Return whether a person at a terminal says yes; True where no terminal is asked."""
    if not sys.stdin.isatty():
        return True
    try:
        return input("Remove all this for good? Type yes: ").strip().casefold() == "yes"
    except EOFError:
        return False
