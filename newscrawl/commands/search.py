"""`newscrawl search`: the articles of an archive that hold certain words."""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import say
from newscrawl.cli.research_command import ResearchCommand, count, one_line, wanted_rows
from newscrawl.config.program import to_type
from newscrawl.research.csv_cells import csv_line
from newscrawl.research.query import Query, parse_query
from newscrawl.research.search_database import connect
from newscrawl.research.text_search import (
    ContextLine,
    Hit,
    context_lines,
    database_of,
    find,
)

_CONTEXT_MAX_CHARS: Final = 60
_HIT_COLUMNS: Final = ("id", "published_date", "newspaper", "headline", "url")
_LINE_COLUMNS: Final = (*_HIT_COLUMNS, "field", "left", "match", "right")


class Command(ResearchCommand):
    """Find articles by their words."""

    def syntax(self) -> str:
        return "ARCHIVE QUERY [options]"

    def short_desc(self) -> str:
        return "Find an archive's articles by their words, with or without Vietnamese marks"

    def long_desc(self) -> str:
        return (
            "All words of the query must occur. Words without marks find all spellings (dong bao"
            ' finds đồng bào), words with marks only their own. "đồng bào" in quotation marks is a'
            " phrase, lũ* a prefix; NOT lũ excludes, mưa OR lũ takes either. ARCHIVE is the folder"
            f" of an archive or a file that {to_type('export --format sqlite')} wrote; for a folder"
            " an index is kept in the user's cache folder. The newest article comes first."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--exact", action="store_true", help="dong does not find đồng")
        parser.add_argument(
            "--kwic", type=count, metavar="N", help="every occurrence, with N words on each side"
        )
        parser.add_argument("--csv", action="store_true", help="CSV instead of text")
        parser.add_argument("--limit", type=count, metavar="N", help="at most N articles")
        parser.add_argument("--count", action="store_true", help="print how many articles match")
        self.window_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) < 2:
            raise UsageError("give the archive's folder and a query")
        with self.telling():
            query = parse_query(" ".join(args[1:]), is_exact=opts.exact)
            with closing(connect(database_of(Path(args[0])))) as database:
                hits = islice(find(database, query, wanted_rows(opts)), opts.limit)
                if opts.count:
                    say(sum(1 for _ in hits))
                elif opts.kwic is not None:
                    found = (
                        line
                        for hit in hits
                        for line in context_lines(database, hit, query, opts.kwic)
                    )
                    say_lines(found, as_csv=opts.csv)
                else:
                    say_hits(hits, query, as_csv=opts.csv)


def say_hits(hits: Iterable[Hit], query: Query, *, as_csv: bool) -> None:
    """Print the articles, one on a line."""
    if as_csv:
        say(csv_line(_HIT_COLUMNS).rstrip())
    number = 0
    for number, hit in enumerate(hits, 1):  # noqa: B007  (it is used below)
        values = _hit_values(hit)
        say(csv_line(values).rstrip() if as_csv else "  ".join(values))
    if not number and not as_csv:
        say(f"no article matches {' '.join(w for t in query.wanted_terms for w in t.words)}")


def say_lines(lines: Iterable[ContextLine], *, as_csv: bool) -> None:
    """Print occurrences, one on a line, the matches below each other."""
    if as_csv:
        say(csv_line(_LINE_COLUMNS).rstrip())
    for line in lines:
        if as_csv:
            words = (line.left, line.match, line.right)
            cells = (*_hit_values(line.hit), line.field, *map(one_line, words))
            say(csv_line(cells).rstrip())
        else:
            say(_aligned(line))


def _hit_values(hit: Hit) -> tuple[str, ...]:
    return tuple(_values(hit))


def _values(hit: Hit) -> Iterator[Any]:
    for name in _HIT_COLUMNS:
        yield one_line(getattr(hit, name)) or "undated"


def _aligned(line: ContextLine) -> str:
    left = one_line(line.left)[-_CONTEXT_MAX_CHARS:].rjust(_CONTEXT_MAX_CHARS)
    right = one_line(line.right)[:_CONTEXT_MAX_CHARS]
    return f"{line.hit.id:<32} {left} [{one_line(line.match)}] {right}"
