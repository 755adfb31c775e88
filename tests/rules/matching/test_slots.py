"""Addresses part by part: what is missing is told from what differs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.compare import LABELS, Compared
from telusur.matching.rules.fit import Sampled, fit
from telusur.matching.rules.levels import Comparison
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, FieldKind
from telusur.matching.rules.slots import SLOTS, Slots, compare_slots, read_slots
from tests.rules.matching.tables import labels_of

READ = [
    ("Jl. Merpati No. 12 RT. 03 RW 04 Blok C2", Slots("jalanmerpati", "12", "3", "4", "c2")),
    ("JALAN MERPATI NOMOR 012A", Slots("jalanmerpati", "12A", "", "", "")),
    ("Gg. Kenanga RT 5", Slots("gangkenanga", "", "5", "", "")),
    ("Desa Anggrek", Slots("", "", "", "", "")),
    ("", Slots("", "", "", "", "")),
]
PAIRS = [
    # left, right, street, house, rt, block ("-": a side does not say it)
    ("Jl. Merpati No. 12 RT 3", "Jalan Merpati 12, RT. 003 RW 2", ("jalan sama", "nomor rumah sama", "RT sama", "-")),
    ("Jl. Merpati No. 12", "Jl. Merpati No. 14", ("jalan sama", "nomor rumah lain", "-", "-")),
    ("Jl. Merpati No. 12", "Jl. Merpati No. 12A", ("jalan sama", "nomor rumah beririsan", "-", "-")),
    ("Jl. Merpati No. 10-12", "Jl. Merpati No. 12", ("jalan sama", "nomor rumah beririsan", "-", "-")),
    ("Jl. Merpati No. 12", "Jl. Merpati", ("jalan sama", "-", "-", "-")),
    ("Jl. Merpati RT 3 RW 1", "Jl. Merpati RT 3 RW 2", ("jalan sama", "-", "RT sama, RW lain", "-")),
    ("Jl. Merpati RT 3", "Jl. Merpati RT 5", ("jalan sama", "-", "RT lain", "-")),
    ("Jl. Cendrawasih Blok B1", "Jl. Cenderawasih Blok B7", ("ejaan jalan mirip", "-", "-", "blok lain")),
    ("Jl. Merpati No. 12", "Jl. Rajawali No. 12", ("jalan lain", "nomor rumah sama", "-", "-")),
    ("Desa Anggrek", "Jl. Rajawali No. 12", ("-", "-", "-", "-")),
]


@pytest.mark.parametrize(("text", "slots"), READ)
def test_parts_of_an_address(text: str, slots: Slots) -> None:
    assert read_slots(text) == slots


@pytest.mark.parametrize(("left", "right", "says"), PAIRS)
def test_parts_are_compared_one_by_one(left: str, right: str, says: tuple[str, ...]) -> None:
    for one, other in ((left, right), (right, left)):
        levels = compare_slots(read_slots(one), read_slots(other))
        told = ["-" if level < 0 else LABELS[slot][level] for slot, level in zip(SLOTS, levels, strict=True)]
        assert tuple(told) == says


_PART = st.sampled_from(["", "1", "2", "12", "12A", "10-12"])
_SLOTS = st.builds(Slots, _PART, _PART, _PART, _PART, _PART)


@given(_SLOTS, _SLOTS)
def test_a_part_that_a_side_does_not_say_is_silent_and_sides_may_be_swapped(one: Slots, other: Slots) -> None:
    levels = compare_slots(one, other)
    assert levels == compare_slots(other, one)
    for level, field in zip(levels, ("street", "house", "rt", "block"), strict=True):
        both = bool(getattr(one, field)) and bool(getattr(other, field))
        assert (level >= 0) == both
        assert not both or getattr(one, field) != getattr(other, field) or level <= 1
    assert all(level <= 0 for level in compare_slots(one, one))


def row(address: str, name: str = "Koperasi Patraloka") -> dict[str, str]:
    return {"name": name, "address": address, "kabupaten_kota": "Kota Contoh"}


ASKED = [
    # left, right, the lines of the address that speak
    ("Jl. Merpati Kencana No. 12", "Jl. Merpati Kencana No. 14", {"address:house": "nomor rumah lain"}),
    ("Jl. Merpati Kencana RT 3", "Jalan Merpati Kencana RT 8", {"address:rt": "RT lain"}),
    ("Jl. Merpati Kencana No. 12", "Jl. Merpati Kencana No. 12", {}),
    ("Jl. Merpati Kencana", "Jl. Merpati Kencan", {}),
    ("Jl. Merpati No. 12", "Gg. Rajawali No. 14", {"address:digits": "angka lain"}),
]


@pytest.mark.parametrize(("left", "right", "says"), ASKED)
def test_parts_speak_where_the_whole_is_alike(left: str, right: str, says: dict[str, str]) -> None:
    seen = labels_of(COOPERATIVE_SCHEMA, row(left), row(right))
    assert {key: value for key, value in seen.items() if key.startswith("address:") and value != "-"} == says


def test_parts_are_not_asked_of_strangers() -> None:
    seen = labels_of(COOPERATIVE_SCHEMA, row("Jl. Merpati No. 12"), row("Jl. Merpati No. 14", "KUD Melati"))
    assert seen["address:house"] == "-"


def test_parts_are_not_asked_where_a_number_joins() -> None:
    numbered = [{**row(f"Jl. Merpati Kencana No. {house}"), "legal_number": "859/BH/IV/2004"} for house in (12, 14)]
    assert labels_of(COOPERATIVE_SCHEMA, *numbered)["address:house"] == "-"
    other = {**numbered[1], "legal_number": "860/BH/IV/2004"}
    assert labels_of(COOPERATIVE_SCHEMA, numbered[0], other)["address:house"] == "nomor rumah lain"


def test_another_house_number_speaks_against_and_the_same_says_little() -> None:
    """Strangers whose addresses are alike have one house number as often as not, matches nearly always."""
    asked = [
        Comparison("nik", "nik", "code", FieldKind.CODE),
        Comparison("address:house", "address", "house", FieldKind.TEXT, within=True),
    ]
    seen = np.array([(0, 0)] * 390 + [(0, 2)] * 10 + [(2, 0)] * 200 + [(2, 2)] * 200, dtype=np.int8)
    nothing = np.full(seen.shape, np.nan, dtype=np.float32)
    random = Compared(np.full((4_000, 2), (2, -1), dtype=np.int8), np.full((4_000, 2), np.nan, dtype=np.float32))
    sampled = Sampled(Compared(seen, nothing), np.arange(len(seen)), np.full(len(seen), 500.0), len(seen), 400_000.0)
    shares = fit(asked, sampled, random, one_to_one=True).shares
    same, _, other = np.log2(shares.m[1] / shares.u[1])
    assert 0.5 < same < 1.5
    assert other < -3.0
