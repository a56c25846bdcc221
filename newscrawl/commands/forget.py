"""`scrapy forget`: remove an article from an archive for good, and keep it from coming back."""

import argparse
from datetime import UTC, datetime

from scrapy.exceptions import UsageError

from newscrawl.archive.lock import hold_lock
from newscrawl.archive.maintenance.takedown import Takedown, forget_article
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.exceptions import ArgumentError
from newscrawl.text import counted


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
            " (id, moment, reason) keeps it from coming back. A takedown that was killed goes on"
            " with the next command. Exit code 5 where there is no such article, 75 while a run is"
            " at work."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", help="why; it is published with the archive")
        parser.add_argument(
            "--mentions",
            action="store_true",
            help="also remove kept pages of other articles that name this one",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("the id or address of one article")
        with self.telling():
            if not (opts.reason or "").strip():
                raise ArgumentError("--reason is missing: say why, it is published")
            newspaper, article_id = self.article(args[0])
            folder = self.folder(newspaper.name)
            with hold_lock(folder):
                done = forget_article(
                    folder,
                    newspaper.name,
                    article_id,
                    opts.reason.strip(),
                    datetime.now(UTC),
                    newspaper.key_of,
                    with_mentions=opts.mentions,
                )
            self.tell_what_was_done(done)

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

    def tell_what_was_done(self, done: Takedown) -> None:
        records = sum(map(len, done.records.values()))
        say(
            f"{done.id}: forgotten: {counted(done.revisions, 'version')},"
            f" {counted(records, 'record')} of pages"
        )
        for other in done.copies:
            say(f"the same text stands in {other}")
        if done.mentions:
            say(f"kept pages of other articles that name it: {done.mentions} (--mentions)")
