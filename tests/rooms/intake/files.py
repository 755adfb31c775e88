"""Small invented editions written as files, in the registry's own labels."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from telusur.demo.rows import HEADER

LABELS = HEADER
NIK = LABELS.index("Nomor Induk Koperasi (NIK)")
NAME = 0
Row = list[str]


def row(number: int, **cells: str) -> Row:
    """One invented row; cells by the positions' names NIK and NAME, or by label in `cells`."""
    given = [
        f"Koperasi Contoh Nomor {number}",
        f"{number}/BH/KWK.99/V/1998",
        "11/05/1998",
        " ",
        " ",
        " ",
        f"Jl. Rekaan No. {number}",
        "Kelurahan Rekaan",
        "Kecamatan Rekaan",
        "Kota Rekaan",
        "Provinsi Rekaan",
        "Primer Kabupaten/Kota",
        "Konsumen",
        "Kop. Serba Usaha",
        "Jasa Lainnya",
        "12",
        "13",
        "25",
        "0",
        "0",
        f"9901{number:09}",
        "Belum Bersertifikat",
        " ",
        "D",
    ]
    for label, value in cells.items():
        given[{"nik": NIK, "name": NAME}[label]] = value
    return given


def rows(count: int) -> list[Row]:
    """`count` rows."""
    return [row(number) for number in range(1, count + 1)]


def write_csv(path: Path, body: Sequence[Row], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A CSV file with the labels above."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerows([LABELS, *body])
    return path


def write_xlsx(path: Path, body: Sequence[Row]) -> Path:
    """The same as a workbook, with title lines above the header."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["DAFTAR KOPERASI"])
    sheet.append([])
    sheet.append(list(LABELS))
    for cells in body:
        sheet.append([cell.strip() or None for cell in cells])
    book.save(path)
    return path
