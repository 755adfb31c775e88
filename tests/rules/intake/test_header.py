"""Where the header stands: under titles, on two merged lines, above a line of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from telusur.intake.layouts import shipped_layouts
from telusur.intake.rules.header import FoundHeader, find_header, guess_header
from telusur.words.refusal import Refusal
from tests.rules.intake.sample import KERAGAAN_B, ODS_24, sound_row

Rows = Sequence[Sequence[object]]
TITLES: Rows = [["PEMERINTAH KOTA CONTOH"], ["Daftar Koperasi", "", "Posisi 2026"], []]
NUMBERS = [f"({number})" for number in range(1, 25)]


def head(rows: Rows) -> list[tuple[int, list[str]]]:
    return [(number, [str(cell) for cell in cells]) for number, cells in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("rows", "last_row"),
    [
        pytest.param([ODS_24, sound_row()], 1, id="first-row"),
        pytest.param([*TITLES, ODS_24, sound_row()], 4, id="under-titles"),
        pytest.param([*TITLES, ODS_24, NUMBERS, sound_row()], 5, id="above-numbers-in-brackets"),
        pytest.param([ODS_24, list(range(1, 25)), sound_row()], 2, id="above-numbers"),
        pytest.param([[]] * 28 + [ODS_24, sound_row()], 29, id="near-the-end"),
        pytest.param([ODS_24, sound_row(), ODS_24, sound_row()], 1, id="repeated"),
        pytest.param([ODS_24], 1, id="alone"),
    ],
)
def test_the_header_is_found(rows: Rows, last_row: int) -> None:
    found = find_header(head(rows), shipped_layouts())
    assert isinstance(found, FoundHeader), found
    assert found.last_row == last_row
    assert found.labels == ODS_24
    assert found.match is not None
    assert found.match.layout.name == "ods-24"


def test_a_label_merged_over_two_columns_spreads_over_the_line_below() -> None:
    upper = [*ODS_24[:15], "Jumlah Anggota", "", "Total", "", "", *ODS_24[20:]]
    lower = [*[""] * 15, "Pria", "Wanita", "Anggota", "Manajer", "Karyawan", "", "", "", ""]
    found = find_header(head([["Daftar"], upper, lower, sound_row()]), shipped_layouts())
    assert isinstance(found, FoundHeader)
    assert found.labels == ODS_24
    assert found.last_row == 3


def test_a_row_of_data_is_never_taken_into_the_header() -> None:
    row = sound_row(Koperasi="KUD", Kelompok="KUD")
    found = find_header(head([ODS_24, row]), shipped_layouts())
    assert isinstance(found, FoundHeader)
    assert found.last_row == 1


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        pytest.param([], "header_unknown", id="no-rows"),
        pytest.param([["Laporan"], ["tanpa tabel"]], "header_unknown", id="no-table"),
        pytest.param([ODS_24[:18], ["x"] * 18], "header_column_missing", id="half-a-header"),
        pytest.param([*TITLES, KERAGAAN_B[1:], ["1", "2"]], "header_column_missing", id="keragaan-cut"),
    ],
)
def test_no_header_is_a_refusal(rows: Rows, code: str) -> None:
    found = find_header(head(rows), shipped_layouts())
    assert isinstance(found, Refusal)
    assert found.reason.code == code


def test_an_unknown_header_is_guessed_for_the_person_who_maps_it() -> None:
    rows = [*TITLES, ["Nama", "Almt", "No BH", "Kec"], ["1", "2", "3", "4"], ["Kopkar Contoh", "Jl. A", "1/BH", "X"]]
    guessed = guess_header(head(rows))
    assert guessed is not None
    assert guessed.labels == ("Nama", "Almt", "No BH", "Kec")
    assert guessed.last_row == 5
    assert guess_header([]) is None
