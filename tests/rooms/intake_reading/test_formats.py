"""The same table gives the same values in whatever format it comes, at the row numbers that a spreadsheet shows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.intake.readers.table import open_table
from tests.examples import examples
from tests.rooms.intake_reading.reading import read_file
from tests.rooms.intake_reading.writing import WRITERS
from tests.rules.intake.sample import ODS_24, sound_row

FORMATS = [pytest.param(name, id=name) for name in WRITERS]


def text_row(**changes: str) -> list[str]:
    return [str(cell) for cell in sound_row(**changes)]


TABLE = [
    ["Daftar Koperasi Kota Contoh"],
    [""],
    list(ODS_24),
    text_row(Alamat='Jl. "Pahlawan"; Gg. Café, No. 3'),
    text_row(Koperasi="Kopkar Ünik Rekaan", Nomor_Induk="9971010010003", Tanggal_RAT="44256", Total_Anggota="0"),
    [""] * 24,
    text_row(Nomor_Induk="6.47101E+12"),
    text_row(Nomor_Induk="0071010010004", Total_Karyawan="1.234", Tanggal_Berlaku=" "),
    ["Jumlah", *[""] * 16, "50", *[""] * 6],
]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_table_reads_the_same_in_every_format(tmp_path: Path, name: str) -> None:
    outcome = read_file(WRITERS[name](tmp_path, TABLE))
    expected = read_file(WRITERS["csv-comma-bom"](tmp_path, TABLE))
    assert outcome.header == expected.header
    assert [row.values for row in outcome.accepted] == [row.values for row in expected.accepted]
    assert [row.warnings for row in outcome.accepted] == [row.warnings for row in expected.accepted]
    assert outcome.refused == expected.refused
    assert outcome.header.last_row == 3
    assert [row.row for row in outcome.accepted] == [4, 5, 8]
    assert [(row.row, row.reason.code) for row in outcome.refused] == [(7, "nik_damaged"), (9, "total_line")]
    assert (outcome.row_count, outcome.blank_count) == (6, 1)
    assert outcome.accepted[0].values.address == 'Jl. "Pahlawan"; Gg. Café, No. 3'
    assert outcome.accepted[2].values.nik_koperasi == "0071010010004"


@pytest.mark.parametrize("name", FORMATS)
def test_rows_can_be_read_twice(tmp_path: Path, name: str) -> None:
    with open_table(WRITERS[name](tmp_path, TABLE)) as table:
        begun = table.rows()
        next(begun)
        first = list(table.rows())
        assert list(table.rows()) == first
        assert tuple(first[: len(table.head)]) == table.head


# Letters that Windows-1252 has, so that every format can carry them.
LETTERS = st.text(alphabet="abcXYZ 0123456789.,;/-'\"\t&<>éÜ½Rp", max_size=12)
NAMES = st.text(alphabet="KoperasiMju '&é", min_size=1, max_size=20)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    rows = [list(ODS_24)]
    for _ in range(draw(st.integers(0, 5))):
        changed = draw(
            st.fixed_dictionaries(
                {
                    "Koperasi": NAMES,
                    "Alamat": LETTERS,
                    "Tanggal_RAT": st.one_of(LETTERS, st.dates().map(lambda day: f"{day:%d/%m/%Y}")),
                    "Total_Anggota": LETTERS,
                    "Nomor_Induk": st.sampled_from(["", " ", "9971010010002", "997101", "6,4E+12", "9971010101900001"]),
                }
            )
        )
        rows.append(draw(st.sampled_from([text_row(**changed), [""] * 24])))
    return rows


@settings(max_examples=examples(25), deadline=None)
@given(tables())
@pytest.mark.long
def test_any_table_adds_up_and_reads_the_same_in_every_format(table: list[list[str]]) -> None:
    outcomes = []
    with TemporaryDirectory() as folder:
        for write in WRITERS.values():
            outcome = read_file(write(Path(folder), table))
            assert outcome.row_count == len(outcome.accepted) + len(outcome.refused) + outcome.blank_count
            outcomes.append(([row.values for row in outcome.accepted], [row.reason for row in outcome.refused]))
    assert all(outcome == outcomes[0] for outcome in outcomes[1:])
