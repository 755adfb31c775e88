"""The refused rows of an edition as a sheet: as they came, with what is wrong and how to mend it.

In: an edition. Out: an XLSX that a person corrects and brings again. The columns named "Telusur: …" tie each row to the
edition and the row number it had, so that the corrected file is known for what it is. Rows mended since are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from telusur.intake.models import RefusedRow
from telusur.intake.queries import open_refusals
from telusur.intake.rules.corrections import ADDED_LABELS
from telusur.register.models import Edition
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["write_refused"]

# A cell of XLSX holds no more.
_LONGEST = 32_767


def write_refused(path: Path, edition: Edition) -> int:
    """Write the rows of `edition` that are still refused to `path` (.xlsx); how many there were.

    Every cell is text: a NIK keeps its zeros, and nothing is taken for a formula.
    """
    rows = open_refusals(edition)
    header = [str(label) for label in edition.header]
    width = max([len(header), *(len(row.raw) for row in rows)])
    header += [""] * (width - len(header))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Ditolak")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "num_format": "@"})
        marked = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3EFE6", "text_wrap": True, "valign": "top"})
        plain = book.add_format({"num_format": "@", "valign": "top"})
        wrong = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#FBE9E6", "border": 1})
        words = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#F3EFE6", "text_wrap": True})
        for column, label in enumerate((*header, *ADDED_LABELS)):
            sheet.write_string(0, column, label[:_LONGEST], bold if column < width else marked)
        for line, row in enumerate(rows, start=1):
            _write_row(sheet, line, row, header, str(edition.pk), (plain, wrong, words))
        sheet.set_column(0, max(width - 1, 0), 18)
        sheet.set_column(width, width + 1, 9)
        sheet.set_column(width + 2, width + 2, 20)
        sheet.set_column(width + 3, width + 4, 48)
        sheet.freeze_panes(1, 0)
    return len(rows)


def _write_row(
    sheet: xlsxwriter.worksheet.Worksheet,
    line: int,
    row: RefusedRow,
    header: Sequence[str],
    edition: str,
    formats: tuple[object, object, object],
) -> None:
    plain, wrong, words = formats
    for column, label in enumerate(header):
        value = str(row.raw[column]) if column < len(row.raw) else ""
        faulty = bool(row.column) and label == row.column
        # A blank cell is written too where it is the fault: the mark must be seen.
        if value or faulty:
            sheet.write_string(line, column, value[:_LONGEST], wrong if faulty else plain)
    refusal = row.as_refusal()
    said = (str(row.row_number), edition, row.column, refusal.reason.sentence(), row.mend)
    for place, value in enumerate(said, start=len(header)):
        sheet.write_string(line, place, value, words)
