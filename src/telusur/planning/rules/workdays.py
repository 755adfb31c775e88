"""The days on which teams go out, and the hours of such a day. Pure; holidays are an argument."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from telusur.planning.rules.problem import TeamDay, Window

__all__ = ["Hours", "team_days", "workdays"]

_FURTHEST = 366
_LUNCH = Window(12 * 3600, 13 * 3600)
# Friday's prayer: offices break for an hour and a half.
_FRIDAY, _FRIDAY_LUNCH = 4, Window(11 * 3600 + 1800, 12 * 3600)
_LEAVE, _RETURN = (5 * 3600, 11 * 3600), (13 * 3600 + 1800, 20 * 3600)


@dataclass(frozen=True, slots=True)
class Hours:
    """A working day in seconds after midnight, local: the shift, and the window in which lunch begins; Friday has its own.

    Raises ValueError for a shift that is none: it begins between 05.00 and 11.00 and ends between 13.30 and 20.00.
    """

    starts: int = 8 * 3600
    ends: int = 15 * 3600 + 1800
    lunch: Window = _LUNCH
    lunch_duration: int = 3600
    friday_lunch: Window = _FRIDAY_LUNCH
    friday_lunch_duration: int = 5400

    def __post_init__(self) -> None:
        if not (_LEAVE[0] <= self.starts <= _LEAVE[1] and _RETURN[0] <= self.ends <= _RETURN[1]):
            raise ValueError("jam kerja: berangkat antara 05.00 dan 11.00, kembali antara 13.30 dan 20.00")

    def as_json(self) -> dict[str, int]:
        """A JSON-ready form."""
        return {
            "starts": self.starts,
            "ends": self.ends,
            "lunch_opens": self.lunch.opens,
            "lunch_closes": self.lunch.closes,
            "lunch_duration": self.lunch_duration,
        }

    @classmethod
    def from_json(cls, held: Mapping[str, int]) -> Hours:
        """The shift of `as_json`; lunches are the house's."""
        return cls(held["starts"], held["ends"])

    def day(self, team: str, on: date, place: int) -> TeamDay:
        """A team's day by these hours, from the office: row `place` of the matrices."""
        friday = on.weekday() == _FRIDAY
        lunch = (self.friday_lunch, self.friday_lunch_duration) if friday else (self.lunch, self.lunch_duration)
        return TeamDay(team, on, place, self.starts, self.ends, *lunch)


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
    return tuple(hours.day(officer, day, place) for day in days for officer in officers)
