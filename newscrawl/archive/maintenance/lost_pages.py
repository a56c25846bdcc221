"""Telling an archive that raw pages are lost, so that it stops looking for them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive.atomic_files import aside, disk, put_in_place, remove_file
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.page_recovery import adopt_page_files, measure_page_file
from newscrawl.archive.warc.page_reader import Member, members, page_files, read_page
from newscrawl.archive.warc.redaction import FILLER_MIN_BYTES, filler
from newscrawl.exceptions import ArchiveError
from newscrawl.timestamps import utc_text


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an archive no longer looks for."""

    lines: int
    """Number of lines without a raw page now"""
    missing: tuple[str, ...]
    """WARC files that are no more"""
    mended: tuple[str, ...]
    """WARC files in which damaged records gave way to a record that says so"""


def forget_lost_pages(folder: Path, newspaper: str) -> Forgotten:
    """Forget every page that can no longer be read; hold the lock.

    The articles stay, without a raw page (`raw_ref` ""). A run with refetch= fetches and keeps
    their pages anew: no validator makes its requests conditional, and no payload is taken for a
    repetition of a lost one. In a WARC file with damage every other record stays at its place.
    """
    with Ledger.open(folder, newspaper) as ledger:
        adopt_page_files(ledger, folder)
        listed = ledger.pages.files()
        missing = tuple(name for name in listed if not _has_bytes(folder / name))
        mended = tuple(_mended(ledger, folder))
        refs = {*ledger.articles.all_page_refs(), *(ref for _, ref in ledger.pages.newest_refs())}
        lost = {ref for ref in refs if not _is_readable(folder, ref)}
        lines = ledger.articles.forget_pages(lost)
        ledger.pages.erase((), lost)
        for name in missing:
            remove_file(folder / name)
            ledger.pages.forget(name)
        if lines or missing or mended:
            export(ledger, folder)
    return Forgotten(lines, missing, mended)


def _has_bytes(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _is_readable(folder: Path, raw_ref: str) -> bool:
    try:
        read_page(folder, raw_ref)
    except ArchiveError:
        return False
    return True


def _mended(ledger: Ledger, folder: Path) -> Iterator[str]:
    """Put out the damage of every WARC file, note the file as it is then, and yield its name.

    The half record at the end of a file, as a kill leaves it, is no damage.
    """
    listed = ledger.pages.files()
    for path in filter(_has_bytes, page_files(folder)):
        name = path.relative_to(folder).as_posix()
        found = list(members(path))
        is_damaged = any(member.record is None and not member.is_truncated for member in found)
        before = listed[name]
        if not is_damaged and measure_page_file(path) == before.written:
            continue
        _put_out(path, tuple(_damage(found, path.stat().st_size)))
        ledger.pages.note_file(name, measure_page_file(path), before.run_id)
        yield name


def _damage(found: list[Member], size: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each stretch of a WARC file that is to be put out.

    A stretch too short for the record that says so takes the next record with it.
    """
    ends = [*(member.offset for member in found[1:]), size]
    done = 0
    for member, end in zip(found, ends, strict=True):
        if member.record is not None or member.offset < done:
            continue
        longer = (at for at in ends if at >= max(end, member.offset + FILLER_MIN_BYTES))
        done = next(longer, size)
        yield member.offset, done


def _put_out(path: Path, damage: tuple[tuple[int, int], ...]) -> None:
    """Replace the file by one with a record of the same length for each stretch of damage."""
    at = utc_text(datetime.now(UTC))
    with disk("mending", path):
        try:
            shutil.copy(path, aside(path))
            with aside(path).open("r+b") as file:
                for begin, end in damage:
                    file.seek(begin)
                    if end - begin < FILLER_MIN_BYTES:  # at the end of the file
                        file.truncate()
                    else:
                        file.write(filler(end - begin, at, f"{path.name}#{begin}"))
                file.flush()
                os.fsync(file.fileno())
            put_in_place(path)
        except BaseException:
            aside(path).unlink(missing_ok=True)
            raise
