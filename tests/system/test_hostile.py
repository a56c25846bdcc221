"""Each demand of the reliability table, measured on less than `python -m tests.hostile.table`."""

import pytest

from tests.hostile.row import Row
from tests.hostile.table import ROWS

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ROWS])
def test_the_demand_holds(row: Row) -> None:
    figure = row.measure(True)
    assert figure.holds, figure.said


def test_the_table_has_every_row() -> None:
    names = [row.name for row in ROWS]
    assert names == [
        *("F1", "F2", "F3", "F4", "F9", "F10"),
        *(f"R{n}" for n in range(1, 10)),
        *(f"H{n}" for n in range(1, 13)),
        *("O1", "O2"),
    ]
