"""Periods of law: from a day, so many days, working days, months or years; and the working that leads to the last day.

Pure; the calendar of holidays is an argument. The day from which a period is counted is itself not counted. A month later
is the same day of the month, or that month's last day where there is none. Whether a last day on a holiday moves is the
caller's rule: a period that binds a cooperative moves to the next working day, one that binds the office does not.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from telusur.laws.rules.law import Certainty, Unit
from telusur.words.reason import Reason

__all__ = [
    "WEEKDAYS",
    "Calendar",
    "Deadline",
    "Holiday",
    "HolidayKind",
    "HolidayYear",
    "Moves",
    "add_period",
    "calendar_of",
]

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_SATURDAY = 5
# Longer than any period of law here; a mistyped value stops before it counts for minutes.
_MOST = 4000


class HolidayKind(StrEnum):
    """Who made a day free: the nation, the joint leave of the same decree, or the office itself."""

    NATIONAL = "national"
    JOINT_LEAVE = "joint_leave"
    OFFICE = "office"


class Moves(StrEnum):
    """What becomes of a last day on which nobody works."""

    NOT = "not"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day on which offices are closed."""

    on: date
    name: str
    kind: HolidayKind


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The holidays of one year with their source, as one file of `laws/holidays` states them."""

    year: int
    source: str
    certainty: Certainty
    days: tuple[Holiday, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are free, and for which years that is known. unverified: years whose decree nobody has read."""

    days: Mapping[date, Holiday] = field(default_factory=dict)
    years: frozenset[int] = frozenset()
    unverified: frozenset[int] = frozenset()

    def is_working(self, on: date) -> bool:
        """Whether offices work on a day: neither Saturday nor Sunday nor a holiday."""
        return on.weekday() < _SATURDAY and on not in self.days

    def next_working(self, on: date) -> date:
        """The day itself where offices work on it, else the first one after it on which they do."""
        while not self.is_working(on):
            on += timedelta(days=1)
        return on

    def last_working(self, on: date) -> date:
        """The day itself where offices work on it, else the last one before it on which they do."""
        while not self.is_working(on):
            on -= timedelta(days=1)
        return on

    def why_free(self, on: date) -> str:
        """Why nobody works on a day: the holiday's name, or the day of the week."""
        found = self.days.get(on)
        return found.name if found else WEEKDAYS[on.weekday()]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period, itself included, and how it was reached. counted_on: before it was moved."""

    due_on: date
    counted_on: date
    working: tuple[Reason, ...]


def calendar_of(years: Iterable[HolidayYear], own: Mapping[date, str]) -> Calendar:
    """The calendar of the years that are known, with the days that the office itself closes. own: names by day."""
    known = tuple(years)
    days = {day.on: day for year in known for day in year.days}
    mine = {on: Holiday(on, name, HolidayKind.OFFICE) for on, name in own.items() if on not in days}
    return Calendar(
        days | mine,
        frozenset(year.year for year in known),
        frozenset(year.year for year in known if year.certainty is Certainty.UNVERIFIED),
    )


def _text(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _months_later(start: date, months: int) -> tuple[date, bool]:
    """The same day of the month so many months later, and whether that month was too short for it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)), start.day > last


def _working_days_later(start: date, count: int, holidays: Calendar) -> tuple[date, int, list[Holiday]]:
    """The last of so many working days after a day, how many week-end days were passed, and which holidays."""
    on, weekend, passed = start, 0, []
    while count:
        on += timedelta(days=1)
        if on.weekday() >= _SATURDAY:
            weekend += 1
        elif on in holidays.days:
            passed.append(holidays.days[on])
        else:
            count -= 1
    return on, weekend, passed


def _counted(start: date, value: int, unit: Unit, holidays: Calendar) -> tuple[date, list[Reason]]:
    if unit is Unit.WORKING_DAYS:
        on, weekend, passed = _working_days_later(start, value, holidays)
        said = {"value": str(value), "on": _text(on), "weekend": str(weekend)}
        if not passed:
            return on, [
                Reason(
                    "period_working_days",
                    "{value} hari kerja kemudian jatuh pada {on}; {weekend} hari Sabtu dan Minggu dilewati",
                    said,
                )
            ]
        said["names"] = "; ".join(f"{_text(day.on)} {day.name}" for day in passed)
        return on, [
            Reason(
                "period_working_days_past_holidays",
                "{value} hari kerja kemudian jatuh pada {on}; {weekend} hari Sabtu dan Minggu dilewati, "
                "dan hari libur {names}",
                said,
            )
        ]
    if unit is Unit.DAYS:
        on = start + timedelta(days=value)
        return on, [
            Reason("period_days", "{value} hari kemudian jatuh pada {on}", {"value": str(value), "on": _text(on)})
        ]
    if unit not in (Unit.MONTHS, Unit.YEARS):
        raise ValueError(f"{unit} is no length of time")
    on, is_short = _months_later(start, value if unit is Unit.MONTHS else 12 * value)
    said = {"value": str(value), "on": _text(on), "day": str(start.day)}
    if unit is Unit.YEARS:
        reasons = [Reason("period_years", "{value} tahun kemudian jatuh pada {on}", said)]
    else:
        reasons = [Reason("period_months", "{value} bulan kemudian jatuh pada {on}", said)]
    if is_short:
        reasons.append(
            Reason(
                "period_month_end", "bulan itu tidak bertanggal {day}; dipakai hari terakhirnya", {"day": said["day"]}
            )
        )
    return on, reasons


def _doubts(start: date, due_on: date, holidays: Calendar) -> list[Reason]:
    """What is not known of the years that the period's count went through."""
    found = []
    for year in range(start.year, due_on.year + 1):
        if year not in holidays.years:
            found.append(
                Reason(
                    "period_calendar_missing",
                    "hari libur tahun {year} belum dimuat; hanya Sabtu dan Minggu yang diperhitungkan",
                    {"year": str(year)},
                )
            )
        elif year in holidays.unverified:
            found.append(
                Reason(
                    "period_calendar_unverified",
                    "hari libur tahun {year} belum dibandingkan dengan keputusan bersamanya",
                    {"year": str(year)},
                )
            )
    return found


def add_period(
    start: date, value: int, unit: Unit, holidays: Calendar, *, moves: Moves = Moves.NOT, paused_days: int = 0
) -> Deadline:
    """The last day of a period that is counted from `start`, with its working.

    paused_days: how many days the clock stood still; they are added before the last day is moved. Raises ValueError for a
    value below zero or beyond eleven years of days, or a unit that is no length of time.
    """
    if not 0 <= value <= _MOST or not 0 <= paused_days <= _MOST:
        raise ValueError(f"a period of {value} {unit} and {paused_days} days of pause cannot be counted")
    counted_on, reasons = _counted(start, value, unit, holidays)
    first = Reason(
        "period_begins",
        "dihitung sejak {on} ({weekday}); hari itu sendiri tidak dihitung",
        {"on": _text(start), "weekday": WEEKDAYS[start.weekday()]},
    )
    working = [first, *reasons]
    if paused_days:
        counted_on += timedelta(days=paused_days)
        working.append(
            Reason(
                "period_paused",
                "jam berhenti {days} hari; batasnya menjadi {on}",
                {"days": str(paused_days), "on": _text(counted_on)},
            )
        )
    due_on = counted_on
    if not holidays.is_working(counted_on):
        free = {"on": _text(counted_on), "why": holidays.why_free(counted_on)}
        if moves is Moves.NEXT:
            due_on = holidays.next_working(counted_on)
            free |= {"to": _text(due_on), "weekday": WEEKDAYS[due_on.weekday()]}
            working.append(
                Reason(
                    "period_moved", "{on} hari libur ({why}); digeser ke hari kerja berikutnya {to} ({weekday})", free
                )
            )
        else:
            free["by"] = _text(holidays.last_working(counted_on))
            working.append(
                Reason(
                    "period_not_moved", "{on} hari libur ({why}) dan tidak digeser; kerjakan paling lambat {by}", free
                )
            )
    # Months and days are counted without looking at holidays; only the last day, or working days, need the calendar.
    needs_all = unit is Unit.WORKING_DAYS
    working += _doubts(start if needs_all else counted_on, due_on, holidays)
    return Deadline(due_on, counted_on, tuple(working))
