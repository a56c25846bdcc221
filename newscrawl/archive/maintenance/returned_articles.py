"""Opening an archive in which nothing forgotten stands, also after an older backup was restored.

A backup holds what was forgotten after it. What a tombstone names is taken down again before a run
publishes anything; tombstones that the backup lacks come from the snapshots beside the archive.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from newscrawl.archive.export.jsonl import EXPORTS
from newscrawl.archive.export.row_reader import article_files, files_below, numbered, parse
from newscrawl.archive.export.snapshot_due import snapshot_exports
from newscrawl.archive.ledger.article_table import key_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.rebuild import KeyOf
from newscrawl.archive.maintenance.takedown import (
    carry_out,
    finish_takedown,
    plan_takedown,
    prepare_takedown,
    snapshots_of,
)
from newscrawl.archive.tombstones import Tombstone, read_tombstones, set_tombstone
from newscrawl.archive.warc.page_reader import pages
from newscrawl.config.program import on_archive
from newscrawl.exceptions import ArchiveError

logger = logging.getLogger(__name__)


def open_without_forgotten(folder: Path, newspaper: str, key_of_url: KeyOf) -> Ledger:
    """Open the ledger of a newspaper's folder for a run, and take down what has come back.

    Hold the lock. `key_of_url` returns the key that an address carries. Raises `ArchiveError` as
    `Ledger.open` does, and for a ledger that is older than its newest snapshot.
    """
    finish_takedown(folder, newspaper)
    adopt_tombstones(folder)
    ledger = Ledger.open(folder, newspaper)
    try:
        _refuse_older(ledger, folder)
        back = returned(ledger)
    except BaseException:
        ledger.close()
        raise
    if not back:
        return ledger
    ledger.close()
    take_down_again(folder, newspaper, back, key_of_url)
    return Ledger.open(folder, newspaper)


def adopt_tombstones(folder: Path) -> None:
    """Add the tombstones that the newspaper's snapshots know and its folder lacks."""
    known = read_tombstones(folder)
    for snapshot in snapshots_of(folder):
        for key, stone in read_tombstones(snapshot).items():
            if key not in known:
                set_tombstone(folder, stone)


def returned(ledger: Ledger) -> tuple[Tombstone, ...]:
    """Return the tombstones of articles that the ledger knows all the same."""
    return tuple(
        stone
        for key, stone in sorted(ledger.tombstones.items())
        if ledger.links.is_known(key) or ledger.articles.revisions(key) or ledger.articles.line(key)
    )


def take_down_in_files(folder: Path, newspaper: str, key_of_url: KeyOf) -> None:
    """Take down what lines and pages hold of forgotten articles that a new ledger has left out.

    Hold the lock. `key_of_url` returns the key that an address carries.
    """
    stones = read_tombstones(folder)
    if stones:
        found = {*_keys_of_lines(folder), *(key_of_url(page.url) for page in pages(folder))}
        back = tuple(stone for key, stone in sorted(stones.items()) if key in found)
        take_down_again(folder, newspaper, back, key_of_url)


def _keys_of_lines(folder: Path) -> Iterator[str]:
    for path in (*article_files(folder), *files_below(folder / "revisions")):
        for _, text in numbered(path):
            if (line := parse(text)) is not None:
                yield key_of(str(line.get("id", "")))


def take_down_again(
    folder: Path, newspaper: str, stones: tuple[Tombstone, ...], key_of_url: KeyOf
) -> None:
    """Remove these articles again, with the reasons they were forgotten for."""
    for stone in stones:
        prepare_takedown(folder, newspaper)
        planned = plan_takedown(folder, newspaper, stone.id, key_of_url)
        done = carry_out(
            folder, newspaper, planned.told(reason=stone.reason, at=stone.forgotten_at)
        )
        logger.warning(
            "%s was forgotten at %s, had come back, and is removed again; kept pages of others"
            " that name it: %d",
            done.id, done.at, done.mentions,
        )  # fmt: skip


def _refuse_older(ledger: Ledger, folder: Path) -> None:
    if why := older_than_snapshot(ledger, folder):
        remedy = on_archive(f"verify {folder.name} --rebuild")
        raise ArchiveError(
            f"{folder}: {why}: copy the newer one out of the snapshot, or, where the older one"
            f" is meant, run {remedy}; nothing was touched"
        )


def older_than_snapshot(ledger: Ledger, folder: Path) -> str:
    """Return that the ledger counts fewer exports than the newest snapshot does; "" where not."""
    exports = int(ledger.fact(EXPORTS) or 0)
    newest = snapshot_exports(folder)
    if newest <= exports:
        return ""
    return (
        f"the archive is older than snapshots/latest ({exports} exports, there {newest}), as when"
        " an older backup was put over it"
    )
