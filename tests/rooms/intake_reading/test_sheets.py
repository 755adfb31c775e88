"""Workbooks as offices keep them: several sheets, hidden ones, merged cells, dates and numbers in their own cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from telusur.intake.ports import FileRefused
from telusur.intake.readers.table import list_sheets, open_table
from telusur.intake.rules.cells import Cell
from tests.rooms.intake_reading.reading import read_file, refusal_of
from tests.rules.intake.sample import ODS_24, sound_row

FULL: list[list[Cell]] = [list(ODS_24), sound_row()]


def book_of(tmp_path: Path, **sheets: list[list[Cell]]) -> Path:
    """A workbook; a sheet whose name begins with "hidden" is hidden."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
        if name.startswith("hidden"):
            sheet.sheet_state = "veryHidden" if name == "hidden_deep" else "hidden"
    if all(name.startswith("hidden") for name in sheets):
        book.create_sheet("Kosong")
    path = tmp_path / "buku.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("sheets", "chosen"),
    [
        pytest.param({"Data": FULL}, "Data", id="one"),
        pytest.param({"Sampul": [["Kota Contoh"]], "Data": FULL}, "Data", id="behind-a-cover"),
        pytest.param({"Kosong": [], "Data": FULL, "Kosong2": []}, "Data", id="between-empty-ones"),
        pytest.param({"hidden_old": FULL, "Data": FULL}, "Data", id="beside-a-hidden-one"),
        pytest.param({"hidden_deep": FULL, "Data": FULL}, "Data", id="beside-a-very-hidden-one"),
        pytest.param({"Lain": [["a", "b"], ["1", "2"]]}, "Lain", id="one-that-nobody-knows"),
    ],
)
def test_the_sheet_is_chosen_by_its_header(tmp_path: Path, sheets: dict[str, list[list[Cell]]], chosen: str) -> None:
    with open_table(book_of(tmp_path, **sheets)) as table:
        assert table.sheet == chosen


def test_hidden_sheets_are_told_and_read_only_by_name(tmp_path: Path) -> None:
    path = book_of(tmp_path, Data=FULL, hidden_old=[list(ODS_24), sound_row(), sound_row()])
    told = {sheet.name: (sheet.hidden, sheet.row_count) for sheet in list_sheets(path)}
    assert told == {"Data": (False, 2), "hidden_old": (True, 3)}
    assert len(read_file(path).accepted) == 1
    assert len(read_file(path, sheet="hidden_old").accepted) == 2


@pytest.mark.parametrize(
    ("sheets", "named", "code", "says"),
    [
        pytest.param({"Satu": FULL, "Dua": FULL}, None, "sheet_unclear", "«Satu», «Dua»", id="two-that-fit"),
        pytest.param({"A": [["x"]], "B": [["y"]]}, None, "sheet_unclear", "«A», «B»", id="none-that-fits"),
        pytest.param({"Data": FULL}, "Lain", "sheet_unknown", "«Data»", id="no-such-sheet"),
        pytest.param({"Data": []}, None, "sheets_empty", "kosong", id="empty"),
        pytest.param({"hidden_old": FULL}, None, "sheets_empty", "«hidden_old»", id="only-hidden"),
    ],
)
def test_an_unclear_sheet_is_refused_and_the_sheets_named(
    tmp_path: Path, sheets: dict[str, list[list[Cell]]], named: str | None, code: str, says: str
) -> None:
    refusal = refusal_of(book_of(tmp_path, **sheets), sheet=named)
    assert refusal.reason.code == code
    assert says in refusal.sentence()


def test_merged_header_cells_and_titles(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "DAFTAR KOPERASI KOTA CONTOH"
    sheet.merge_cells("A1:X1")
    for position, label in enumerate(ODS_24, start=1):
        sheet.cell(3, position, label)
        sheet.merge_cells(start_row=3, end_row=4, start_column=position, end_column=position) if not (
            16 <= position <= 17
        ) else None
    sheet.cell(3, 17).value = None
    sheet.cell(3, 16, "Jumlah Anggota")
    sheet.merge_cells(start_row=3, end_row=3, start_column=16, end_column=17)
    sheet.cell(4, 16, "Pria")
    sheet.cell(4, 17, "Wanita")
    for number in (5, 6):
        for position, cell in enumerate(sound_row(), start=1):
            sheet.cell(number, position, cell)
    sheet.merge_cells("I5:I6")
    path = tmp_path / "gabung.xlsx"
    book.save(path)
    outcome = read_file(path)
    assert outcome.header.labels == ODS_24
    assert [row.row for row in outcome.accepted] == [5, 6]
    assert outcome.accepted[0].values.male_member_count == 12
    # A merged cell of data states its value once, where it stands; nothing is filled into the rows below.
    assert [row.values.kecamatan for row in outcome.accepted] == ["Contoh Barat", ""]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_cells_of_their_own_kind(tmp_path: Path, kind: str) -> None:
    row = sound_row(
        Nomor_Induk=9971010010002,
        Tanggal_RAT=date(2021, 3, 20),
        Tanggal_Berlaku=45005,
        Total_Anggota=25.0,
        Tanggal_Badan=date(2018, 10, 15),
    )
    path = tmp_path / f"jenis.{kind}"
    if kind == "xlsx":
        path = book_of(tmp_path, Data=[list(ODS_24), row])
    else:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Data")
        day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
        for position, (label, cell) in enumerate(zip(ODS_24, row, strict=True)):
            sheet.write(0, position, label)
            if isinstance(cell, date):
                sheet.write(1, position, cell, day)
            else:
                sheet.write(1, position, cell)
        book.save(str(path))
    (found,) = read_file(path).accepted
    assert found.values.nik_koperasi == "9971010010002"
    assert (found.values.annual_meeting_on, found.values.legal_on) == (date(2021, 3, 20), date(2018, 10, 15))
    assert found.values.certificate_until_on == date(2023, 3, 20)
    assert found.values.member_count == 25
    assert found.warnings == ()


@pytest.mark.parametrize("number", [8871010101900001, 8871010101900001.0])
def test_a_citizens_number_in_a_number_cell_is_refused_and_not_kept(tmp_path: Path, number: float) -> None:
    outcome = read_file(book_of(tmp_path, Data=[list(ODS_24), sound_row(Nomor_Induk=number)]))
    assert len(outcome.refused) == 1
    assert "01010190" not in outcome.refused[0].sentence()


def test_excels_zero_date_is_unknown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(ODS_24)
    sheet.append(sound_row(Tanggal_RAT=0))
    sheet["F2"].number_format = "dd/mm/yyyy"
    path = tmp_path / "nol.xlsx"
    book.save(path)
    (found,) = read_file(path).accepted
    assert found.values.annual_meeting_on is None
    assert found.warnings == ()


def test_a_table_that_begins_in_another_column_and_row(tmp_path: Path) -> None:
    rows = [[], [], *([None, None, *cells] for cells in FULL)]
    outcome = read_file(book_of(tmp_path, Data=rows))
    assert outcome.header.last_row == 3
    assert [row.row for row in outcome.accepted] == [4]


def test_closing_ends_the_parser_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with open_table(book_of(tmp_path, Data=FULL)) as table:
        process = table.source._process  # type: ignore[attr-defined]
        next(table.rows())
    assert process.poll() is not None


def test_a_parser_that_dies_is_a_refusal(tmp_path: Path) -> None:
    with open_table(book_of(tmp_path, Data=FULL)) as table:
        table.source._process.kill()  # type: ignore[attr-defined]
        table.source._process.wait()  # type: ignore[attr-defined]
        with pytest.raises(FileRefused) as raised:
            list(table.rows())
    assert raised.value.refusal.reason.code == "file_damaged"
