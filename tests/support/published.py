"""An archive's published files, written by hand: what a crawl would leave for a reader."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newscrawl.archive.atomic_files import measure
from newscrawl.archive.manifest import Entry, Manifest, write_manifest
from newscrawl.items import Line

RUN = "2026-11-20T010203Z-0001"


def publish(
    home: Path,
    newspaper: str,
    rows: Iterable[Line],
    revisions: Iterable[Line] = (),
    runs: Iterable[dict[str, Any]] = (),
    exports: int = 1,
) -> Path:
    """Write the files of one newspaper and its manifest; `rows` may come in any order."""
    folder = home / newspaper
    months: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        day = row["published_date"] or ""
        name = f"articles/{day[:4]}/{day[:7]}.jsonl" if day else "articles/undated.jsonl"
        months[name].append(row)
    months["revisions/2026-11.jsonl"] = list(revisions)
    months["runs/2026-11.jsonl"] = list(runs)
    entries = {}
    for name, lines in months.items():
        if not lines:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8")
        entries[name] = Entry(measure(path), RUN)
    write_manifest(folder, Manifest(newspaper, exports, RUN, entries))
    return folder
