"""The days on which teams go out, and the hours of such a day. Pure; holidays are an argument."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from telusur.planning.rules.problem import TeamDay, Window

__all__ = ["Hours", "team_days", "workdays"]

_FURTHEST = 366
_LUNCH = Window(12 * 3600, 13 * 3600)


@dataclass(frozen=True, slots=True)
class Hours:
    """A working day in seconds after midnight, local: the shift, and the window in which lunch begins."""

    starts: int = 8 * 3600
    ends: int = 15 * 3600 + 1800
    lunch: Window = _LUNCH
    lunch_duration: int = 3600

    def as_json(self) -> dict[str, int]:
        """A JSON-ready form."""
        return {
            "starts": self.starts,
            "ends": self.ends,
            "lunch_opens": self.lunch.opens,
            "lunch_closes": self.lunch.closes,
            "lunch_duration": self.lunch_duration,
        }


def workdays(start: date, count: int, holidays: Collection[date] = ()) -> tuple[date, ...]:
    """The first `count` days from `start` on that are neither a weekend nor a holiday.

    Raises ValueError when a year holds too few of them.
    """
    days = []
    for ahead in range(_FURTHEST):
        day = start + timedelta(days=ahead)
        if day.weekday() < 5 and day not in holidays:
            days.append(day)
            if len(days) == count:
                return tuple(days)
    raise ValueError(f"dalam setahun sejak {start:%d/%m/%Y} tidak ada {count} hari kerja; periksa daftar hari libur")


def team_days(officers: Sequence[str], days: Sequence[date], hours: Hours, place: int = 0) -> tuple[TeamDay, ...]:
    """Every officer on every day, from the office: row `place` of the matrices."""
    return tuple(
        TeamDay(officer, day, place, hours.starts, hours.ends, hours.lunch, hours.lunch_duration)
        for day in days
        for officer in officers
    )
