"""The process that serves the reading room, with nothing in memory but what its pages need.

`newscrawl serve` reads the archive, with Scrapy and its packages in its memory: 45 MB. What it has
made ready it hands over to this module, in the same process, which begins anew.
"""

import json
import os
import socket
import sys
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn

import uvicorn

from newscrawl.research.reading_room.app import ReadingRoom
from newscrawl.research.reading_room.current_library import CurrentLibrary
from newscrawl.research.reading_room.printed_elsewhere import PrintedElsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What the process needs, with two open files that it inherits."""

    database: str
    pairs: str
    """The file of `newscrawl reuse`; "" = there is none"""
    hosts: tuple[str, ...]
    """Names of this host in requests that are answered"""
    address: str
    """What is told a person"""
    door: int
    """The socket that listens"""
    coverage: int
    """A file with the coverage page; an empty one = there is none"""


def become_server(
    database: Path, pairs: Path | None, coverage_html: str, door: socket.socket,
    *, hosts: tuple[str, ...], address: str,
) -> NoReturn:  # fmt: skip
    """Begin the process anew as a server: its number stays, its memory is given back."""
    page = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  (the server closes it)
    page.write(coverage_html)
    page.flush()
    page.seek(0)
    given = Handover(
        database=str(database.resolve()),
        pairs=str(pairs.resolve()) if pairs is not None else "",
        hosts=hosts,
        address=address,
        door=door.fileno(),
        coverage=page.fileno(),
    )
    for number in (given.door, given.coverage):
        os.set_inheritable(number, True)
    sys.stdout.flush()
    sys.stderr.flush()
    # -P: no file of the present folder is taken for a package
    command = [sys.executable, "-P", "-m", __name__, json.dumps(asdict(given))]
    os.execv(command[0], command)  # noqa: S606  (our own interpreter, our own module)


def serve(given: Handover) -> None:
    """Serve until Ctrl-C."""
    elsewhere = PrintedElsewhere(Path(given.pairs)) if given.pairs else None
    with open(given.coverage, encoding="utf-8") as page:  # noqa: PTH123  (it has no path)
        coverage_html = page.read()
    with (
        closing(CurrentLibrary(Path(given.database), elsewhere)) as library,
        socket.socket(fileno=given.door) as door,
    ):
        room = ReadingRoom(library, coverage_html=coverage_html)
        config = uvicorn.Config(room.application(given.hosts), log_level="warning", ws="none")
        sys.stderr.write(f"reading room: {given.address} (Ctrl-C stops it)\n")
        sys.stderr.flush()
        with suppress(KeyboardInterrupt):  # uvicorn passes Ctrl-C on when it has stopped
            uvicorn.Server(config).run(sockets=[door])


if __name__ == "__main__":
    values = json.loads(sys.argv[1])
    serve(Handover(**{**values, "hosts": tuple(values["hosts"])}))
