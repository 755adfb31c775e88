"""The visit sheet: what a row must hold, how it may be written, and what is refused with which words."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

import pytest

from telusur.rounds.rules.disposition import dispose
from telusur.rounds.rules.facts import facts_of
from telusur.rounds.rules.sheet import Cell, Column, VisitRow, name_fits, read_visit_row
from telusur.rounds.rules.visit import Evidence, Finding, Informant, PartOfDay, part_of_day
from telusur.words.refusal import Refusal
from tests.rules.asked import policy
from tests.rules.rounds.cases import RECORDED_AT, case

TODAY = date(2025, 10, 24)
GOOD: dict[Column, Cell] = {
    Column.NIK_KOPERASI: "9901010010001",
    Column.NAME: "Koperasi Contoh Sejahtera",
    Column.VISITED_ON: "02/09/2025",
    Column.HOUR: "14:30",
    Column.OFFICER: "Sari",
    Column.FINDING: "usaha berjalan",
    Column.PHOTO: "foto bergeotag",
    Column.BUSINESS: "buku kas",
    Column.BUSINESS_ON: "30/08/2025",
    Column.MEETING_YEAR: 2024.0,
    Column.MEETING_ON: "01/03/2025",
    Column.MINUTES: "ada",
}


def read(**changes: Cell) -> VisitRow | Refusal | None:
    """The good row with some cells changed, by the names of `Column`."""
    return read_visit_row(7, {**GOOD, **{Column[name]: value for name, value in changes.items()}}, TODAY)


def test_a_good_row() -> None:
    row = read(INFORMANT_1="ketua RT/RW", INFORMANT_2="pengurus")
    assert isinstance(row, VisitRow)
    assert row.visited_on == date(2025, 9, 2)
    assert row.finding is Finding.OPERATING
    assert row.officer == "sari"
    assert row.evidence == (Evidence.GEOTAGGED_PHOTO, Evidence.LEDGER, Evidence.MEETING_MINUTES)
    assert row.informants == (Informant.RT, Informant.BOARD)
    assert row.part_of_day == "midday"


WRITINGS = [
    pytest.param("VISITED_ON", "2025-09-02", id="ISO date"),
    pytest.param("VISITED_ON", "2.9.2025", id="dotted date"),
    pytest.param("VISITED_ON", datetime(2025, 9, 2), id="date cell"),  # noqa: DTZ001 (a sheet's cell has no zone)
    pytest.param("HOUR", 0.6041666666666666, id="hour as a part of the day"),
    pytest.param("HOUR", time(14, 30), id="hour cell"),
    pytest.param("HOUR", "14.30", id="hour with a dot"),
    pytest.param("FINDING", "USAHA  BERJALAN", id="finding in capitals"),
    pytest.param("FINDING", "operating", id="finding by its code word"),
    pytest.param("MEETING_YEAR", "2024", id="year as text"),
]


@pytest.mark.parametrize(("column", "value"), WRITINGS)
def test_other_writings_of_the_same(column: str, value: Cell) -> None:
    assert read(**{column: value}) == read()


REFUSED = [
    pytest.param({"NAME": ""}, "Nama Koperasi", "cell_blank", id="no name"),
    pytest.param({"OFFICER": " "}, "Petugas", "cell_blank", id="no officer"),
    pytest.param({"FINDING": "bubar"}, "Temuan", "choice_unknown", id="a finding of one's own"),
    pytest.param({"VISITED_ON": "31/02/2025"}, "Tanggal kunjungan", "date_unreadable", id="no such day"),
    pytest.param({"VISITED_ON": "25/10/2025"}, "Tanggal kunjungan", "date_in_future", id="tomorrow"),
    pytest.param({"HOUR": "25:00"}, "Jam", "hour_unreadable", id="no such hour"),
    pytest.param({"NIK_KOPERASI": "6.47101E+12"}, "NIK Koperasi", "nik_damaged", id="damaged number"),
    pytest.param({"NIK_KOPERASI": "9901010203040005"}, "NIK Koperasi", "nik_citizen", id="a citizen's number"),
    pytest.param({"ATTEMPT": "0"}, "Kunjungan ke-", "number_out_of_range", id="attempt 0"),
    pytest.param({"MEETING_YEAR": "2026"}, "Tahun buku RAT", "number_out_of_range", id="a year to come"),
    pytest.param({"MINUTES": "mungkin"}, "Notulen RAT", "choice_unknown", id="minutes perhaps"),
]


@pytest.mark.parametrize(("changes", "column", "code"), REFUSED)
def test_refusals_name_the_column_and_the_mend(changes: dict[str, Cell], column: str, code: str) -> None:
    refusal = read(**changes)
    assert isinstance(refusal, Refusal)
    assert (refusal.row, refusal.column, refusal.reason.code) == (7, column, code)
    assert refusal.mend


def test_a_citizens_number_never_leaves_whole() -> None:
    refusal = read(NIK_KOPERASI="9901010203040005")
    assert isinstance(refusal, Refusal)
    assert "9901010203040005" not in refusal.sentence()


def test_a_blank_row_is_nothing() -> None:
    assert read_visit_row(9, dict.fromkeys(Column, " "), TODAY) is None


def test_a_row_of_the_template_that_nobody_filled_in_is_no_visit() -> None:
    filled_in = {Column.NIK_KOPERASI: "9901010010001", Column.NAME: "Koperasi Contoh", Column.OFFICER: "sari"}
    assert read_visit_row(9, filled_in, TODAY) is None
    assert isinstance(read_visit_row(9, {**filled_in, Column.NOTE: "x"}, TODAY), Refusal)


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (time(8), PartOfDay.MORNING),
        (time(11), PartOfDay.MIDDAY),
        (time(15), PartOfDay.AFTERNOON),
        (time(18), PartOfDay.EVENING),
    ],
)
def test_parts_of_the_day(hour: time, part: PartOfDay) -> None:
    assert part_of_day(hour) is part


@pytest.mark.parametrize(
    ("stated", "registered", "fits"),
    [
        ("Koperasi Contoh Sejahtera", "KOPERASI SERBA USAHA CONTOH SEJAHTERA", True),
        ("KSU Contoh Sejahtra", "Koperasi Serba Usaha Contoh Sejahtera", True),
        ("Contoh", "Koperasi Karyawan Contoh Makmur PT Rekaan", True),
        ("Koperasi Nelayan Laut Biru", "Koperasi Karyawan Contoh Sejahtera", False),
    ],
)
def test_a_mistyped_number_does_not_carry_a_finding_over(stated: str, registered: str, fits: bool) -> None:
    assert name_fits(stated, registered) is fits


def test_a_row_becomes_facts_that_derive() -> None:
    row = read()
    assert isinstance(row, VisitRow)
    stated = list(facts_of(row, uuid.UUID(int=1), False))
    assert [fact.kind for fact in stated] == ["visit", "annual_meeting"]
    from telusur.register.rules import Fact

    facts = [
        Fact(number, new.kind, new.value, new.voice, new.valid_on, RECORDED_AT, "operator", tuple(new.evidence))
        for number, new in enumerate(stated, start=1)
    ]
    assert dispose(case(*facts), policy(), TODAY).code == 110
