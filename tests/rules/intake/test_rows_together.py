"""Rows read together, a column at a time, are what they are when each is read alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.intake.rules import columns
from telusur.intake.rules.cells import Cell
from telusur.intake.rules.row import RowRead
from telusur.words.refusal import Refusal
from tests.rules.intake.sample import BOARD, KERAGAAN_A, ODS_24, ODS_29, reader, sound_row

Outcomes = list[RowRead | Refusal | None]
# Texts that are read, doubted, masked, refused, taken for a total or a footnote, or blank.
_CELLS: tuple[Cell, ...] = (
    "", " ", "-", "0", "12", "12,5", "01/02/1945", "01/01/2021", "31/02/2020", "9999", "9901.02.1001", "Jumlah",
    "Sumber: daftar rekaan", "7/BH/KDK.9/I/1999", "7/PAD/KDK.9/I/2001", "Kop", "9971010010002", "971010010002",
    "9971010101900001", "ketua 9971010101900001", "Kop\0kar", "x" * 301, " Kop  Rimba\u00a0 ", 9971010010002.0, 45000.0,
    None, True,
)  # fmt: skip


def _alone(rows: Sequence[tuple[int, Sequence[Cell]]], header: Sequence[str], name: str) -> Outcomes:
    return [reader(header, name).read(number, cells) for number, cells in rows]


def _row(header: Sequence[str], sound: bool) -> st.SearchStrategy[list[Cell]]:
    any_row = st.lists(st.sampled_from(_CELLS), max_size=len(header) + 2)
    if not sound:
        return any_row
    changed = st.dictionaries(st.integers(0, len(header) - 1), st.sampled_from(_CELLS), max_size=3)
    whole: list[Cell] = [*sound_row()[:15], *[""] * (len(header) - 24), *sound_row()[15:]]
    return st.one_of(any_row, changed.map(lambda changes: [changes.get(at, cell) for at, cell in enumerate(whole)]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("header", "name"),
    [(ODS_24, "ods-24"), (ODS_29, "ods-29"), (KERAGAAN_A, "keragaan-a")],
    ids=("24", "29", "keragaan"),
)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_together_as_alone(header: Sequence[str], name: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(_row(header, sound=name != "keragaan-a"), max_size=8))
    numbered = list(enumerate(rows, start=2))
    assert reader(header, name).read_many(numbered) == _alone(numbered, header, name)


def test_one_odd_row_changes_nothing_about_its_neighbours() -> None:
    odd: list[list[Cell]] = [
        sound_row(Koperasi=""),
        sound_row(Alamat="ketua 9971010101900001"),
        sound_row(Alamat="Jl. \0"),
        sound_row()[:9],
        [*sound_row(), "lebih"],
        sound_row(Nomor_Induk=9971010010002.0),
        [],
    ]
    plain = reader().read(2, sound_row())
    for row in odd:
        first, _, last = reader().read_many([(2, sound_row()), (3, row), (2, sound_row())])
        assert first == last == plain


def test_no_rows_and_only_refused_rows() -> None:
    assert reader().read_many([]) == []
    (refusal,) = reader().read_many([(2, sound_row(Koperasi=""))])
    assert isinstance(refusal, Refusal)


def test_a_memory_that_is_full_loses_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, sound_row(Total_Manajer=f"{number},5", Status_Grade=f"Z{number}")) for number in range(2, 40)]
    expected = _alone(rows, ODS_24, "ods-24")
    monkeypatch.setattr(columns, "_MEMO_SIZE", 3)
    full = reader()
    assert [found for row in rows for found in full.read_many([row])] == expected
    assert full.read_many(rows) == expected
    assert all(isinstance(row, RowRead) and len(row.warnings) == 2 for row in expected)


def test_who_is_named_stands_apart_in_every_row() -> None:
    whole: list[Cell] = [*sound_row()[:15], *(f"Orang {at}" for at in range(len(BOARD))), *sound_row()[15:]]
    for row in reader(ODS_29, "ods-29").read_many([(2, whole), (3, whole)]):
        assert isinstance(row, RowRead)
        assert row.private[: len(BOARD)] == tuple(f"Orang {at}" for at in range(len(BOARD)))
        assert not any("Orang" in text for text in row.raw)
