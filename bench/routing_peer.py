"""OR-tools on the same problem: guided local search, the prize as the penalty of leaving a stop out."""

from __future__ import annotations

from telusur.planning.rules.problem import Candidate, Problem

__all__ = ["solve"]


def solve(problem: Problem, *, seconds: float) -> list[list[Candidate]] | None:
    """Orders of stops by team-day, without lunch or windows; None where OR-tools is not installed."""
    try:
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    except ImportError:
        return None
    days = problem.team_days
    size = len(problem.seconds)
    manager = pywrapcp.RoutingIndexManager(size, len(days), [day.place for day in days], [day.place for day in days])
    model = pywrapcp.RoutingModel(manager)
    travel = problem.seconds.tolist()
    service = [0] * size
    for candidate in problem.candidates:
        service[candidate.place] = candidate.service

    def drive(one: int, other: int) -> int:
        return int(travel[manager.IndexToNode(one)][manager.IndexToNode(other)])

    def spend(one: int, other: int) -> int:
        start = manager.IndexToNode(one)
        return int(travel[start][manager.IndexToNode(other)]) + service[start]

    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(drive))
    shift = days[0].ends - days[0].starts
    model.AddDimension(model.RegisterTransitCallback(spend), 0, shift, True, "time")
    for candidate in problem.candidates:
        model.AddDisjunction([manager.NodeToIndex(candidate.place)], candidate.prize)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(int(seconds * 1000))
    found = model.SolveWithParameters(asked)
    if found is None:
        return None
    by_place = {candidate.place: candidate for candidate in problem.candidates}
    orders = []
    for vehicle in range(len(days)):
        order, at = [], model.Start(vehicle)
        while not model.IsEnd(at):
            node = manager.IndexToNode(at)
            if node in by_place:
                order.append(by_place[node])
            at = found.Value(model.NextVar(at))
        orders.append(order)
    return orders
