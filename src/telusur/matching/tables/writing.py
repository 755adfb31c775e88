"""Linked pairs as a table: CSV, XLSX or Parquet by the file's ending.

In: rows of `PAIR_COLUMNS`. Out: the file's rows counted. No cell is taken for a formula: in XLSX every text is written as
text; in CSV a text that a spreadsheet would calculate gets an apostrophe in front (plain numbers stay as they are).
Parquet keeps every text as it is: nothing calculates there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from telusur.matching.rules.link_refused import LinkRefused
from telusur.matching.tables.parquet import write_parquet
from telusur.words.reason import Reason
from telusur.words.sheet_cell import SHEET_MADE_AT, inert

__all__ = ["ENDINGS", "PairRow", "check_ending", "guarded", "write_pairs"]

ENDINGS = (".csv", ".xlsx", ".parquet")
# A sheet of XLSX ends here, the header's row included.
_MOST_SHEET_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")
_WIDTHS = (22, 22, 12, 11, 10, 100, 22)


class PairRow(NamedTuple):
    """One line of the output. decision: "match" or "review". weight: bits. reasons: a line for each field, joined. group:
    of matches of one table, the id of their group's first row; else ""."""

    left_id: str
    right_id: str
    probability: float
    decision: str
    weight: float
    reasons: str
    group: str = ""


def check_ending(path: Path) -> None:
    """Raises LinkRefused for an ending that no writer has."""
    if path.suffix.lower() not in ENDINGS:
        reason = Reason("table_ending", "«{name}» tidak dapat ditulis: jenis berkas tidak dikenal", {"name": path.name})
        raise LinkRefused(reason, f"pakai nama yang berakhiran {', '.join(ENDINGS)}")


def guarded(text: str) -> str:
    """`text` as a cell of CSV that no spreadsheet calculates."""
    return text if _PLAIN_NUMBER.fullmatch(text) else inert(text)


def write_pairs(path: Path, rows: Iterable[PairRow], *, count: int) -> int:
    """Write `rows` to `path` by its ending; how many there were. count: how many are to come. Raises LinkRefused."""
    check_ending(path)
    write = {".csv": _write_csv, ".xlsx": _write_xlsx, ".parquet": _write_parquet}[path.suffix.lower()]
    if write is _write_xlsx and count >= _MOST_SHEET_ROWS:
        stated = {"count": f"{count:,}".replace(",", "."), "most": "1.048.575"}
        reason = Reason(
            "sheet_too_long", "{count} pasangan tidak muat di satu lembar XLSX (paling banyak {most})", stated
        )
        raise LinkRefused(reason, "pakai --out FILE.csv atau FILE.parquet")
    return write(path, rows)


def _write_csv(path: Path, rows: Iterable[PairRow]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PairRow._fields)
        for row in rows:
            left, right, reasons, group = map(guarded, (row.left_id, row.right_id, row.reasons, row.group))
            writer.writerow((left, right, row.probability, row.decision, row.weight, reasons, group))
            count += 1
    return count


def _write_xlsx(path: Path, rows: Iterable[PairRow]) -> int:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Pasangan")
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        share, bits = book.add_format({"num_format": "0.0000"}), book.add_format({"num_format": "0.00"})
        # Widths before rows: with constant memory a row that is written is gone.
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(PairRow._fields):
            sheet.write_string(0, column, label, head)
        for count, row in enumerate(rows, start=1):
            sheet.write_string(count, 0, row.left_id[:_LONGEST_CELL], text)
            sheet.write_string(count, 1, row.right_id[:_LONGEST_CELL], text)
            sheet.write_number(count, 2, row.probability, share)
            sheet.write_string(count, 3, row.decision)
            sheet.write_number(count, 4, row.weight, bits)
            sheet.write_string(count, 5, row.reasons[:_LONGEST_CELL], text)
            sheet.write_string(count, 6, row.group[:_LONGEST_CELL], text)
        sheet.autofilter(0, 0, max(count, 1), len(PairRow._fields) - 1)
    return count


def _write_parquet(path: Path, rows: Iterable[PairRow]) -> int:
    return write_parquet(path, PairRow._fields, rows)
