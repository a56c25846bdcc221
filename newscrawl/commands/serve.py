"""`newscrawl serve`: the reading room on this machine."""

import argparse
import sys
from pathlib import Path
from typing import Final

from newscrawl.cli.research_command import ResearchCommand, archive_and
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.coverage import coverage
from newscrawl.research.coverage_page import page
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
            " archive or a file that `newscrawl export --format sqlite` wrote. Nothing is"
            " written into the archive; pictures are linked, never fetched. --host lets other"
            " machines in: whoever reaches the port may read everything."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8080, help="0 takes a free one")
        parser.add_argument("--host", default=_LOOPBACK[0], help="address to listen on")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        with self.telling():
            import uvicorn  # noqa: PLC0415  (an extra)

            from newscrawl.research.reading_room.app import ReadingRoom  # noqa: PLC0415
            from newscrawl.research.reading_room.results import Library  # noqa: PLC0415

            (place,) = archive_and(args)
            room = ReadingRoom(Library(database_of(place)), coverage_html=_coverage_of(place))
            hosts = _LOOPBACK if opts.host in _LOOPBACK else ("*",)
            config = uvicorn.Config(
                room.application(hosts), host=opts.host, port=opts.port, log_level="warning"
            )
            server = uvicorn.Server(config)
            print(
                f"reading room: http://{opts.host}:{opts.port}/ (Ctrl-C stops it)", file=sys.stderr
            )
            server.run()


def _coverage_of(place: Path) -> str:
    """Return the coverage page of an archive; "" for a file, which holds no runs."""
    return page(coverage(open_view(place), EVERY_ROW)) if place.is_dir() else ""
