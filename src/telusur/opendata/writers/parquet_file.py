"""Parquet, by DuckDB: typed columns in one thread, so that the same rows give the same bytes.

The rows go through a plain file beside the wished one, since handing DuckDB rows one by one takes a hundred times as long.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import duckdb

from telusur.opendata.rules.columns import ColumnKind, Value
from telusur.opendata.rules.datasets import DataSet

__all__ = ["write"]

_TYPES = {
    ColumnKind.TEXT: "VARCHAR",
    ColumnKind.INTEGER: "BIGINT",
    ColumnKind.NUMBER: "DOUBLE",
    ColumnKind.DATE: "DATE",
    ColumnKind.YES_NO: "BOOLEAN",
}
_NOTHING = "\\N"


def write(path: Path, rows: Iterable[tuple[Value, ...]], of: DataSet) -> int:
    """Write the file; how many rows."""
    between = path.with_name(f"{path.name}.baris")
    try:
        count = 0
        with between.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for row in rows:
                writer.writerow([_NOTHING if value is None else value for value in row])
                count += 1
        _copy(between, path, of)
    finally:
        between.unlink(missing_ok=True)
    return count


def _copy(between: Path, path: Path, of: DataSet) -> None:
    columns = ", ".join(f"'{column.name}': '{_TYPES[column.kind]}'" for column in of.columns)
    with duckdb.connect(":memory:", config={"threads": 1}) as engine:
        source, target = (str(each).replace("'", "''") for each in (between, path))
        read = (
            f"read_csv('{source}', columns={{{columns}}}, header=false, auto_detect=false, delim=',', quote='\"', "
            f"escape='\"', nullstr='{_NOTHING}', parallel=false)"
        )
        # Paths and columns are our own; nothing that anybody typed stands in the sentence.
        engine.execute(f"COPY (FROM {read}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)")
