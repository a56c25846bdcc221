"""Load an archive into pandas or polars with every type right.

`pandas.read_json` turns a text column of digits into numbers and mixes Timestamp with NaT; `polars`
loses lists that are empty in the first rows. Both are avoided by one Arrow schema.
"""

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import ArchiveView, RowFilter, open_view

if TYPE_CHECKING:
    import pyarrow as pa

_LOT_ROWS: Final = 2000


def load(
    path: str | Path,
    kind: Literal["pandas", "polars", "arrow"] = "pandas",
    *,
    newspapers: tuple[str, ...] = (),
) -> Any:
    """Return the articles of an archive as a data frame or an Arrow table.

    Rows come newspaper by newspaper, by month of publication; each article once, its newest
    revision. Times are timestamps with their zone (null = not stated), `published_date` is a day,
    lists stay lists.

    Args:
        path: an archive's folder (`output/`, a snapshot), or a folder of Parquet files that
            `newscrawl export` or `newscrawl freeze` wrote.
        kind: what to return: `"pandas"`, `"polars"` or `"arrow"`.
        newspapers: names; none = all.

    Raises:
        ArgumentError: the folder holds no archive, or lacks a newspaper that is named.
        ModuleNotFoundError: pyarrow, or the library asked for, is not installed.
    """
    table = arrow_table(Path(path), newspapers)
    if kind == "polars":
        import polars as pl  # noqa: PLC0415  (only who asks for it needs it)

        return pl.from_arrow(table)
    return table.to_pandas() if kind == "pandas" else table


def arrow_table(folder: Path, newspapers: tuple[str, ...] = ()) -> "pa.Table":
    """Return the articles as an Arrow table; raises as `load` does."""
    import pyarrow as pa  # noqa: PLC0415  (an extra)
    import pyarrow.parquet as pq  # noqa: PLC0415

    from newscrawl.research.arrow_schema import arrow_schema  # noqa: PLC0415

    for place in (folder, folder / "parquet"):
        if files := sorted(place.glob("*.parquet")):
            tables = [pq.read_table(file).replace_schema_metadata() for file in files]
            table = pa.concat_tables(tables)
            return _chosen(table, newspapers) if newspapers else table
    view = open_view(folder)
    schema = arrow_schema()
    wanted = RowFilter(newspapers=frozenset(newspapers))
    return pa.Table.from_batches(_batches(view, wanted, schema), schema=schema)


def _chosen(table: "pa.Table", newspapers: tuple[str, ...]) -> "pa.Table":
    import pyarrow.compute as pc  # noqa: PLC0415  (an extra)

    known = set(pc.unique(table["newspaper"]).to_pylist())
    for name in sorted(set(newspapers) - known):
        raise ArgumentError(f"these files hold no newspaper {name!r}; they hold {sorted(known)}")
    return table.filter(pc.field("newspaper").isin(newspapers))


def _batches(view: ArchiveView, wanted: RowFilter, schema: "pa.Schema") -> Any:
    from newscrawl.research.arrow_schema import record_batch  # noqa: PLC0415

    rows = view.rows(wanted)
    while lot := list(islice(rows, _LOT_ROWS)):
        yield record_batch(lot, schema)
