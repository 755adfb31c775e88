"""Writes the demo's lists, visit sheets and truths: CSV, XLSX or JSON by the file's suffix.

In: rows as tuples of text. Out: a file that is whole or not there at all; the same rows give the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import orjson
import xlsxwriter

from telusur.demo.next_edition import Truth
from telusur.demo.rows import HEADER
from telusur.rounds.rules.sheet import COLUMNS

__all__ = ["write_edition", "write_truth", "write_visits"]

# A workbook notes when it was made; a fixed day keeps the bytes equal.
_MADE_AT = datetime(2025, 10, 24, tzinfo=UTC).replace(tzinfo=None)


def write_edition(path: Path, rows: Iterable[Sequence[str]], *, header: Sequence[str] = HEADER) -> int:
    """Write a list to `path` (.csv or .xlsx) and return its row count. Raises ValueError for another suffix."""
    return _write(path, "Daftar", header, rows)


def write_visits(path: Path, rows: Iterable[Sequence[str]]) -> int:
    """Write a visit sheet to `path` (.csv or .xlsx) and return its row count. Raises ValueError for another suffix."""
    return _write(path, "Kunjungan", [column.value for column in COLUMNS], rows)


def write_truth(path: Path, truth: Truth) -> None:
    """Write what changed between two editions to `path` as JSON: counts, then every change."""
    document = {
        "seed": truth.seed,
        "as_of": truth.as_of,
        "rows_before": truth.rows_before,
        "rows_after": truth.rows_after,
        "counts": truth.counts(),
        "changes": [change._asdict() for change in truth.changes],
    }
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    part.replace(path)


def _write(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise ValueError(f"«{path.name}» harus berakhiran .csv atau .xlsx")
    part = path.with_name(f"{path.name}.part")
    try:
        count = _write_csv(part, header, rows) if suffix == ".csv" else _write_xlsx(part, title, header, rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _write_xlsx(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Every cell as text, as the registry's export has them; row by row, so that memory does not grow with the list."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _MADE_AT})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(header):
            sheet.write_string(0, column, label)
        for count, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                if text:
                    sheet.write_string(count, column, text)
    return count
