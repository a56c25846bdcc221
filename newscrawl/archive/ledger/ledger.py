"""The ledger of one newspaper: links, articles with their revisions, runs, in one SQLite file.

An article and the state of its link change in one transaction; transactions are grouped, and what
`flush` has returned from survives kill -9 and a power cut. The JSONL files are its export.
"""

from pathlib import Path
from typing import Final, Self

from newscrawl.archive.ledger.opening import DATABASE, open_database
from newscrawl.archive.ledger.page_table import PageTable

# Each counts what must not be there.
_FAULTS: Final = {
    "articles without a link of their revision": (
        "SELECT count(*) FROM articles LEFT JOIN links USING (key) "
        "WHERE links.revision IS NOT articles.revision"
    ),
    "links of an article that is not there": (
        "SELECT count(*) FROM links LEFT JOIN articles USING (key) "
        "WHERE links.revision > 0 AND articles.key IS NULL"
    ),
    "articles that lack an older revision": (
        "SELECT count(*) FROM articles WHERE revision - 1 <> "
        "(SELECT count(*) FROM revisions WHERE revisions.key = articles.key "
        "AND revisions.revision < articles.revision)"
    ),
}


class Ledger(PageTable):
    """Every link, article and run of one newspaper."""

    @classmethod
    def open(cls, folder: Path, newspaper: str) -> Self:
        """The ledger of a newspaper's folder, made where there is none; hold the lock first.

        Raises `ArchiveError` for one that is damaged, newer than this program, another newspaper's
        or not to be written; it is left as it was.
        """
        connection, sealed = open_database(folder, newspaper)
        return cls(folder / DATABASE, connection, sealed=sealed)

    def faults(self) -> tuple[str, ...]:
        """What is wrong inside the ledger; () = nothing."""
        broken = tuple(str(row[0]) for row in self.rows("PRAGMA integrity_check(5)"))
        counted = ((what, self.row(query)) for what, query in _FAULTS.items())
        strange = tuple(f"{row[0]} {what}" for what, row in counted if row and row[0])
        return (() if broken == ("ok",) else broken) + strange
