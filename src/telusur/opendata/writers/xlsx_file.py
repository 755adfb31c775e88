"""XLSX: the rows as typed cells, the data dictionary and the origin on sheets of their own.

Text is written as text and never as a formula, an address or a number. No clock stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from telusur.opendata.rules.columns import ColumnKind, Value
from telusur.opendata.rules.datasets import DataSet
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["MOST_ROWS", "write"]

# A sheet takes 1,048,576 lines, its head among them; a longer set goes on on the next one.
MOST_ROWS = 1_048_575
_PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


def write(path: Path, rows: Iterable[tuple[Value, ...]], of: DataSet) -> int:
    """Write the file; how many rows."""
    with xlsxwriter.Workbook(str(path), dict(_PLAIN)) as book:
        book.set_properties({"title": of.title, "created": SHEET_MADE_AT})
        head = book.add_format({"bold": True, "bottom": 1})
        count = _data(book, rows, of, head)
        _dictionary(book, of, head)
    return count


def _data(book: xlsxwriter.Workbook, rows: Iterable[tuple[Value, ...]], of: DataSet, head: object) -> int:
    count, sheet = 0, None
    for row in rows:
        line = count % MOST_ROWS
        if line == 0:
            sheet = _sheet(book, of, head, count // MOST_ROWS)
        assert sheet is not None
        for place, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(line + 1, place, value)
            elif isinstance(value, bool):
                sheet.write_boolean(line + 1, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(line + 1, place, datetime(value.year, value.month, value.day))  # noqa: DTZ001
            else:
                sheet.write_number(line + 1, place, value)
        count += 1
    if sheet is None:
        _sheet(book, of, head, 0)
    return count


def _sheet(book: xlsxwriter.Workbook, of: DataSet, head: object, number: int) -> xlsxwriter.worksheet.Worksheet:
    sheet = book.add_worksheet(of.title if number == 0 else f"{of.title} {number + 1}")
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(of.columns):
        sheet.set_column(place, place, 34 if column.name in _WIDE else 16)
        sheet.write_string(0, place, column.name, head)
    return sheet


_WIDE = {"id", "nama", "temuan_kata", "badan_hukum", "kedudukan", "keadaan_kata", "cara_menjawab"}
_KINDS = {
    ColumnKind.TEXT: "teks",
    ColumnKind.INTEGER: "bilangan bulat",
    ColumnKind.NUMBER: "bilangan",
    ColumnKind.DATE: "tanggal",
    ColumnKind.YES_NO: "ya/tidak",
}


def _dictionary(book: xlsxwriter.Workbook, of: DataSet, head: object) -> None:
    sheet = book.add_worksheet("Kamus")
    sheet.set_column(0, 2, 20)
    sheet.set_column(3, 3, 110)
    for place, words in enumerate(("kolom", "judul", "jenis", "arti")):
        sheet.write_string(0, place, words, head)
    for line, column in enumerate(of.columns, start=1):
        for place, words in enumerate((column.name, column.title, _KINDS[column.kind], column.says)):
            sheet.write_string(line, place, words)
