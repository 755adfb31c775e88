"""The hours of a team-day's stops in a given order, and whether they fit it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from telusur.planning.rules.problem import Candidate, PlannedStop, Problem, TeamDay

__all__ = ["Walked", "walk"]


class Walked(NamedTuple):
    """A team-day's stops with their hours."""

    stops: tuple[PlannedStop, ...]
    back_at: int
    lunch_at: int | None


def _opening(candidate: Candidate, at: int) -> int | None:
    """The first second from `at` on at which the visit may begin."""
    if not candidate.windows:
        return at
    return min((max(at, span.opens) for span in candidate.windows if at <= span.closes), default=None)


def walk(problem: Problem, day: TeamDay, order: Sequence[Candidate]) -> Walked | None:
    """The hours of these stops in this order, or None when they do not fit the shift, the windows or the lunch break.

    Lunch is taken between two visits, as soon as the next one would end after lunch's latest beginning.
    """
    at, place, lunch_at = day.starts, day.place, None
    stops: list[PlannedStop] = []

    def eat(now: int) -> int | None:
        if day.lunch is None or now > day.lunch.closes:
            return None
        return max(now, day.lunch.opens)

    for candidate in order:
        travel = int(problem.seconds[place, candidate.place])
        arrives = at + travel
        begins = _opening(candidate, arrives)
        if begins is None:
            return None
        if day.lunch is not None and lunch_at is None and begins + candidate.service > day.lunch.closes:
            lunch_at = eat(at)
            if lunch_at is None:
                return None
            arrives = lunch_at + day.lunch_duration + travel
            begins = _opening(candidate, arrives)
            if begins is None:
                return None
        metres = int(problem.metres[place, candidate.place])
        at, place = begins + candidate.service, candidate.place
        stops.append(PlannedStop(candidate.key, arrives, begins, at, travel, metres))
    home = int(problem.seconds[place, day.place])
    if day.lunch is not None and lunch_at is None and at + home > day.lunch.closes:
        lunch_at = eat(at)
        if lunch_at is None:
            return None
        at = lunch_at + day.lunch_duration
    return Walked(tuple(stops), at + home, lunch_at) if at + home <= day.ends else None
