"""Rows as flat Parquet files, `<newspaper>-<year>.parquet`.

The newspaper is a column, not a folder: pandas cannot read Hive folders whose name repeats a
column. A file is written month by month, each month in row groups of its own, and its metadata
holds the checksum of each month. The next export reads only the months whose checksum differs and
copies the others' row groups, so that the bytes are those of an export from the start.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.archive.atomic_files import measure
from newscrawl.items import Line
from newscrawl.research.archive_view import ArchiveView, NewspaperFiles, RowFilter
from newscrawl.research.arrow_schema import arrow_schema, record_batch
from newscrawl.research.checked_lines import UNDATED, article_lines
from newscrawl.research.exported_files import ExportedFile, replacing, sweep

ROW_GROUP_MAX_ROWS: Final = 2000
_ZSTD_LEVEL: Final = 3
_MADE_OF: Final = b"newscrawl.made_of"


@dataclass(frozen=True)
class _Month:
    """One file of articles, and what its row groups are called in the metadata."""

    path: Path
    checksum: str

    @property
    def name(self) -> str:
        return self.path.stem


def export_parquet(
    view: ArchiveView, folder: Path, wanted: RowFilter, *, with_text: bool
) -> tuple[ExportedFile, ...]:
    """Write the wanted rows as Parquet files into the folder and return the files, by name.

    A file whose months are unchanged is left alone; a Parquet file of an earlier export that has no
    rows any more is removed. The same rows give the same bytes.

    Raises:
        ArgumentError: a newspaper that the archive does not have.
        ArchiveError: a row that is not whole, a folder that cannot be written.
    """
    schema = arrow_schema(with_text=with_text)
    made = [
        file
        for paper in view.chosen(wanted)
        for year, months in _years(paper, wanted)
        if (file := _export_year(paper, year, months, folder, schema, wanted)) is not None
    ]
    sweep(folder, "*.parquet", made, _is_ours)
    return tuple(sorted(made))


def _years(paper: NewspaperFiles, wanted: RowFilter) -> Iterator[tuple[str, list[_Month]]]:
    months = [_month(paper, path) for path in paper.article_files if wanted.wants_file(path.stem)]
    for year, group in groupby(months, key=lambda month: month.name[:4]):
        yield (UNDATED if year == UNDATED[:4] else year), list(group)


def _month(paper: NewspaperFiles, path: Path) -> _Month:
    name = path.relative_to(paper.folder).as_posix()
    entry = paper.manifest.files.get(name) if paper.manifest else None
    return _Month(path, entry.written.sha256 if entry else measure(path).sha256)


def _export_year(
    paper: NewspaperFiles,
    year: str,
    months: Sequence[_Month],
    folder: Path,
    schema: pa.Schema,
    wanted: RowFilter,
) -> ExportedFile | None:
    path = folder / f"{paper.name}-{year}.parquet"
    window = [str(wanted.since or ""), str(wanted.until or "")]
    made_of = {"days": window, "months": {month.name: month.checksum for month in months}}
    old = _OldFile.of(path, schema, window)
    if old is not None and old.checksums == made_of["months"]:
        return ExportedFile(path.name, old.rows)
    told = schema.with_metadata({_MADE_OF: json.dumps(made_of, sort_keys=True).encode()})
    rows = 0
    with replacing(path) as temporary:
        with pq.ParquetWriter(
            temporary, told, compression="zstd", compression_level=_ZSTD_LEVEL
        ) as writer:
            for month in months:
                for table in _tables(month, old, schema, wanted):
                    writer.write_table(table, row_group_size=ROW_GROUP_MAX_ROWS)
                    rows += table.num_rows
        if not rows:
            return None
    return ExportedFile(path.name, rows)


def _tables(
    month: _Month, old: "_OldFile | None", schema: pa.Schema, wanted: RowFilter
) -> Iterator[pa.Table]:
    if old is not None and old.checksums.get(month.name) == month.checksum:
        yield from old.row_groups(month.name)
        return
    rows: Iterator[Line] = (row for row in article_lines(month.path) if wanted.wants(row))
    while lot := list(islice(rows, ROW_GROUP_MAX_ROWS)):
        yield pa.Table.from_batches([record_batch(lot, schema)])


def _is_ours(path: Path) -> bool:
    try:
        return _MADE_OF in (pq.ParquetFile(path).schema_arrow.metadata or {})
    except pa.ArrowInvalid:
        return False


class _OldFile:
    """A file of an earlier export of the same columns and days."""

    def __init__(self, file: pq.ParquetFile, checksums: Mapping[str, str]) -> None:
        self.file = file
        self.checksums = checksums
        self.rows: int = file.metadata.num_rows

    @classmethod
    def of(cls, path: Path, schema: pa.Schema, window: Sequence[str]) -> "_OldFile | None":
        """Return the file; None where there is none, or one that cannot be gone on from."""
        try:
            file = pq.ParquetFile(path)
            told = file.schema_arrow.metadata or {}
            made_of: dict[str, Any] = json.loads(told.get(_MADE_OF, b"{}"))
        except (OSError, pa.ArrowInvalid, ValueError):
            return None
        is_alike = file.schema_arrow.equals(schema) and made_of.get("days") == list(window)
        return cls(file, made_of["months"]) if is_alike else None

    def row_groups(self, month: str) -> Iterator[pa.Table]:
        """Return the tables of the month's row groups, in order."""
        for number in range(self.file.num_row_groups):
            first = self.file.read_row_group(number, columns=["published_date"])[0][0].as_py()
            if (f"{first:%Y-%m}" if first else UNDATED) == month:
                yield self.file.read_row_group(number)
