"""Telling an archive that raw pages are lost, so that it stops looking for them."""

from pathlib import Path

from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.exceptions import ArchiveError


def forget_lost_pages(folder: Path, newspaper: str) -> tuple[int, tuple[str, ...]]:
    """Forget every page that can no longer be read; hold the lock.

    The articles stay, without a raw page (`raw_ref` ""). A run with refetch= fetches and keeps
    their pages anew: no validator makes its requests conditional, and no payload is taken for a
    repetition of a lost one.

    Returns:
        The number of lines without a page now, and the names of the WARC files that are missing.
    """
    with Ledger.open(folder, newspaper) as ledger:
        missing = tuple(name for name in ledger.pages.files() if not (folder / name).is_file())
        lost = {ref for ref in ledger.articles.all_page_refs() if not _is_readable(folder, ref)}
        count = ledger.articles.forget_pages(lost)
        for name in missing:
            ledger.pages.forget(name)
        if count or missing:
            export(ledger, folder)
    return count, missing


def _is_readable(folder: Path, raw_ref: str) -> bool:
    try:
        read_page(folder, raw_ref)
    except ArchiveError:
        return False
    return True
