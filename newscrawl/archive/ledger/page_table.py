"""The tables of kept pages: the last payload of each address, and the closed WARC files."""

from collections.abc import Collection, Iterator

from newscrawl.archive.atomic_files import Written
from newscrawl.archive.ledger.database import Database
from newscrawl.archive.manifest import Entry
from newscrawl.archive.warc.warc_writer import Payload
from newscrawl.timestamps import moment_of, seconds


class PageTable:
    """What the ledger knows of the pages that were kept."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def payload(self, url: str) -> Payload | None:
        """Return the last payload kept of an address; None where none is."""
        query = "SELECT digest, raw_ref, fetched_at FROM payloads WHERE url = ?"
        row = self._db.row(query, (url,))
        return None if row is None else Payload(row[0], row[1], moment_of(row[2]))

    def note_payload(self, url: str, payload: Payload) -> None:
        """Note the last payload kept of an address."""
        values = (url, payload.digest, payload.raw_ref, seconds(payload.fetched_at))
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?)", values)

    def newest_refs(self) -> Iterator[tuple[str, str]]:
        """Yield each address with the place of its last payload, oldest payload first."""
        yield from self._db.rows("SELECT url, raw_ref FROM payloads ORDER BY fetched_at")

    def last_refs(self, most: int) -> Iterator[tuple[str, str]]:
        """Yield the addresses whose payloads came last, the newest first, with their places."""
        query = "SELECT url, raw_ref FROM payloads ORDER BY fetched_at DESC, raw_ref DESC LIMIT ?"
        yield from self._db.rows(query, (most,))

    def note_file(self, path: str, written: Written, run_id: str) -> None:
        """Note a closed WARC file, which the next export lists in the manifest."""
        values = (path, written.rows, written.bytes, written.sha256, run_id)
        with self._db.writing() as db:
            db.execute("INSERT OR REPLACE INTO page_files VALUES (?, ?, ?, ?, ?)", values)

    def forget(self, path: str) -> int:
        """Forget a lost WARC file and the payloads that stood in it; return their number.

        The manifest lists the file no longer after the next export, and the next fetch of each
        address is kept whole, not as a revisit of the lost page.
        """
        with self._db.writing() as db:
            db.execute("DELETE FROM page_files WHERE path = ?", (path,))
            forget = "DELETE FROM payloads WHERE substr(raw_ref, 1, ?) = ?"
            return db.execute(forget, (len(path) + 1, f"{path}#")).rowcount

    def erase(self, urls: Collection[str], raw_refs: Collection[str]) -> None:
        """Forget the payloads of these addresses, and those that stand at these places."""
        with self._db.writing() as db:
            db.executemany("DELETE FROM payloads WHERE url = ?", ((url,) for url in urls))
            db.executemany("DELETE FROM payloads WHERE raw_ref = ?", ((ref,) for ref in raw_refs))

    def files(self) -> dict[str, Entry]:
        """Return the closed WARC files by their path inside the newspaper's folder."""
        query = "SELECT path, rows, bytes, sha256, run_id FROM page_files"
        return {
            path: Entry(Written(rows, size, digest), run_id)
            for path, rows, size, digest, run_id in self._db.rows(query)
        }
