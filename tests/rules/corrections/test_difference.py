"""What the registry states against what is held: a table in an official's words, then what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.corrections.rules.columns import Column, Stated, Value, count_value, date_value, place_value, text_value
from telusur.corrections.rules.difference import Difference, difference
from telusur.corrections.rules.held import Ground, HeldPlace, HeldValue, Trust, WayOut, held_values
from telusur.register.rules import Fact, Voice
from telusur.rounds.rules.codes import Code
from telusur.words.reason import Reason

DAY = date(2026, 5, 20)
AT = datetime(2026, 5, 21, tzinfo=UTC)
MINUTES = ({"kind": "meeting_minutes", "sha256": "ab" * 32},)
LANGSAT = HeldPlace("99.01.01.1001", "Langsat", "99.01.01", "Timur", 0.97, DAY)


def fact(
    number: int, kind: str, value: Mapping[str, object], evidence: tuple[Mapping[str, object], ...] = (), *,
    voice: Voice = Voice.BOARD, on: date = DAY,
) -> Fact:  # fmt: skip
    return Fact(number, kind, value, voice, on, AT, "rani", evidence)


def meeting(number: int, held_on: str, *, minutes: bool = True) -> Fact:
    value = {"for_book_year": int(held_on[:4]) - 1, "held_on": held_on}
    return fact(number, "annual_meeting", value, MINUTES if minutes else ())


def stated(kelurahan_code: str = "", kecamatan_code: str = "", **normal: object) -> Stated:
    return Stated(normal, {}, kelurahan_code, kecamatan_code)


def said(found: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    return [(each.column.value, each.before.text, each.after.text) for each in found]


ADDRESS = {"address": "Jl. Melati No. 4", "kelurahan_code": "99.01.01.1002", "kelurahan": "Duku"}
# id: what the row states, the facts, the place, the way out, the differences
CASES: list[tuple[str, Stated, list[Fact], HeldPlace | None, WayOut | None, list[tuple[str, str, str]]]] = [
    ("nothing held, nothing proposed", stated(), [], None, None, []),
    ("minutes of a later meeting", stated(annual_meeting_on="2024-03-01"), [meeting(1, "2026-03-14")], None, None,
     [("annual_meeting_on", "01/03/2024", "14/03/2026")]),
    ("the registry knows no meeting", stated(), [meeting(1, "2026-03-14")], None, None,
     [("annual_meeting_on", "", "14/03/2026")]),
    ("the registry knows a later meeting than we", stated(annual_meeting_on="2026-04-01"), [meeting(1, "2026-03-14")],
     None, None, []),
    ("a meeting that was only told of", stated(), [meeting(1, "2026-03-14", minutes=False)], None, None, []),
    ("of two meetings the later one", stated(), [meeting(1, "2026-03-14"), meeting(2, "2025-03-14")], None, None,
     [("annual_meeting_on", "", "14/03/2026")]),
    ("kelurahan blank, address clear", stated(kecamatan="Timur", kecamatan_code="99.01.01"), [], LANGSAT, None,
     [("kelurahan", "", "Langsat")]),
    ("kelurahan in another spelling", stated(kelurahan="KEL. LANGSAT", kelurahan_code="99.01.01.1001", kecamatan="timur",
     kecamatan_code="99.01.01"), [], LANGSAT, None, []),
    ("kelurahan of another kecamatan", stated(kelurahan="Salak", kelurahan_code="99.01.02.1009", kecamatan="Barat",
     kecamatan_code="99.01.02"), [], LANGSAT, None, [("kelurahan", "Salak", "Langsat"), ("kecamatan", "Barat", "Timur")]),
    ("kelurahan doubtful", stated(), [], HeldPlace("99.01.01.1001", "Langsat", "99.01.01", "Timur", 0.89, DAY), None, []),
    ("a board moved, an officer accepted", stated(address="Jl. Mawar 1"), [fact(5, "address", ADDRESS)], LANGSAT, None,
     [("address", "Jl. Mawar 1", "Jl. Melati No. 4"), ("kelurahan", "", "Duku"), ("kecamatan", "", "Timur")]),
    ("the same address in another spelling", stated(address="JL MELATI NO 4"),
     [fact(5, "address", {"address": "Jl. Melati No. 4"})], None, None, []),
    ("members counted", stated(member_count=20), [fact(6, "members", {"count": 45, "on": "2026-05-01"})], None, None,
     [("member_count", "20", "45")]),
    ("members the same", stated(member_count=45), [fact(6, "members", {"count": 45})], None, None, []),
    ("the registry has 0 for nobody counted", stated(member_count=0), [fact(6, "members", {"count": 45})], None, None,
     [("member_count", "0", "45")]),
    ("a count that is none", stated(member_count=20), [fact(6, "members", {"count": 0})], None, None, []),
    ("another founding day on the deed", stated(legal_on="2009-04-01"),
     [fact(7, "founding_deed", {"number": "12/BH/XX.1/2009"}, on=date(2009, 4, 11))], None, None,
     [("legal_number", "", "12/BH/XX.1/2009"), ("legal_on", "01/04/2009", "11/04/2009")]),
    ("dissolved in law", stated(), [], None, WayOut(Code.DISSOLVED_IN_LAW, DAY, number="SK-7/2020", facts=(9,)),
     [("row", "tercatat", "410 · sudah bubar menurut keputusan; nomor SK-7/2020")]),
    ("a duplicate is told nothing else", stated(), [meeting(1, "2026-03-14")], LANGSAT,
     WayOut(Code.DUPLICATE, DAY, survivor="9901000000001", judgements=(3, 4)),
     [("row", "tercatat", "420 · baris ganda; yang dipertahankan 9901000000001")]),
    ("not found is no way out", stated(), [], None, WayOut(Code.OTHER_OCCUPANT, DAY), []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "facts", "place", "out", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_table(
    row: Stated, facts: list[Fact], place: HeldPlace | None, out: WayOut | None, expected: list[tuple[str, str, str]]
) -> None:
    assert said(difference(row, held_values(facts, place, out, TRUST))) == expected


def test_the_ground_names_its_facts_and_papers() -> None:
    (found,) = difference(stated(), held_values([meeting(8, "2026-03-14")], None, None, TRUST))
    assert (found.ground.facts, found.ground.voice, found.ground.evidence) == ((8,), Voice.BOARD, MINUTES)
    assert found.ground.why.sentence() == "notulen RAT tahun buku 2025 telah dilihat"


def test_a_cell_that_could_not_be_read_is_shown_and_states_nothing() -> None:
    row = Stated({}, {"annual_meeting_on": "32/13/2024"})
    (found,) = difference(row, held_values([meeting(1, "2026-03-14")], None, None, TRUST))
    assert (found.before.text, found.before.key) == ("32/13/2024", "")


def test_a_withdrawn_address_is_not_held() -> None:
    facts = [fact(5, "address", {**ADDRESS, "withdrawn": True})]
    assert held_values(facts, None, None, TRUST) == ()


TRUST = Trust(0.9)
DATES = st.dates(date(1950, 1, 1), date(2030, 12, 31))
TEXT = st.text(alphabet="abc XYZ.,/=+-@0123456789", max_size=12)
GROUND = Ground(Voice.BOARD, DAY, Reason("x", "x"))


def _values(column: Column) -> st.SearchStrategy[Value]:
    if column in (Column.LEGAL_ON, Column.MEETING_ON):
        return DATES.map(date_value)
    if column is Column.MEMBERS:
        return st.integers(0, 500).map(count_value)
    if column in (Column.KELURAHAN, Column.KECAMATAN):
        return st.builds(place_value, st.sampled_from(["", "99.01.01.1001", "99.01.01.1002"]), TEXT)
    return TEXT.map(lambda text: text_value(column, text))


FIELDS = [column for column in Column if column is not Column.ROW]


@st.composite
def held_lists(draw: st.DrawFn) -> list[HeldValue]:
    columns = draw(st.lists(st.sampled_from(FIELDS), max_size=8))
    return [HeldValue(column, draw(_values(column)), GROUND) for column in columns]


@st.composite
def rows(draw: st.DrawFn) -> Stated:
    normal: dict[str, object] = {}
    for name in ("legal_on", "annual_meeting_on"):
        if draw(st.booleans()):
            normal[name] = draw(DATES).isoformat()
    for name in ("address", "legal_number", "kelurahan", "kecamatan"):
        normal[name] = draw(TEXT)
    normal["member_count"] = draw(st.none() | st.integers(0, 500))
    return Stated(normal, {}, draw(st.sampled_from(["", "99.01.01.1001"])), "")


@given(rows(), held_lists())
def test_a_difference_differs_and_erases_nothing(row: Stated, held: list[HeldValue]) -> None:
    found = difference(row, held)
    order = list(Column)
    assert [each.column for each in found] == sorted({each.column for each in found}, key=order.index)
    for each in found:
        assert each.before == row.value(each.column)
        assert each.after.key and each.after.key != each.before.key
        if each.column is Column.MEETING_ON:
            assert each.before.key < each.after.key


@given(rows())
def test_a_row_does_not_differ_from_itself(row: Stated) -> None:
    held = [HeldValue(column, row.value(column), GROUND) for column in FIELDS]
    assert difference(row, held) == ()


@given(st.sampled_from(FIELDS), st.data())
def test_what_landed_is_no_difference_any_more(column: Column, data: st.DataObject) -> None:
    """A registry that writes exactly what we proposed, as text, is read back as the same value."""
    value = data.draw(_values(column).filter(lambda each: not each.is_blank))
    read: object = value.text
    if column in (Column.LEGAL_ON, Column.MEETING_ON):
        read = value.key
    elif column is Column.MEMBERS:
        read = int(value.text)
    code = value.key.removeprefix("code:") if value.key.startswith("code:") else ""
    # A place's name without a letter or digit names nothing in the registry either.
    if code and not value.text:
        return
    row = Stated({column.value: read}, {column.value: value.text}, code, code)
    assert row.value(column).key == value.key
    assert difference(row, [HeldValue(column, value, GROUND)]) == ()
