"""What holds of dated statements: one that was mended gives way to its mend, one that was withdrawn is gone. Pure.

In: statements with their `said`. Out: those that hold on a day, as known at an instant, in order of day and recording.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

__all__ = ["HasSaid", "Said", "holding"]


@dataclass(frozen=True, slots=True)
class Said:
    """Who said it and when. on: the day that it is true of. supersedes: the id of what it stands in the place of."""

    id: int
    on: date
    recorded_at: datetime
    recorded_by: str
    supersedes: int | None = None
    is_withdrawn: bool = False


class HasSaid(Protocol):
    """A statement."""

    @property
    def said(self) -> Said:
        """Who said it and when."""


Statement = TypeVar("Statement", bound=HasSaid)


def holding(statements: Iterable[Statement], on: date, known_at: datetime) -> tuple[Statement, ...]:
    """The statements that hold. A mend counts from its recording on, also where it moves the day beyond `on`."""
    known = [each for each in statements if each.said.recorded_at <= known_at]
    replaced = {each.said.supersedes for each in known}
    found = [each for each in known if each.said.id not in replaced and not each.said.is_withdrawn]
    ordered = sorted(found, key=lambda each: (each.said.on, each.said.recorded_at, each.said.id))
    return tuple(each for each in ordered if each.said.on <= on)
