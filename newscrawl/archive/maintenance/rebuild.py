"""Rebuilding the ledger from the files and the pages; the damaged one is kept aside."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, make_folder, measure, sync_folder
from newscrawl.archive.export.jsonl import EXPORTS, export
from newscrawl.archive.export.row_reader import article_files, numbered
from newscrawl.archive.export.snapshot_due import snapshot_exports
from newscrawl.archive.ledger.checksum import seal_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.month_table import Folder
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.ledger.published_state import COVERAGE
from newscrawl.archive.ledger.revision import CheckLine
from newscrawl.archive.ledger.sidecar import read_sidecar
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.maintenance.restore import (
    count_changes,
    restore_article,
    restore_revision,
    restore_run,
)
from newscrawl.archive.manifest import Manifest, differing, read_manifest
from newscrawl.archive.tombstones import TOMBSTONES
from newscrawl.archive.warc.page_reader import pages
from newscrawl.archive.warc.warc_writer import Payload
from newscrawl.discovery.source import Link
from newscrawl.exceptions import ArchiveError
from newscrawl.text import counted

KeyOf = Callable[[str], str | None]
"""Returns the key in the CMS that an address carries; None for an address of no article"""

_WORK: Final = Path("state", "rebuilding")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new ledger holds, which lines it could not take, where the old one is kept."""

    articles: int
    links: int
    left_out: tuple[str, ...]
    kept_aside: Path | None


def rebuild(
    folder: Path,
    newspaper: str,
    now: datetime,
    check_line: CheckLine,
    key_of_url: KeyOf | None = None,
    *,
    accepts_loss: bool = False,
) -> Rebuilt:
    """Make the ledger anew from the files and the pages; hold the lock.

    A ledger that can still be read first writes what the files lack, and mends files that are not
    what the manifest says. A damaged line is left out, and its file kept beside the old ledger.

    Args:
        folder: the newspaper's folder.
        newspaper: its name.
        now: schedules count from this moment.
        check_line: returns a line's problems.
        key_of_url: with it, a kept page without an article becomes a link to ask for again.
        accepts_loss: make a ledger of fewer rows than the manifest counts, too.

    Raises:
        ArchiveError: files hold fewer rows than the manifest counts, or the disk refuses.
    """
    _write_out(folder, newspaper)
    if not accepts_loss:
        _refuse_loss(folder)
    work, stamp = folder / _WORK, f"damaged-{now:%Y-%m-%dT%H%M%S}"
    with disk("rebuilding in", work):
        if work.exists():
            shutil.rmtree(work)
        _take_tombstones(folder, make_folder(work))
        with Ledger.open(work, newspaper) as ledger:
            left_out = _take_files(ledger, folder, now, check_line, stamp)
            _take_pages(ledger, folder, now, key_of_url)
            ledger.flush()
            articles, links = ledger.articles.count(), sum(ledger.links.states().values())
        kept_aside = _put_in_place(folder, work, stamp)
    return Rebuilt(articles, links, left_out, kept_aside)


def _take_tombstones(folder: Path, work: Path) -> None:
    """Have the new ledger heed what was forgotten."""
    if (folder / TOMBSTONES).exists():
        shutil.copy2(folder / TOMBSTONES, work)


def _refuse_loss(folder: Path) -> None:
    """Raise where files hold fewer rows than the manifest counts: rebuilding would lose them."""
    manifest = _manifest(folder)
    listed = manifest.files if manifest is not None else {}
    for name, entry in listed.items():
        if name.startswith("pages/") or name == COVERAGE:
            continue
        rows = measure(folder / name).rows if (folder / name).is_file() else 0
        if rows < entry.written.rows:
            raise ArchiveError(
                f"{folder / name} holds {counted(rows, 'row')}, the manifest counts"
                f" {entry.written.rows}: bring the file back, or add --accept-loss;"
                " nothing was touched"
            )


def _write_out(folder: Path, newspaper: str) -> None:
    if not (folder / DATABASE).exists():
        return
    try:
        with Ledger.open(folder, newspaper) as ledger:
            manifest = _manifest(folder)
            export(ledger, folder, differing(folder, manifest.files) if manifest else ())
    except ArchiveError:
        return  # the damage for which the ledger is rebuilt: only the files are left


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(folder)
    except ArchiveError:
        return None


def _take_files(
    ledger: Ledger, folder: Path, now: datetime, check_line: CheckLine, stamp: str
) -> tuple[str, ...]:
    manifest = _manifest(folder)
    known = manifest.exports if manifest else 1
    ledger.note_fact(EXPORTS, str(max(known, snapshot_exports(folder))))
    take_article = partial(restore_article, ledger, check_line=check_line, now=now)
    take_revision = partial(restore_revision, ledger, check_line=check_line)
    take_run = partial(restore_run, ledger)
    kinds: tuple[tuple[Folder, tuple[Path, ...], Callable[[str], bool]], ...] = (
        ("articles", article_files(folder), take_article),
        ("revisions", tuple(sorted((folder / "revisions").glob("*.jsonl"))), take_revision),
        ("runs", tuple(sorted((folder / "runs").glob("*.jsonl"))), take_run),
    )
    left_out: list[str] = []
    for kind, paths, take in kinds:
        for path in paths:
            bad = [number for number, text in numbered(path) if not take(text)]
            if bad:
                kept = folder / DATABASE.parent / f"{path.name}.{stamp}"
                shutil.copy2(path, kept)
                ledger.months.mark_dirty(kind, path.stem)
            left_out += [f"{path.relative_to(folder).as_posix()}, line {n}" for n in bad]
    count_changes(ledger)
    read_sidecar(ledger.database, folder)
    return tuple(left_out)


def _take_pages(ledger: Ledger, folder: Path, now: datetime, key_of_url: KeyOf | None) -> None:
    """Take payloads and closed files, and links to the pages that no article was read from."""
    for page in pages(folder):
        key = key_of_url and key_of_url(page.url)
        if key in ledger.tombstones:
            continue
        ledger.pages.note_payload(page.url, Payload(page.digest, page.payload_ref, page.fetched_at))
        if key is not None and not ledger.links.is_known(key):
            ledger.links.discover(Link(url=page.url, key=key), now)
    manifest = _manifest(folder)
    for name, entry in (manifest.files if manifest else {}).items():
        if name.startswith("pages/"):
            ledger.pages.note_file(name, entry.written, entry.run_id)
    adopt_page_files(ledger, folder)


def _put_in_place(folder: Path, work: Path, stamp: str) -> Path | None:
    """Replace the old ledger by the new one; return where the old one is kept.

    After a kill in between there is no ledger, and no run begins until it is rebuilt again.
    """
    old = folder / DATABASE
    kept = old.with_name(f"{old.name}.{stamp}")
    for ending in ("-wal", "-shm"):
        log = old.with_name(old.name + ending)
        if log.exists():
            log.rename(kept.with_name(kept.name + ending))
    seal_of(old).unlink(missing_ok=True)
    is_there = old.exists()
    if is_there:
        old.rename(kept)
    (work / DATABASE).rename(old)
    if seal_of(work / DATABASE).exists():
        seal_of(work / DATABASE).rename(seal_of(old))
    sync_folder(old.parent)
    shutil.rmtree(work)
    return kept if is_there else None
