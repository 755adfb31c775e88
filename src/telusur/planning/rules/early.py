"""Routes to the first days: a router has no wish for Monday over Friday, an office has. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from telusur.planning.rules.orders import may_make
from telusur.planning.rules.problem import Problem, Route
from telusur.planning.rules.walking import walk

__all__ = ["earliest"]


def earliest(problem: Problem, routes: Sequence[Route]) -> tuple[Route, ...]:
    """The same orders of stops on the earliest team-days that may make them, those of the most prize first.

    Days differ by date and team, and by their hours (Friday's lunch): an order goes only where it can be walked. Where one
    would be left without a day, all routes stay where they are. A route with a stop that its team-day holds stays there.
    """
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    order = sorted(range(len(problem.team_days)), key=lambda index: (problem.team_days[index].on, index))

    def moved(route: Route, index: int) -> Route | None:
        day, stops = problem.team_days[index], [by_key[stop.key] for stop in route.stops]
        if not all(may_make(each, day) for each in stops):
            return None
        walked = walk(problem, day, stops)
        return None if walked is None else Route(index, walked.stops, walked.back_at, walked.lunch_at)

    def urgency(route: Route) -> tuple[int, int]:
        stops = [by_key[stop.key] for stop in route.stops]
        free = all(each.days is None and not each.not_teams for each in stops)
        # Those that only some days or teams may make choose first, or others would take their only days.
        return (free, -sum(each.prize for each in stops))

    taken = {
        route.team_day: route
        for route in routes
        if any(by_key[stop.key].held_on == route.team_day for stop in route.stops)
    }
    for route in sorted((route for route in routes if route.team_day not in taken), key=urgency):
        found = next((there for index in order if index not in taken and (there := moved(route, index))), None)
        if found is None:
            return tuple(routes)
        taken[found.team_day] = found
    return tuple(taken[index] for index in sorted(taken))
