"""The sums of the cells of a matrix, and their values as of a day."""

import sys
from bisect import bisect_right

from dossier.model.bounded import estimated_size
from dossier.model.matrix import Cell, MatrixHeading
from dossier.model.weighing import NOTHING, CellSummary

CellSums = tuple[CellSummary, tuple[CellSummary, ...]]
"""The sum of a cell, and its sums day by day."""
CellKey = tuple[str, str]
"""The ids of row and column."""
_LOOKED_AT = 30
"""Cells from which the bytes of all of them are estimated."""


def cells_as_of(
    rows: list[MatrixHeading], columns: list[MatrixHeading], grown: dict[CellKey, CellSums], limit: str, before: str
) -> dict[CellKey, Cell]:
    """The cells with statements, as of the day `limit` and, where one is named, as of the day `before`."""
    cells: dict[CellKey, Cell] = {}
    for row in rows:
        for column in columns:
            found = grown.get((row.id, column.id))
            if found is None:
                continue
            tally = _sum_on_day(found, limit)
            was = _sum_on_day(found, before) if before else None
            if tally or was:
                cells[row.id, column.id] = Cell(row.id, column.id, tally, was)
    return cells


def _sum_on_day(grown: CellSums, limit: str) -> CellSummary:
    """The sum of a cell on a day; over all time without one."""
    total, steps = grown
    if not limit:
        return total
    at = bisect_right(steps, limit, key=lambda step: step.day)
    return steps[at - 1] if at else NOTHING


def size_of_sums(cells: dict[CellKey, CellSums]) -> int:
    """Estimate the bytes of the sums of a matrix from some of its cells."""
    return sys.getsizeof(cells) + estimated_size(list(cells.items()), _LOOKED_AT)
