"""Months counted back: whole, to the day, at the ends of months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telusur.words.months import months_after, months_before


@pytest.mark.parametrize(
    ("on", "months", "before"),
    [
        (date(2025, 10, 24), 12, date(2024, 10, 24)),
        (date(2025, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 1, 15), 1, date(2024, 12, 15)),
        (date(2025, 5, 31), 1, date(2025, 4, 30)),
        (date(2025, 5, 31), 0, date(2025, 5, 31)),
    ],
)
def test_months_before(on: date, months: int, before: date) -> None:
    assert months_before(on, months) == before


@given(on=st.dates(date(1960, 1, 1), date(2100, 1, 1)), months=st.integers(0, 240))
def test_a_later_day_never_gives_an_earlier_one(on: date, months: int) -> None:
    before = months_before(on, months)
    assert before <= on and before.day <= on.day
    assert (on.year * 12 + on.month) - (before.year * 12 + before.month) == months


@pytest.mark.parametrize(
    ("on", "months", "after"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 10, 24), 2, date(2025, 12, 24)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_months_after(on: date, months: int, after: date) -> None:
    assert months_after(on, months) == after
