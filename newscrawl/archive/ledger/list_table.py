"""The table of lists: how far each source of the newspaper has been read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from newscrawl.archive.ledger.database import Database
from newscrawl.timestamps import moment_of, seconds


@dataclass(frozen=True, slots=True)
class Listing:
    """How far the older pages of a source have been read."""

    cursor: str | None = None
    known_at: datetime | None = None
    """When the list was last known whole; None = it never was"""
    reached: date | None = None


class ListTable:
    """The progress of each source, by its name."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def get(self, source: str) -> Listing:
        """Return how far a source has been read; an empty `Listing` where nothing is noted."""
        query = "SELECT cursor, known_at, reached FROM listings WHERE source = ?"
        row = self._db.row(query, (source,))
        if row is None:
            return Listing()
        known_at = None if row[1] is None else moment_of(row[1])
        return Listing(row[0], known_at, date.fromisoformat(row[2]) if row[2] else None)

    def all(self) -> Iterator[tuple[str, Listing]]:
        """Yield every source that was read, and how far, in the order of their names."""
        for (source,) in self._db.rows("SELECT source FROM listings ORDER BY source"):
            yield str(source), self.get(str(source))

    def note(self, source: str, listing: Listing, now: datetime) -> None:
        """Note how far a source has been read, in the same commit as the links it gave."""
        known_at = None if listing.known_at is None else seconds(listing.known_at)
        reached = listing.reached and listing.reached.isoformat()
        values = (source, listing.cursor, known_at, reached, seconds(now))
        insert = (
            "INSERT OR REPLACE INTO listings (source, cursor, known_at, reached, noted_at) "
            "VALUES (?, ?, ?, ?, ?)"
        )
        with self._db.writing() as db:
            db.execute(insert, values)
