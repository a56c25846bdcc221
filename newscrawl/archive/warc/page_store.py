"""Raw pages, kept before they are parsed: WARC files of one run each, never opened again to write.

A kill costs at most the record being written; the next run opens a new file. `sync` puts what was
kept on the disk, and the ledger calls it before it commits what refers to it.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from newscrawl import __version__
from newscrawl.archive.atomic_files import (
    Written,
    disk,
    make_folder,
    sync_folder,
)
from newscrawl.archive.warc.warc_writer import (
    VERSION,
    Exchange,
    Headers,
    Payload,
    digest_of,
    info_member,
    request_member,
    response_member,
    revisit_member,
)
from newscrawl.timestamps import utc_text

PAGES: Final = Path("pages")
ROTATE_AT: Final = 256 * 1024**2


class PageIndex(Protocol):
    """What the ledger notes of pages."""

    def payload(self, url: str) -> Payload | None: ...
    def note_payload(self, url: str, payload: Payload) -> None: ...
    def note_page_file(self, path: str, written: Written, run_id: str) -> None: ...


class PageFile:
    """One WARC file, created now and only ever appended to until it is closed."""

    def __init__(self, folder: Path, month: str, stem: str) -> None:
        self.month = month
        self.records = self.size = 0
        self._digest = hashlib.sha256()
        parent = make_folder(folder / PAGES / month)
        self.path, self._descriptor = _create(parent, stem)
        sync_folder(parent)

    def append(self, *members: bytes) -> int:
        """The offset of the first, whole in the file; a refused write leaves nothing of them."""
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
        os.fdatasync(self._descriptor)

    def close(self) -> Written:
        """What the file holds, durable; it is never opened for writing again."""
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
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except FileExistsError:
            number += 1


class PageStore:
    """The pages of one run; files are opened by month of fetching and rotated by size."""

    def __init__(
        self, folder: Path, run_id: str, book: PageIndex | None = None, rotate_at: int = ROTATE_AT
    ) -> None:
        self._folder = folder
        self._run_id = run_id
        self._book = book
        self._rotate_at = rotate_at
        self._file: PageFile | None = None
        self._is_dirty = False

    def keep(
        self,
        url: str,
        status: int,
        reason: str,
        http_version: str,
        response_headers: Headers,
        body: bytes,
        request_headers: Headers,
        fetched_at: datetime,
        ip: str | None = None,
    ) -> str:
        """Where the page stands now: path inside the newspaper's folder, "#", offset.

        `body` is as it came, still content-encoded if `response_headers` say so. The same payload
        as last time at this address is kept as a `revisit` of that one. Raises `ArchiveError`
        where the disk refuses; what was kept before stays readable.
        """
        exchange = Exchange(
            url, status, reason, http_version, response_headers, body, request_headers,
            fetched_at, ip,
        )  # fmt: skip
        digest = digest_of(body)
        before = None if self._book is None else self._book.payload(url)
        is_same = before is not None and before.digest == digest and len(body) > 0
        if before is not None and is_same:
            return self._append(revisit_member(exchange, before), exchange)
        raw_ref = self._append(response_member(exchange, digest), exchange)
        if self._book is not None:
            self._book.note_payload(url, Payload(digest, raw_ref, fetched_at))
        return raw_ref

    def _append(self, member: bytes, exchange: Exchange) -> str:
        with disk("keeping a page in", self._folder / PAGES):
            file = self._file_for(utc_text(exchange.fetched_at)[:7])
            self._is_dirty = True
            offset = file.append(member, request_member(exchange))
        return f"{PAGES}/{file.month}/{file.path.name}#{offset}"

    def _file_for(self, month: str) -> PageFile:
        file = self._file
        if file is not None and (file.month != month or file.size >= self._rotate_at):
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
        """Every page kept so far is on the disk."""
        if self._file is not None and self._is_dirty:
            with disk("keeping pages in", self._file.path):
                self._file.sync()
        self._is_dirty = False

    def close(self) -> None:
        """The open file is complete and durable, and noted with its records, bytes and sum."""
        file, self._file = self._file, None
        if file is None:
            return
        with disk("keeping pages in", file.path):
            written = file.close()
        self._is_dirty = False
        if self._book is not None:
            name = f"{PAGES}/{file.month}/{file.path.name}"
            self._book.note_page_file(name, written, self._run_id)

    @property
    def open_file(self) -> Path | None:
        """The file that is still written to, if any."""
        return None if self._file is None else self._file.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()
