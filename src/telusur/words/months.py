"""Whole calendar months, counted back from a day: the same day of an earlier month, or that month's last."""

from __future__ import annotations

import calendar
from datetime import date

__all__ = ["months_before"]


def months_before(on: date, months: int) -> date:
    """The day `months` whole months before `on`: 31 August less six months is 28 (or 29) February."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
