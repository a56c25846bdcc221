"""Cells as a line of CSV (RFC 4180) that is safe in a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Iterable[Any]) -> str:
    r"""Return cells as a line of CSV that no spreadsheet takes for formulas.

    >>> csv_line(["=1+1", "a, b", 3])
    '\'=1+1,"a, b",3\r\n'
    """
    file = io.StringIO()
    csv.writer(file).writerow([safe_cell(cell) for cell in cells])
    return file.getvalue()


def safe_cell(cell: Any) -> Any:
    """Return a cell; one that a spreadsheet would take for a formula with an apostrophe before it.

    >>> safe_cell("-2 độ C"), safe_cell(-2)
    ("'-2 độ C", -2)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
