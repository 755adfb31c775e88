"""Book years: which one is closed, which meeting is due, which year a meeting gives account of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.book_year import BookYear

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
MONTHS = st.integers(1, 12)


@pytest.mark.parametrize(
    ("year", "months", "due"),
    [
        (2024, 1, date(2025, 1, 31)),
        (2024, 2, date(2025, 2, 28)),
        (2023, 2, date(2024, 2, 29)),
        (2024, 3, date(2025, 3, 31)),
        (2024, 6, date(2025, 6, 30)),
        (2024, 11, date(2025, 11, 30)),
        (2024, 12, date(2025, 12, 31)),
    ],
)
def test_the_meetings_last_day(year: int, months: int, due: date) -> None:
    assert BookYear(year).meeting_due_on(months) == due


@pytest.mark.parametrize("months", [0, -1, 13])
def test_other_months_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="1 and 12"):
        BookYear(2024).meeting_due_on(months)


@pytest.mark.parametrize(
    ("on", "closed", "due"),
    [
        (date(2025, 1, 1), 2024, 2023),
        (date(2025, 6, 30), 2024, 2023),
        (date(2025, 7, 1), 2024, 2024),
        (date(2025, 12, 31), 2024, 2024),
    ],
)
def test_closed_and_due_by_half_a_year(on: date, closed: int, due: int) -> None:
    assert BookYear.last_closed(on) == BookYear(closed)
    assert BookYear.last_due(on, 6) == BookYear(due)


@pytest.mark.parametrize(
    ("held_on", "year"), [(date(2025, 3, 1), 2024), (date(2025, 12, 31), 2024), (date(2026, 1, 1), 2025)]
)
def test_a_meeting_gives_account_of_the_year_before(held_on: date, year: int) -> None:
    assert BookYear.of_meeting(held_on) == BookYear(year)


def test_it_reads_as_its_year_and_ends_in_december() -> None:
    assert str(BookYear(2024)) == "2024"
    assert BookYear(2024).ends_on == date(2024, 12, 31)
    assert BookYear(2023) < BookYear(2024)


@given(DAYS, MONTHS)
def test_the_due_year_is_the_latest_whose_day_has_passed(on: date, months: int) -> None:
    due = BookYear.last_due(on, months)
    assert due.meeting_due_on(months) < on
    assert BookYear(due.year + 1).meeting_due_on(months) >= on


@given(DAYS)
def test_the_closed_year_is_the_latest_that_has_ended(on: date) -> None:
    closed = BookYear.last_closed(on)
    assert closed.ends_on < on <= BookYear(closed.year + 1).ends_on


@given(st.integers(1950, 2099), MONTHS)
def test_the_last_day_ends_a_month(year: int, months: int) -> None:
    due = BookYear(year).meeting_due_on(months)
    assert (due + timedelta(days=1)).day == 1
    assert (due.year, due.month) == (year + 1, months)
