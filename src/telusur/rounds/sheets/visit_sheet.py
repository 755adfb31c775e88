"""The visit sheet: a template with drop-downs and the round's rows filled in, and the reading of one that came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from telusur.intake.readers.opened import FileRefused
from telusur.intake.readers.table import list_sheets, open_table
from telusur.rounds.rules.sheet import (
    BUSINESS_CHOICES,
    COLUMNS,
    DOCUMENT_CHOICES,
    PHOTO_CHOICES,
    REQUIRED,
    Column,
    VisitRow,
    read_visit_row,
)
from telusur.rounds.rules.visit import EVIDENCE_LABELS, FINDING_LABELS, INFORMANT_LABELS
from telusur.words.reason import Reason
from telusur.words.refusal import Refusal
from telusur.words.sheet_cell import SHEET_MADE_AT

__all__ = ["read_visits", "write_template"]

_CHOICES: dict[Column, Sequence[str]] = {
    Column.FINDING: tuple(FINDING_LABELS.values()),
    Column.INFORMANT_1: tuple(INFORMANT_LABELS.values()),
    Column.INFORMANT_2: tuple(INFORMANT_LABELS.values()),
    Column.PHOTO: tuple(EVIDENCE_LABELS[kind] for kind in PHOTO_CHOICES),
    Column.BUSINESS: tuple(EVIDENCE_LABELS[kind] for kind in BUSINESS_CHOICES),
    Column.MINUTES: ("ada", "tidak ada"),
    Column.DOCUMENT: tuple(EVIDENCE_LABELS[kind] for kind in DOCUMENT_CHOICES),
}
_SHEET = "Kunjungan"
_HEADER_WITHIN = 30
_HELP = (
    "Satu baris = satu kunjungan ke satu koperasi. Kolom bertanda * wajib diisi.",
    "Tanggal ditulis tanggal/bulan/tahun; jam ditulis jam:menit.",
    "NIK Koperasi 13 angka sebagai teks. Koperasi yang tidak ada di register: kosongkan NIK, isi nama, alamat, kelurahan.",
    "Informan dicatat sebagai hubungan, bukan nama orang.",
    "Aktif: pilih «usaha berjalan», foto bergeotag, bukti usaha dan tanggalnya, serta RAT dan notulennya bila ada.",
    "Belum ditemukan: kunjungi lagi pada hari lain; satu kunjungan tidak pernah cukup.",
)


def write_template(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write the template to `path` (.xlsx). `rows`: NIK, name, officer of each cooperative to be visited."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": SHEET_MADE_AT})
        sheet, lists, guide = (book.add_worksheet(name) for name in (_SHEET, "Pilihan", "Petunjuk"))
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#F3F0E8"})
        text = book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        dates = {Column.VISITED_ON, Column.BUSINESS_ON, Column.MEETING_ON, Column.RECEIPT_DUE_ON}
        for position, column in enumerate(COLUMNS):
            star = " *" if column in REQUIRED else ""
            sheet.write_string(0, position, column.value + star, head)
            sheet.set_column(position, position, 34 if column is Column.NAME else 18, day if column in dates else text)
        for row, (nik_koperasi, name, officer) in enumerate(rows, start=1):
            sheet.write_string(row, COLUMNS.index(Column.NIK_KOPERASI), nik_koperasi, text)
            sheet.write_string(row, COLUMNS.index(Column.NAME), name, text)
            if officer:
                sheet.write_string(row, COLUMNS.index(Column.OFFICER), officer, text)
        for place, (column, choices) in enumerate(_CHOICES.items()):
            lists.write_column(0, place, [column.value, *choices])
            letter = xlsxwriter.utility.xl_col_to_name(place)
            source = f"=Pilihan!${letter}$2:${letter}${len(choices) + 1}"
            position = COLUMNS.index(column)
            sheet.data_validation(
                1,
                position,
                5000,
                position,
                {
                    "validate": "list",
                    "source": source,
                    "error_title": "Pilih dari daftar",
                    "error_message": column.value,
                },
            )
        guide.write_column(0, 0, _HELP)
        guide.set_column(0, 0, 110)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, 0, len(COLUMNS) - 1)


def _header_refusal(missing: Sequence[Column]) -> FileRefused:
    return FileRefused(
        Refusal(
            None,
            "",
            "",
            Reason("not_a_visit_sheet", "kolom kunjungan tidak ditemukan: {missing}", {"missing": ", ".join(missing)}),
            "pakai lembar dari `telusur visits --template FILE.xlsx`",
        )
    )


def read_visits(path: Path, today: date) -> Iterator[VisitRow | Refusal]:
    """The rows of a filled sheet, blank ones left out. Raises FileRefused when it is not a visit sheet."""
    labels = {column.value.casefold(): column for column in COLUMNS}
    positions: dict[int, Column] = {}
    # The template's own sheet by its name; a sheet typed anew has only one.
    named = any(sheet.name == _SHEET for sheet in list_sheets(path))
    with open_table(path, sheet=_SHEET if named else None) as table:
        rows = list(table.rows())
    for number, cells in rows:
        if not positions:
            found = {
                place: labels[words]
                for place, cell in enumerate(cells)
                if (words := str(cell or "").strip().rstrip("*").strip().casefold()) in labels
            }
            if set(REQUIRED) <= set(found.values()):
                positions = found
            elif number > _HEADER_WITHIN:
                break
            continue
        values = {column: cells[place] for place, column in positions.items() if place < len(cells)}
        read = read_visit_row(number, values, today)
        if read is not None:
            yield read
    if not positions:
        raise _header_refusal(REQUIRED)
