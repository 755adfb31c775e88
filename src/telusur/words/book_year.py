"""Book years and the annual members' meeting (RAT) that belongs to each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["BookYear"]


@dataclass(frozen=True, slots=True, order=True)
class BookYear:
    """A cooperative's book year, named by the calendar year in which it ends.

    Book years are taken to end on 31 December, as cooperatives' articles usually set; a cooperative with another
    book year is a fact that no list of the registry states.
    """

    year: int

    @property
    def ends_on(self) -> date:
        """The last day of the book year."""
        return date(self.year, 12, 31)

    def meeting_due_on(self, months: int) -> date:
        """The last day for the meeting, `months` (1-12) whole months after the book year's end."""
        if not 1 <= months <= 12:
            raise ValueError("months must lie between 1 and 12")
        first_of_next = date(self.year + 1 + months // 12, months % 12 + 1, 1)
        return date.fromordinal(first_of_next.toordinal() - 1)

    @classmethod
    def last_closed(cls, on: date) -> BookYear:
        """The latest book year that has ended before `on`."""
        return cls(on.year - 1)

    @classmethod
    def last_due(cls, on: date, months: int) -> BookYear:
        """The latest book year whose meeting's last day has passed on `on`."""
        closed = cls.last_closed(on)
        return closed if closed.meeting_due_on(months) < on else cls(closed.year - 1)

    @classmethod
    def of_meeting(cls, held_on: date) -> BookYear:
        """The book year that a meeting held on a day gives account of: the one that closed before it."""
        return cls(held_on.year - 1)

    def __str__(self) -> str:
        return str(self.year)
