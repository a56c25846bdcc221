"""Removing an article from a snapshot: its lines, its pages, and what the manifest says of them."""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from newscrawl.archive.atomic_files import aside, disk, measure, put_in_place, write_aside
from newscrawl.archive.export.row_reader import files_below, numbered, parse
from newscrawl.archive.maintenance.shared_files import SharedFiles
from newscrawl.archive.manifest import Entry, read_manifest, write_manifest
from newscrawl.archive.tombstones import TOMBSTONES
from newscrawl.archive.warc.redaction import write_without


def clear_snapshot(
    snapshot: Path,
    folder: Path,
    article_id: str,
    records: Mapping[str, tuple[int, ...]],
    at: str,
    files: SharedFiles,
) -> None:
    """Remove an article from a newspaper's folder in a snapshot, and put the tombstones there.

    Args:
        snapshot: the newspaper's folder in the snapshot.
        folder: the newspaper's own folder.
        article_id: the article's id.
        records: offsets of the page records to remove, by the names of their files.
        at: the moment of the takedown, UTC.
        files: what was rewritten already; a file that the snapshot shares is shared again.

    Raises:
        ArchiveError: a file is damaged, or the disk refuses.
    """
    refs = {f"{name}#{offset}" for name, offsets in records.items() for offset in offsets}
    changed = {path: _clear_lines(path, article_id, refs, files) for path in _line_files(snapshot)}
    for name, offsets in records.items():
        path, places = snapshot / name, frozenset(offsets)
        if path.is_file():
            changed[path] = files.replace(path, partial(write_without, offsets=places, at=at))
    _link_tombstones(folder, snapshot)
    changed[snapshot / TOMBSTONES] = True
    names = {path.relative_to(snapshot).as_posix() for path in changed if changed[path]}
    _mend_manifest(snapshot, names)


def _line_files(snapshot: Path) -> Iterator[Path]:
    for kind in ("articles", "revisions"):
        yield from files_below(snapshot / kind)


def _clear_lines(path: Path, article_id: str, refs: set[str], files: SharedFiles) -> bool:
    """Remove the article's lines, and a file without any left; return whether there were any."""
    rewrite = partial(_write_without_lines, article_id=article_id, refs=refs)
    is_changed = files.replace(path, rewrite)
    if path.stat().st_size == 0:
        path.unlink()
    return is_changed


def _write_without_lines(path: Path, article_id: str, refs: set[str]) -> bool:
    """Write the file without the article's lines aside; return whether it differs."""
    needles = (f'"{article_id}"', *refs)
    if not any(needle in text for _, text in numbered(path) for needle in needles):
        return False
    write_aside(path, _other_lines(path, article_id, refs))
    return True


def _other_lines(path: Path, article_id: str, refs: set[str]) -> Iterator[str]:
    for _, text in numbered(path):
        line = parse(text)
        if line is None:
            yield text
        elif line["id"] != article_id:
            is_without_page = line["raw_ref"] in refs
            is_copy = line["duplicate_of"] == article_id
            changed = ({"raw_ref": ""} if is_without_page else {}) | (
                {"duplicate_of": ""} if is_copy else {}
            )
            yield json.dumps(line | changed, ensure_ascii=False) if changed else text


def _link_tombstones(folder: Path, snapshot: Path) -> None:
    path = snapshot / TOMBSTONES
    with disk("linking", path):
        aside(path).unlink(missing_ok=True)
        os.link(folder / TOMBSTONES, aside(path))
        put_in_place(path)


def _mend_manifest(snapshot: Path, changed: Collection[str]) -> None:
    """Have the manifest say what the changed files are now."""
    manifest = read_manifest(snapshot)
    if manifest is None:
        return
    files = dict(manifest.files)
    for name in changed:
        before = files.pop(name, None)
        if (snapshot / name).is_file():
            written = measure(snapshot / name)
            if before is not None and name.startswith("pages/"):
                written = replace(written, rows=before.written.rows)
            files[name] = Entry(written, before.run_id if before else manifest.run_id)
    write_manifest(snapshot, replace(manifest, files=files))
