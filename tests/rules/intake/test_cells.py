"""One cell: dates, counts and money as lists really write them. Tables first, then what must always hold."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telusur.intake.rules.cells import Cell, cell_text, clean, read_count, read_date, read_rupiah
from tests.examples import examples

BLANKS = frozenset({"-", "--", "0"})
BLANK_YEARS = frozenset({1899, 9999})
JANUARY_12 = date(2020, 1, 12)


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        pytest.param("12/01/2020", JANUARY_12, "", id="dd/mm/yyyy"),
        pytest.param("12/1/20", JANUARY_12, "", id="d/m/yy"),
        pytest.param(" 12-01-2020 ", JANUARY_12, "", id="dashes-padded"),
        pytest.param("12.01.2020", JANUARY_12, "", id="dots"),
        pytest.param("2020-01-12", JANUARY_12, "", id="iso"),
        pytest.param("2020-01-12 08:30:00", JANUARY_12, "", id="iso-with-time"),
        pytest.param("12/01/2020 08:30", JANUARY_12, "", id="with-time"),
        pytest.param("12 Januari 2020", JANUARY_12, "", id="month-named"),
        pytest.param("Minggu, 12 Jan 2020", JANUARY_12, "", id="weekday"),
        pytest.param("12-JAN-20", JANUARY_12, "", id="month-short"),
        pytest.param("17 Agt 1998", date(1998, 8, 17), "", id="agustus"),
        pytest.param("43842", JANUARY_12, "", id="serial"),
        pytest.param("43842.5", JANUARY_12, "", id="serial-with-time"),
        pytest.param("01/02/29", date(2029, 2, 1), "", id="pivot-below"),
        pytest.param("01/02/30", date(1930, 2, 1), "", id="pivot"),
        pytest.param("", None, "", id="empty"),
        pytest.param(" ", None, "", id="space"),
        pytest.param("-", None, "", id="dash"),
        pytest.param("0", None, "", id="zero"),
        pytest.param("00/00/0000", None, "", id="zeros"),
        pytest.param("00/01/1900", None, "", id="excel-zero"),
        pytest.param("01/01/1900", None, "", id="excel-one"),
        pytest.param("30/12/1899", None, "", id="excel-epoch"),
        pytest.param("1899-12-30 00:00:00", None, "", id="excel-epoch-iso"),
        pytest.param("31/12/9999", None, "", id="end-of-time"),
        pytest.param("00:00:00", None, "", id="excel-zero-as-time"),
        pytest.param("1", None, "", id="serial-one"),
        pytest.param("15/06/1899", None, "date_stands_for_none", id="1899"),
        pytest.param("31/02/2020", None, "date_impossible", id="no-such-day"),
        pytest.param("03/25/2020", None, "date_impossible", id="never-swapped"),
        pytest.param("29/02/2021", None, "date_impossible", id="no-leap-day"),
        pytest.param("2020", None, "date_only_year", id="year"),
        pytest.param("12/2020", None, "date_unread", id="month-and-year"),
        pytest.param("12 Foo 2020", None, "date_unread", id="no-such-month"),
        pytest.param("belum", None, "date_unread", id="word"),
        pytest.param("999999", None, "date_unread", id="serial-too-late"),
    ],
)
def test_dates(text: str, value: date | None, doubt: str) -> None:
    assert read_date(text, "dmy", BLANKS, BLANK_YEARS) == (value, doubt)


def test_a_layout_may_put_the_month_first() -> None:
    assert read_date("03/25/2020", "mdy").value == date(2020, 3, 25)


def test_a_founding_in_1881_is_read_and_left_for_the_doubts() -> None:
    assert read_date("05/06/1881", "dmy", BLANKS, BLANK_YEARS).value == date(1881, 6, 5)


@pytest.mark.parametrize(
    ("text", "count", "rupiah"),
    [
        pytest.param("25", 25, 25, id="plain"),
        pytest.param("0", 0, 0, id="zero"),
        pytest.param("12.0", 12, 12, id="whole-float"),
        pytest.param("1.234.567", 1234567, 1234567, id="dotted"),
        pytest.param("1,234", 1234, 1234, id="comma-thousand"),
        pytest.param("1 234", 1234, 1234, id="spaced"),
        pytest.param("Rp 1.000.000,-", 1000000, 1000000, id="rupiah-dash"),
        pytest.param("Rp. 2.500", 2500, 2500, id="rupiah-dot"),
        pytest.param("1.234.567,00", 1234567, 1234567, id="sen"),
        pytest.param("1.234.567,75", None, 1234568, id="sen-rounded"),
        pytest.param("1,234.50", None, 1234, id="english"),
        pytest.param("12,5", None, 12, id="half"),
        pytest.param("(2.500)", None, -2500, id="loss-in-brackets"),
        pytest.param("Rp -2.500", None, -2500, id="loss"),
        pytest.param("2.500-", None, -2500, id="minus-behind"),
        pytest.param("1,5E+09", None, None, id="scientific"),
        pytest.param("banyak", None, None, id="word"),
        pytest.param("99999999999999999", None, None, id="too-large"),
        pytest.param("", None, None, id="empty"),
        pytest.param(" ", None, None, id="space"),
        pytest.param("-", None, None, id="dash"),
    ],
)
def test_numbers(text: str, count: int | None, rupiah: int | None) -> None:
    assert (read_count(text).value, read_rupiah(text).value) == (count, rupiah)


@pytest.mark.parametrize("text", ["1,5E+09", "banyak", "99999999999999999"])
def test_what_is_no_number_is_doubted(text: str) -> None:
    assert read_count(text).doubt
    assert read_rupiah(text).doubt


@pytest.mark.parametrize("text", ["", " ", "-", "\u00a0"])
def test_what_states_nothing_is_not_doubted(text: str) -> None:
    assert read_count(text) == (None, "")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(None, "", id="none"),
        pytest.param(12.0, "12", id="whole-float"),
        pytest.param(9901010010002.0, "9901010010002", id="nik-in-a-number-cell"),
        pytest.param(1.5, "1.5", id="fraction"),
        pytest.param(1.125, "1.1250", id="three-decimals"),
        pytest.param(True, "TRUE", id="true"),
        pytest.param(date(2020, 1, 2), "2020-01-02", id="date"),
        pytest.param(datetime(2020, 1, 2), "2020-01-02", id="midnight"),  # noqa: DTZ001
        pytest.param(datetime(2020, 1, 2, 3, 4), "2020-01-02 03:04:00", id="instant"),  # noqa: DTZ001
        pytest.param(" x ", " x ", id="text-as-it-came"),
    ],
)
def test_texts(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@given(st.dates(date(1930, 1, 1), date(2029, 12, 31)))
def test_every_day_reads_the_same_in_all_its_spellings(day: date) -> None:
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]
    spellings = [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day:%y}",
        f"{day:%d-%m-%Y}",
        day.isoformat(),
        f"{day.day} {months[day.month - 1]} {day.year}",
        str((day - date(1899, 12, 30)).days),
    ]
    assert {read_date(text, "dmy", BLANKS, BLANK_YEARS) for text in spellings} == {(day, "")}


@given(st.integers(-(10**12), 10**12))
def test_money_reads_the_same_with_and_without_its_dots(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    assert {read_rupiah(text).value for text in (str(amount), dotted, f"{dotted},00")} == {amount}


@given(st.floats(-1e6, 1e6).map(lambda number: round(number, 3)))
def test_a_fraction_in_a_number_cell_never_becomes_thousands(number: float) -> None:
    assert read_rupiah(cell_text(number)).value == pytest.approx(number, abs=0.5)


@settings(max_examples=examples(200))
@given(st.text())
def test_any_text_gives_a_value_or_a_doubt_or_nothing_and_never_an_error(text: str) -> None:
    read = (
        read_date(text, "dmy", BLANKS, BLANK_YEARS),
        read_count(text),
        read_rupiah(text),
    )
    assert all(value is None or doubt == "" for value, doubt in read)
    assert clean(clean(text)) == clean(text)
