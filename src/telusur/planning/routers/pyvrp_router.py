"""The router on PyVRP (pinned; its API moves). Good routes in seconds; the library's types stay in this file.

PyVRP knows no breaks. Lunch is cut out of the day's time before solving and put back afterwards by `walk`, which keeps
every window to the second; a stop that does not fit then (lunch fell into it) gives way to the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyvrp
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import MaxRuntime, StoppingCriterion

from telusur.planning.rules.insertion import walk
from telusur.planning.rules.orders import routes_of, with_required
from telusur.planning.rules.problem import Candidate, Problem, Route, TeamDay, Window

__all__ = ["PyvrpRouter", "settings"]

# As long as half a year: no route holds such a leg, and PyVRP's integers do not overflow.
_NEVER = 1 << 24
# How many near stops each move tries, how many turns back a turn is compared with before it is taken, and after how many
# turns without a better answer the search begins again from its best. PyVRP's own are for searches of hundreds of thousands
# of turns; a city of 600 stops gets ten to twenty thousand in twenty seconds.
_NEIGHBOURS, _HISTORY, _PATIENCE = 16, 100, 10_000


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
            data, stop=self._until(seconds), seed=seed, collect_stats=False, display=False, params=settings()
        )
        orders: list[list[Candidate]] = [[] for _ in problem.team_days]
        for route in result.best.routes():
            # Team-days that are alike to the router are filled in the order of the problem.
            orders[alike[route.vehicle_type()].pop(0)] = [
                problem.candidates[offers[step.idx].candidate] for step in route.schedule() if step.is_client()
            ]
        kept = [_kept(problem, day, order) for day, order in zip(problem.team_days, orders, strict=True)]
        return routes_of(problem, with_required(problem, kept))


def _kept(problem: Problem, day: TeamDay, order: list[Candidate]) -> list[Candidate]:
    """The order as it can be walked with its lunch: while it cannot, the stop of the least prize goes."""
    while walk(problem, day, order) is None and order:
        order.remove(min(order, key=lambda each: (each.is_required, each.prize)))
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
    required = 10 * max(candidate.prize for candidate in problem.candidates) + 1
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
                prize=candidate.prize + (required if candidate.is_required else 0),
                required=False,
                group=group,
            )
        )
    groups = [pyvrp.ClientGroup(numbers, required=False) for numbers in members]
    profiles, of_day = _profiles(problem)
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
    data = pyvrp.ProblemData(locations, clients, depots, vehicles, profiles, profiles, groups)
    return data, list(types.values())


def _profiles(problem: Problem) -> tuple[list[Any], list[int]]:
    """(travel matrices, the matrix of each team-day): one for each set of stops that a team-day may not make."""
    barred = [
        frozenset(
            candidate.place
            for candidate in problem.candidates
            if day.team in candidate.not_teams or (candidate.days is not None and day.on not in candidate.days)
        )
        for day in problem.team_days
    ]
    sets = list(dict.fromkeys(barred))
    matrices = []
    for places in sets:
        matrix = problem.seconds.astype(np.int64)
        closed = sorted(places)
        matrix[:, closed] = _NEVER
        np.fill_diagonal(matrix, 0)
        matrices.append(matrix)
    return matrices, [sets.index(each) for each in barred]
