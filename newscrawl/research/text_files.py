"""Rows as CSV (RFC 4180) and as JSON Lines, one file a newspaper."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from newscrawl.items import FIELDS, Line
from newscrawl.research.archive_view import TEXT_FIELDS, ArchiveView, RowFilter
from newscrawl.research.csv_cells import csv_line
from newscrawl.research.exported_files import ExportedFile, replacing


def export_csv(
    view: ArchiveView, folder: Path, wanted: RowFilter, *, with_text: bool
) -> tuple[ExportedFile, ...]:
    """Write one CSV file a newspaper and return the files, by name.

    UTF-8 with a header, lists as JSON. A text that a spreadsheet would take for a formula begins
    with an apostrophe; the other forms hold it as printed. Raises as `export_jsonl`.
    """
    header = csv_line(_fields(with_text=with_text))
    return _export(
        view, folder, wanted, ".csv", header, lambda row: csv_line(_cells(row)), with_text
    )


def export_jsonl(
    view: ArchiveView, folder: Path, wanted: RowFilter, *, with_text: bool
) -> tuple[ExportedFile, ...]:
    """Write one JSON Lines file a newspaper and return the files, by name.

    Raises:
        ArgumentError: a newspaper that the archive does not have.
        ArchiveError: a row that is not whole, a folder that cannot be written.
    """
    return _export(view, folder, wanted, ".jsonl", "", json_line, with_text)


def _export(
    view: ArchiveView,
    folder: Path,
    wanted: RowFilter,
    suffix: str,
    header: str,
    write: Callable[[Line], str],
    with_text: bool,
) -> tuple[ExportedFile, ...]:
    fields = _fields(with_text=with_text)
    made = []
    for paper in view.chosen(wanted):
        path, count = folder / f"{paper.name}{suffix}", 0
        with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
            file.write(header)
            for row in paper.rows(wanted):
                file.write(write({name: row[name] for name in fields}))
                count += 1
        made.append(ExportedFile(path.name, count))
    return tuple(made)


def _fields(*, with_text: bool) -> list[str]:
    return [name for name in FIELDS if with_text or name not in TEXT_FIELDS]


def json_line(row: Line) -> str:
    """Return a row as a line of JSON Lines."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def _cells(row: Line) -> Iterator[Any]:
    for value in row.values():
        if isinstance(value, list):
            yield json.dumps(value, ensure_ascii=False)
        else:
            yield "" if value is None else value
