"""`newscrawl history`: how an article was edited."""

import argparse
import json
from itertools import pairwise

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, archive_and, say_safely
from newscrawl.items import Line
from newscrawl.research.archive_view import open_view
from newscrawl.research.article_history import as_text, changes, versions


class Command(ResearchCommand):
    """Show the revisions of an article as words removed and added."""

    def syntax(self) -> str:
        return "ARCHIVE ID [--json]"

    def short_desc(self) -> str:
        return "Show how an article was edited, word by word"

    def long_desc(self) -> str:
        return (
            "Prints each revision and what differs from the one before, as [-removed-] and"
            " {+added+} words. --json prints all versions as rows."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="the versions as JSON Lines")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            folder, article_id = archive_and(args, "an article's id")
            found = versions(open_view(folder), str(article_id))
            if opts.json:
                for row in found:
                    say(json.dumps(row, ensure_ascii=False))
            else:
                say_safely(history(found))


def history(found: list[Line]) -> str:
    """Return the revisions, oldest first, with what each changed."""
    first = found[0]
    parts = [
        f"{found[-1]['id']}  {found[-1]['url']}",
        f"revision {first['revision']}, fetched {first['fetched_at']}: {first['headline']}",
    ]
    for old, new in pairwise(found):
        parts.append(f"\nrevision {new['revision']}, fetched {new['fetched_at']}")
        parts += [f"  {name}: {as_text(change)}" for name, change in changes(old, new)]
    if found[-1]["status"] == "gone":
        parts.append(f"\ngone since {found[-1]['gone_at']}")
    if len(found) == 1:
        parts.append("no other revision")
    return "\n".join(parts)
