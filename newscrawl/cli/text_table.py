"""Rows of text as a table for a terminal."""

import shutil
import sys
from collections.abc import Collection, Sequence


def text_table(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Return the rows with columns as wide as their longest cell, two blanks between them.

    Args:
        rows: Rows of equally many cells, the head first.
        right: Numbers of the columns that are set to the right, from 0.

    >>> print(text_table([("name", "new"), ("baothu", "7")], right=(1,)))
    name    new
    baothu    7
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def columns_fitting(rows: Sequence[Sequence[str]], width: int | None) -> int:
    """Return how many columns of a table, from the left, fit into that width; one at least.

    Args:
        rows: Rows of equally many cells.
        width: Letters in a line of the terminal; None = any number.

    >>> rows = [("name", "new", "gone"), ("baothu", "7", "0")]
    >>> columns_fitting(rows, 17), columns_fitting(rows, 16), columns_fitting(rows, None)
    (3, 2, 3)
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if width is None:
        return len(widths)
    fitting = (n for n in range(len(widths), 1, -1) if sum(widths[:n]) + 2 * (n - 1) <= width)
    return next(fitting, 1)


def cut_lines(text: str, width: int | None) -> str:
    r"""Return the text with lines no longer than the width; "…" stands for what is cut.

    >>> cut_lines("baothu  3  needs a person\n1 of 2", 14)
    'baothu  3  ne…\n1 of 2'
    """
    if width is None:
        return text
    lines = text.split("\n")
    return "\n".join(line if len(line) <= width else line[: width - 1] + "…" for line in lines)


def terminal_columns() -> int | None:
    """Return the letters in a line of standard output's terminal; None where it is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
