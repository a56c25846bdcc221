"""Raw pages, kept before they are parsed, in WARC files that belong to one run each.

A file that was closed is never written to again, so a kill costs at most the record being written;
the next run opens a new file. The ledger calls `sync` before it commits rows that refer to pages.
"""

import hashlib
import os
from pathlib import Path
from typing import Final, Protocol

from newscrawl.archive.atomic_files import (
    Written,
    disk,
    make_folder,
    sync_folder,
)
from newscrawl.archive.closing import Closing
from newscrawl.archive.warc.warc_writer import (
    VERSION,
    Payload,
    digest_of,
    info_member,
    request_member,
    response_member,
    revisit_member,
)
from newscrawl.http.exchange import Exchange
from newscrawl.timestamps import utc_text
from newscrawl.version import __version__

PAGES: Final = Path("pages")
FILE_MAX_BYTES: Final = 256 * 1024**2


class PageIndex(Protocol):
    """Where a store notes payloads and closed files: the ledger's table of pages."""

    def payload(self, url: str) -> Payload | None: ...
    def note_payload(self, url: str, payload: Payload) -> None: ...
    def note_file(self, path: str, written: Written, run_id: str) -> None: ...


class PageFile:
    """One WARC file, created by the constructor and only appended to until it is closed."""

    def __init__(self, folder: Path, month: str, stem: str) -> None:
        self.month = month
        self.records = self.size = 0
        self._digest = hashlib.sha256()
        parent = make_folder(folder / PAGES / month)
        self.path, self._descriptor = _create(parent, stem)
        sync_folder(parent)

    def append(self, *members: bytes) -> int:
        """Write gzip members whole or not at all, and return the offset of the first."""
        offset = self.size
        data = b"".join(members)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            os.ftruncate(self._descriptor, offset)
            raise
        self._digest.update(data)
        self.size += len(data)
        self.records += len(members)
        return offset

    def sync(self) -> None:
        """Put everything written so far on the disk."""
        os.fdatasync(self._descriptor)

    def close(self) -> Written:
        """Put the file on the disk and close it for good; return what it holds."""
        try:
            os.fsync(self._descriptor)
        finally:
            os.close(self._descriptor)
        return Written(self.records, self.size, self._digest.hexdigest())


def _create(parent: Path, stem: str) -> tuple[Path, int]:
    number = 1
    while True:
        path = parent / f"{stem}-{number:05}.warc.gz"
        try:
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        except FileExistsError:
            number += 1


class PageStore(Closing):
    """The pages of one run: one file a month of fetching, and a new one at `file_max_bytes`."""

    def __init__(
        self,
        folder: Path,
        run_id: str,
        index: PageIndex | None = None,
        file_max_bytes: int = FILE_MAX_BYTES,
    ) -> None:
        self._folder = folder
        self._run_id = run_id
        self._index = index
        self._file_max_bytes = file_max_bytes
        self._file: PageFile | None = None
        self._is_dirty = False

    def keep(self, exchange: Exchange) -> str:
        """Write the page, and return its place: path inside the newspaper's folder, "#", offset.

        A payload that is the same as the last one of its address is written as a `revisit` of that
        one. Raises `ArchiveError` where the disk refuses; pages kept before stay readable.
        """
        url, digest = exchange.url, digest_of(exchange.body)
        before = None if self._index is None else self._index.payload(url)
        is_same = before is not None and before.digest == digest and len(exchange.body) > 0
        if before is not None and is_same:
            return self._append(revisit_member(exchange, before), exchange)
        raw_ref = self._append(response_member(exchange, digest), exchange)
        if self._index is not None:
            self._index.note_payload(url, Payload(digest, raw_ref, exchange.received_at))
        return raw_ref

    def _append(self, member: bytes, exchange: Exchange) -> str:
        with disk("keeping a page in", self._folder / PAGES):
            file = self._file_for(utc_text(exchange.received_at)[:7])
            self._is_dirty = True
            offset = file.append(member, request_member(exchange))
        return f"{PAGES}/{file.month}/{file.path.name}#{offset}"

    def _file_for(self, month: str) -> PageFile:
        file = self._file
        if file is not None and (file.month != month or file.size >= self._file_max_bytes):
            self.close()
            file = None
        if file is None:
            file = self._file = PageFile(self._folder, month, self._run_id)
            facts = {
                "software": f"newscrawl/{__version__}",
                "format": f"WARC File Format {VERSION}",
                "isPartOf": self._run_id,
            }
            file.append(info_member(file.path.name, facts))
        return file

    def sync(self) -> None:
        """Put every page kept so far on the disk."""
        if self._file is not None and self._is_dirty:
            with disk("keeping pages in", self._file.path):
                self._file.sync()
        self._is_dirty = False

    def close(self) -> None:
        """Close the open file for good, and note its records, bytes and checksum in the index."""
        file, self._file = self._file, None
        if file is None:
            return
        with disk("keeping pages in", file.path):
            written = file.close()
        self._is_dirty = False
        if self._index is not None:
            name = f"{PAGES}/{file.month}/{file.path.name}"
            self._index.note_file(name, written, self._run_id)
