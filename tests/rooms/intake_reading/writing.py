"""Writes one table in every format that intake reads, as the programs of offices would."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
import xlwt

Rows = Sequence[Sequence[str]]


def _csv(delimiter: str, encoding: str) -> Callable[[Path, Rows], Path]:
    def write(folder: Path, rows: Rows) -> Path:
        path = folder / "tabel.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return write


def write_xlsx(folder: Path, rows: Rows) -> Path:
    """By XlsxWriter, with shared strings."""
    path = folder / "tabel.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Data")
        for number, cells in enumerate(rows):
            for position, cell in enumerate(cells):
                sheet.write_string(number, position, cell)
    return path


def _openpyxl(folder: Path, rows: Rows) -> Path:
    path = folder / "tabel.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append([cell or None for cell in cells])
    book.save(path)
    return path


def _xls(folder: Path, rows: Rows) -> Path:
    path = folder / "tabel.xls"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for number, cells in enumerate(rows):
        for position, cell in enumerate(cells):
            if cell:
                sheet.write(number, position, cell)
    book.save(str(path))
    return path


_ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def write_ods(folder: Path, rows: Rows) -> Path:
    """By hand, every cell a text: OpenDocument's least (mimetype first and stored, manifest, content)."""
    path = folder / "tabel.ods"

    def cell(text: str) -> str:
        if not text:
            return "<table:table-cell/>"
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, cells))}</table:table-row>" for cells in rows)
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{head}<office:document-content {_ODS_SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", _ODS_MIME), ("content.xml", "text/xml"))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", _ODS_MIME, zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", f"{head}<manifest:manifest {_ODS_SPACES}>{entries}</manifest:manifest>")
        book.writestr("content.xml", content)
    return path


WRITERS: dict[str, Callable[[Path, Rows], Path]] = {
    "csv-semicolon": _csv(";", "utf-8"),
    "csv-comma-bom": _csv(",", "utf-8-sig"),
    "csv-tab": _csv("\t", "utf-8"),
    "csv-cp1252": _csv(";", "cp1252"),
    "csv-utf16": _csv("\t", "utf-16"),
    "csv-utf16-no-mark": _csv(",", "utf-16-le"),
    "xlsx": write_xlsx,
    "xlsx-openpyxl": _openpyxl,
    "xls": _xls,
    "ods": write_ods,
}


def with_part(path: Path, name: str, content: bytes, *, into: Path) -> Path:
    """A copy of a zip with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    into.write_bytes(buffer.getvalue())
    return into


def part_of(path: Path, name: str) -> bytes:
    """One part of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
