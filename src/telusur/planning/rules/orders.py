"""Orders of stops become routes with hours, and what is wrong with routes is listed. Pure; both routers end here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from telusur.planning.rules.keeping import gain
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay
from telusur.planning.rules.walking import walk

__all__ = ["cheapest_place", "faults", "may_make", "routes_of", "with_required"]


def may_make(candidate: Candidate, day: TeamDay) -> bool:
    """Whether this team may make this stop on this day, whatever the hours."""
    return day.team not in candidate.not_teams and (candidate.days is None or day.on in candidate.days)


def cheapest_place(
    problem: Problem, day: TeamDay, order: Sequence[Candidate], candidate: Candidate
) -> tuple[int, list[Candidate]] | None:
    """(seconds of travel more, the new order) with the candidate where it costs the least; None where it fits nowhere."""
    if not may_make(candidate, day):
        return None
    places = [day.place, *(each.place for each in order), day.place]
    seconds = problem.seconds
    found = sorted(
        (int(seconds[one, candidate.place] + seconds[candidate.place, next_] - seconds[one, next_]), at)
        for at, (one, next_) in enumerate(pairwise(places))
    )
    for more, at in found:
        tried = [*order[:at], candidate, *order[at:]]
        if walk(problem, day, tried) is not None:
            return more, tried
    return None


def with_required(problem: Problem, orders: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """The orders with every required stop in them; stops of the least prize give way. Raises ValueError where none fits."""
    kept = [list(order) for order in orders]
    served = {candidate.key for order in kept for candidate in order}
    for candidate in problem.candidates:
        if candidate.is_required and candidate.key not in served:
            _squeeze(problem, kept, candidate)
    return kept


def _squeeze(problem: Problem, orders: list[list[Candidate]], candidate: Candidate) -> None:
    given_up: list[tuple[int, int, int, list[Candidate]]] = []
    for index, day in enumerate(problem.team_days):
        order, lost = list(orders[index]), 0
        while True:
            found = cheapest_place(problem, day, order, candidate)
            if found is not None:
                given_up.append((lost - gain(problem, candidate, index), found[0], index, found[1]))
                break
            free = [each for each in order if not each.is_required]
            if not free or not may_make(candidate, day):
                break
            least = min(free, key=lambda each: (gain(problem, each, index), each.key))
            order.remove(least)
            lost += gain(problem, least, index)
    if not given_up:
        raise ValueError(f"required stop {candidate.key} fits no team-day")
    _, _, index, order = min(given_up, key=lambda each: each[:3])
    orders[index] = order


def routes_of(problem: Problem, orders: Sequence[Sequence[Candidate]]) -> tuple[Route, ...]:
    """The routes of orders that can be walked; empty ones are left out. Raises ValueError for one that cannot."""
    routes = []
    for index, (day, order) in enumerate(zip(problem.team_days, orders, strict=True)):
        if not order:
            continue
        walked = walk(problem, day, order)
        if walked is None:
            raise ValueError(f"the order of team-day {index} cannot be walked")
        routes.append(Route(index, walked.stops, walked.back_at, walked.lunch_at))
    return tuple(routes)


def faults(problem: Problem, routes: Sequence[Route]) -> list[str]:
    """Every broken rule of the routes, in words; empty for good ones. Reckons afresh, from the routes' own hours."""
    by_key = {candidate.key: candidate for candidate in problem.candidates}
    found: list[str] = []
    seen: set[str] = set()
    days = [route.team_day for route in routes]
    if len(days) != len(set(days)):
        found.append("a team-day has two routes")
    for route in routes:
        day = problem.team_days[route.team_day]
        found += [f"{day.team} {day.on}: {fault}" for fault in _route_faults(problem, day, route, by_key)]
        for stop in route.stops:
            if stop.key in seen:
                found.append(f"{stop.key} is visited twice")
            seen.add(stop.key)
    found += [
        f"required {candidate.key} is not visited"
        for candidate in problem.candidates
        if candidate.is_required and candidate.key not in seen
    ]
    return found


def _route_faults(problem: Problem, day: TeamDay, route: Route, by_key: dict[str, Candidate]) -> Iterator[str]:
    at, place, has_eaten = day.starts, day.place, False
    for stop in route.stops:
        candidate = by_key[stop.key]
        if not may_make(candidate, day):
            yield f"{stop.key} is not this team's, or not on this day"
        if stop.begins < stop.arrives or stop.leaves != stop.begins + candidate.service:
            yield f"{stop.key} begins before arrival or has another length"
        if candidate.windows and not any(span.opens <= stop.begins <= span.closes for span in candidate.windows):
            yield f"{stop.key} begins outside its windows"
        free_from = at
        if not has_eaten and route.lunch_at is not None and at <= route.lunch_at < stop.arrives:
            free_from, has_eaten = route.lunch_at + day.lunch_duration, True
        if stop.arrives < free_from + int(problem.seconds[place, candidate.place]):
            yield f"{stop.key} is reached faster than travel allows"
        at, place = stop.leaves, candidate.place
    if route.lunch_at is not None and not has_eaten and at <= route.lunch_at:
        at, has_eaten = route.lunch_at + day.lunch_duration, True
    if route.back_at < at + int(problem.seconds[place, day.place]) or route.back_at > day.ends:
        yield "is back too late, or faster than travel allows"
    lunch = day.lunch
    if lunch is not None and route.back_at > lunch.closes:
        if not has_eaten or route.lunch_at is None:
            yield "has no lunch break"
        elif not lunch.opens <= route.lunch_at <= lunch.closes:
            yield "has lunch outside its hours"
