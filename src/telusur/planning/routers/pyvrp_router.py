"""The router on PyVRP (pinned; its API moves). Good routes in seconds; the library's types stay in this file.

PyVRP knows no breaks. Lunch is cut out of the day's time before solving and put back afterwards by `walk`, which keeps
every window to the second; a stop that does not fit then (lunch fell into it) gives way to the others.

A plan made anew begins from the one that holds. A stop that its team-day holds has a greater prize, and every other
team-day pays that difference as distance to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyvrp
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import MaxRuntime, StoppingCriterion

from telusur.planning.rules.keeping import gain, starting
from telusur.planning.rules.orders import may_make, routes_of, with_required
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay, Window
from telusur.planning.rules.walking import walk

__all__ = ["PyvrpRouter", "settings"]

# As long as half a year: no route holds such a leg, and PyVRP's integers do not overflow.
_NEVER = 1 << 24
# How many near stops each move tries, how many turns back a turn is compared with before it is taken, and after how many
# turns without a better answer the search begins again from its best. PyVRP's own are for searches of hundreds of thousands
# of turns; a city of 600 stops gets ten to twenty thousand in twenty seconds.
_NEIGHBOURS, _HISTORY, _PATIENCE = 16, 100, 10_000
# Numbers in all matrices together (8 bytes each): more team-days than this allows share one that charges no move.
_MOST_CELLS = 60_000_000


class _Offer(NamedTuple):
    """One client of PyVRP: a candidate in one of its windows."""

    candidate: int
    window: Window | None


def settings() -> pyvrp.SolveParams:
    """PyVRP's settings of the house."""
    return pyvrp.SolveParams(
        ils=pyvrp.IteratedLocalSearchParams(num_iters_no_improvement=_PATIENCE, history_length=_HISTORY),
        neighbourhood=NeighbourhoodParams(num_neighbours=_NEIGHBOURS),
    )


class PyvrpRouter:
    """Iterated local search with prizes, time windows and one vehicle a team-day. until: from seconds to when it stops."""

    name = "pyvrp"

    def __init__(self, until: Callable[[float], StoppingCriterion] = MaxRuntime) -> None:
        self._until = until

    def solve(self, problem: Problem, *, seconds: float, seed: int) -> tuple[Route, ...]:
        """See `ports.Router`."""
        if not problem.candidates or not problem.team_days:
            return ()
        offers = [
            _Offer(index, window)
            for index, candidate in enumerate(problem.candidates)
            for window in (candidate.windows or (None,))
        ]
        data, alike = _data(problem, offers)
        result = pyvrp.solve(
            data,
            stop=self._until(seconds),
            seed=seed,
            collect_stats=False,
            display=False,
            params=settings(),
            initial_solution=_begin(problem, offers, data, alike),
        )
        orders: list[list[Candidate]] = [[] for _ in problem.team_days]
        for route in result.best.routes():
            # Team-days that are alike to the router are filled in the order of the problem.
            orders[alike[route.vehicle_type()].pop(0)] = [
                problem.candidates[offers[step.idx].candidate] for step in route.schedule() if step.is_client()
            ]
        kept = [_kept(problem, index, order) for index, order in enumerate(orders)]
        return routes_of(problem, with_required(problem, kept))


def _begin(
    problem: Problem, offers: Sequence[_Offer], data: pyvrp.ProblemData, alike: Sequence[Sequence[int]]
) -> pyvrp.Solution | None:
    """The plan that holds, in PyVRP's terms; None without one."""
    orders = starting(problem)
    if not any(orders):
        return None
    number_of = {(problem.candidates[offer.candidate].key, offer.window): at for at, offer in enumerate(offers)}
    routes = []
    for kind, indexes in enumerate(alike):
        for index in indexes:
            walked = walk(problem, problem.team_days[index], orders[index])
            if walked is None or not orders[index]:
                continue
            visits = [
                number_of[candidate.key, _window_at(candidate, stop.begins)]
                for candidate, stop in zip(orders[index], walked.stops, strict=True)
            ]
            routes.append(pyvrp.Route(data, visits, kind))
    return pyvrp.Solution(data, routes)


def _window_at(candidate: Candidate, begins: int) -> Window | None:
    return next((span for span in candidate.windows if span.opens <= begins <= span.closes), None)


def _kept(problem: Problem, index: int, order: list[Candidate]) -> list[Candidate]:
    """The order as it can be walked with its lunch: while it cannot, the stop of the least worth goes."""
    while walk(problem, problem.team_days[index], order) is None and order:
        order.remove(min(order, key=lambda each: (each.is_required, gain(problem, each, index))))
    return order


def _cut(at: int, day: TeamDay) -> int:
    """A time of the day with lunch cut out of it. Lunch is taken to begin in the middle of its window."""
    if day.lunch is None:
        return at
    begins = (day.lunch.opens + day.lunch.closes) // 2
    return at if at <= begins else max(begins, at - day.lunch_duration)


def _data(problem: Problem, offers: Sequence[_Offer]) -> tuple[pyvrp.ProblemData, list[list[int]]]:
    """(the problem in PyVRP's terms, the team-days of each vehicle type). Windows are cut by the first day's lunch: an
    office eats at one hour.
    """
    day = problem.team_days[0]
    # Above any sum of prizes: a required stop is left out only where it does not fit at all.
    required = 10 * (max(candidate.prize for candidate in problem.candidates) + problem.moving) + 1
    several = [index for index, candidate in enumerate(problem.candidates) if len(candidate.windows) > 1]
    group_of = {candidate: group for group, candidate in enumerate(several)}
    clients: list[pyvrp.Client] = []
    members: list[list[int]] = [[] for _ in several]
    for number, (index, window) in enumerate(offers):
        candidate = problem.candidates[index]
        group = group_of.get(index)
        if group is not None:
            members[group].append(number)
        clients.append(
            pyvrp.Client(
                location=candidate.place,
                service_duration=candidate.service,
                tw_early=_cut(window.opens, day) if window else 0,
                tw_late=_cut(window.closes, day) if window else 2**40,
                prize=gain(problem, candidate, -1 if candidate.held_on is None else candidate.held_on)
                + (required if candidate.is_required else 0),
                required=False,
                group=group,
            )
        )
    groups = [pyvrp.ClientGroup(numbers, required=False) for numbers in members]
    ways, hours, of_day = _profiles(problem)
    places = sorted({each.place for each in problem.team_days})
    depots = [pyvrp.Depot(location=place) for place in places]
    # One type for all team-days that are alike: twenty types of one vehicle each would hide from the search that they are.
    types: dict[tuple[int, int, int, int], list[int]] = {}
    for number, (each, profile) in enumerate(zip(problem.team_days, of_day, strict=True)):
        alike = (places.index(each.place), _cut(each.starts, each), _cut(each.ends, each), profile)
        types.setdefault(alike, []).append(number)
    vehicles = [
        pyvrp.VehicleType(
            num_available=len(numbers),
            start_depot=depot,
            end_depot=depot,
            tw_early=starts,
            tw_late=ends,
            # Distances are given in seconds: waiting costs nothing, driving does.
            unit_distance_cost=problem.per_second,
            profile=profile,
        )
        for (depot, starts, ends, profile), numbers in types.items()
    ]
    locations = [pyvrp.Location(0, 0) for _ in range(len(problem.seconds))]
    data = pyvrp.ProblemData(locations, clients, depots, vehicles, ways, hours, groups)
    return data, list(types.values())


def _profiles(problem: Problem) -> tuple[list[Any], list[Any], list[int]]:
    """(distances, hours of travel, the number of both for each team-day): one for each set of stops that a team-day may not
    make and of those that it holds.
    """
    barred = [
        frozenset(each.place for each in problem.candidates if not may_make(each, day)) for day in problem.team_days
    ]
    held = _held_places(problem, len(set(barred)))
    kinds = list(zip(barred, held, strict=True))
    different = list(dict.fromkeys(kinds))
    every = frozenset().union(*held) - _SHARED
    more = -(-problem.moving // problem.per_second) if problem.per_second else 0
    ways, hours = [], []
    for closed, own in different:
        matrix = problem.seconds.astype(np.int64)
        matrix[:, sorted(closed)] = _NEVER
        np.fill_diagonal(matrix, 0)
        hours.append(matrix)
        way = matrix
        if own is not _SHARED and every - own:
            way = matrix.copy()
            way[:, sorted(every - own)] += more
            np.fill_diagonal(way, 0)
        ways.append(way)
    return ways, hours, [different.index(each) for each in kinds]


_SHARED: frozenset[int] = frozenset({-1})


def _held_places(problem: Problem, barred_count: int) -> list[frozenset[int]]:
    """The places that each team-day holds; `_SHARED` for those beyond what memory allows."""
    held: list[set[int]] = [set() for _ in problem.team_days]
    for candidate in problem.candidates:
        if candidate.held_on is not None and problem.moving:
            held[candidate.held_on].add(candidate.place)
    room = _MOST_CELLS // (2 * len(problem.seconds) ** 2 or 1) - barred_count
    found: list[frozenset[int]] = []
    for places in held:
        found.append(frozenset(places) if len(set(found)) < room else _SHARED)
    return found
