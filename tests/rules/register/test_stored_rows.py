"""How a row is stored: by position, cut behind the last field stated, so that fields can be added later."""

from __future__ import annotations

from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.register.rules import ENTRY_FIELDS, EntryValues, as_stated, as_stored, prepare_entry
from telusur.words.reason import Reason

# The order in which rows are stored already. A new field goes to the end of `EntryValues` and to the end of this list.
STORED_ORDER = """
name nik_koperasi legal_number legal_key legal_on amendment_number amendment_on annual_meeting_on address kelurahan
kecamatan kabupaten_kota provinsi form kind group sector management male_member_count female_member_count member_count
manager_count employee_count certificate_state certificate_until_on grade own_capital_rupiah outside_capital_rupiah
assets_rupiah volume_rupiah surplus_rupiah report_year
""".split()  # noqa: SIM905  a list of one word a line would fill a screen

ROW = EntryValues(
    "Koperasi Contoh", "9901010010001", legal_on=date(2001, 8, 20), member_count=0, grade="A", kelurahan="Contoh"
)
STATED = {
    "name": "Koperasi Contoh",
    "nik_koperasi": "9901010010001",
    "legal_on": "2001-08-20",
    "kelurahan": "Contoh",
    "member_count": 0,
    "grade": "A",
}

_KINDS: dict[object, st.SearchStrategy[object]] = {
    "str": st.text(max_size=8),
    "date | None": st.none() | st.dates(),
    "int | None": st.none() | st.integers(-(2**63), 2**63 - 1) | st.just(0),
}
values = st.builds(
    EntryValues,
    st.text(min_size=1, max_size=8),
    **{name: _KINDS[EntryValues.__annotations__[name].__forward_arg__] for name in ENTRY_FIELDS[1:]},
)


def test_the_order_of_stored_fields_only_grows_at_its_end() -> None:
    assert list(ENTRY_FIELDS) == STORED_ORDER


def test_fields_behind_the_first_are_unstated_unless_given() -> None:
    """A row stored before a field was added reads as if the field were not stated, and keeps its digest."""
    assert all(not unstated for unstated in EntryValues("Koperasi Contoh")[1:])


def test_a_row_is_stored_up_to_its_last_stated_field() -> None:
    stored = orjson.loads(prepare_entry(2, ROW, ()).normal)
    assert len(stored) == ENTRY_FIELDS.index("grade") + 1
    assert as_stated(stored) == STATED


def test_nothing_counted_is_stated_and_nothing_said_is_not() -> None:
    assert as_stated(orjson.loads(prepare_entry(2, EntryValues("K", surplus_rupiah=0), ()).normal)) == {
        "name": "K",
        "surplus_rupiah": 0,
    }
    assert as_stated([]) == {}
    assert as_stored({}) == []


@given(values)
def test_what_is_stated_comes_back(row: EntryValues) -> None:
    expected = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row._asdict().items()
        if value is not None and value != ""
    }
    stated = as_stated(orjson.loads(prepare_entry(2, row, ()).normal))
    assert stated == expected
    assert as_stated(as_stored(stated)) == expected
    assert list(stated) == list(expected)


@given(values, values)
def test_rows_share_a_digest_when_they_state_the_same(one: EntryValues, other: EntryValues) -> None:
    same = prepare_entry(2, one, ("a",)).digest == prepare_entry(3, other, ("b",)).digest
    assert same == (one == other)


def test_a_row_of_a_newer_program_and_an_unknown_field_are_refused() -> None:
    with pytest.raises(ValueError, match="33 fields"):
        as_stated(["K"] * (len(ENTRY_FIELDS) + 1))
    with pytest.raises(ValueError, match="colour"):
        as_stored({"name": "K", "colour": "merah"})


def test_warnings_are_stored_as_reasons_say_of_themselves() -> None:
    doubts = (Reason("members_zero", "jumlah anggota 0"), Reason("word_unknown", "kata «{value}»", {"value": "Prïmer"}))
    stored = orjson.loads(prepare_entry(2, ROW, (), (), doubts).warnings)
    assert stored == [doubt.as_json() for doubt in doubts]
    assert prepare_entry(2, ROW, ()).warnings == "[]"
