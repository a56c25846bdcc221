"""Removing raw pages that are older than an operator keeps; no article is ever lost by it."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newscrawl.archive.atomic_files import remove_file
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.warc.page_reader import page_files
from newscrawl.archive.warc.redaction import payload_place
from newscrawl.text import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class PrunedPages:
    """The page files that were removed, oldest first, and what that came to."""

    files: tuple[str, ...] = ()
    bytes: int = 0
    shared_bytes: int = 0
    """Of files that snapshots still hold; the disk has them back when these are gone"""
    lines: int = 0
    """Lines of articles and older versions that have no raw page now"""

    def __str__(self) -> str:
        if not self.files:
            return "no page file is older than is kept"
        first, last = (name.split("/")[1] for name in (self.files[0], self.files[-1]))
        held = f", {self.shared_bytes / 1e6:.1f} MB still in snapshots" if self.shared_bytes else ""
        return (
            f"removed {counted(len(self.files), 'page file')} of {first} … {last},"
            f" {self.bytes / 1e6:.1f} MB{held};"
            f" {counted(self.lines, 'line')} without a raw page now"
        )


def outdated_pages(folder: Path, kept_months: int) -> tuple[str, ...]:
    """Return the page files of all months but the newest `kept_months` that have any, oldest first.

    0 keeps all. The months are counted by what is there, not by the clock: one that is years ahead
    costs one month, not all.
    """
    months = sorted({path.parent.name for path in page_files(folder)})
    outdated = months[:-kept_months] if kept_months else []
    found = (path for path in page_files(folder) if path.parent.name in outdated)
    return tuple(path.relative_to(folder).as_posix() for path in found)


def prune_pages(ledger: Ledger, folder: Path, kept_months: int) -> PrunedPages:
    """Remove the pages of months before those kept; hold the lock, no `PageStore` being open.

    Their articles stay, without a raw page. A file is removed last, when nothing names it any more:
    after a kill the next call goes on. Raises `ArchiveError` where the disk refuses.
    """
    names = outdated_pages(folder, kept_months)
    if not names:
        return PrunedPages()
    lines = ledger.articles.forget_pages(_lost(ledger, folder, names), asks_again=False)
    for name in names:
        ledger.pages.forget(name)
    export(ledger, folder)
    found = [(folder / name).stat() for name in names]
    for name in names:
        remove_file(folder / name)
        with suppress(OSError):  # not empty
            (folder / name).parent.rmdir()
    return PrunedPages(
        files=names,
        bytes=sum(file.st_size for file in found),
        shared_bytes=sum(file.st_size for file in found if file.st_nlink > 1),
        lines=lines,
    )


def _lost(ledger: Ledger, folder: Path, names: Collection[str]) -> set[str]:
    """Return the places that stand in one of these files, or that refer to a page in one."""
    gone = frozenset(names)
    refs = set(ledger.articles.all_page_refs())
    lost = {ref for ref in refs if ref.partition("#")[0] in gone}
    return lost | {
        ref for ref in refs - lost if payload_place(folder, ref).partition("#")[0] in gone
    }
