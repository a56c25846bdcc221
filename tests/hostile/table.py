"""The reliability table with today's figures: `python -m tests.hostile.table [--short] [ROW …]`.

Prints a line as soon as it is measured; exits 1 where a demand does not hold.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Final

from tests.hostile import rows_bounds, rows_operation, rows_polite, rows_safety, rows_truth
from tests.hostile.row import Row

ROWS: Final[tuple[Row, ...]] = (
    *rows_truth.ROWS,
    *rows_polite.ROWS,
    *rows_bounds.ROWS,
    *rows_safety.ROWS,
    *rows_operation.ROWS,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="as the suite does")
    parser.add_argument("rows", nargs="*", help="F1 R3 …; all where none is named")
    asked = parser.parse_args()
    failed = 0
    print("| # | demand | holds | measured | s |\n| --- | --- | --- | --- | --- |", flush=True)
    for row in ROWS:
        if asked.rows and row.name not in asked.rows:
            continue
        began = time.monotonic()
        figure = row.measure(asked.short)
        took = time.monotonic() - began
        failed += not figure.holds
        verdict = "yes" if figure.holds else "**no**"
        said = figure.said.replace("|", "/").replace("\n", " ")
        print(f"| {row.name} | {row.demand} | {verdict} | {said} | {took:.0f} |", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
