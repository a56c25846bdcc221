"""Rows of text as a table for a terminal."""

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
