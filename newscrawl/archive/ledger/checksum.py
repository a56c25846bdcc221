"""Checksums beside a database at rest: a flipped byte is seen, at the cost of what has changed.

SQLite has no checksums of its own, so a flipped letter inside a stored article would be exported as
truth. The seal holds a checksum for each page of the database. It is written when the database is
closed, anew for the pages that were written since; the sums of the others stay those of the day
when they were written, so that what decays at rest is never sealed as right. The seal is removed
before the first write. A killed run therefore leaves none, and the next open checks the structure
instead (`PRAGMA quick_check`).

An open compares `LOOK_MAX_BYTES` of the file and goes on from there the next time: a ledger of up
to 16 MiB is compared whole, one of 100 MB in six runs. A check asked for by a person compares all.
"""

import re
import struct
import zlib
from array import array
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

from newscrawl.archive.atomic_files import remove_file, replace_file

Verdict = Literal["whole", "damaged", "unsealed"]

LOOK_MAX_BYTES: Final = 16 << 20
"""Bytes of a database that an open compares with the seal"""
_HEAD: Final = re.compile(r"pages (\d{1,12}) of (\d{3,5}) next (\d{1,12}) sum ([0-9a-f]{8})")
_EARLIER: Final = re.compile(r"(\d{1,15}) ([0-9a-f]{8})")  # one sum of the whole file, until 0.1
_PAGE_BYTES_AT: Final = 16  # where the head of a database states the size of its pages


@dataclass(frozen=True, slots=True)
class PageSums:
    """The checksum of each page of a database."""

    page_bytes: int
    sums: "array[int]"
    """CRC-32 of each page, in their order"""
    next_page: int
    """Number, from 0, of the page where the next look begins"""

    @classmethod
    def read(cls, database: Path) -> Self | None:
        """Return the sums beside a database; None where there are none that can be read."""
        try:
            head, _, rest = seal_of(database).read_text("ascii").partition("\n")
        except (OSError, UnicodeDecodeError):
            return None
        stated = _HEAD.fullmatch(head)
        if stated is None or zlib.crc32(rest.encode()) != int(stated[4], 16):
            return None
        try:
            sums = array("I", (int(line, 16) for line in rest.split()))
        except ValueError:
            return None
        whole = len(sums) == int(stated[1])
        return cls(int(stated[2]), sums, int(stated[3])) if whole else None

    def lines(self) -> Iterable[str]:
        """Return the lines of the seal."""
        sums = [f"{each:08x}" for each in self.sums]
        total = zlib.crc32("".join(f"{line}\n" for line in sums).encode())
        head = f"pages {len(sums)} of {self.page_bytes} next {self.next_page} sum {total:08x}"
        return (head, *sums)

    def look(self, database: Path, *, whole: bool) -> bool:
        """Return whether the pages of this look, or all, are what was sealed."""
        if database.stat().st_size != len(self.sums) * self.page_bytes:
            return False
        most = len(self.sums) if whole else min(len(self.sums), LOOK_MAX_BYTES // self.page_bytes)
        begin = 0 if whole else self.next_page
        with database.open("rb") as file:
            for number in (i % len(self.sums) for i in range(begin, begin + most)):
                if file.tell() != (at := number * self.page_bytes):
                    file.seek(at)
                if zlib.crc32(file.read(self.page_bytes)) != self.sums[number]:
                    return False
        return True

    def after(self, database: Path, changed: Collection[int]) -> "PageSums":
        """Return the sums of the database now, of which the pages `changed` were written.

        Args:
            database: The file, closed.
            changed: Numbers of pages as SQLite counts them, from 1.
        """
        count = database.stat().st_size // self.page_bytes
        sums = self.sums[:count]
        sums.extend([0] * (count - len(sums)))
        fresh = {number - 1 for number in changed if number <= count}
        with database.open("rb") as file:
            for number in sorted(fresh | set(range(len(self.sums), count))):
                file.seek(number * self.page_bytes)
                sums[number] = zlib.crc32(file.read(self.page_bytes))
        ahead = min(count, LOOK_MAX_BYTES // self.page_bytes)
        return PageSums(self.page_bytes, sums, (self.next_page + ahead) % max(1, count))


def seal(
    database: Path, before: PageSums | None = None, changed: Collection[int] | None = None
) -> None:
    """Write the checksums beside the database, unless changes wait in its write-ahead log.

    Args:
        database: The file, closed.
        before: The sums that held when it was opened; None = all pages are read.
        changed: Numbers of the pages written since, from 1.
    """
    if _has_log(database):
        return
    if before is None or changed is None:
        before = PageSums(_page_bytes(database), array("I"), 0)
        changed = ()
    replace_file(seal_of(database), before.after(database, changed).lines())


def unseal(database: Path) -> None:
    """Remove the seal: the database is about to change."""
    remove_file(seal_of(database))


def look_at(database: Path, *, whole: bool = False) -> Verdict:
    """Return whether the database is what was sealed, byte for byte, as far as this look goes."""
    path = seal_of(database)
    if not path.exists():
        return "unsealed"
    if not database.exists() or _has_log(database):
        return "damaged"
    sums = PageSums.read(database)
    if sums is not None:
        return "whole" if sums.look(database, whole=whole) else "damaged"
    stated = _EARLIER.fullmatch(path.read_text("ascii", errors="replace").strip())
    is_same = stated is not None and stated[0] == _sum_of_earlier(database)
    return "whole" if is_same else "damaged"


def seal_of(database: Path) -> Path:
    """Return where a database's seal lies."""
    return database.with_suffix(".sum")


def _has_log(database: Path) -> bool:
    """Return whether changes wait beside the database; a killed reader leaves an empty log."""
    log = log_of(database)
    return log.exists() and log.stat().st_size > 0


def log_of(database: Path) -> Path:
    """Return where a database's write-ahead log lies."""
    return database.with_name(database.name + "-wal")


def _page_bytes(database: Path) -> int:
    with database.open("rb") as file:
        head = file.read(_PAGE_BYTES_AT + 2)
    stated = int.from_bytes(head[_PAGE_BYTES_AT:], "big")
    return 65536 if stated == 1 else stated or 4096  # as SQLite's file format has it


def _sum_of_earlier(database: Path) -> str:
    total = size = 0
    with database.open("rb") as file:
        while block := file.read(1 << 20):
            total = zlib.crc32(block, total)
            size += len(block)
    return f"{size} {total:08x}"


class WrittenPages:
    """The pages that a database's write-ahead log holds, noted before the log is begun anew.

    The log is a head of 32 bytes and frames of a head of 24 bytes and a page: its number, the
    size of the database where a commit ends with it, else 0, and the salts of the log's head.
    """

    _HEAD_BYTES: Final = 32
    _FRAME_HEAD_BYTES: Final = 24

    def __init__(self, database: Path) -> None:
        self.numbers: set[int] = set()
        self._log = log_of(database)
        self._salts = b""
        self._committed = 0

    def note(self) -> None:
        """Take in the frames of all commits; call it when no write is under way."""
        if not self._log.exists():
            return
        with self._log.open("rb") as file:
            head = file.read(self._HEAD_BYTES)
            if len(head) < self._HEAD_BYTES:
                return
            if head[16:24] != self._salts:  # begun anew since the last call
                self._salts, self._committed = head[16:24], 0
            frame_bytes = self._FRAME_HEAD_BYTES + int(struct.unpack_from(">I", head, 8)[0])
            number = self._committed
            while True:
                file.seek(self._HEAD_BYTES + number * frame_bytes)
                frame = file.read(self._FRAME_HEAD_BYTES)
                if len(frame) < self._FRAME_HEAD_BYTES or frame[8:16] != self._salts:
                    return
                number += 1
                page, size = struct.unpack_from(">2I", frame)
                self.numbers.add(page)
                if size:
                    self._committed = number
