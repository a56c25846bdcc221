"""What an archive must not hold: articles that were forgotten, and why.

The file is published with the articles, so that whoever has a copy can remove them too, and so that
an archive restored from published files alone does not fetch them again. It holds no text.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import disk, replace_file
from newscrawl.exceptions import ArchiveError

TOMBSTONES: Final = Path("tombstones.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """One article that was forgotten."""

    id: str
    forgotten_at: str
    """UTC"""
    reason: str


def read_tombstones(folder: Path) -> Mapping[str, Tombstone]:
    """Return the tombstones of a newspaper's folder by the articles' keys in the CMS.

    Raises `ArchiveError` for a damaged file: without it what was forgotten would come back.
    """
    path = folder / TOMBSTONES
    if not path.exists():
        return {}
    with disk("reading", path):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    try:
        stones = [Tombstone(**json.loads(line)) for line in lines]
    except (ValueError, TypeError) as error:
        raise ArchiveError(
            f"{path} is damaged: bring it back from a snapshot, so that nothing forgotten returns"
        ) from error
    return {stone.id.partition(":")[2]: stone for stone in stones}


def set_tombstone(folder: Path, stone: Tombstone) -> None:
    """Add a tombstone durably; one that is there already stays as it is."""
    stones = {stone.id: stone} | {known.id: known for known in read_tombstones(folder).values()}
    lines = (json.dumps(asdict(stones[key]), ensure_ascii=False) for key in sorted(stones))
    replace_file(folder / TOMBSTONES, lines)
