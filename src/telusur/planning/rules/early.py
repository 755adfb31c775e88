"""Routes to the first days: a router has no wish for Monday over Friday, an office has. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telusur.planning.rules.problem import Problem, Route

__all__ = ["earliest"]


def earliest(problem: Problem, routes: Sequence[Route]) -> tuple[Route, ...]:
    """The same routes on the earliest team-days that may make them, those of the most prize first.

    Days of one problem differ by date and team alone; where shifts, lunch or offices differ, routes stay where they are.
    """
    shapes = {(day.place, day.starts, day.ends, day.lunch, day.lunch_duration) for day in problem.team_days}
    if len(shapes) > 1:
        return tuple(routes)
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    order = sorted(range(len(problem.team_days)), key=lambda index: (problem.team_days[index].on, index))

    def may(route: Route, index: int) -> bool:
        day = problem.team_days[index]
        stops = [by_key[stop.key] for stop in route.stops]
        return all(day.team not in each.not_teams and (each.days is None or day.on in each.days) for each in stops)

    def urgency(route: Route) -> tuple[int, int]:
        stops = [by_key[stop.key] for stop in route.stops]
        free = all(each.days is None and not each.not_teams for each in stops)
        # Those that only some days or teams may make choose first, or others would take their only days.
        return (free, -sum(each.prize for each in stops))

    taken: dict[int, Route] = {}
    for route in sorted(routes, key=urgency):
        index = next((index for index in order if index not in taken and may(route, index)), None)
        if index is None:
            return tuple(routes)
        taken[index] = replace(route, team_day=index)
    return tuple(taken[index] for index in sorted(taken))
