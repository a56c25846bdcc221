"""`newscrawl serve`: the reading room on this machine."""

import argparse
import socket
from pathlib import Path
from typing import Final

from newscrawl.cli.research_command import ResearchCommand, archive_and
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.coverage import coverage
from newscrawl.research.coverage_page import page
from newscrawl.research.search_database import connect
from newscrawl.research.text_search import database_of

_LOOPBACK: Final = ("127.0.0.1", "localhost")


class Command(ResearchCommand):
    """Serve an archive to a browser, read only."""

    def syntax(self) -> str:
        return "ARCHIVE [options]"

    def short_desc(self) -> str:
        return "Serve an archive to a browser: search, articles, revisions, coverage"

    def long_desc(self) -> str:
        return (
            "Serves a reading room on 127.0.0.1 until Ctrl-C stops it. ARCHIVE is the folder of an"
            f" archive or a file that {to_type('export --format sqlite')} wrote. Nothing is"
            " written into the archive; pictures are linked, never fetched. --host lets other"
            " machines in: whoever reaches the port may read everything."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=port, default=8080, help="0 takes a free one")
        parser.add_argument(
            "--reuse",
            type=Path,
            metavar="FILE",
            help=f"the pairs that {to_type('reuse')} wrote (default: reuse.parquet beside ARCHIVE)",
        )
        parser.add_argument("--host", default=_LOOPBACK[0], help="address to listen on")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            from newscrawl.research.reading_room.printed_elsewhere import (  # noqa: PLC0415
                PrintedElsewhere,
                pairs_beside,
            )
            from newscrawl.research.reading_room.serving_process import (  # noqa: PLC0415  (an extra)
                become_server,
            )

            (place,) = archive_and(args)
            database = database_of(place)
            connect(database).close()
            if pairs := opts.reuse or pairs_beside(place):
                PrintedElsewhere(pairs)
            door = listening(opts.host, opts.port)
            become_server(
                database,
                pairs,
                _coverage_of(place),
                door,
                hosts=_LOOPBACK if opts.host in _LOOPBACK else ("*",),
                address=f"http://{opts.host}:{door.getsockname()[1]}/",
            )


def port(text: str) -> int:
    """Return the port of an option; argparse tells a ValueError as a wrong value."""
    number = int(text)
    if not 0 <= number < 1 << 16:
        raise ValueError(text)
    return number


def listening(host: str, number: int) -> socket.socket:
    """Return a socket that listens there; raises `ArgumentError` where it may not."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, number), family=family)
    except OSError as fault:
        raise ArgumentError(
            f"{host}:{number} cannot be listened on ({fault.strerror}): give another --port"
        ) from fault


def _coverage_of(place: Path) -> str:
    """Return the coverage page of an archive; "" for a file, which holds no runs."""
    return page(coverage(open_view(place), EVERY_ROW)) if place.is_dir() else ""
