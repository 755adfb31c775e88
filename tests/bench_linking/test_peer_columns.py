"""What peers are given: the same normal values as ours, and keys."""

from bench.linking.columns import block_columns, certain_columns, frame_columns
from bench.linking.sets import DataSet

from telusur.matching.ports import Table
from telusur.matching.rules.schema import COOPERATIVE_SCHEMA, Field, FieldKind, Schema


def _table(name: str, number: str, founded: str) -> Table:
    columns = {field.left: [""] for field in COOPERATIVE_SCHEMA.fields}
    return Table(
        ["x"], {**columns, "name": [name], "legal_number": [number], "legal_on": [founded], "kelurahan": ["Kel. Mekar"]}
    )


def test_two_spellings_of_one_cooperative_get_equal_columns() -> None:
    left = _table("Koperasi Serba Usaha Maju Lambara", "12/BH/KDK.40.6/IX/1999", "23/09/1999")
    right = _table("KSU MAJU LAMBARA", "12 / BH / KDK.40.6 / IX / 1999", "1999-09-23")
    one, two = frame_columns(DataSet("set", left, right, COOPERATIVE_SCHEMA, set()))
    assert two is not None
    assert one == two
    assert one["name"] == ["maju lambara"]
    assert (one["legal_number_serial"], one["legal_number_year"], one["legal_on"]) == (["12"], [1999], ["1999-09-23"])
    assert (one["kelurahan"], one["address"]) == (["mekar"], [None])


def test_keys_of_cooperatives_stay_within_their_regency() -> None:
    blocks = block_columns(COOPERATIVE_SCHEMA, 1_000)
    assert ("nik_koperasi",) in blocks
    assert all("kabupaten_kota" in block for block in blocks if block != ("nik_koperasi",))
    assert ("kabupaten_kota", "legal_number_serial", "legal_number_year") in certain_columns(COOPERATIVE_SCHEMA)


def test_a_nation_shares_names_but_not_name_and_day() -> None:
    kinds = {"name": FieldKind.NAME, "birth_on": FieldKind.DATE, "kelurahan": FieldKind.PLACE}
    people = Schema(tuple(Field(key, kind, key, key) for key, kind in kinds.items()), itself=True)
    assert all(len(block) > 1 for block in block_columns(people, 1_000_000))
    assert ("name_sorted",) in block_columns(people, 1_000)
