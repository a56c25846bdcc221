"""The ledger of one newspaper: links, articles with their revisions, runs, in one SQLite file.

An article and the state of its link change in one transaction; transactions are grouped, and what
`flush` has returned from survives kill -9 and a power cut. The JSONL files are its export.
"""

from pathlib import Path
from typing import Self

from newscrawl.archive.opening import DATABASE, open_database
from newscrawl.archive.pagebook import PageBook


class Ledger(PageBook):
    """Every link, article and run of one newspaper."""

    @classmethod
    def open(cls, folder: Path, newspaper: str) -> Self:
        """The ledger of a newspaper's folder, made where there is none; hold the lock first.

        Raises `ArchiveError` for one that is damaged, newer than this program, another newspaper's
        or not to be written; it is left as it was.
        """
        connection, sealed = open_database(folder, newspaper)
        return cls(folder / DATABASE, connection, sealed=sealed)
