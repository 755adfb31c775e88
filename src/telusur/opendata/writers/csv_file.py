"""CSV: RFC 4180 with a mark of its encoding, so that Excel reads the letters right; formulas made plain text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from telusur.opendata.rules.cells import csv_cell
from telusur.opendata.rules.columns import ColumnKind, Value
from telusur.opendata.rules.datasets import DataSet
from telusur.words.sheet_cell import FORMULA

__all__ = ["lines", "write"]


def lines(rows: Iterable[tuple[Value, ...]], of: DataSet) -> Iterable[list[object]]:
    """The rows with their cells as CSV takes them. A row is copied only where a cell must change."""
    risky = [place for place, column in enumerate(of.columns) if column.kind is ColumnKind.TEXT]
    yes_no = [place for place, column in enumerate(of.columns) if column.kind is ColumnKind.YES_NO]
    for row in rows:
        cells: list[object] = list(row)
        for place in risky:
            cell = row[place]
            if cell is not None and cell.startswith(FORMULA):  # type: ignore[union-attr]
                cells[place] = csv_cell(cell)
        for place in yes_no:
            cells[place] = csv_cell(row[place])
        yield cells


def write(path: Path, rows: Iterable[tuple[Value, ...]], of: DataSet) -> int:
    """Write the file; how many rows."""
    count = 0

    def counted() -> Iterable[list[object]]:
        nonlocal count
        for count, cells in enumerate(lines(rows, of), start=1):  # noqa: B007  the last one is the number
            yield cells

    with path.open("w", encoding="utf-8", newline="") as file:
        # The mark by hand: the codec that writes it is Python's own, and goes over every line.
        file.write("\ufeff")
        writer = csv.writer(file)
        writer.writerow(of.names)
        writer.writerows(counted())
    return count
