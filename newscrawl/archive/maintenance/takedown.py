"""Removing an article's text from an archive, for good: the files, the pages, the ledger.

What is to be removed is noted first, so that a takedown that was killed goes on with the next
command that opens the archive. Every step may be taken twice.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Self
from urllib.parse import urljoin

from newscrawl.archive.atomic_files import disk, measure, remove_file, replace_file
from newscrawl.archive.export.hardlink_snapshot import hold_snapshots
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.page_recovery import adopt_page_files
from newscrawl.archive.maintenance.rebuild import KeyOf
from newscrawl.archive.maintenance.shared_files import SharedFiles
from newscrawl.archive.maintenance.snapshot_takedown import clear_snapshot
from newscrawl.archive.manifest import MANIFEST
from newscrawl.archive.tombstones import Tombstone, set_tombstone
from newscrawl.archive.warc.page_reader import KeptPage, Member, page_files, page_of
from newscrawl.archive.warc.redaction import find_records, payload_place, write_without
from newscrawl.exceptions import ArchiveError
from newscrawl.items import Line
from newscrawl.timestamps import utc_text
from newscrawl.urls.url_parts import read_parts

_LINK: Final = re.compile(rb"""href=["']?([^"'\s>]+)""")
PENDING: Final = Path("state", "takedown.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """What is to be removed, noted before anything is."""

    id: str
    reason: str
    at: str
    """UTC"""
    addresses: tuple[str, ...] = ()
    records: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Offsets of the records to remove, by the name of their WARC file"""
    copies: tuple[str, ...] = ()
    """Ids of other articles with the same text, which stay"""
    mentions: int = 0
    """Kept pages of other articles that name this one, and stay"""
    named_in: tuple[str, ...] = ()
    """Addresses of the other articles and lists whose kept pages name this one"""
    removed_mentions: int = 0
    """Kept pages of these addresses that are to be removed"""
    revisions: int = 0

    @property
    def key(self) -> str:
        """The article's key in the CMS."""
        return self.id.partition(":")[2]

    def told(self, *, reason: str, at: str) -> Self:
        """Return the takedown with its reason and moment."""
        return replace(self, reason=reason, at=at)

    def refs(self) -> frozenset[str]:
        """Return where each removed record stands, as `raw_ref` has it."""
        return frozenset(f"{name}#{at}" for name, places in self.records.items() for at in places)


def forget_article(
    folder: Path,
    newspaper: str,
    article_id: str,
    reason: str,
    now: datetime,
    key_of_url: KeyOf,
    *,
    with_mentions: bool = False,
) -> Takedown:
    """Remove an article from a newspaper's archive, and return what was removed; hold the lock.

    Its tombstone keeps it from coming back. Removed are its line, its older versions, every kept
    page of its addresses, its link, and what snapshots hold of it.

    Args:
        folder: the newspaper's folder.
        newspaper: its name.
        article_id: the article's id.
        reason: is published in the tombstone.
        now: the moment of the takedown.
        key_of_url: returns the key that an address carries.
        with_mentions: also remove kept pages of other articles that name this one, as the columns
            beside an article do; these articles stay, without a raw page.

    Raises:
        ArchiveError: there is no such article, the archive is damaged, or the disk refuses.
    """
    prepare_takedown(folder, newspaper)
    found = plan_takedown(folder, newspaper, article_id, key_of_url, with_mentions=with_mentions)
    return carry_out(folder, newspaper, found.told(reason=reason, at=utc_text(now)))


def prepare_takedown(folder: Path, newspaper: str) -> None:
    """Go on with a takedown that was cut short, and bring the ledger up to date; hold the lock."""
    finish_takedown(folder, newspaper)
    with Ledger.open(folder, newspaper) as ledger:
        adopt_page_files(ledger, folder)


def plan_takedown(
    folder: Path,
    newspaper: str,
    article_id: str,
    key_of_url: KeyOf,
    *,
    with_mentions: bool = False,
) -> Takedown:
    """Return what a takedown would remove, without a reason; nothing is changed; hold the lock.

    Arguments are those of `forget_article`. Raises `ArchiveError` where there is no such article,
    where the archive is damaged, or where an earlier takedown was cut short.
    """
    if (folder / PENDING).exists():
        raise ArchiveError(f"{folder / PENDING}: a takedown was cut short: forget that one first")
    with Ledger.open_to_check(folder, newspaper) as ledger:
        known = _look_for(ledger, folder, Takedown(id=article_id, reason="", at=""))
    return _look_through_pages(folder, known, key_of_url, with_mentions=with_mentions)


def carry_out(folder: Path, newspaper: str, planned: Takedown) -> Takedown:
    """Remove what was planned, with its reason and moment, and return it; hold the lock.

    Raises `ArchiveError` where the disk refuses; the takedown then stays noted.
    """
    replace_file(folder / PENDING, [json.dumps(asdict(planned), ensure_ascii=False)])
    finish_takedown(folder, newspaper)
    return planned


def finish_takedown(folder: Path, newspaper: str) -> bool:
    """Go on with a takedown that was cut short, and return whether there was one; hold the lock.

    Raises `ArchiveError` where the archive is damaged or the disk refuses; the takedown stays
    noted.
    """
    path = folder / PENDING
    if not path.exists():
        return False
    takedown = _read_pending(path)
    set_tombstone(
        folder, Tombstone(id=takedown.id, forgotten_at=takedown.at, reason=takedown.reason)
    )
    files, refs = SharedFiles(), takedown.refs()
    with Ledger.open(folder, newspaper) as ledger:
        lost = {ref for ref in _refs(ledger) if ref in refs or payload_place(folder, ref) in refs}
        ledger.articles.erase(takedown.id)
        ledger.articles.forget_pages(lost, asks_again=False)
        ledger.pages.erase(takedown.addresses, refs)
        ledger.flush()
        _clear_pages(ledger, folder, takedown, files)
        export(ledger, folder)
        with hold_snapshots(folder.parent):
            for snapshot in snapshots_of(folder):
                clear_snapshot(snapshot, folder, takedown.id, takedown.records, takedown.at, files)
        _remove_kept_aside(folder)
        ledger.database.compact()
    remove_file(path)
    return True


def _read_pending(path: Path) -> Takedown:
    with disk("reading", path):
        text = path.read_text(encoding="utf-8")
    try:
        return Takedown(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"{path} is damaged: remove it, and forget the article again") from error


def snapshots_of(folder: Path) -> tuple[Path, ...]:
    """Return every folder in which a snapshot holds the newspaper, each once."""
    home = folder.parent / "snapshots"
    found = (*home.glob(f"*/{folder.name}"), *home.glob(f"newspapers/{folder.name}/*"))
    folders = {path.resolve() for path in found if path.is_dir()}
    return tuple(sorted(path for path in folders if (path / MANIFEST).is_file()))


# Looking -----------------------------------------------------------------------------------------


def _look_for(ledger: Ledger, folder: Path, asked: Takedown) -> Takedown:
    """Return the takedown with what the ledger knows of the article; raise where it knows none."""
    line, older = ledger.articles.line(asked.key), ledger.articles.revisions(asked.key)
    link = ledger.links.get(asked.key)
    if line is None and link is None and asked.key not in ledger.tombstones:
        raise ArchiveError(f"{asked.id}: {folder} holds no such article")
    lines: tuple[Line, ...] = (*older, line) if line is not None else older
    addresses = {*ledger.links.addresses(asked.key), *(line["url"] for line in lines)}
    if link is not None:
        addresses.add(link.url)
    return replace(
        asked,
        addresses=tuple(sorted(addresses)),
        records=_by_file(line["raw_ref"] for line in lines),
        copies=ledger.articles.copies_of(asked.key),
        revisions=len(lines),
    )


def _by_file(refs: Iterator[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for ref in refs:
        name, _, offset = ref.partition("#")
        if name:
            found.setdefault(name, []).append(int(offset))
    return {name: tuple(offsets) for name, offsets in found.items()}


def _look_through_pages(
    folder: Path, known: Takedown, key_of_url: KeyOf, *, with_mentions: bool
) -> Takedown:
    """Return the takedown with every record of the article, in snapshots too."""
    search = _Search(known, key_of_url, with_mentions=with_mentions)
    for place in (folder, *snapshots_of(folder)):
        for path in page_files(place):
            name = path.relative_to(place).as_posix()
            # A page file never changes, but for a takedown: one look at each name is enough.
            if place == folder or not (folder / name).exists():
                search.look_through(place, name)
    return replace(
        known,
        addresses=tuple(sorted(search.addresses)),
        records={name: tuple(sorted(found)) for name, found in sorted(search.records.items())},
        mentions=0 if with_mentions else search.mentions,
        removed_mentions=search.mentions if with_mentions else 0,
        named_in=tuple(sorted(search.named_in)),
    )


class _Search:
    """The records of an article, found in one page file after the other."""

    def __init__(self, known: Takedown, key_of_url: KeyOf, *, with_mentions: bool) -> None:
        self.addresses = set(known.addresses)
        self.records = {name: set(offsets) for name, offsets in known.records.items()}
        self.mentions = 0
        """Records of other articles that name this one"""
        self.named_in: set[str] = set()
        """Their addresses"""
        self._key = known.key
        self._key_of_url = key_of_url
        self._with_mentions = with_mentions
        self._needles = [_needle(address).encode() for address in known.addresses]

    def look_through(self, place: Path, name: str) -> None:
        known = frozenset(self.records.get(name, ()))
        wanted = partial(self._wants, place=place, name=name, known=known)
        if found := {*known, *find_records(place / name, wanted)}:
            self.records[name] = found

    def _wants(
        self,
        member: Member,
        head: Mapping[str, str],
        *,
        place: Path,
        name: str,
        known: frozenset[int],
    ) -> bool:
        url = head.get("warc-target-uri", "")
        if url and (url in self.addresses or self._key_of_url(url) == self._key):
            self.addresses.add(url)
            return True
        if member.offset in known:
            return True
        if head.get("warc-type") != "response" or not self._is_named(place, name, member):
            return False
        self.mentions += 1
        self.named_in.add(url)
        return self._with_mentions

    def _is_named(self, place: Path, name: str, member: Member) -> bool:
        """Return whether a page names the article: by an address of it, or by another slug."""
        page = page_of(place, name, member)
        if page is None:
            return False
        if any(needle in page.body for needle in self._needles):
            return True
        number = self._key.rpartition("-")[2].encode()
        is_likely = number in page.body
        return is_likely and any(self._key_of_url(url) == self._key for url in _links(page))


def _needle(address: str) -> str:
    """Return what a page that names the address is sure to hold: its path and query."""
    parts = read_parts(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _links(page: KeptPage) -> Iterator[str]:
    """Yield the addresses that a page links to; one that cannot be read is left out."""
    for link in _LINK.findall(page.body):
        with suppress(ValueError):
            yield urljoin(page.url, link.decode("utf-8", "replace"))


# Removing ----------------------------------------------------------------------------------------


def _refs(ledger: Ledger) -> frozenset[str]:
    return frozenset(ledger.articles.all_page_refs())


def _clear_pages(ledger: Ledger, folder: Path, takedown: Takedown, files: SharedFiles) -> None:
    """Remove the records from the newspaper's page files, and note what the files are now."""
    known = ledger.pages.files()
    for name, offsets in takedown.records.items():
        path, places = folder / name, frozenset(offsets)
        if not path.is_file():
            continue
        files.replace(path, partial(write_without, offsets=places, at=takedown.at))
        written = measure(path)
        entry = known.get(name)
        if entry is not None and entry.written.sha256 != written.sha256:
            written = replace(written, rows=entry.written.rows)
            ledger.pages.note_file(name, written, entry.run_id)


def _remove_kept_aside(folder: Path) -> None:
    """Remove what rebuildings and killed snapshots have left: it may hold the text."""
    state = folder / "state"
    unfinished = (folder.parent / "snapshots").glob(f".{folder.name}.tmp")
    with disk("cleaning", state):
        for work in (state / "rebuilding", *unfinished):
            shutil.rmtree(work, ignore_errors=True)
    for path in sorted(state.glob("*damaged-*")):
        remove_file(path)
