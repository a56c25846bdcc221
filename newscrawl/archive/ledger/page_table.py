"""What the ledger notes of kept pages: the last payload of each address, and the closed files."""

from newscrawl.archive.atomic_files import Written
from newscrawl.archive.export.manifest import Entry
from newscrawl.archive.ledger.article_table import Articles
from newscrawl.archive.warc.warc_writer import Payload
from newscrawl.timestamps import moment_of, seconds


class PageTable(Articles):
    """The tables of payloads and page files."""

    def payload(self, url: str) -> Payload | None:
        """The last payload kept of an address; None = none is."""
        query = "SELECT digest, raw_ref, fetched_at FROM payloads WHERE url = ?"
        row = self.row(query, (url,))
        return None if row is None else Payload(row[0], row[1], moment_of(row[2]))

    def note_payload(self, url: str, payload: Payload) -> None:
        """This is the last payload kept of an address."""
        values = (url, payload.digest, payload.raw_ref, seconds(payload.fetched_at))
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?, ?, ?)", values)

    def note_page_file(self, path: str, written: Written, run_id: str) -> None:
        """A file of pages is closed; the next export has it in the manifest."""
        values = (path, written.rows, written.bytes, written.sha256, run_id)
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO page_files VALUES (?, ?, ?, ?, ?)", values)

    def page_files(self) -> dict[str, Entry]:
        """The closed files of pages, by their path inside the newspaper's folder."""
        query = "SELECT path, rows, bytes, sha256, run_id FROM page_files"
        return {
            path: Entry(Written(rows, size, digest), run_id)
            for path, rows, size, digest, run_id in self.rows(query)
        }
