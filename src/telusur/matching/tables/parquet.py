"""Parquet, by pyarrow or by DuckDB, whichever is installed; one clear sentence where neither is.

In: a path. Out: labels and columns of text ("" where nothing is stated), as a CSV of the same table would give them; or
a file written. Neither library is needed for CSV and XLSX, so both are asked for only here.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from telusur.matching.rules.link_refused import LinkRefused
from telusur.words.reason import Reason

__all__ = ["check_parquet", "read_parquet", "write_parquet"]

_ROWS = 50_000
_MAGIC = b"PAR1"


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def check_parquet() -> None:
    """Raises LinkRefused where no library that speaks Parquet is installed."""
    if _library("pyarrow.parquet") is None and _library("duckdb") is None:
        reason = Reason(
            "parquet_library_absent", "berkas Parquet perlu pyarrow atau duckdb, yang belum dipasang di sini"
        )
        raise LinkRefused(reason, "pasang dengan `pip install 'telusur[link]'`, atau pakai CSV")


def _damaged(path: Path) -> LinkRefused:
    reason = Reason("parquet_damaged", "{name} bukan Parquet yang utuh", {"name": path.name})
    return LinkRefused(reason, "ambil ulang berkas dari sumbernya")


def read_parquet(path: Path) -> dict[str, list[str]]:
    """The table's columns by label. Raises LinkRefused; OSError where the file cannot be opened."""
    check_parquet()
    with path.open("rb") as file:
        if file.read(4) != _MAGIC:
            raise _damaged(path)
    arrow = _library("pyarrow.parquet")
    return _read_by_arrow(arrow, path) if arrow is not None else _read_by_duckdb(_library("duckdb"), path)


def _read_by_arrow(arrow: Any, path: Path) -> dict[str, list[str]]:
    failures = importlib.import_module("pyarrow").ArrowException
    try:
        with arrow.ParquetFile(path) as file:
            columns: dict[str, list[str]] = {name: [] for name in file.schema_arrow.names}
            for batch in file.iter_batches(_ROWS):
                for name, column in zip(columns, batch.columns, strict=True):
                    columns[name].extend(map(_text, column.to_pylist()))
    except (failures, OSError) as error:
        raise _damaged(path) from error
    return columns


def _read_by_duckdb(duckdb: Any, path: Path) -> dict[str, list[str]]:
    try:
        with duckdb.connect() as database:
            answer = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
            columns: dict[str, list[str]] = {each[0]: [] for each in answer.description}
            while rows := answer.fetchmany(_ROWS):
                for name, values in zip(columns, zip(*rows, strict=True), strict=True):
                    columns[name].extend(map(_text, values))
    except duckdb.Error as error:
        raise _damaged(path) from error
    return columns


def _text(value: object) -> str:
    """A value as the text that a CSV of it would hold: whole floats without ".0", days as 2025-10-24."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def write_parquet(path: Path, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows of text and numbers; how many there were. Raises LinkRefused.

    "probability" and "weight" are columns of numbers, all others of text.
    """
    check_parquet()
    if _library("pyarrow.parquet") is not None:
        return _write_by_arrow(path, labels, rows)
    return _write_by_duckdb(_library("duckdb"), path, labels, rows)


def _batches(rows: Iterable[Sequence[object]]) -> Iterable[list[Sequence[object]]]:
    batch: list[Sequence[object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS:
            yield batch
            batch = []
    # A table without rows has its columns nevertheless.
    yield batch


_NUMBERS = frozenset({"probability", "weight"})


def _write_by_arrow(path: Path, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    schema = arrow.schema([(label, arrow.float64() if label in _NUMBERS else arrow.string()) for label in labels])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = list(zip(*batch, strict=True)) or [()] * len(labels)
            arrays = [arrow.array(values, each.type) for values, each in zip(columns, schema, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


def _write_by_duckdb(duckdb: Any, path: Path, labels: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """By way of a CSV beside the file: DuckDB takes rows one by one a hundred times slower."""
    count = 0
    between = path.with_name(f"{path.name}.csv")
    try:
        with between.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for batch in _batches(rows):
                writer.writerows(batch)
                count += len(batch)
        columns = ", ".join(f"'{label}': '{'DOUBLE' if label in _NUMBERS else 'VARCHAR'}'" for label in labels)
        source, target = (str(each).replace("'", "''") for each in (between, path))
        with duckdb.connect() as database:
            database.execute(
                f"COPY (SELECT * FROM read_csv('{source}', header=false, auto_detect=false, delim=',', quote='\"', "  # noqa: S608
                f"escape='\"', allow_quoted_nulls=false, parallel=false, columns={{{columns}}})) "
                f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )
    finally:
        between.unlink(missing_ok=True)
    return count
