"""What cannot be a row is refused with row, column, value, reason and mend; nothing else is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.intake.rules.cells import Cell
from telusur.intake.rules.row import RowRead
from telusur.words.refusal import Refusal
from tests.examples import examples
from tests.rules.intake.sample import BOARD, ODS_24, ODS_29, reader, refused, sound_row

NIK = "Nomor Induk Koperasi (NIK)"


@pytest.mark.parametrize(
    ("changes", "code", "column", "value"),
    [
        pytest.param({"Koperasi": " "}, "name_blank", "Koperasi", "", id="no-name"),
        pytest.param({"Koperasi": "-"}, "name_blank", "Koperasi", "", id="dash-for-a-name"),
        pytest.param({"Koperasi": "x" * 301}, "name_too_long", "Koperasi", "x" * 80, id="endless-name"),
        pytest.param({"Koperasi": "Kop\0kar"}, "nul_character", "Koperasi", "Kop?kar", id="nul"),
        pytest.param({"Nomor_Induk": "6.47101E+12"}, "nik_damaged", NIK, "6.47101E+12", id="scientific"),
        pytest.param({"Nomor_Induk": "6,47101E+12"}, "nik_damaged", NIK, "6,47101E+12", id="scientific-comma"),
        pytest.param({"Nomor_Induk": "9971010101900001"}, "nik_citizen", NIK, "9971********0001", id="citizen"),
        pytest.param(
            {"Nomor_Induk": "9971 0101 0190 0001"}, "nik_citizen", NIK, "9971********0001", id="citizen-spaced"
        ),
        pytest.param(
            {"Nomor_Induk": 8871010101900001.0}, "nik_citizen", NIK, "8871********0001", id="citizen-in-a-number"
        ),
        pytest.param({"Nomor_Induk": "971010010002"}, "nik_short", NIK, "971010010002", id="lost-zero"),
        pytest.param({"Nomor_Induk": 971010010002.0}, "nik_short", NIK, "971010010002", id="lost-zero-in-a-number"),
        pytest.param({"Nomor_Induk": "99710100100023"}, "nik_malformed", NIK, "99710100100023", id="too-long"),
        pytest.param({"Nomor_Induk": "belum ada"}, "nik_malformed", NIK, "belum ada", id="words"),
    ],
)
def test_refusals(changes: dict[str, Cell], code: str, column: str, value: str) -> None:
    refusal = refused(**changes)
    assert (refusal.row, refusal.reason.code, refusal.column, refusal.value) == (7, code, column, value)
    assert refusal.mend
    assert "{" not in refusal.sentence()


def test_a_damaged_nik_says_how_to_fetch_the_file_again() -> None:
    assert "format kolom sebagai teks" in refused(Nomor_Induk="6.47101E+12").sentence()


@pytest.mark.parametrize(
    "text", ["9971010101900001", "9971 0101 0190 0001", "9971.0101.0190.0001", "'9971010101900001"]
)
def test_a_citizens_number_is_in_neither_the_refusal_nor_what_is_kept_of_the_row(text: str) -> None:
    row = sound_row(Nomor_Induk=text)
    raw, private = reader().raw(row)
    kept = repr((refused(Nomor_Induk=text), raw, private))
    assert "0101 0190" not in kept
    assert "0101.0190" not in kept
    assert "01010190" not in kept


def test_what_is_kept_of_a_refused_row_leaves_people_out() -> None:
    row = [*sound_row(Nomor_Induk="x")[:15], *["Ibu Rekaan"] * 5, *sound_row(Nomor_Induk="x")[15:]]
    raw, private = reader(ODS_29, "ods-29").raw(row)
    assert "Ibu Rekaan" not in raw
    assert private == ("Ibu Rekaan",) * len(BOARD)


def _only(**cells: str) -> list[str]:
    """A row in which only some cells are filled, by position: c0="…", c17="…"."""
    row = [""] * 24
    for position, text in cells.items():
        row[int(position[1:])] = text
    return row


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(_only(c0="Jumlah", c17="11.350"), "total_line", id="jumlah"),
        pytest.param(_only(c0="TOTAL :", c17="11.350"), "total_line", id="total"),
        pytest.param(_only(c0="Grand Total"), "total_line", id="grand-total"),
        pytest.param(_only(c1="Jumlah keseluruhan", c17="11350"), "total_line", id="total-beside-the-name"),
        pytest.param(_only(c0="Sumber: ODS, diunduh 27/12/2021"), "footnote", id="source"),
        pytest.param(_only(c0="Keterangan :"), "footnote", id="remarks"),
        pytest.param(_only(c0="Mengetahui,", c20="Kepala Dinas"), "footnote", id="signature"),
        pytest.param(list(ODS_24), "header_repeated", id="header-again"),
        pytest.param(["Jumlah", "454"], "total_line", id="short-total"),
        pytest.param(["Koperasi Contoh Terpo"], "row_cut", id="cut-in-the-name"),
        pytest.param(sound_row()[:19], "row_cut", id="cut-before-the-nik"),
    ],
)
def test_lines_that_are_no_cooperative(row: Sequence[str], code: str) -> None:
    refusal = reader()(9, row)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.reason.code == code
    assert refusal.row == 9
    assert "{" not in refusal.sentence()


@pytest.mark.parametrize(
    "row", [[], [""], [""] * 24, [" "] * 24, [None] * 24, [" ", "\u00a0"], ["", *["\t"] * 30], ["\u00ad"]]
)
def test_wholly_blank_rows_are_neither_accepted_nor_refused(row: Sequence[Cell]) -> None:
    assert reader()(9, row) is None


# Joiners, a mark of byte order, a soft hyphen: nothing that anybody sees.
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=20),
    st.sampled_from(["", " ", "-", "Jumlah", "9971010010002", "9971010101900001", "31/02/2020", "1.234", *ODS_24]),
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
)


@settings(max_examples=examples(200))
@given(st.lists(st.lists(CELLS, max_size=30), max_size=8))
def test_rows_in_are_rows_read_refused_or_blank_and_no_citizens_number_passes(rows: list[list[Cell]]) -> None:
    compiled = reader()
    for number, row in enumerate(rows, start=2):
        found = compiled(number, row)
        raw, _ = compiled.raw(row)
        assert "9971010101900001" not in repr((found, raw))
        if isinstance(found, RowRead):
            assert (found.row, found.raw) == (number, raw)
            assert found.values.name
            assert len(found.values.nik_koperasi) in (0, 13)
        elif isinstance(found, Refusal):
            assert found.row == number
            assert found.mend
            assert found.sentence()
        else:
            assert not any(
                str(cell).translate(dict.fromkeys(map(ord, UNSEEN))).strip() for cell in row if cell is not None
            )
