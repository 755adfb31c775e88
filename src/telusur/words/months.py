"""Months: a day written out with its month's name, and whole months from a day, back or on."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache

__all__ = ["long_day", "months_after", "months_before"]

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def long_day(on: date) -> str:
    """24 Oktober 2025, as letters and papers write it."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


# Lists ask the same day of every row.
@lru_cache(maxsize=4096)
def months_before(on: date, months: int) -> date:
    """The day `months` whole months before `on`: 31 August less six months is 28 (or 29) February."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def months_after(on: date, months: int) -> date:
    """The day `months` whole months after `on`: 31 January and one month is 28 (or 29) February."""
    return months_before(on, -months)
