"""Places that differ: a neighbour is nearer than a stranger, where outlines are loaded; without them nothing is said."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.neighbours import Beside, Outline, beside, with_neighbours
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA
from tests.rules.matching.tables import labels_of


def square(column: int, row: int, *, gap: float = 0.0) -> str:
    """A kelurahan of a hundredth of a degree. gap: how much narrower it was drawn."""
    x, y = 116 + column / 100, -1 - row / 100
    ring = [[x, y], [x + 0.01 - gap, y], [x + 0.01 - gap, y + 0.01], [x, y + 0.01], [x, y]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


# Anggrek | Melati | Teratai in a row, the last in another kecamatan; Seroja far off.
CITY = [
    Outline("99.71.01.1001", "Anggrek", square(0, 0, gap=0.0003)),
    Outline("99.71.01.1002", "Kel. Melati", square(1, 0)),
    Outline("99.71.02.1001", "Teratai", square(2, 0)),
    Outline("99.71.03.1001", "Seroja", square(9, 9)),
]
KECAMATAN = {"99.71.01": "Contoh Barat", "99.71.02": "Contoh Timur", "99.71.03": "Contoh Selatan"}
KNOWN = beside(CITY, KECAMATAN)
SCHEMA = with_neighbours(COOPERATIVE_SCHEMA, KNOWN)


def test_who_lies_beside_whom() -> None:
    assert KNOWN.kelurahan == {("anggrek", "melati"), ("melati", "teratai")}
    assert KNOWN.kecamatan == {("contoh barat", "contoh timur")}


def test_an_outline_that_cannot_be_read_lies_beside_nothing() -> None:
    assert beside([*CITY, Outline("99.71.01.1003", "Kenanga", "{")], KECAMATAN) == KNOWN
    assert beside([], {}) == Beside()


@given(st.sampled_from(list(permutations(CITY))))
def test_the_order_of_outlines_does_not_matter(outlines: tuple[Outline, ...]) -> None:
    found = beside(outlines, KECAMATAN)
    assert found == KNOWN
    assert all(one < other for pairs in found for one, other in pairs)


CASES = [
    # kelurahan and kecamatan left, right, what the lines of neighbours say
    ("Anggrek", "", "Melati", "", "bertetangga", "-"),
    ("Kelurahan Melati", "", "Anggrek", "", "bertetangga", "-"),
    ("Anggrek", "", "Teratai", "", "tidak bertetangga", "-"),
    ("Anggrek", "", "Anggrek", "", "-", "-"),
    ("Anggrek", "", "Angrek", "", "-", "-"),
    ("Anggrek", "", "", "", "-", "-"),
    ("Melati", "Contoh Barat", "Teratai", "Contoh Timur", "bertetangga", "bertetangga"),
    ("Anggrek", "Contoh Barat", "Seroja", "Contoh Selatan", "tidak bertetangga", "tidak bertetangga"),
]


def row(kelurahan: str, kecamatan: str) -> dict[str, str]:
    return {"name": "Koperasi Mekar", "kabupaten_kota": "Kota Contoh", "kelurahan": kelurahan, "kecamatan": kecamatan}


@pytest.mark.parametrize(("a", "over_a", "b", "over_b", "near", "over"), CASES)
def test_neighbours_of_places_that_differ(a: str, over_a: str, b: str, over_b: str, near: str, over: str) -> None:
    for one, other in ((row(a, over_a), row(b, over_b)), (row(b, over_b), row(a, over_a))):
        seen = labels_of(SCHEMA, one, other)
        assert (seen["kelurahan:near"], seen["kecamatan:near"]) == (near, over)


def test_without_outlines_there_is_no_such_line() -> None:
    assert with_neighbours(COOPERATIVE_SCHEMA, Beside()) == COOPERATIVE_SCHEMA
    seen = labels_of(COOPERATIVE_SCHEMA, row("Anggrek", "Contoh Barat"), row("Melati", "Contoh Barat"))
    assert "kelurahan:near" not in seen
    # The kecamatan tells alone what is near.
    assert seen["kecamatan"] == "tempat sama"
