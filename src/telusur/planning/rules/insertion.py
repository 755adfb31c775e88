"""A router that needs nothing: stops go in one by one, where they cost the least. Pure; the yardstick of the others.

Required stops first, in their order; then by prize for the seconds they cost. No stop is ever moved again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from telusur.planning.rules.problem import Candidate, PlannedStop, Problem, Route, TeamDay

__all__ = ["InsertionRouter", "walk"]


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


class InsertionRouter:
    """Cheapest insertion."""

    name = "insertion"

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        """At most one route a team-day. Raises ValueError when a required stop does not fit."""
        orders: list[list[Candidate]] = [[] for _ in problem.team_days]
        walked: list[Walked | None] = [walk(problem, day, ()) for day in problem.team_days]
        ranked = sorted(
            problem.candidates, key=lambda each: (not each.is_required, -each.prize / (each.service + 600), each.key)
        )
        for candidate in ranked:
            best: tuple[int, int, int, Walked] | None = None
            for index, day in enumerate(problem.team_days):
                before = walked[index]
                if before is None or not _may(candidate, day):
                    continue
                for position in range(len(orders[index]) + 1):
                    order = [*orders[index][:position], candidate, *orders[index][position:]]
                    after = walk(problem, day, order)
                    if after is None:
                        continue
                    cost = after.back_at - before.back_at
                    if best is None or cost < best[0]:
                        best = (cost, index, position, after)
            if best is None:
                if candidate.is_required:
                    raise ValueError(f"required stop {candidate.key} does not fit")
                continue
            _, index, position, after = best
            orders[index].insert(position, candidate)
            walked[index] = after
        return tuple(
            Route(index, done.stops, done.back_at, done.lunch_at)
            for index, done in enumerate(walked)
            if done is not None and done.stops
        )


def _may(candidate: Candidate, day: TeamDay) -> bool:
    return day.team not in candidate.not_teams and (candidate.days is None or day.on in candidate.days)
