"""The change sheet that the ministry's operator works from: the registry's own columns in their order, changes marked.

In: a change sheet. Out: an XLSX of three pages: the rows as they should read, one line a change with before, after, source
and evidence, and how to read it. Every cell is text, so that no value is taken for a formula and a NIK keeps its zeros.
Columns that name people stay empty: they are not ours to repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

import xlsxwriter

from telusur.corrections.models import ChangeSheet
from telusur.corrections.queries import column_places
from telusur.corrections.rules.columns import COLUMN_LABELS, Column
from telusur.corrections.sheets.words import PaperLine, paper_lines
from telusur.register.models import Edition
from telusur.words.months import long_day

__all__ = ["DETAIL_HEADS", "write_changes"]

# A cell of XLSX holds no more.
_LONGEST = 32_767
DETAIL_HEADS = (
    ("No.", 6), ("Usulan", 9), ("NIK Koperasi", 16), ("Koperasi", 38), ("Kolom", 26), ("Tercatat", 30), ("Diusulkan", 38),
    ("Berlaku per", 13), ("Sumber", 26), ("Dasar", 44), ("Bukti", 40), ("Sudah dikirim (kali)", 12), ("Disetujui oleh", 30),
)  # fmt: skip


def write_changes(path: Path, sheet: ChangeSheet) -> int:
    """Write a sheet to `path` (.xlsx); how many changes it carries. The same sheet gives the same bytes."""
    lines = paper_lines(sheet)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({
            "title": f"Usulan perbaikan {sheet.number}",
            "created": sheet.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        })  # fmt: skip
        _rows_page(book, sheet.edition, lines)
        _detail_page(book, sheet, lines)
        _guide_page(book, sheet, len(lines))
    return len(lines)


def _rows_page(book: Any, edition: Edition, lines: Sequence[PaperLine]) -> None:
    page = book.add_worksheet("Usulan")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "num_format": "@"})
    plain = book.add_format({"num_format": "@", "valign": "top"})
    marked = book.add_format({"num_format": "@", "valign": "top", "bold": True, "bg_color": "#FFE9A8", "border": 1})
    gone = book.add_format({"num_format": "@", "valign": "top", "font_strikeout": True, "bg_color": "#FBE9E6"})
    header = [str(label) for label in edition.header]
    places = column_places(edition)
    for column, label in enumerate(header):
        page.write_string(0, column, label[:_LONGEST], head)
    row = 0
    last = None
    for line in lines:
        if line.entry.pk != last:
            last, row = line.entry.pk, row + 1
            out = line.column is Column.ROW
            for column in range(len(header)):
                cell = str(line.entry.raw[column] or "") if column < len(line.entry.raw) else ""
                if cell:
                    page.write_string(row, column, cell[:_LONGEST], gone if out else plain)
        place = places.get(line.change.column)
        if place is not None:
            page.write_string(row, place, line.change.after[:_LONGEST], marked)
    page.set_column(0, max(len(header) - 1, 0), 20)
    page.freeze_panes(1, 1)
    _paper(page, f"&L{_plain(edition)}&RHalaman &P dari &N")


def _detail_page(book: Any, sheet: ChangeSheet, lines: Sequence[PaperLine]) -> None:
    page = book.add_worksheet("Rincian")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    for column, (label, width) in enumerate(DETAIL_HEADS):
        page.write_string(0, column, label, head)
        page.set_column(column, column, width)
    for number, line in enumerate(lines, start=1):
        change = line.change
        cells = (
            str(number), str(change.pk), line.nik_koperasi, line.entry.name, COLUMN_LABELS[line.column], change.before,
            change.after, f"{change.valid_on:%d/%m/%Y}", line.source, change.reason.sentence(), line.evidence,
            str(change.repeats_count or ""), line.approved_by,
        )  # fmt: skip
        for column, cell in enumerate(cells):
            page.write_string(number, column, cell[:_LONGEST], text)
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, max(len(lines), 1), len(DETAIL_HEADS) - 1)
    _paper(page, f"&L{_plain(sheet.number)}&RHalaman &P dari &N")


def _guide_page(book: Any, sheet: ChangeSheet, count: int) -> None:
    page = book.add_worksheet("Keterangan")
    edition = sheet.edition
    said = (
        f"Usulan perbaikan nomor {sheet.number}, {long_day(sheet.dated_on)}",
        f"Kepada {sheet.addressee}",
        f"Dibandingkan dengan daftar nasional {edition.scope} per {long_day(edition.as_of_on)}; {count} perubahan.",
        "Lembar «Usulan»: kolom dan urutannya milik register nasional. Hanya sel kuning yang diusulkan berubah.",
        "Baris yang dicoret diusulkan keluar dari daftar; alasannya ada di lembar «Rincian».",
        "Kolom nama orang dikosongkan dengan sengaja dan bukan usulan penghapusan (UU 27/2022).",
        "Alamat dapat berupa rumah; pakai lembar ini hanya untuk memperbaiki register.",
        f"Sidik isi (SHA-256): {sheet.content_hash}",
    )
    for row, line in enumerate(said):
        page.write_string(row, 0, line)
    page.set_column(0, 0, 110)


def _plain(text: object) -> str:
    """A text for a page's foot, where `&` begins a command."""
    return str(text).replace("&", "&&")


def _paper(page: Any, foot: str) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    page.set_footer(foot[:255])
