"""Columns that only say again what others say are left out; a table without a name gets one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.matching.rules.composed import with_a_name, without_composed
from telusur.matching.rules.schema import Field
from telusur.matching.rules.schema import FieldKind as K

GIVEN = ["budi", "siti", "agus", "dewi", "rina", "joko", "tuti"]
FAMILY = ["santoso", "aminah", "salim", "lestari", "wati"]
ROWS = 35
TABLE = {
    "depan": [GIVEN[at % 7] for at in range(ROWS)],
    "belakang": [FAMILY[at % 5] for at in range(ROWS)],
    "lengkap": [f"{FAMILY[at % 5].title()}, {GIVEN[at % 7].title()}" for at in range(ROWS)],
    "tengah": [f"{GIVEN[at % 7]} m {FAMILY[at % 5]}" for at in range(ROWS)],
    "lagi": [FAMILY[at % 5].upper() for at in range(ROWS)],
    "desa": [f"desa{at % 3}" for at in range(ROWS)],
    "alamat": [f"jalan mawar raya nomor {at} desa{at % 3}" for at in range(ROWS)],
    "kosong": [""] * ROWS,
}


def fields(*labels: str, kind: K = K.NAME) -> list[Field]:
    return [Field(label, K.PLACE if label == "desa" else K.TEXT if label == "alamat" else kind, label, label)
            for label in labels]  # fmt: skip


@pytest.mark.parametrize(
    ("labels", "kept"),
    [
        (["depan", "belakang", "lengkap"], ["depan", "belakang"]),
        (["lengkap", "depan", "belakang"], ["depan", "belakang"]),
        (["tengah", "lengkap", "depan", "belakang"], ["depan", "belakang"]),
        (["belakang", "lagi"], ["belakang"]),
        (["lengkap"], ["lengkap"]),
        (["depan", "lengkap"], ["depan", "lengkap"]),
        (["desa", "alamat"], ["desa", "alamat"]),
        (["kosong", "depan"], ["kosong", "depan"]),
        ([], []),
    ],
)
def test_what_is_made_of_others_is_left_out(labels: list[str], kept: list[str]) -> None:
    """A full name with its parts beside it; of two that say the same the first stays; half a name's words, and an address
    with its village beside it, tell more than their part."""
    assert [field.left for field in without_composed(fields(*labels), TABLE, TABLE)] == kept


def test_few_rows_prove_nothing() -> None:
    short = {label: values[:19] for label, values in TABLE.items()}
    assert len(without_composed(fields("belakang", "lagi"), short, short)) == 2


def test_in_both_tables() -> None:
    """What is a part in one table and something else in the other is kept."""
    other = TABLE | {"lagi": [f"x{at}" for at in range(ROWS)]}
    assert len(without_composed(fields("belakang", "lagi"), TABLE, other)) == 2


def test_a_table_without_a_name_gets_one() -> None:
    places = [Field("kolom 3", K.PLACE, "kolom 3", "c"), Field("kota", K.PLACE, "kota", "kota")]
    assert [field.kind for field in with_a_name(places)] == [K.NAME, K.PLACE]
    named = [*places, Field("nama", K.NAME, "nama", "nama")]
    assert with_a_name(named) == named


@given(st.lists(st.sampled_from(sorted(TABLE)), unique=True))
def test_fields_keep_their_order_and_one_is_left(labels: list[str]) -> None:
    kept = without_composed(fields(*labels), TABLE, TABLE)
    assert kept == [field for field in fields(*labels) if field in kept]
    assert bool(kept) == bool(labels)
