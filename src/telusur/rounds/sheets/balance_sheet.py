"""The balance as a sheet: every code a column, a line a group, and the sentence that makes the figure reproducible."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from telusur.rounds.queries import BalanceFigure
from telusur.rounds.rules.balance import Tally
from telusur.rounds.rules.codes import GROUP_LABELS, Code, Group, label
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["write_balance"]

_DIMENSION_WORDS = {"kelurahan": "Kelurahan", "kecamatan": "Kecamatan", "kind": "Jenis", "officer": "Petugas"}


def _line(name: str, counted: Tally) -> list[str | int]:
    return [
        name,
        counted.recorded,
        *(counted.group(group) for group in Group),
        counted.unaccounted,
        *(counted.codes.get(code, 0) for code in Code),
    ]


def write_balance(path: Path, figure: BalanceFigure) -> None:
    """Write `figure` to `path` (.xlsx). Text cells are written as text, so that no value is taken for a formula."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet = book.add_worksheet("Neraca")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        total = book.add_format({"bold": True, "top": 1})
        sheet.write_string(0, 0, f"Neraca {figure.round_name}", book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(
            1,
            0,
            f"Edisi {figure.edition_id} per {figure.edition_as_of_on:%d/%m/%Y} · keadaan {figure.on:%d/%m/%Y} · "
            f"diketahui {figure.known_at:%d/%m/%Y %H:%M} · aturan {figure.rule}",
        )
        heads = [
            _DIMENSION_WORDS.get(figure.dimension or "", "Cakupan"),
            "Tercatat (R)",
            *(f"{group.value} · {GROUP_LABELS[group]}" for group in Group),
            "Tak terhitung",
            *(label(code) for code in Code),
        ]
        for column, head in enumerate(heads):
            sheet.write_string(3, column, head, bold)
        row = 4
        for group in figure.groups if figure.dimension else ():
            sheet.write_row(row, 0, _line(group.name, group.tally))
            row += 1
        sheet.write_row(row, 0, _line("Jumlah", figure.whole), total)
        foot = "R = 1 + 2 + 3 + 4 + 5 di tiap baris. Kelompok 3 berarti keadaan tidak diketahui, bukan bubar."
        sheet.write_string(row + 2, 0, foot)
        if figure.refused_count:
            sheet.write_string(
                row + 3, 0, f"{figure.refused_count} baris ditolak saat impor dan berada di luar neraca."
            )
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(heads) - 1, 14)
        sheet.freeze_panes(4, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(3)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L" + f"Neraca {figure.round_name}" + "&RHalaman &P dari &N")
