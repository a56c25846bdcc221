"""The manifest: rows, bytes, sha256 and writing run of each file of a newspaper."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.atomic_files import (
    Written,
    disk,
    measure,
    replace_file,
)
from newscrawl.exceptions import ArchiveError

MANIFEST: Final = Path("manifest.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was written."""

    written: Written
    run_id: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Every file of a newspaper, by its path inside the newspaper's folder."""

    newspaper: str
    exports: int
    run_id: str
    files: dict[str, Entry] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """The number of articles the files hold."""
        return sum(e.written.rows for name, e in self.files.items() if name.startswith("articles/"))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the folder's manifest, None where there is none.

    Raises `ArchiveError` for one that is damaged.
    """
    path = folder / MANIFEST
    if not path.exists():
        return None
    with disk("reading", path):
        text = path.read_bytes()
    try:
        found: dict[str, Any] = json.loads(text)
        entries = {
            name: Entry(Written(entry["rows"], entry["bytes"], entry["sha256"]), entry["run_id"])
            for name, entry in found["files"].items()
        }
        return Manifest(found["newspaper"], int(found["exports"]), found["run_id"], entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise ArchiveError(f"{path} is damaged: {fault!r}: the next run writes it anew") from fault


def manifest_lines(manifest: Manifest) -> list[str]:
    """Return the lines of the manifest's file; the same content gives the same bytes."""
    files = {
        name: {
            "rows": entry.written.rows,
            "bytes": entry.written.bytes,
            "sha256": entry.written.sha256,
            "run_id": entry.run_id,
        }
        for name, entry in sorted(manifest.files.items())
    }
    content = {
        "newspaper": manifest.newspaper,
        "exports": manifest.exports,
        "run_id": manifest.run_id,
        "articles": manifest.articles,
        "files": files,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).split("\n")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the folder's manifest."""
    replace_file(folder / MANIFEST, manifest_lines(manifest))


def differing(folder: Path, listed: Mapping[str, Entry]) -> frozenset[str]:
    """Return the listed files that are missing or differ in rows, bytes or checksum."""
    return frozenset(
        name for name, entry in listed.items() if not _is_as_listed(folder, name, entry)
    )


def _is_as_listed(folder: Path, name: str, entry: Entry) -> bool:
    path = folder / name
    if not path.is_file():
        return False
    there, listed = measure(path), entry.written
    same_rows = name.startswith("pages/") or there.rows == listed.rows
    return same_rows and (there.bytes, there.sha256) == (listed.bytes, listed.sha256)
